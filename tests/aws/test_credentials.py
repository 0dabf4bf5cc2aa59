#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ec2-targets with every source of credentials, end to end: who it asks as is what counts."""
import hashlib
import json
import shlex
import sys
import unittest

from servers.fakes import ContainerAgent, InstanceMetadata, SsoPortal
from servers.fleet import Card, Machine
from servers.signature import Principal
from support import BASE, KEY, MAIN, OTHER, AwsTest

FOUND = Principal(OTHER, "secret/of+the=source", "token/of+the=source==")
FOUND_KEY = "ASIAFOUND"


class SourceTest(AwsTest):
    """The environment has no keys; what is found belongs to another account."""

    def setUp(self):
        super().setUp()
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            del self.environment[name]
        self.aws.principals[FOUND_KEY] = FOUND
        for account, number in ((MAIN, 1), (OTHER, 2)):
            self.fleet.add(account, "eu-west-1", Machine(f"i-{number:08x}", [Card([(f"10.0.0.{number}", None)])]))

    def aws_config(self, text):
        self.environment["AWS_CONFIG_FILE"] = self.file("config", text)

    def aws_credentials(self, text):
        self.environment["AWS_SHARED_CREDENTIALS_FILE"] = self.file("credentials", text)

    def asks_as(self, account, **environment):
        run = self.succeeds("--verbose", **environment)
        self.assertEqual([t["account"] for t in run.targets], [account])
        for secret in (FOUND.secret, FOUND.token, BASE.secret, BASE.token):
            self.assertNotIn(secret, run.err + run.out)
        return run

    def static(self, key=KEY, principal=BASE, session=True):
        text = f"aws_access_key_id = {key}\naws_secret_access_key = {principal.secret}\n"
        return text + (f"aws_session_token = {principal.token}\n" if session else "")

    def test_environment(self):
        self.asks_as(OTHER, AWS_ACCESS_KEY_ID=FOUND_KEY, AWS_SECRET_ACCESS_KEY=FOUND.secret,
                     AWS_SESSION_TOKEN=FOUND.token)

    def test_nothing(self):
        run = self.fails(2)
        self.assertIn("no AWS credentials", run.err)
        self.assertEqual(self.aws.calls, [])

    def test_shared_credentials_file(self):
        self.aws_credentials("[default]\n" + self.static(FOUND_KEY, FOUND) + "[main]\n" + self.static())
        self.asks_as(OTHER)
        self.asks_as(MAIN, AWS_PROFILE="main")

    def test_files_in_the_home_directory(self):
        home = self.folder / "home" / ".aws"
        home.mkdir(parents=True)
        (home / "credentials").write_text("[main]\n" + self.static())
        (home / "config").write_text("[profile main]\nregion = eu-west-1\n")
        self.environment["HOME"] = str(home.parent)
        del self.environment["AWS_REGION"]
        self.asks_as(MAIN, AWS_PROFILE="main")
        self.assertEqual(self.aws.of("sts", "GetCallerIdentity")[0].region, "eu-west-1")

    def test_config_file(self):
        self.aws_config("[profile main]\n" + self.static() + "[default]\n" + self.static(FOUND_KEY, FOUND))
        self.asks_as(OTHER)
        self.asks_as(MAIN, AWS_PROFILE="main")

    def test_a_profile_that_is_not_there(self):
        self.aws_config("[profile main]\n" + self.static())
        self.assertIn("mani", self.fails(2, AWS_PROFILE="mani").err)

    def test_role_of_a_source_profile(self):
        self.fleet.add_role(OTHER, "team/jenkins", "x-1")
        self.aws_credentials("[base]\n" + self.static())
        self.aws_config(f"""
[profile other]
source_profile = base
role_arn = arn:aws:iam::{OTHER}:role/team/jenkins
external_id = x-1
role_session_name = nightly
duration_seconds = 900
""")
        self.asks_as(OTHER, AWS_PROFILE="other")
        asked = self.aws.of("sts", "AssumeRole")[0].parameters
        self.assertEqual((asked["RoleSessionName"], asked["DurationSeconds"]), ("nightly", "900"))

    def test_a_chain_of_roles(self):
        self.fleet.add_role("333344445555", "hop")
        self.fleet.add_role(OTHER, "end")
        self.aws_credentials("[base]\n" + self.static())
        self.aws_config(f"""
[profile hop]
source_profile = base
role_arn = arn:aws:iam::333344445555:role/hop
[profile end]
source_profile = hop
role_arn = arn:aws:iam::{OTHER}:role/end
""")
        self.asks_as(OTHER, AWS_PROFILE="end")
        self.assertEqual([c.account for c in self.aws.of("sts", "AssumeRole")], [MAIN, "333344445555"])

    def test_a_ring_of_roles(self):
        self.aws_config(f"""
[profile a]
source_profile = b
role_arn = arn:aws:iam::{OTHER}:role/a
[profile b]
source_profile = a
role_arn = arn:aws:iam::{OTHER}:role/b
""")
        self.fails(2, AWS_PROFILE="a")

    def test_credential_source_environment(self):
        self.fleet.add_role(OTHER)
        self.aws_config(f"""
[profile other]
credential_source = Environment
role_arn = arn:aws:iam::{OTHER}:role/patchbot-read
""")
        # As botocore does it, keys in the environment come before the profile, so they are all there is.
        self.asks_as(MAIN, AWS_PROFILE="other", AWS_ACCESS_KEY_ID=KEY, AWS_SECRET_ACCESS_KEY=BASE.secret,
                     AWS_SESSION_TOKEN=BASE.token)

    def process(self, answer, status=0):
        script = self.file("helper script.py", f"""
import sys
assert sys.argv[1:] == ["two words", "$HOME"], sys.argv
print({json.dumps(answer)!r})
sys.stderr.write("from the helper")
sys.exit({status})
""")
        self.aws_config("[profile helper]\ncredential_process = "
                        f"{shlex.quote(sys.executable)} \"{script}\" \"two words\" $HOME\n")

    ANSWER = {"Version": 1, "AccessKeyId": FOUND_KEY, "SecretAccessKey": FOUND.secret, "SessionToken": FOUND.token,
              "Expiration": "2038-01-01T00:00:00Z"}

    def test_credential_process(self):
        self.process(self.ANSWER)
        self.asks_as(OTHER, AWS_PROFILE="helper")

    def test_credential_process_that_fails(self):
        self.process(self.ANSWER, 3)
        run = self.run_tool(AWS_PROFILE="helper")
        self.assertIn(run.status, (2, 4))
        self.assertIn("from the helper", run.err)
        self.assertNotIn(FOUND.secret, run.err)
        self.process(self.ANSWER | {"Version": 2})
        run = self.run_tool(AWS_PROFILE="helper")
        self.assertIn(run.status, (2, 4))
        self.assertIn("Version", run.err)
        self.assertEqual(self.aws.calls, [])

    def test_web_identity(self):
        self.fleet.secrets["web-identity"] = "eyJ.a+/=.jwt"
        token = self.file("token", "eyJ.a+/=.jwt\n")
        role = f"arn:aws:iam::{OTHER}:role/irsa"
        self.asks_as(OTHER, AWS_WEB_IDENTITY_TOKEN_FILE=token, AWS_ROLE_ARN=role, AWS_ROLE_SESSION_NAME="pod-1")
        asked = self.aws.of("sts", "AssumeRoleWithWebIdentity")
        self.assertEqual([c.parameters["RoleSessionName"] for c in asked], ["pod-1"])
        self.aws_config(f"[profile web]\nweb_identity_token_file = {token}\nrole_arn = {role}\n")
        self.asks_as(OTHER, AWS_PROFILE="web")

    def test_web_identity_that_is_refused(self):
        token = self.file("token", "other")
        run = self.fails(4, AWS_WEB_IDENTITY_TOKEN_FILE=token, AWS_ROLE_ARN=f"arn:aws:iam::{OTHER}:role/irsa")
        self.assertIn("InvalidIdentityToken", run.err)
        self.assertIn("AssumeRoleWithWebIdentity", run.err)

    def test_container(self):
        with ContainerAgent(FOUND_KEY, FOUND, "Basic a+b/c=") as agent:
            url = agent.url + agent.path
            self.asks_as(OTHER, AWS_CONTAINER_CREDENTIALS_FULL_URI=url, AWS_CONTAINER_AUTHORIZATION_TOKEN="Basic a+b/c=")
            self.asks_as(OTHER, AWS_CONTAINER_CREDENTIALS_FULL_URI=url, AWS_CONTAINER_AUTHORIZATION_TOKEN="wrong",
                         AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=self.file("authorization", "Basic a+b/c="))
            self.assertEqual(agent.refused, [])
            run = self.run_tool(AWS_CONTAINER_CREDENTIALS_FULL_URI=url)
            self.assertEqual(run.status, 4)
            self.assertNotEqual(agent.refused, [])

    def test_container_elsewhere_is_refused(self):
        run = self.run_tool(AWS_CONTAINER_CREDENTIALS_FULL_URI="http://203.0.113.1/v1")
        self.assertEqual(run.status, 2, run.err)

    def test_instance_metadata(self):
        with InstanceMetadata(FOUND_KEY, FOUND) as imds:
            more = {"AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": imds.url,
                    "http_proxy": "http://127.0.0.1:9", "no_proxy": "127.0.0.1"}
            self.asks_as(OTHER, **more)
            self.assertEqual(imds.refused, [])
            asked = [r.method + " " + r.path for r in imds.requests]
            self.assertEqual(asked[0], "PUT /latest/api/token")
            self.assertEqual(len(asked), 3)

    def test_metadata_never_by_a_proxy(self):
        with InstanceMetadata(FOUND_KEY, FOUND) as imds:
            self.asks_as(OTHER, AWS_EC2_METADATA_DISABLED="", AWS_EC2_METADATA_SERVICE_ENDPOINT=imds.url,
                         http_proxy="http://127.0.0.1:9", no_proxy=self.aws.url.rpartition(":")[0][7:])

    def test_no_metadata_of_the_first_version(self):
        with InstanceMetadata(FOUND_KEY, FOUND) as imds:
            imds._token = lambda request: imds.refuse(403, "version 1 only")
            run = self.run_tool(AWS_EC2_METADATA_DISABLED="", AWS_EC2_METADATA_SERVICE_ENDPOINT=imds.url)
            self.assertIn(run.status, (2, 4))
            self.assertEqual({r.method for r in imds.requests}, {"PUT"})

    def test_disabled_metadata(self):
        with InstanceMetadata(FOUND_KEY, FOUND) as imds:
            self.fails(2, AWS_EC2_METADATA_SERVICE_ENDPOINT=imds.url)
            self.assertEqual(imds.requests, [])

    def test_the_profile_takes_instance_metadata(self):
        self.fleet.add_role(MAIN, "from-instance")
        self.aws_config("[profile main]\ncredential_source = Ec2InstanceMetadata\n"
                        f"role_arn = arn:aws:iam::{MAIN}:role/from-instance\n")
        with InstanceMetadata(FOUND_KEY, FOUND) as imds:
            self.asks_as(MAIN, AWS_PROFILE="main", AWS_EC2_METADATA_DISABLED="",
                         AWS_EC2_METADATA_SERVICE_ENDPOINT=imds.url)

    def test_sso(self):
        with SsoPortal(FOUND_KEY, FOUND, "bearer/+token", "ReadOnly") as portal:
            cache = self.folder / "home" / ".aws" / "sso" / "cache"
            cache.mkdir(parents=True)
            name = hashlib.sha1(b"acme").hexdigest() + ".json"
            (cache / name).write_text(json.dumps({"accessToken": "bearer/+token", "expiresAt": "2038-01-01T00:00:00Z",
                                                  "startUrl": "https://acme.example/start", "region": "eu-west-1"}))
            self.aws_config(f"""
[profile sso]
sso_session = acme
sso_account_id = {OTHER}
sso_role_name = ReadOnly
[sso-session acme]
sso_start_url = https://acme.example/start
sso_region = eu-west-1
""")
            self.asks_as(OTHER, AWS_PROFILE="sso", HOME=str(self.folder / "home"),
                         AWS_ENDPOINT_URL_SSO=portal.url)
            self.assertEqual(portal.refused, [])

    def test_endpoints_of_the_profile(self):
        del self.environment["AWS_ENDPOINT_URL"]
        self.aws_credentials("[main]\n" + self.static())
        self.aws_config(f"[profile main]\nendpoint_url = {self.aws.url}\n")
        self.asks_as(MAIN, AWS_PROFILE="main")
        self.aws_config("[profile main]\nservices = loopback\n[services loopback]\n"
                        f"ec2 =\n  endpoint_url = {self.aws.url}\nsts =\n  endpoint_url = {self.aws.url}\n")
        self.asks_as(MAIN, AWS_PROFILE="main")


if __name__ == "__main__":
    unittest.main()
