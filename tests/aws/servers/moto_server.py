# SPDX-License-Identifier: Apache-2.0
"""moto's server in this process, and boto3 clients to fill it with.

It is one per process: moto keeps its state in globals. Signatures are checked only after
require_signatures().
"""
import logging
import urllib.request

import boto3
from moto.server import ThreadedMotoServer

DEFAULT_ACCOUNT = "123456789012"


class MotoServer:
    def __enter__(self):
        logging.disable(logging.ERROR)  # every request, and a stack for each call that moto lacks
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        self.url = "http://%s:%d" % self._server.get_host_and_port()
        self.reset()
        return self

    def __exit__(self, *_):
        self._server.stop()

    def _post(self, path, body=b""):
        # With the usual form type the server loses the body.
        request = urllib.request.Request(self.url + path, body, {"Content-Type": "text/plain"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    def reset(self):
        self._post("/moto-api/reset-auth", b"inf")
        self._post("/moto-api/reset")

    def require_signatures(self):
        """From now on keys must be known, signatures right and policies must allow the call."""
        self._post("/moto-api/reset-auth", b"0")

    def client(self, service, region="eu-west-1", account=DEFAULT_ACCOUNT, keys=("test", "test", None)):
        """Keys that nobody knows belong to the default account; other accounts are asked for a role."""
        if account != DEFAULT_ACCOUNT:
            keys = self.role_keys(account)
        return boto3.client(service, region_name=region, endpoint_url=self.url, aws_access_key_id=keys[0],
                            aws_secret_access_key=keys[1], aws_session_token=keys[2])

    def role_keys(self, account):
        answer = self.client("sts").assume_role(
            RoleArn=f"arn:aws:iam::{account}:role/seeding", RoleSessionName="seeding")["Credentials"]
        return answer["AccessKeyId"], answer["SecretAccessKey"], answer["SessionToken"]

    def image(self, region="eu-west-1", account=DEFAULT_ACCOUNT, name="web-2026.11.20"):
        """An AMI with that name."""
        return self.client("ec2", region, account).register_image(Name=name)["ImageId"]

    def network(self, cidr, region="eu-west-1", account=DEFAULT_ACCOUNT, ipv6=False):
        """A VPC with one subnet of the same addresses: (VPC id, subnet id)."""
        ec2 = self.client("ec2", region, account)
        vpc = ec2.create_vpc(CidrBlock=cidr, AmazonProvidedIpv6CidrBlock=ipv6)["Vpc"]
        more = {}
        if ipv6:
            more["Ipv6CidrBlock"] = vpc["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"]
        subnet = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock=cidr, **more)["Subnet"]
        return vpc["VpcId"], subnet["SubnetId"]

    def instance(self, subnet, image, tags=None, region="eu-west-1", account=DEFAULT_ACCOUNT, **more):
        ec2 = self.client("ec2", region, account)
        answer = ec2.run_instances(
            ImageId=image, MinCount=1, MaxCount=1, SubnetId=subnet,
            TagSpecifications=[{"ResourceType": "instance", "Tags": [
                {"Key": k, "Value": v} for k, v in (tags or {}).items()]}] if tags else [], **more)
        return answer["Instances"][0]["InstanceId"]

    def second_card(self, instance, subnet, address, secondary=(), region="eu-west-1",
                    account=DEFAULT_ACCOUNT, public=False):
        """Another interface; the public address that it was given, if asked for."""
        ec2 = self.client("ec2", region, account)
        card = ec2.create_network_interface(SubnetId=subnet, PrivateIpAddress=address)["NetworkInterface"]
        ec2.attach_network_interface(NetworkInterfaceId=card["NetworkInterfaceId"], InstanceId=instance,
                                     DeviceIndex=1)
        if secondary:
            ec2.assign_private_ip_addresses(NetworkInterfaceId=card["NetworkInterfaceId"],
                                            PrivateIpAddresses=list(secondary))
        if not public:
            return None
        address = ec2.allocate_address(Domain="vpc")
        ec2.associate_address(AllocationId=address["AllocationId"],
                              NetworkInterfaceId=card["NetworkInterfaceId"])
        return address["PublicIp"]

    def user_with_key(self, name="jenkins", actions="*"):
        """An IAM user who may do that: (key id, secret)."""
        iam = self.client("iam")
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=(
            '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"%s","Resource":"*"}]}' % actions))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return key["AccessKeyId"], key["SecretAccessKey"]

    def role(self, account, name="patchbot-read", user="jenkins", actions="ec2:*"):
        """A role in that account that the user may take. moto wants the exact ARN of the user.

        It hands out roles that are not there as well, and then does not know their account."""
        iam = self.client("iam", account=account)
        trust = ('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":'
                 '"arn:aws:iam::%s:user/%s"},"Action":"sts:AssumeRole"}]}' % (DEFAULT_ACCOUNT, user))
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
        iam.put_role_policy(RoleName=name, PolicyName="read", PolicyDocument=(
            '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"%s","Resource":"*"}]}' % actions))
        return f"arn:aws:iam::{account}:role/{name}"
