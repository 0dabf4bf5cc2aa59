# SPDX-License-Identifier: Apache-2.0
"""Invented accounts with machines, as AWS tells of them and as the inventory is to tell of them."""
import hashlib
from dataclasses import dataclass, field

from servers.loopback import Answer
from servers.signature import Principal
from servers.wire import Failure


@dataclass
class Card:
    """A network interface: (private, public or None) pairs, the primary one first, and IPv6."""

    private: list
    ipv6: list = field(default_factory=list)

    def wire(self):
        return {
            "networkInterfaceId": "eni-" + self.private[0][0].replace(".", "-"),
            "privateIpAddress": self.private[0][0],
            "association": {"publicIp": self.private[0][1]} if self.private[0][1] else None,
            "ipv6AddressesSet": [{"ipv6Address": a} for a in self.ipv6],
            "privateIpAddressesSet": [
                {"privateIpAddress": a, "primary": n == 0,
                 "association": {"publicIp": public} if public else None}
                for n, (a, public) in enumerate(self.private)],
        }


@dataclass
class Machine:
    id: str
    cards: list
    tags: dict = field(default_factory=dict)
    ami: str = "ami-00000001"
    vpc: str = "vpc-1"
    state: str = "running"
    launched: str = "2026-11-20T05:06:07"
    windows: bool = False

    def wire(self):
        first = self.cards[0].private[0] if self.cards else (None, None)
        return {
            "instanceId": self.id, "imageId": self.ami, "instanceState": {"code": 16, "name": self.state},
            "launchTime": self.launched + ".000Z", "vpcId": self.vpc if self.cards else None,
            "privateIpAddress": first[0], "ipAddress": first[1],
            "platform": "windows" if self.windows else None,
            "tagSet": [{"key": k, "value": v} for k, v in self.tags.items()],
            "networkInterfaceSet": [c.wire() for c in self.cards],
        }

    def target(self, account, region, **more):
        """What the inventory says; ownership, coverage and AMI name are the test's to add."""
        public = [p for c in self.cards for _, p in c.private if p]
        addresses = [a for c in self.cards for a, _ in c.private] + [a for c in self.cards for a in c.ipv6]
        out = {
            "id": self.id, "account": account, "region": region, "ami": self.ami, "state": self.state,
            "launched_at": self.launched + "Z", "platform": "windows" if self.windows else "linux",
            "team": "unowned",
        }
        out |= {"vpc": self.vpc, "addresses": addresses} if self.cards else {}
        out |= {"public_addresses": public, "exposed": True} if public else {}
        out |= {"tags": self.tags} if self.tags else {}
        for key, tag in (("asg", "aws:autoscaling:groupName"), ("stack", "aws:cloudformation:stack-name")):
            if tag in self.tags:
                out[key] = self.tags[tag]
        return out | more


def page_of(call, items, default_size, size_key="MaxResults", token_key="NextToken"):
    """A slice of the list by an opaque token, and the token of the next slice or None."""
    size = int(call.parameters.get(size_key) or default_size)
    start = int((call.parameters.get(token_key) or "page-0").partition("-")[2])
    more = start + size < len(items)
    return items[start:start + size], f"page-{start + size}" if more else None


class Fleet:
    """The defaults of a VerifyingServer: answers from `machines`, and hands out roles."""

    def __init__(self):
        self.machines = {}  # (account, region) -> [Machine]; a key makes the region enabled
        self.images = {}  # AMI id -> name
        self.roles = {}  # role ARN -> external id or None
        self.organization = []  # of {"Id", "Name", "State"}
        self.inspector = {}  # (account, region) -> {"status", "coverage": [...], "findings": [...]}
        self.ssm = {}  # (account, region) -> {instance: ping status}
        self.secrets = {}  # name -> text
        self.objects = {}  # S3 target -> body
        self.principals = {}  # to be shared with the server
        self.expiration = "2038-01-01T00:00:00Z"

    def add(self, account, region, *machines):
        self.machines.setdefault((account, region), []).extend(machines)

    def add_role(self, account, name="patchbot-read", external_id=None):
        self.roles[f"arn:aws:iam::{account}:role/{name}"] = external_id

    # STS
    def sts_GetCallerIdentity(self, call):
        return {"Arn": call.principal.arn or f"arn:aws:iam::{call.account}:user/jenkins",
                "UserId": "AIDA1", "Account": call.account}

    def _credentials(self, call):
        arn, name = call.parameters["RoleArn"], call.parameters["RoleSessionName"]
        account = arn.split(":")[4]
        digest = hashlib.sha256(f"{arn} {name} {len(self.principals)}".encode()).hexdigest()
        assumed = f"arn:aws:sts::{account}:assumed-role/{arn.rpartition('/')[2]}/{name}"
        key = "ASIA" + digest[:16].upper()
        # With the characters that go wrong where somebody encodes once too often.
        self.principals[key] = Principal(account, "s/+" + digest[:37], f"token+/{digest}==", assumed)
        owner = self.principals[key]
        return {"Credentials": {"AccessKeyId": key, "SecretAccessKey": owner.secret,
                                "SessionToken": owner.token, "Expiration": self.expiration},
                "AssumedRoleUser": {"Arn": assumed, "AssumedRoleId": "AROA1:" + name}}

    def sts_AssumeRole(self, call):
        arn = call.parameters["RoleArn"]
        if arn not in self.roles or self.roles[arn] != call.parameters.get("ExternalId"):
            return Failure("AccessDenied", 403,
                           f"User is not authorized to perform: sts:AssumeRole on resource: {arn}")
        return self._credentials(call)

    def sts_AssumeRoleWithWebIdentity(self, call):
        if call.parameters["WebIdentityToken"] != self.secrets.get("web-identity"):
            return Failure("InvalidIdentityToken", 400, "no such token")
        return self._credentials(call)

    # EC2
    def ec2_DescribeRegions(self, call):
        regions = [r for a, r in self.machines if a == call.account]
        return {"regionInfo": [{"regionName": r, "regionEndpoint": f"ec2.{r}.amazonaws.com"}
                               for r in reversed(regions)]}

    def ec2_DescribeInstances(self, call):
        wanted = call.filters().get("instance-state-name")
        machines = [m for m in self.machines.get((call.account, call.region), [])
                    if wanted is None or m.state in wanted]
        page, token = page_of(call, machines, 1000)
        return {"reservationSet": [{"reservationId": "r-" + m.id, "ownerId": call.account,
                                    "instancesSet": [m.wire()]} for m in page],
                "nextToken": token}

    def ec2_DescribeImages(self, call):
        wanted = call.filters().get("image-id", call.members("ImageId"))
        return {"imagesSet": [{"imageId": i, "name": n} for i, n in self.images.items() if i in wanted]}

    # The JSON services
    def organizations_ListAccounts(self, call):
        page, token = page_of(call, self.organization, 20)
        return {"Accounts": page} | ({"NextToken": token} if token else {})

    def _inspected(self, call):
        return self.inspector.get((call.account, call.region), {"status": "DISABLED"})

    def inspector2_BatchGetAccountStatus(self, call):
        state = self._inspected(call)["status"]
        return {"accounts": [{"accountId": a, "state": {"status": state},
                              "resourceState": {"ec2": {"status": state}, "ecr": {"status": "DISABLED"}}}
                             for a in call.parameters.get("accountIds") or [call.account]],
                "failedAccounts": []}

    def inspector2_ListCoverage(self, call):
        page, token = page_of(call, self._inspected(call).get("coverage", []), 200, "maxResults", "nextToken")
        return {"coveredResources": page} | ({"nextToken": token} if token else {})

    def inspector2_ListFindings(self, call):
        # Smaller pages than asked for, as the model allows.
        page, token = page_of(call, self._inspected(call).get("findings", []), 2, "", "nextToken")
        return {"findings": page} | ({"nextToken": token} if token else {})

    def ssm_DescribeInstanceInformation(self, call):
        nodes = sorted(self.ssm.get((call.account, call.region), {}).items())
        page, token = page_of(call, nodes, 10)
        return {"InstanceInformationList": [{"InstanceId": i, "PingStatus": s, "PlatformType": "Linux"}
                                            for i, s in page]} | ({"NextToken": token} if token else {})

    def ssm_GetParameter(self, call):
        name = call.parameters["Name"]
        if name not in self.secrets:
            return Failure("ParameterNotFound", 400, name)
        return {"Parameter": {"Name": name, "Type": "String", "Value": self.secrets[name], "Version": 1}}

    def secretsmanager_GetSecretValue(self, call):
        name = call.parameters["SecretId"]
        if name not in self.secrets:
            return Failure("ResourceNotFoundException", 400, "Secrets Manager can't find it")
        return {"Name": name, "SecretString": self.secrets[name], "VersionStages": ["AWSCURRENT"]}

    # What other tools will ask
    def autoscaling_DescribeAutoScalingGroups(self, call):
        return {"AutoScalingGroups": [{"AutoScalingGroupName": n, "DesiredCapacity": 2}
                                      for n in call.members("AutoScalingGroupNames.member")]}

    def cloudformation_DescribeStacks(self, call):
        if call.parameters.get("StackName") != "web":
            return Failure("ValidationError", 400, "Stack does not exist")
        return {"Stacks": [{"StackName": "web", "StackStatus": "UPDATE_COMPLETE"}]}

    def s3_PutObject(self, call):
        self.objects[call.request.path] = call.request.body
        return Answer(headers={"ETag": '"1"'})

    def s3_GetObject(self, call):
        if call.request.path not in self.objects:
            return Failure("NoSuchKey", 404, "The specified key does not exist.")
        return Answer(self.objects[call.request.path])
