#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the client reads of launch templates, Auto Scaling groups and stacks in moto, by aws-call."""
import json
import os
import subprocess
import unittest

from servers.moto_server import DEFAULT_ACCOUNT, MotoServer

AWS_CALL = os.environ["PATCHBOT_TEST_BINARY_AWS_CALL"]
TEMPLATE = """# Lines and blanks are  kept; so are <, > and &.
Parameters:
  AmiId: {Type: String}
Resources:
  Bucket:
    Type: AWS::S3::Bucket
"""


class DeploymentsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.moto = MotoServer().__enter__()
        cls.addClassCleanup(cls.moto.__exit__)

    def setUp(self):
        self.moto.reset()
        self.ec2 = self.moto.client("ec2")
        self.asg = self.moto.client("autoscaling")
        self.stacks = self.moto.client("cloudformation")
        self.old, self.new = self.moto.image(name="web-1"), self.moto.image(name="web-2")
        _, self.subnet = self.moto.network("10.1.0.0/24")
        self.key, self.secret = self.moto.user_with_key()

    def call(self, *arguments, secret=None):
        environment = {"AWS_ENDPOINT_URL": self.moto.url, "AWS_REGION": "eu-west-1", "AWS_MAX_ATTEMPTS": "2",
                       "AWS_ACCESS_KEY_ID": self.key, "AWS_SECRET_ACCESS_KEY": secret or self.secret}
        return subprocess.run([AWS_CALL, "read", *arguments], env=environment, capture_output=True, timeout=60,
                              encoding="utf-8")

    def text(self, *arguments):
        """What the call says, made with the signature checked."""
        self.moto.require_signatures()
        run = self.call(*arguments)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def read(self, *arguments):
        return json.loads(self.text(*arguments))

    def fails(self, *arguments, **more):
        self.moto.require_signatures()
        run = self.call(*arguments, **more)
        self.assertEqual(run.returncode, 4, run.stderr)
        return run.stderr

    def launch_template(self, name="web"):
        """Two versions, of which the first is the default."""
        made = self.ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={
            "ImageId": self.old, "InstanceType": "t2.micro"})["LaunchTemplate"]["LaunchTemplateId"]
        self.ec2.create_launch_template_version(LaunchTemplateId=made, LaunchTemplateData={"ImageId": self.new})
        return made

    def group(self, name, **more):
        self.asg.create_auto_scaling_group(AutoScalingGroupName=name, MaxSize=2, VPCZoneIdentifier=self.subnet, **more)

    def stack(self, name, **more):
        return self.stacks.create_stack(StackName=name, TemplateBody=TEMPLATE, Parameters=[
            {"ParameterKey": "AmiId", "ParameterValue": self.old}], **more)["StackId"]

    def test_an_empty_region(self):
        for what in ("templates", "groups", "stacks"):
            self.assertEqual(self.read(what), [])

    def test_current_versions(self):
        web = self.launch_template()
        versions = self.read("templates")
        self.assertEqual([version.pop("created_at")[:2] for version in versions], ["20", "20"])
        self.assertEqual(versions, [
            {"id": web, "name": "web", "number": 1, "ami": self.old, "default": True, "latest": False},
            {"id": web, "name": "web", "number": 2, "ami": self.new, "default": False, "latest": True}])

    def test_versions_of_one_template(self):
        web = self.launch_template()
        self.launch_template("batch")
        versions = self.read("versions", web, "2", "1")
        self.assertEqual([(v["id"], v["number"], v["ami"], v["latest"]) for v in versions],
                         [(web, 1, self.old, False), (web, 2, self.new, False)])
        self.assertTrue(self.read("versions", web, "$Latest")[0]["latest"])
        self.assertIn("VersionNotFound", self.fails("versions", web, "7"))

    def test_groups(self):
        web = self.launch_template()
        used = {"LaunchTemplateId": web, "Version": "1"}
        tags = {"team": "ü & co", "env": "prod"}
        self.group("web <1>", MinSize=2, LaunchTemplate=used, Tags=[
            {"Key": key, "Value": value, "PropagateAtLaunch": True} for key, value in tags.items()])
        self.asg.suspend_processes(AutoScalingGroupName="web <1>", ScalingProcesses=["Terminate", "Launch"])
        self.group("mixed", MinSize=0, MixedInstancesPolicy={"LaunchTemplate": {"LaunchTemplateSpecification": {
            "LaunchTemplateId": web, "Version": "$Latest"}, "Overrides": [{"InstanceType": "t3.micro"}]}})
        self.asg.create_launch_configuration(LaunchConfigurationName="lc", ImageId=self.old, InstanceType="t2.micro")
        self.group("old", MinSize=0, LaunchConfigurationName="lc")
        groups = {group.pop("name"): group for group in self.read("groups")}
        self.assertEqual(groups["web <1>"], {
            "template_id": web, "template_name": "web", "version": "1", "launch_configuration": "", "desired": 2,
            "suspended": ["Launch", "Terminate"], "tags": tags})
        self.assertEqual((groups["mixed"]["template_id"], groups["mixed"]["version"]), (web, "$Latest"))
        self.assertEqual((groups["old"]["template_id"], groups["old"]["launch_configuration"]), ("", "lc"))

    def test_more_groups_than_one_answer_has(self):
        web = self.launch_template()
        for number in range(101):
            self.group(f"g{number}", MinSize=0, LaunchTemplate={"LaunchTemplateId": web})
        groups = self.read("groups")
        self.assertEqual(len({group["name"] for group in groups}), 101)
        self.assertEqual({group["version"] for group in groups}, {"$Default"})

    def test_stacks(self):
        made = self.stack("web", Tags=[{"Key": "team", "Value": "shop"}])
        self.stacks.create_change_set(StackName="planned", ChangeSetName="c", ChangeSetType="CREATE",
                                      TemplateBody="Resources: {B: {Type: 'AWS::S3::Bucket'}}")
        gone = self.stack("gone")
        self.stacks.delete_stack(StackName=gone)
        stack, = self.read("stacks")
        self.assertRegex(stack.pop("created_at"), r"^20\d\d-\d\d-\d\dT")
        self.assertEqual(stack, {"name": "web", "id": made, "status": "CREATE_COMPLETE",
                                 "parameters": {"AmiId": self.old}, "tags": {"team": "shop"}})

    def test_more_stacks_than_one_answer_has(self):
        for number in range(51):
            self.stack(f"s{number}")
        self.assertEqual(len({stack["name"] for stack in self.read("stacks")}), 51)

    def test_the_template_of_a_stack(self):
        made = self.stack("web")
        self.assertEqual(self.text("template", "web"), TEMPLATE)
        self.assertEqual(self.text("template", made), TEMPLATE)
        self.assertRegex(self.fails("template", "nowhere"),
                         "cloudformation GetTemplate in eu-west-1 .*ValidationError: .*nowhere does not exist")

    def test_a_wrong_secret(self):
        for call in (["templates"], ["groups"], ["stacks"], ["template", "web"]):
            self.assertRegex(self.fails(*call, secret="wrong"), "SignatureDoesNotMatch|AuthFailure")

    def test_what_moto_lacks(self):
        self.assertRegex(self.fails("refreshes", "web"),
                         "autoscaling DescribeInstanceRefreshes in eu-west-1 .*a test server")


if __name__ == "__main__":
    unittest.main()
