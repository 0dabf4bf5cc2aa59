#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The fakes themselves, against boto3: what they accept AWS's own client sends, and nothing else."""
import os
import unittest
import unittest.mock
import urllib.error
import urllib.parse
import urllib.request

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials, InstanceMetadataProvider
from botocore.exceptions import ClientError
from botocore.utils import ContainerMetadataFetcher, InstanceMetadataFetcher

from servers.fakes import ContainerAgent, InstanceMetadata
from servers.fleet import Card, Fleet, Machine
from servers.moto_server import MotoServer
from servers.security_monkey import SecurityMonkey
from servers.verifying_server import Failure, Principal, VerifyingServer, times

ACCOUNT = "111122223333"
BASE = Principal(ACCOUNT, "wJalrXUtnFEMI/K7MDENG+bPxRfiCY", "session/token+==")


def boto(aws, service, key="AKIABASE", principal=BASE, region="eu-west-1"):
    return boto3.client(service, region_name=region, endpoint_url=aws.url, aws_access_key_id=key,
                        aws_secret_access_key=principal.secret, aws_session_token=principal.token,
                        config=Config(retries={"total_max_attempts": 3, "mode": "standard"},
                                      s3={"addressing_style": "path"}))


def fleet():
    world = Fleet()
    world.add(ACCOUNT, "eu-west-1", *[
        Machine(f"i-{n:017x}", [Card([(f"10.0.0.{n}", None)])], {"Name": f"n{n}"}) for n in range(1, 8)])
    world.images["ami-00000001"] = "web-2026.11.20"
    world.add_role("222233334444", external_id="x-1")
    world.organization = [{"Id": ACCOUNT, "Name": "main", "State": "ACTIVE"}]
    world.inspector[ACCOUNT, "eu-west-1"] = {"status": "ENABLED", "findings": [{"title": "a"}] * 5}
    world.ssm[ACCOUNT, "eu-west-1"] = {f"i-{n}": "Online" for n in range(25)}
    world.secrets = {"/a/b": "c", "web-identity": "a.jwt"}
    return world


class VerifyingServerTest(unittest.TestCase):
    def setUp(self):
        self.fleet = fleet()
        self.aws = VerifyingServer({"AKIABASE": BASE}, self.fleet).__enter__()
        self.addCleanup(self.aws.__exit__)

    def test_boto3_gets_every_answer(self):
        ec2 = boto(self.aws, "ec2")
        pages = list(ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 5}))
        ids = [i["InstanceId"] for p in pages for r in p["Reservations"] for i in r["Instances"]]
        self.assertEqual(len(pages), 2)
        self.assertEqual(len(set(ids)), 7)
        self.assertEqual(ec2.describe_regions()["Regions"][0]["RegionName"], "eu-west-1")
        images = ec2.describe_images(Filters=[{"Name": "image-id", "Values": ["ami-00000001"]}])["Images"]
        self.assertEqual(images[0]["Name"], "web-2026.11.20")
        self.assertEqual(boto(self.aws, "sts").get_caller_identity()["Account"], ACCOUNT)
        accounts = boto(self.aws, "organizations", region="us-east-1").list_accounts()["Accounts"]
        self.assertEqual(accounts[0]["Id"], ACCOUNT)
        ssm = boto(self.aws, "ssm")
        nodes = ssm.get_paginator("describe_instance_information").paginate().build_full_result()
        self.assertEqual(len(nodes["InstanceInformationList"]), 25)
        self.assertEqual(ssm.get_parameter(Name="/a/b")["Parameter"]["Value"], "c")
        self.assertEqual(boto(self.aws, "secretsmanager").get_secret_value(SecretId="/a/b")["SecretString"], "c")
        groups = boto(self.aws, "autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=["web"])
        self.assertEqual(groups["AutoScalingGroups"][0]["AutoScalingGroupName"], "web")
        stacks = boto(self.aws, "cloudformation").describe_stacks(StackName="web")
        self.assertEqual(stacks["Stacks"][0]["StackStatus"], "UPDATE_COMPLETE")
        self.assertEqual(self.aws.violations, [])

    def test_inspector(self):
        inspector = boto(self.aws, "inspector2")
        status = inspector.batch_get_account_status(accountIds=[ACCOUNT])["accounts"][0]
        self.assertEqual(status["resourceState"]["ec2"]["status"], "ENABLED")
        self.assertEqual(inspector.list_coverage()["coveredResources"], [])
        self.aws.violations.clear()
        page = inspector.list_findings()
        self.assertEqual((len(page["findings"]), page["nextToken"]), (2, "page-2"))
        self.assertEqual(self.aws.violations, [])

    def test_s3_keys(self):
        s3 = boto(self.aws, "s3")
        for key in ("a b+c/d=e.json", "ü/~x", "a:b;c@d&e,f$g", "%41", "x//y/../z"):
            s3.put_object(Bucket="bkt", Key=key, Body=b"\0body of " + key.encode())
            self.assertEqual(s3.get_object(Bucket="bkt", Key=key)["Body"].read(), b"\0body of " + key.encode())
        self.assertEqual(self.aws.violations, [])

    def test_roles(self):
        sts = boto(self.aws, "sts")
        arn = "arn:aws:iam::222233334444:role/patchbot-read"
        with self.assertRaisesRegex(ClientError, "AccessDenied"):
            sts.assume_role(RoleArn=arn, RoleSessionName="s1")
        keys = sts.assume_role(RoleArn=arn, RoleSessionName="s1", ExternalId="x-1")["Credentials"]
        other = Principal("222233334444", keys["SecretAccessKey"], keys["SessionToken"])
        who = boto(self.aws, "sts", keys["AccessKeyId"], other).get_caller_identity()
        self.assertEqual(who["Account"], "222233334444")
        web = sts.assume_role_with_web_identity(RoleArn=arn, RoleSessionName="s1", WebIdentityToken="a.jwt")
        self.assertIn("SessionToken", web["Credentials"])
        self.assertEqual(self.aws.violations, [])

    def test_throttling_is_counted(self):
        self.aws.on("ec2", "DescribeRegions", times(
            2, Failure("RequestLimitExceeded", 503), {"regionInfo": [{"regionName": "r"}]}))
        self.assertEqual(boto(self.aws, "ec2").describe_regions()["Regions"][0]["RegionName"], "r")
        self.assertEqual(self.aws.count("ec2", "DescribeRegions"), 3)

    def refusal(self, change=None, principal=BASE, sign=None):
        """The code with which a request is refused that was changed after it was signed."""
        request = AWSRequest("POST", self.aws.url + "/", data=b"Action=DescribeRegions&Version=2016-11-15",
                             headers={"Content-Type": "application/x-www-form-urlencoded"})
        auth = SigV4Auth(Credentials("AKIABASE", principal.secret, principal.token), "ec2", "eu-west-1")
        (sign or auth.add_auth)(request)
        headers, body = dict(request.headers), request.body
        if change:
            headers, body = change(headers, body)
        try:
            urllib.request.urlopen(urllib.request.Request(self.aws.url + "/", body, headers), timeout=30)
        except urllib.error.HTTPError as error:
            with error:
                self.assertEqual(error.status, 403)
                text = error.read().decode()
            return text.partition("<Code>")[2].partition("</Code>")[0]
        return None

    def test_changes_are_noticed(self):
        self.assertIsNone(self.refusal())
        for change in (lambda h, b: (h, b + b"&X=1"),
                       lambda h, b: (h | {"Content-Type": "text/plain"}, b),
                       lambda h, b: (h | {"X-Amz-Extra": "1"}, b),
                       lambda h, b: (h | {"Authorization": h["Authorization"].replace("eu-west-1", "eu-west-2")}, b),
                       lambda h, b: (h | {"Host": "elsewhere"}, b)):
            self.assertEqual(self.refusal(change), "SignatureDoesNotMatch")
        late = lambda h, b: (h | {"X-Amz-Date": h["X-Amz-Date"][:9] + "999999Z"}, b)
        self.assertEqual(self.refusal(late), "IncompleteSignature")
        self.assertEqual(self.refusal(principal=Principal(ACCOUNT, "wrong", BASE.token)), "SignatureDoesNotMatch")
        self.assertEqual(self.refusal(principal=Principal(ACCOUNT, BASE.secret)), "InvalidClientTokenId")
        self.assertEqual(self.refusal(sign=lambda r: None), "MissingAuthenticationToken")
        self.assertEqual(len(self.aws.violations), 9)


class CredentialFakesTest(unittest.TestCase):
    def test_instance_metadata(self):
        allowed = unittest.mock.patch.dict(os.environ, {"AWS_EC2_METADATA_DISABLED": "false"})
        with allowed, InstanceMetadata("ASIA1", BASE) as imds:
            fetcher = InstanceMetadataFetcher(timeout=5, base_url=imds.url, config={"ec2_metadata_v1_disabled": True})
            found = InstanceMetadataProvider(fetcher).load().get_frozen_credentials()
            self.assertEqual((found.access_key, found.secret_key, found.token), ("ASIA1", BASE.secret, BASE.token))
            self.assertEqual(imds.refused, [])
            with self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(imds.url + InstanceMetadata.PATH, timeout=30)
            refused.exception.close()
            self.assertEqual(len(imds.refused), 1)

    def test_container_agent(self):
        with ContainerAgent("ASIA1", BASE, "Bearer x") as agent:
            found = ContainerMetadataFetcher().retrieve_full_uri(
                agent.url + agent.path, {"Authorization": "Bearer x"})
            self.assertEqual(found["Token"], BASE.token)
            self.assertEqual(agent.refused, [])


class SecurityMonkeyTest(unittest.TestCase):
    def test_login_and_lists(self):
        with SecurityMonkey([("prod", ACCOUNT)]) as monkey:
            for n in range(35):
                monkey.add("prod", "eu-west-1", f"i-{n}", config={"private_ip_address": f"10.0.0.{n}"})
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            get = lambda path: browser.open(monkey.url + path, timeout=30).read()
            with self.assertRaises(urllib.error.HTTPError) as refused:
                get("/api/1/accounts")
            self.assertEqual(refused.exception.code, 401)
            refused.exception.close()
            get("/login")
            form = {"email": monkey.EMAIL, "password": monkey.PASSWORD, "csrf_token": "csrf-1"}
            with self.assertRaises(urllib.error.HTTPError) as moved:  # to "/", which the fake lacks
                browser.open(monkey.url + "/login", urllib.parse.urlencode(form).encode(), timeout=30)
            moved.exception.close()
            self.assertEqual(monkey.logins, 1)
            self.assertIn(b'"count": 5', get("/api/1/items?accounts=prod&page=2"))
            self.assertIn(b"10.0.0.0", get("/api/1/revisions/1001"))
            with self.assertRaises(urllib.error.HTTPError) as past:
                get("/api/1/items?page=3")
            self.assertEqual(past.exception.code, 404)
            past.exception.close()


class MotoTest(unittest.TestCase):
    def test_accounts_networks_and_signatures(self):
        with MotoServer() as moto:
            vpc, subnet = moto.network("10.1.0.0/24", account="222233334444")
            instance = moto.instance(subnet, moto.image(account="222233334444"), {"team": "a"}, account="222233334444")
            found = moto.client("ec2", account="222233334444").describe_instances()["Reservations"]
            self.assertEqual(found[0]["Instances"][0]["InstanceId"], instance)
            self.assertEqual(moto.client("ec2").describe_instances()["Reservations"], [])
            key, secret = moto.user_with_key()
            role = moto.role("222233334444")
            moto.require_signatures()
            sts = moto.client("sts", keys=(key, secret, None))
            self.assertTrue(sts.assume_role(RoleArn=role, RoleSessionName="s1")["Credentials"])
            with self.assertRaisesRegex(ClientError, "SignatureDoesNotMatch"):
                moto.client("sts", keys=(key, "wrong", None)).get_caller_identity()


if __name__ == "__main__":
    unittest.main()
