#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""patchbot::aws::Client, one call at a time by aws-call: signatures, error shapes, retries."""
import json
import os
import subprocess
import unittest

from servers.fleet import Card, Fleet, Machine
from servers.loopback import Answer
from servers.moto_server import MotoServer
from servers.verifying_server import Failure, Principal, VerifyingServer, sequence, times
from servers.wire import cut_off, html

AWS_CALL = os.environ["PATCHBOT_TEST_BINARY_AWS_CALL"]
ACCOUNT = "111122223333"
KEY = "AKIABASE"
BASE = Principal(ACCOUNT, "wJalrXUtnFEMI/K7MDENG+bPxRfiCY", "session/token+==")
AWKWARD = "a b+c/d=e&f%41?#ü~!'()*;:@,$[]"


class Done:
    def __init__(self, run):
        self.status = run.returncode
        self.out = run.stdout
        self.err = run.stderr.decode("utf-8")
        self.waits = [int(line[6:]) for line in self.err.splitlines() if line.startswith("waits ")]


def call(url, *arguments, key=KEY, secret=BASE.secret, token=BASE.token, region="eu-west-1", **more):
    environment = {"AWS_ENDPOINT_URL": url, "AWS_REGION": region, "AWS_ACCESS_KEY_ID": key,
                   "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": token or "", **more}
    return Done(subprocess.run([AWS_CALL, *arguments], env=environment, capture_output=True, timeout=60))


class VerifiedTest(unittest.TestCase):
    """Against the server that verifies signatures."""

    def setUp(self):
        self.fleet = Fleet()
        self.aws = VerifyingServer({KEY: BASE, "AKIALONG": Principal(ACCOUNT, "long")}, self.fleet).__enter__()
        self.addCleanup(self.aws.__exit__)

    def passes(self, *arguments, **more):
        done = call(self.aws.url, *arguments, **more)
        self.assertEqual((done.status, self.aws.violations), (0, []), done.err)
        return done

    def fails(self, *arguments, **more):
        done = call(self.aws.url, *arguments, **more)
        self.assertEqual(done.status, 4, done.err)
        return done

    def test_query_services(self):
        self.fleet.add(ACCOUNT, "eu-west-1", Machine("i-1", [Card([("10.0.0.1", None)])]))
        self.assertIn(b"i-1", self.passes("query", "ec2", "DescribeInstances", "MaxResults=5").out)
        self.assertIn(b"eu-west-1", self.passes("query", "ec2", "DescribeRegions").out)
        self.assertIn(ACCOUNT.encode(), self.passes("query", "sts", "GetCallerIdentity").out)
        self.assertIn(b"UPDATE_COMPLETE",
                      self.passes("query", "cloudformation", "DescribeStacks", "StackName=web").out)
        done = self.passes("query", "autoscaling", "DescribeAutoScalingGroups",
                           "AutoScalingGroupNames.member.1=" + AWKWARD)
        self.assertIn("a b+c/d=e&amp;f%41".encode(), done.out)

    def test_versions_and_parameters_arrive(self):
        self.passes("query", "ec2", "DescribeImages", "Filter.1.Name=name", "Filter.1.Value.1=" + AWKWARD)
        parameters = self.aws.calls[0].parameters
        self.assertEqual(parameters, {"Action": "DescribeImages", "Version": "2016-11-15", "Filter.1.Name": "name",
                                      "Filter.1.Value.1": AWKWARD})

    def test_json_services(self):
        self.fleet.secrets = {AWKWARD: "Grüße"}
        body = json.dumps({"Name": AWKWARD}, ensure_ascii=False)
        self.assertIn("Gr\\u00fc", self.passes("json", "ssm", "GetParameter", body).out.decode())
        self.passes("json", "secretsmanager", "GetSecretValue", json.dumps({"SecretId": AWKWARD}))
        self.fleet.inspector[ACCOUNT, "eu-west-1"] = {"status": "ENABLED", "findings": [{"title": "open"}]}
        self.assertIn(b"open", self.passes("json", "inspector2", "ListFindings", "{}", "/findings/list").out)
        self.passes("json", "inspector2", "ListCoverage", "{}", "/coverage/list")
        self.passes("json", "inspector2", "BatchGetAccountStatus", "{}", "/status/batch/get")

    def test_organizations_are_signed_for_their_own_region(self):
        self.passes("json", "organizations", "ListAccounts", "{}", region="eu-west-1")
        self.passes("json", "organizations", "ListAccounts", "{}", region="us-gov-east-1")
        self.passes("json", "organizations", "ListAccounts", "{}", region="cn-north-1")
        self.assertEqual([c.region for c in self.aws.calls], ["us-east-1", "us-gov-west-1", "cn-northwest-1"])

    def test_s3_keys(self):
        for key in ("plain.txt", AWKWARD, "dt=2026/a b+c.json", "%41", "x//y/../z", "./a", "ü/é", "a;b:c"):
            self.passes("s3", "PUT", "bkt.with.dots", key, "body of " + key)
            self.assertEqual(self.passes("s3", "GET", "bkt.with.dots", key).out.decode(), "body of " + key)
        self.passes("s3", "PUT", "bkt", "empty", "")
        self.assertEqual(self.passes("s3", "GET", "bkt", "empty").out, b"")

    def test_large_bodies(self):
        body = "x" * 100_000
        self.passes("s3", "PUT", "bkt", "large", body)
        self.assertEqual(len(self.passes("s3", "GET", "bkt", "large").out), 100_000)
        self.passes("query", "ec2", "DescribeImages", *[f"ImageId.{n}=ami-{n:017x}" for n in range(1, 1000)])
        self.assertEqual(len(self.aws.calls[-1].members("ImageId")), 999)

    def test_long_term_keys_send_no_token(self):
        self.passes("query", "sts", "GetCallerIdentity", key="AKIALONG", secret="long", token=None)
        self.assertIsNone(self.aws.calls[0].request.header("x-amz-security-token"))

    def test_long_tokens(self):
        token = "t/+=" * 1000
        self.aws.principals["ASIALONG"] = Principal(ACCOUNT, "s", token)
        self.passes("query", "sts", "GetCallerIdentity", key="ASIALONG", secret="s", token=token)

    def test_unsigned(self):
        self.fleet.secrets["web-identity"] = "jwt+/="
        self.passes("query", "sts", "AssumeRoleWithWebIdentity", "RoleArn=arn:aws:iam::222233334444:role/x",
                    "RoleSessionName=s1", "WebIdentityToken=jwt+/=", key="")
        self.fails("query", "sts", "GetCallerIdentity", key="")

    def test_wrong_secret(self):
        done = self.fails("query", "ec2", "DescribeRegions", secret="wrong")
        self.assertIn("SignatureDoesNotMatch", done.err)
        self.assertIn("is the secret key right", done.err)
        self.assertEqual((len(self.aws.violations), done.waits), (1, []))

    def test_the_message_names_call_region_and_account(self):
        self.aws.on("ec2", "DescribeRegions", Failure("UnauthorizedOperation", 403, "You are not\nauthorized"))
        done = self.fails("query", "ec2", "DescribeRegions")
        self.assertIn("ec2 DescribeRegions in eu-west-1 of account 111122223333: UnauthorizedOperation: "
                      "You are not authorized (HTTP 403)", done.err)
        self.assertIn("cfn/patchbot-roles.yaml", done.err)

    def attempts(self, answers, *arguments, service="ec2", **more):
        """How often it was asked, and how it ended."""
        self.aws.calls.clear()
        operation = arguments[2] if arguments else "DescribeRegions"
        self.aws.on(service, operation, answers)
        done = call(self.aws.url, *(arguments or ("query", "ec2", "DescribeRegions")), **more)
        self.assertEqual(self.aws.violations, [])
        return self.aws.count(service, operation), done

    REGIONS = {"regionInfo": [{"regionName": "eu-west-1"}]}

    def test_throttling_of_every_protocol(self):
        ssm, inspector = ("json", "ssm", "GetParameter", "{}"), ("json", "inspector2", "ListFindings", "{}", "/findings/list")
        cases = [("ec2", (), Failure("RequestLimitExceeded", 503)),
                 ("ec2", (), Failure("Throttling", 400)),
                 ("ec2", (), Failure("Whatever", 429)),
                 ("sts", ("query", "sts", "GetCallerIdentity"), Failure("Throttling", 400)),
                 ("ssm", ssm, Failure("ThrottlingException", 400)),
                 ("inspector2", inspector, Failure("ThrottlingException", 429)),
                 ("inspector2", inspector, Failure("InternalServerException", 500)),
                 ("s3", ("s3", "GET", "GetObject", "k"), Failure("SlowDown", 503))]
        for service, arguments, failure in cases:
            with self.subTest(service=service, failure=failure):
                good = Answer(b"ok") if service == "s3" else {}
                asked, done = self.attempts(times(2, failure, good), *arguments, service=service)
                self.assertEqual((asked, done.status, done.waits), (3, 0, [500, 1000]), done.err)
                asked, done = self.attempts(failure, *arguments, service=service)
                self.assertEqual((asked, done.status), (3, 4))
                self.assertIn(failure.code, done.err)

    def test_number_of_attempts(self):
        asked, done = self.attempts(Failure("Throttling"), AWS_MAX_ATTEMPTS="7")
        self.assertEqual((asked, done.waits), (7, [500, 1000, 2000, 4000, 8000, 10000]))
        asked, _ = self.attempts(Failure("Throttling"), AWS_MAX_ATTEMPTS="1")
        self.assertEqual(asked, 1)

    def test_what_is_not_retried(self):
        for answer, text in ((Failure("AccessDenied", 403), "AccessDenied"), (html(500), "HTML"),
                             (html(403), "HTML"), (Answer(b"", 404), "empty"),
                             (Answer(b'{"code"', 400), "HTTP 400"), (Answer(b"", 302, {"Location": "http://h/"}), "302")):
            asked, done = self.attempts(answer)
            self.assertEqual((asked, done.status), (1, 4), done.err)
            self.assertIn(text, done.err)

    def test_what_is_retried(self):
        half = lambda c: cut_off(c.service, c.operation, self.REGIONS)
        for answer in (html(503), Answer(b"", 502), Answer(b"", 504), Failure("InternalError", 500), half,
                       Answer(drop=True)):
            asked, done = self.attempts(times(2, answer, self.REGIONS))
            self.assertEqual((asked, done.status), (3, 0), done.err)

    def test_what_does_harm_twice_is_asked_once(self):
        for answer in (Answer(drop=True), Answer(b"", 502)):
            asked, done = self.attempts(answer, AWS_CALL_ONCE="1")
            self.assertEqual((asked, done.status), (1, 4))
        asked, done = self.attempts(times(1, Failure("Throttling"), {}), AWS_CALL_ONCE="1")
        self.assertEqual((asked, done.status), (2, 0))  # it was not done

    def test_expired_credentials_are_renewed_once(self):
        for code, service, arguments in (
                ("ExpiredToken", "sts", ("query", "sts", "GetCallerIdentity")),
                ("RequestExpired", "ec2", ("query", "ec2", "DescribeRegions")),
                ("ExpiredTokenException", "ssm", ("json", "ssm", "GetParameter", "{}"))):
            failure = Failure(code, 400)
            renewed = lambda call, f=failure: f if call.principal.token == BASE.token else {}
            self.aws.principals[KEY] = BASE

            def expire(call, f=failure):
                self.aws.principals[KEY] = Principal(ACCOUNT, BASE.secret, "next")
                return f

            asked, done = self.attempts(sequence(expire, renewed), *arguments, service=service,
                                        AWS_CALL_NEXT_TOKEN="next")
            self.assertEqual((asked, done.status, done.waits), (2, 0, []), done.err)
            self.aws.principals[KEY] = BASE
            asked, done = self.attempts(failure, *arguments, service=service, AWS_CALL_NEXT_TOKEN=BASE.token)
            self.assertEqual((asked, done.status, done.err.count("renews")), (2, 4, 1), done.err)

    def test_nobody_there(self):
        with VerifyingServer({}) as gone:
            url = gone.url
        done = call(url, "query", "ec2", "DescribeRegions")
        self.assertEqual((done.status, len(done.waits)), (4, 2))
        self.assertIn("of account 111122223333: ", done.err)

    def test_the_secret_never_shows(self):
        self.aws.on("ec2", "DescribeRegions", lambda c: Failure(
            "AuthFailure", 403, "you said " + c.request.header("authorization")))
        done = self.fails("query", "ec2", "DescribeRegions")
        for secret in (BASE.secret, BASE.token):
            self.assertNotIn(secret, done.err)

    def test_an_override_for_one_service(self):
        with VerifyingServer({KEY: BASE}, self.fleet) as other:
            done = call(self.aws.url, "json", "secretsmanager", "GetSecretValue", '{"SecretId":"a"}',
                        AWS_ENDPOINT_URL_SECRETS_MANAGER=other.url + "/")
            self.assertIn("ResourceNotFoundException", done.err)
            self.assertEqual((len(self.aws.calls), len(other.calls), other.violations), (0, 1, []))


class MotoTest(unittest.TestCase):
    """Every POST that moto implements, with its own check of signatures."""

    @classmethod
    def setUpClass(cls):
        cls.moto = MotoServer().__enter__()
        cls.addClassCleanup(cls.moto.__exit__)

    def setUp(self):
        self.moto.reset()
        self.moto.client("ssm").put_parameter(Name="/a/b c", Value="v", Type="String")
        self.moto.client("secretsmanager").create_secret(Name="s", SecretString="top")
        self.moto.client("organizations").create_organization()
        self.moto.client("cloudformation").create_stack(
            StackName="web", TemplateBody='{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}')
        self.key, self.secret = self.moto.user_with_key()
        self.role = self.moto.role("222233334444", actions="*")
        self.moto.require_signatures()

    CALLS = (
        ("query", "sts", "GetCallerIdentity"),
        ("query", "ec2", "DescribeRegions", "AllRegions=false"),
        ("query", "ec2", "DescribeInstances", "MaxResults=5", "Filter.1.Name=instance-state-name",
         "Filter.1.Value.1=running", "Filter.2.Name=tag:a b+c", "Filter.2.Value.1=ü=&"),
        ("query", "ec2", "DescribeImages", "Owner.1=self"),
        ("query", "autoscaling", "DescribeAutoScalingGroups", "MaxRecords=100"),
        ("query", "cloudformation", "DescribeStacks", "StackName=web"),
        ("json", "ssm", "GetParameter", '{"Name":"/a/b c"}'),
        ("json", "secretsmanager", "GetSecretValue", '{"SecretId":"s"}'),
        ("json", "organizations", "ListAccounts", '{"MaxResults":20}'),
        ("json", "inspector2", "ListFindings", '{"maxResults":100}', "/findings/list"),
        ("json", "inspector2", "BatchGetAccountStatus", '{"accountIds":["123456789012"]}', "/status/batch/get"),
    )

    def test_every_call_is_accepted(self):
        for arguments in self.CALLS:
            with self.subTest(arguments[2]):
                done = call(self.moto.url, *arguments, key=self.key, secret=self.secret, token=None)
                self.assertEqual(done.status, 0, done.err)

    def test_a_wrong_secret_is_not(self):
        for arguments in self.CALLS:
            with self.subTest(arguments[2]):
                done = call(self.moto.url, *arguments, key=self.key, secret="wrong", token=None)
                self.assertEqual((done.status, done.waits), (4, []), done.err)
                self.assertRegex(done.err, "is the (secret key right|key valid)")

    def test_keys_of_a_role(self):
        sts = self.moto.client("sts", keys=(self.key, self.secret, None))
        keys = sts.assume_role(RoleArn=self.role, RoleSessionName="s1")["Credentials"]
        more = {"key": keys["AccessKeyId"], "secret": keys["SecretAccessKey"]}
        done = call(self.moto.url, "query", "ec2", "DescribeInstances", token=keys["SessionToken"], **more)
        self.assertEqual(done.status, 0, done.err)
        done = call(self.moto.url, "query", "ec2", "DescribeInstances", token=None, **more)
        self.assertEqual(done.status, 4)

    def test_what_moto_lacks_is_asked_once(self):
        for arguments in (("json", "inspector2", "ListCoverage", "{}", "/coverage/list"),
                          ("json", "ssm", "DescribeInstanceInformation", "{}")):
            done = call(self.moto.url, *arguments, key=self.key, secret=self.secret, token=None)
            self.assertEqual((done.status, done.waits), (4, []), done.err)


if __name__ == "__main__":
    unittest.main()
