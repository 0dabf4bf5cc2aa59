# SPDX-License-Identifier: Apache-2.0
"""Invented CloudFormation templates in two versions: the same files for the same arguments, on every machine.

Each has parameters, a map of AMIs by region, and services of a launch template, an Auto Scaling group with its load balancer,
roles and alarms. The new version has other AMIs in the map, and in one file of eight another value besides.
"""

import random

REGIONS = ["eu-west-1", "eu-central-1", "us-east-1", "us-west-2", "ap-southeast-2"]
WORDS = "checkout search basket ledger mail stock price review login photo".split()


def ami(draw):
    return f"ami-0{draw.getrandbits(64):016x}"


def head_of(name, amis):
    yield "AWSTemplateFormatVersion: '2010-09-09'"
    yield f"Description: The servers of {name}"
    yield "Parameters:"
    yield "  Vpc: {Type: 'AWS::EC2::VPC::Id'}"
    yield "  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}"
    yield "  InstanceType: {Type: String, Default: m7i.large}"
    yield "Mappings:\n  Images:"
    for region, image in zip(REGIONS, amis):
        yield f"    {region}: {{web: {image}}}"
    yield "Resources:"


def service_of(name, size):
    return f"""
  {name}Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {{Service: ec2.amazonaws.com}}
            Action: sts:AssumeRole
  {name}Profile:
    Type: AWS::IAM::InstanceProfile
    Properties: {{Roles: [!Ref {name}Role]}}
  {name}Launch:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: !FindInMap [Images, !Ref 'AWS::Region', web]
        InstanceType: !Ref InstanceType
        IamInstanceProfile: {{Arn: !GetAtt {name}Profile.Arn}}
        UserData:
          Fn::Base64: !Sub |
            #!/bin/sh -e
            /opt/deploy/start --service {name.lower()} --region ${{AWS::Region}}
  {name}Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy:
      AutoScalingRollingUpdate: {{MinInstancesInService: 1, MaxBatchSize: 1}}
    Properties:
      MinSize: '1'
      MaxSize: '{size}'
      VPCZoneIdentifier: !Ref Subnets
      LaunchTemplate:
        LaunchTemplateId: !Ref {name}Launch
        Version: !GetAtt {name}Launch.LatestVersionNumber
      Tags:
        - {{Key: Name, Value: {name.lower()}, PropagateAtLaunch: true}}
        - {{Key: Owner, Value: web, PropagateAtLaunch: true}}
  {name}Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      Dimensions: [{{Name: AutoScalingGroupName, Value: !Ref {name}Group}}]
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 3
      Period: 60
      Statistic: Average
      Threshold: 80
"""


def template(number, draw, amis, is_new):
    names = [word.capitalize() for word in draw.sample(WORDS, draw.randint(2, 8))]
    size = 6 if is_new and number % 8 == 0 else 4
    lines = list(head_of(names[0], amis))
    return "\n".join(lines) + "".join(service_of(name, size if name == names[0] else 4) for name in names)


def write(folder, count, seed=1):
    """Writes base/ and head/ below `folder`."""
    for number in range(count):
        old, new = ([ami(random.Random(f"{seed} {number} {side} {i}")) for i in range(len(REGIONS))] for side in "ab")
        for side, amis in (("base", old), ("head", new)):
            text = template(number, random.Random(f"{seed} {number}"), amis, side == "head")
            path = folder / side / f"service-{number:04}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
