# SPDX-License-Identifier: Apache-2.0
"""Accounts whose servers belong to groups, launch templates and stacks, for a VerifyingServer.

The answers have the members of the API references of EC2 (2016-11-15), Auto Scaling (2011-01-01) and CloudFormation
(2010-05-15): DescribeImages, DescribeLaunchTemplateVersions, DescribeAutoScalingGroups, DescribeInstanceRefreshes,
DescribeStacks. What a test does not set is as it is after an undisturbed deployment."""
import collections
import fnmatch

from servers.fleet import Fleet, page_of


def image(ami, name, created, owner, **more):
    return {"imageId": ami, "name": name, "creationDate": created, "imageOwnerId": owner, "imageState": "available",
            "architecture": "x86_64", **more}


class StatusFleet(Fleet):
    def __init__(self):
        super().__init__()
        self.listed = collections.defaultdict(list)  # region -> images, as image() makes them
        self.groups = collections.defaultdict(dict)  # (account, region) -> group -> AMI of its launch template
        self.refreshes = {}  # group -> members of its last instance refresh
        self.stacks = {}  # name -> members that differ

    def ec2_DescribeImages(self, call):
        filters = call.filters()
        owners = call.members("Owner")
        tags = {key[4:]: values for key, values in filters.items() if key.startswith("tag:")}

        def fits(one):
            has = {tag["key"]: tag["value"] for tag in one.get("tagSet", [])}
            return (("image-id" not in filters or one["imageId"] in filters["image-id"])
                    and (not owners or one["imageOwnerId"] in owners)
                    and ("name" not in filters or any(fnmatch.fnmatchcase(one["name"], p) for p in filters["name"]))
                    and all(has.get(key) in values for key, values in tags.items())
                    and all(key in has for key in filters.get("tag-key", [])))

        def seen(one):  # tags are its owner's own
            return one if one["imageOwnerId"] == call.account else {**one, "tagSet": []}

        return {"imagesSet": [seen(one) for one in self.listed[call.region] if fits(seen(one))]}

    def autoscaling_DescribeAutoScalingGroups(self, call):
        page, token = page_of(call, sorted(self.groups[call.account, call.region]), 50, "MaxRecords")
        return {"AutoScalingGroups": [
            {"AutoScalingGroupName": name, "DesiredCapacity": 1, "Instances": [], "SuspendedProcesses": [], "Tags": [],
             "LaunchTemplate": {"LaunchTemplateId": "lt-" + name, "Version": "$Latest"}} for name in page],
            "NextToken": token}

    def autoscaling_DescribeInstanceRefreshes(self, call):
        name = call.parameters["AutoScalingGroupName"]
        last = self.refreshes.get(name)
        return {"InstanceRefreshes": [{"AutoScalingGroupName": name, **last}] if last else []}

    def ec2_DescribeLaunchTemplateVersions(self, call):
        page, token = page_of(call, sorted(self.groups[call.account, call.region].items()), 200)
        return {"launchTemplateVersionSet": [
            {"launchTemplateId": "lt-" + name, "launchTemplateName": name, "versionNumber": 7, "defaultVersion": True,
             "createTime": "2026-10-01T05:00:00.000Z", "launchTemplateData": {"imageId": ami}} for name, ami in page],
            "nextToken": token}

    def cloudformation_DescribeStacks(self, call):
        page, token = page_of(call, sorted(self.groups[call.account, call.region].items()), 100)
        return {"Stacks": [
            {"StackName": name, "StackId": f"arn:aws:cloudformation:{call.region}:{call.account}:stack/{name}/1",
             "StackStatus": "UPDATE_COMPLETE", "CreationTime": "2026-01-01T00:00:00Z",
             "Parameters": [{"ParameterKey": "AmiId", "ParameterValue": ami}], **self.stacks.get(name, {})}
            for name, ami in page], "NextToken": token}
