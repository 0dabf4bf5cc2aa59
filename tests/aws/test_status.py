#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The life of a service, step by step, as ami-update-status tells it: AWS is moto, which checks signatures, the
templates are in a clone of git, the bakes in a manifest of Packer."""
import datetime
import json
import os
import pathlib
import subprocess
import unittest

import jsonschema
from servers.jenkins import Jenkins
from servers.moto_server import MotoServer
from support import ToolTest

BINARY = os.environ["PATCHBOT_TEST_BINARY_AMI_UPDATE_STATUS"]
DAY = datetime.timedelta(days=1)
SCHEMA = json.loads((pathlib.Path(__file__).parents[2] / "docs/schema/status-1.schema.json").read_text())
CONFIG = """
aws: { regions: [eu-west-1] }
pull_requests:
  templates:
    - { repository: acme/infra, path: "*/web.yaml", service: web }
  images: { blocked: ["web-bad*"] }
status:
  families:
    - { family: web, %s }
  repositories:
    - { name: acme/infra, clone: %s, url: "https://github.com/acme/infra" }
"""
TEMPLATE = """Parameters:
  AmiId: { Type: "AWS::EC2::Image::Id", Default: %s }
Resources:
  Web: { Type: "AWS::EC2::Instance", Properties: { ImageId: !Ref AmiId } }
"""
STACK = """Parameters:
  AmiId: { Type: String }
Resources:
  Bucket: { Type: "AWS::S3::Bucket" }
"""


class StatusTest(ToolTest):
    @classmethod
    def setUpClass(cls):
        cls.moto = MotoServer().__enter__()
        cls.addClassCleanup(cls.moto.__exit__)

    def setUp(self):
        super().setUp()
        self.moto.reset()
        self.now = datetime.datetime.now(datetime.timezone.utc)
        self.ec2 = self.moto.client("ec2")
        self.cloudformation = self.moto.client("cloudformation")
        _, self.subnet = self.moto.network("10.1.0.0/24")
        key, secret = self.moto.user_with_key()
        self.environment.update({"AWS_ENDPOINT_URL": self.moto.url, "AWS_ACCESS_KEY_ID": key,
                                 "AWS_SECRET_ACCESS_KEY": secret, "AWS_MAX_ATTEMPTS": "2"})
        self.clone = self.folder / "infra"
        self.git("init", "-q", "-b", "main", str(self.clone), folder=self.folder)
        self.old = self.bake("web-2026.11.01")
        self.settings = None

    # ---- what people and machines do

    def git(self, *arguments, folder=None):
        command = ["git", "-C", str(folder or self.clone), "-c", "user.name=t", "-c", "user.email=t@example.com",
                   "-c", "commit.gpgsign=false"]
        subprocess.run(command + list(arguments), check=True, capture_output=True)

    def bake(self, name):
        """moto dates an image to the second, so that the younger of two needs the greater name."""
        image = self.moto.image(name=name)
        run = {"builds": [{"name": "web", "builder_type": "amazon-ebs", "artifact_id": f"eu-west-1:{image}",
                           "packer_run_uuid": name, "build_time": int(self.now.timestamp())}], "last_run_uuid": name}
        self.file("manifest.json", json.dumps(run))
        return image

    def merge(self, environment, image):
        path = self.clone / environment / "web.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEMPLATE % image, "utf-8")
        self.git("add", ".")
        self.git("commit", "-q", "-m", f"{environment}: {image}")

    def propose(self, environment, image):
        self.git("checkout", "-q", "-b", f"bump-{environment}")
        self.merge(environment, image)
        self.git("checkout", "-q", "main")

    def merge_proposal(self, environment):
        self.git("merge", "-q", "--no-ff", "-m", "merged", f"bump-{environment}")
        self.git("branch", "-q", "-D", f"bump-{environment}")

    def deploy(self, environment, image):
        name = f"web-{environment}"
        more = {"StackName": name, "TemplateBody": STACK,
                "Parameters": [{"ParameterKey": "AmiId", "ParameterValue": image}]}
        known = [one["StackName"] for one in self.cloudformation.describe_stacks()["Stacks"]]
        (self.cloudformation.update_stack if name in known else self.cloudformation.create_stack)(**more)

    def start(self, environment, image, stack=True):
        tags = {"team": "shop", "service": "web", "environment": environment}
        if stack:
            tags["aws:cloudformation:stack-name"] = f"web-{environment}"
        return self.moto.instance(self.subnet, image, tags)

    def roll(self, environment, image):
        for one in self.servers(environment):
            self.ec2.terminate_instances(InstanceIds=[one])
        return self.start(environment, image)

    def servers(self, environment):
        answer = self.ec2.describe_instances(Filters=[{"Name": "tag:environment", "Values": [environment]},
                                                      {"Name": "instance-state-name", "Values": ["running"]}])
        return [i["InstanceId"] for r in answer["Reservations"] for i in r["Instances"]]

    def allow_only(self, *actions):
        self.moto.client("iam").put_user_policy(UserName="jenkins", PolicyName="all", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}))

    # ---- what is told

    def status(self, *arguments, days=1):
        self.moto.require_signatures()
        config = self.config(self.settings or CONFIG % (f"manifest: {self.folder / 'manifest.json'}", self.clone))
        now = (self.now + days * DAY).strftime("%Y-%m-%dT%H:%M:%SZ")
        done = subprocess.run([BINARY, *config, "--now", now, *arguments], env=self.environment, capture_output=True,
                              timeout=120, encoding="utf-8")
        self.moto._post("/moto-api/reset-auth", b"inf")
        return done

    def told(self, *arguments, **more):
        told = json.loads(self.status("--format", "json", *arguments, **more).stdout)
        jsonschema.validate(told, SCHEMA)
        return told

    def words(self, **more):
        told = self.told(**more)
        self.assertEqual(told["problems"], [])
        (web,) = told["services"]
        return {name: stage["status"] for name, stage in web["stages"].items()}

    def stage(self, name, **more):
        (web,) = self.told(**more)["services"]
        return web["stages"][name]

    def all_on(self, image):
        for environment in ("staging", "production"):
            self.merge(environment, image)
            self.deploy(environment, image)
            self.start(environment, image)

    def test_the_life_of_an_ami(self):
        self.all_on(self.old)
        self.assertEqual(self.words(), {"baked": "current", "staging": "current", "production": "current"})
        self.assertEqual(self.status().returncode, 0)

        new = self.bake("web-2026.11.08")
        self.assertEqual(self.words(), {"baked": "current", "staging": "pr-missing", "production": "pr-missing"})
        self.assertEqual(self.status().returncode, 5)
        self.propose("staging", new)
        stage = self.stage("staging")
        self.assertEqual(stage["status"], "pr-open")
        self.assertEqual(stage["link"], "https://github.com/acme/infra/blob/bump-staging/staging/web.yaml")
        self.merge_proposal("staging")
        self.assertEqual(self.words()["staging"], "merged-not-deployed")
        self.deploy("staging", new)
        self.assertEqual(self.words()["staging"], "deployed-not-rolled")
        self.start("staging", new)
        self.assertEqual(self.words()["staging"], "mixed")
        self.roll("staging", new)
        self.assertEqual(self.words(), {"baked": "current", "staging": "current", "production": "pr-missing"})
        self.assertEqual(self.stage("production")["behind"], 1)

        self.merge("production", new)
        self.deploy("production", new)
        self.roll("production", new)
        self.assertEqual(self.words(), {"baked": "current", "staging": "current", "production": "current"})
        self.assertEqual(self.words(days=30)["baked"], "bake-overdue")

    def test_a_rollback_of_the_template_and_a_server_by_hand(self):
        new = self.bake("web-2026.11.08")
        self.all_on(new)
        self.merge("production", self.old)
        self.assertEqual(self.words()["production"], "ahead")
        self.merge("production", new)
        by_hand = self.start("production", self.old, stack=False)
        stage = self.stage("production")
        self.assertEqual(stage["status"], "outside-stack")
        self.assertIn(by_hand, stage["reason"])
        for one in self.servers("production"):
            self.ec2.stop_instances(InstanceIds=[one])
        self.assertEqual(self.words()["production"], "none-running")

    def on_branch(self, name, path, text):
        self.git("checkout", "-q", "-b", name)
        (self.clone / path).write_text(text, "utf-8")
        self.git("add", ".")
        self.git("commit", "-q", "-m", name)
        self.git("checkout", "-q", "main")

    def test_a_proposal_is_what_main_would_be_with_it(self):
        self.settings = (CONFIG % (f"manifest: {self.folder / 'manifest.json'}", self.clone)).replace(
            "*/web.yaml", "*/web.*")
        self.all_on(self.old)
        new = self.bake("web-2026.11.08")
        values = '[{"ParameterKey": "AmiId", "ParameterValue": "%s"}]'
        (self.clone / "production/web.json").write_text(values % self.old, "utf-8")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "values")
        self.on_branch("defaults", "production/web.yaml", TEMPLATE % new)
        self.assertEqual(self.stage("production")["status"], "pr-missing", "the parameter file still says the old one")
        self.git("branch", "-q", "-D", "defaults")
        self.merge("production", new)
        self.on_branch("values", "production/web.json", values % new)
        self.assertEqual(self.stage("production")["status"], "pr-open")

    def test_a_default_that_a_parameter_file_overrides_says_nothing(self):
        self.settings = (CONFIG % (f"manifest: {self.folder / 'manifest.json'}", self.clone)).replace(
            "*/web.yaml", "*/web.*")
        self.all_on(self.old)
        new = self.bake("web-2026.11.08")
        (self.clone / "production/web.json").write_text(
            '[{"ParameterKey": "AmiId", "ParameterValue": "%s"}]' % new, "utf-8")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "values")
        self.assertEqual(self.stage("production")["status"], "merged-not-deployed")
        self.deploy("production", new)
        self.roll("production", new)
        self.assertEqual(self.stage("production")["status"], "current")

    def test_a_proposal_that_cannot_be_read_is_unknown(self):
        self.all_on(self.old)
        self.bake("web-2026.11.08")
        self.on_branch("broken", "production/web.yaml", "Resources: [")
        stage = self.stage("production")
        self.assertEqual(stage["status"], "unknown")
        self.assertIn("branch broken: production/web.yaml", stage["reason"])

    def test_a_blocked_ami(self):
        bad = self.bake("web-bad-2026.11.08")
        self.all_on(bad)
        self.assertEqual(self.words()["staging"], "blocked-ami")
        self.assertEqual(self.status().returncode, 1)

    def test_old_servers_fail_the_gate(self):
        self.all_on(self.old)
        self.assertEqual(self.status("--max-age", "5", days=4).returncode, 0)
        done = self.status("--max-age", "5", days=7)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"bake a newer AMI\n    servers run an AMI of [67] days, which is more than 5 \(--max-age\)")
        self.assertEqual(self.status("--max-age", "5", "--stale-only", days=7).returncode, 1)
        self.assertEqual(self.status("--team", "shp", "--stale-only").returncode, 5, "a team that is not there")

    def test_what_nobody_saw_is_not_empty(self):
        """The template says that there should be servers."""
        self.merge("production", self.old)
        self.assertEqual(self.told()["services"][0]["stages"]["production"]["status"], "none-running")
        self.allow_only("sts:*", "autoscaling:*", "cloudformation:*")
        stage = self.told("--allow-partial")["services"][0]["stages"]["production"]
        self.assertEqual(stage["status"], "unknown")
        self.assertIn("no server was seen, and eu-west-1 of account 123456789012 could not be asked", stage["reason"])

    def test_without_the_right_to_ask_nothing_is_current(self):
        self.all_on(self.old)
        self.allow_only("ec2:*", "sts:*")
        done = self.status("--format", "json")
        self.assertEqual(done.returncode, 4)
        self.assertIn("autoscaling DescribeAutoScalingGroups in eu-west-1", done.stderr)
        told = json.loads(done.stdout)
        self.assertTrue(told["partial"])
        self.assertEqual(told["services"][0]["stages"]["staging"]["status"], "unknown")
        self.assertNotIn("current", [s["status"] for n, s in told["services"][0]["stages"].items() if n != "baked"])

    def test_the_check_names_what_is_missing(self):
        self.all_on(self.old)
        done = self.status("--check")
        self.assertEqual(done.stdout.count("FAIL"), 1, done.stdout)  # moto has no instance refreshes
        self.assertIn("repository acme/infra", done.stdout)

    def test_bakes_of_jenkins(self):
        with Jenkins() as jenkins:
            self.settings = (CONFIG % ("job: bakes/web", self.clone)).replace(
                "status:\n", f"status:\n  jenkins: {jenkins.root}\n")
            self.environment.update({"PATCHBOT_JENKINS_USER": jenkins.USER, "PATCHBOT_JENKINS_TOKEN": jenkins.TOKEN})
            self.all_on(self.old)
            jenkins.add("bakes/web")
            at = int(self.now.timestamp())
            jenkins.finish("bakes/web", jenkins.start("bakes/web", at - 7200))
            self.assertEqual(self.words()["baked"], "current")
            jenkins.finish("bakes/web", jenkins.start("bakes/web", at - 3600), "FAILURE")
            stage = self.stage("baked")
            self.assertEqual((stage["status"], stage["reason"]), ("bake-failed", "the bake #2 failed (FAILURE)"))
            self.assertEqual(stage["link"], f"{jenkins.root}/job/bakes/job/web/2/")
            jenkins.start("bakes/web", at)
            self.assertEqual(self.words()["baked"], "bake-running")
            self.environment["PATCHBOT_JENKINS_TOKEN"] = "open-sesame-1234"
            done = self.status("--format", "json")
            self.assertEqual(done.returncode, 4)
            self.assertNotIn("sesame", done.stderr + done.stdout)
            self.assertEqual(jenkins.violations, [])
            stages = json.loads(done.stdout)["services"][0]["stages"]
            self.assertEqual({name: stage["status"] for name, stage in stages.items()},
                             {"baked": "unknown", "staging": "current", "production": "current"})

    def named(self, text):
        """A template on main that names a parameter of Systems Manager, in both environments."""
        for environment in ("staging", "production"):
            path = self.clone / environment / "web.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "a name")

    NAMES = {
        "dynamic reference": """Resources:
  Web: { Type: "AWS::EC2::Instance", Properties: { ImageId: "{{resolve:ssm:/acme/ami/web}}" } }
""",
        "parameter": """Parameters:
  AmiId: { Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /acme/ami/web }
Resources:
  Web: { Type: "AWS::EC2::Instance", Properties: { ImageId: !Ref AmiId } }
""",
        "made of the account": """Mappings:
  Accounts: { "123456789012": { path: acme } }
Resources:
  Web:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: !Sub
          - "resolve:ssm:/${path}/ami/web"
          - path: !FindInMap [Accounts, !Ref "AWS::AccountId", path]
"""}

    def test_names_in_systems_manager_are_looked_up(self):
        ssm = self.moto.client("ssm")
        self.all_on(self.old)
        new = self.bake("web-2026.11.08")
        for form, text in self.NAMES.items():
            with self.subTest(form):
                self.named(text)
                ssm.put_parameter(Name="/acme/ami/web", Type="String", Value=self.old, Overwrite=True)
                stage = self.stage("staging")
                self.assertEqual(stage["status"], "pr-missing")
                self.assertEqual(stage["ami"]["template"], self.old)
                ssm.put_parameter(Name="/acme/ami/web", Type="String", Value=new, Overwrite=True)
                stage = self.stage("staging")
                self.assertEqual(stage["status"], "merged-not-deployed")
                self.assertEqual(stage["ami"]["template"], new)
                modified = ssm.get_parameter(Name="/acme/ami/web")["Parameter"]["LastModifiedDate"]
                self.assertEqual(stage["since"], modified.astimezone(datetime.timezone.utc).strftime("%FT%TZ"))

    def test_a_version_of_a_name(self):
        ssm = self.moto.client("ssm")
        self.all_on(self.old)
        new = self.bake("web-2026.11.08")
        for image in (self.old, new):
            ssm.put_parameter(Name="/acme/ami/web", Type="String", Value=image, Overwrite=True)
        for version, image in (("1", self.old), ("2", new)):
            self.named(self.NAMES["dynamic reference"].replace("ami/web}}", "ami/web:%s}}" % version))
            self.assertEqual(self.stage("production")["ami"]["template"], image)

    def test_names_that_say_nothing_are_unknown(self):
        ssm = self.moto.client("ssm")
        self.all_on(self.old)
        self.bake("web-2026.11.08")
        self.named(self.NAMES["dynamic reference"])
        stage = self.stage("staging")
        self.assertEqual(stage["status"], "behind")
        self.assertIn("the parameter /acme/ami/web of Systems Manager is not there, or is encrypted, in eu-west-1 of "
                      "account 123456789012", stage["reason"])
        ssm.put_parameter(Name="/acme/ami/web", Type="String", Value="hunter2")
        self.assertIn("holds no AMI", self.stage("staging")["reason"])
        self.assertNotIn("hunter2", self.status("--format", "json").stdout)
        ssm.put_parameter(Name="/acme/ami/web", Type="SecureString", Value=self.old, Overwrite=True)
        self.assertIn("is not there", self.stage("staging")["reason"])
        self.named(self.NAMES["dynamic reference"].replace("/acme", "/ac me"))
        self.assertIn("is no name in Systems Manager", self.stage("staging")["reason"])

    def test_a_name_that_is_missing_beside_one_that_is_there(self):
        ssm = self.moto.client("ssm")
        self.all_on(self.old)
        new = self.bake("web-2026.11.08")
        ssm.put_parameter(Name="/acme/ami/web", Type="String", Value=new)
        two = self.NAMES["dynamic reference"] + self.NAMES["dynamic reference"].splitlines()[1].replace(
            "Web:", "Worker:").replace("/web", "/gone") + "\n"
        self.named(two)
        reason = self.stage("production")["reason"]
        self.assertIn("not known is the rest: production/web.yaml: the parameter /acme/ami/gone", reason)
        for environment in ("staging", "production"):
            for one in self.servers(environment):
                self.ec2.terminate_instances(InstanceIds=[one])
            self.start(environment, new, stack=False)
        self.assertEqual(self.stage("production")["status"], "unknown", "what the next deployment does is not known")

    def test_names_of_a_proposal_are_no_problem_of_the_whole(self):
        ssm = self.moto.client("ssm")
        self.all_on(self.old)
        new = self.bake("web-2026.11.08")
        ssm.put_parameter(Name="/acme/ami/next", Type="String", Value=new)
        proposed = self.NAMES["dynamic reference"].replace("/web", "/next")
        self.on_branch("by-name", "production/web.yaml", proposed)
        self.assertEqual(self.words()["production"], "pr-open")
        self.allow_only("ec2:*", "sts:*", "autoscaling:*", "cloudformation:*")
        done = self.status("--format", "json")
        self.assertEqual(done.returncode, 5, done.stderr)
        stage = json.loads(done.stdout)["services"][0]["stages"]["production"]
        self.assertEqual(stage["status"], "unknown")
        self.assertIn("could not be read", stage["reason"])

    def test_a_name_that_may_not_be_read(self):
        self.all_on(self.old)
        self.bake("web-2026.11.08")
        self.named(self.NAMES["parameter"])
        self.allow_only("ec2:*", "sts:*", "autoscaling:*", "cloudformation:*")
        done = self.status("--format", "json")
        self.assertEqual(done.returncode, 4)
        self.assertIn("ssm GetParameters in eu-west-1 of account 123456789012", done.stderr)
        stage = json.loads(done.stdout)["services"][0]["stages"]["staging"]
        self.assertIn("the parameter /acme/ami/web of Systems Manager could not be read", stage["reason"])

    def test_an_account_that_could_not_be_asked(self):
        self.all_on(self.old)
        for environment, words in ((", environment: prod", {"staging": "current", "production": "unknown"}),
                                   (", environment: prod, team: data", {"staging": "current", "production": "current"}),
                                   ("", {"staging": "current", "production": "current"})):
            self.settings = (CONFIG % (f"manifest: {self.folder / 'manifest.json'}", self.clone)).replace(
                "aws: { ", 'aws: { accounts: [{ id: "123456789012" }, { id: "444455556666"%s }], role: reader, ' % environment)
            self.allow_only("ec2:*", "sts:GetCallerIdentity", "autoscaling:*", "cloudformation:*")
            done = self.status("--format", "json")
            self.assertEqual(done.returncode, 4, done.stderr)
            stages = json.loads(done.stdout)["services"][0]["stages"]
            self.assertEqual({name: stages[name]["status"] for name in words}, words, environment)
            self.assertIn("account 444455556666 could not be asked", stages["production"]["reason"])

    def test_no_clone_is_a_problem_and_the_rest_is_told(self):
        self.all_on(self.old)
        self.clone.rename(self.folder / "elsewhere")
        done = self.status("--format", "json")
        self.assertEqual(done.returncode, 4)
        self.assertIn("repository acme/infra", done.stderr)
        stages = json.loads(done.stdout)["services"][0]["stages"]
        self.assertEqual(stages["baked"]["status"], "current")
        self.assertEqual(stages["staging"]["status"], "unknown")
        self.assertIn("every server runs web-2026.11.01, and what their template says is not known", stages["staging"]["reason"])


if __name__ == "__main__":
    unittest.main()
