#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The words of ami-update-status that moto cannot reach, from answers as the API references of EC2, Auto Scaling and
CloudFormation document them (servers/status_fleet.py), with every signature checked."""
import json
import os
import subprocess
import unittest

from servers.fleet import Card, Machine
from servers.status_fleet import StatusFleet, image
from servers.verifying_server import Failure, VerifyingServer
from support import BASE, KEY, MAIN, OTHER, ToolTest

BINARY = os.environ["PATCHBOT_TEST_BINARY_AMI_UPDATE_STATUS"]
REGION, NOW = "eu-west-1", "2026-11-23T06:00:00Z"
OLD, NEW = "ami-0000000000000000a", "ami-0000000000000000b"
CONFIG = """
aws: { regions: [eu-west-1] }
"""


class StatusWordsTest(ToolTest):
    def setUp(self):
        super().setUp()
        self.fleet = StatusFleet()
        self.aws = VerifyingServer({KEY: BASE}, self.fleet).__enter__()
        self.addCleanup(self.aws.__exit__)
        self.environment.update({"AWS_ENDPOINT_URL": self.aws.url, "AWS_ACCESS_KEY_ID": KEY,
                                 "AWS_SECRET_ACCESS_KEY": BASE.secret, "AWS_SESSION_TOKEN": BASE.token})
        self.fleet.listed[REGION] = [image(OLD, "web-2026.11.09", "2026-11-09T04:00:00.000Z", MAIN),
                                     image(NEW, "web-2026.11.16", "2026-11-16T04:00:00.000Z", MAIN)]
        self.settings = CONFIG

    def run_servers(self, *amis, group="web"):
        for ami in amis:
            number = len(self.fleet.machines.get((MAIN, REGION), [])) + 1
            tags = {"team": "shop", "service": "web", "environment": "production"}
            if group:
                tags |= {"aws:autoscaling:groupName": group, "aws:cloudformation:stack-name": group}
            self.fleet.add(MAIN, REGION, Machine(f"i-{number:017x}", [Card([(f"10.0.0.{number}", None)])], ami=ami,
                                                 tags=tags, launched="2026-11-20T05:06:07"))

    def told(self, *arguments):
        (web,) = self.all_told(*arguments)
        return web

    def all_told(self, *arguments):
        done = subprocess.run([BINARY, *self.config(self.settings), "--now", NOW, "--format", "json", *arguments],
                              env=self.environment, capture_output=True, timeout=120, encoding="utf-8")
        self.assertEqual(self.aws.violations, [])
        return json.loads(done.stdout)["services"]

    def stage(self, name="production"):
        return self.told()["stages"][name]

    def group_on(self, ami):
        self.fleet.groups[MAIN, REGION]["web"] = ami

    # ---- rolling: DescribeInstanceRefreshes, "Status", and DescribeStacks, "StackStatus"

    def refresh(self, status, started="2026-11-23T05:00:00Z"):
        self.fleet.refreshes["web"] = {
            "InstanceRefreshId": "08b91cf7-8fa6-48af-b6a6-d227f40f1b9b", "Status": status, "StartTime": started,
            "PercentageComplete": 50, "InstancesToUpdate": 1}

    def test_an_instance_refresh_rolls_what_is_outdated(self):
        self.run_servers(OLD, NEW)
        self.group_on(NEW)
        self.assertEqual(self.stage()["status"], "mixed")
        for status in ("Pending", "InProgress", "Baking"):
            self.refresh(status)
            stage = self.stage()
            self.assertEqual((stage["status"], stage["since"]), ("rolling", "2026-11-23T05:00:00Z"), status)
            self.assertEqual(stage["reason"], f"instance refresh of web: {status}, 50 %")
        for status in ("Successful", "Failed", "Cancelling", "Cancelled", "RollbackInProgress", "RollbackFailed",
                       "RollbackSuccessful"):
            self.refresh(status)
            self.assertEqual(self.stage()["status"], "mixed", status)
        self.refresh("InProgress", started="2026-11-15T05:00:00Z")
        self.assertEqual(self.stage()["status"], "mixed", "it hangs")

    def test_a_refresh_to_an_older_ami_rolls_nothing(self):
        self.run_servers(OLD, NEW)
        self.group_on(OLD)
        self.refresh("InProgress")
        self.assertNotEqual(self.stage()["status"], "rolling")

    def test_a_server_that_no_refresh_covers_is_told(self):
        self.run_servers(OLD, NEW)
        self.run_servers(OLD, group=None)
        self.group_on(NEW)
        self.refresh("InProgress")
        self.assertNotEqual(self.stage()["status"], "rolling")

    def test_a_stack_in_progress_rolls(self):
        self.run_servers(OLD, NEW)
        self.group_on(NEW)
        for status, word in (("UPDATE_IN_PROGRESS", "rolling"), ("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "mixed"),
                             ("UPDATE_ROLLBACK_IN_PROGRESS", "mixed"), ("UPDATE_FAILED", "mixed")):
            self.fleet.stacks["web"] = {"StackStatus": status, "LastUpdatedTime": "2026-11-23T05:30:00Z"}
            self.assertEqual(self.stage()["status"], word, status)

    # ---- where it is stuck is not known

    def test_without_a_template_servers_are_behind(self):
        self.run_servers(OLD)
        self.group_on(OLD)
        stage = self.stage()
        self.assertEqual((stage["status"], stage["behind"]), ("behind", 1))
        self.assertEqual(stage["reason"], "the servers are 1 bake behind; no template is known for it")

    # ---- nothing was ever baked: the AMI that runs is gone (DescribeImages leaves it out), or is none of its family

    def test_an_ami_that_is_gone_leaves_the_newest_unknown(self):
        self.fleet.listed[REGION] = []
        self.run_servers(OLD)
        web = self.told()
        self.assertEqual(web["stages"]["production"]["status"], "unknown")
        self.assertEqual(web["stages"]["baked"]["status"], "unknown")

    def test_an_owner_without_amis_has_never_baked(self):
        self.fleet.listed[REGION] = [image(OLD, "web-2026.11.09", "2026-11-09T04:00:00.000Z", OTHER)]
        self.settings = CONFIG + f'status: {{ families: [ {{ family: web, owners: ["{MAIN}"] }} ] }}\n'
        self.run_servers(OLD)
        self.assertEqual(self.stage("baked")["status"], "never-baked")

    # ---- families by tags, which only the owner of an AMI sees

    def tagged(self, ami, name, day, family):
        return image(ami, name, f"2026-11-{day:02}T04:00:00.000Z", MAIN,
                     tagSet=[{"key": "bake:family", "value": family}] if family else [])

    def with_tags(self, new_family):
        """A server in another account runs what MAIN baked, and names tell nothing."""
        self.settings = (f'aws: {{ regions: [eu-west-1], accounts: [ {{ id: "{MAIN}" }}, {{ id: "{OTHER}" }} ] }}\n'
                         'status: { family_tag: "bake:family" }\n')
        self.fleet.add_role(MAIN)
        self.fleet.add_role(OTHER)
        self.fleet.listed[REGION] = [self.tagged(OLD, "golden-7f3a", 9, "web"),
                                     self.tagged(NEW, "release candidate", 16, new_family)]
        tags = {"team": "shop", "service": "web", "environment": "production"}
        self.fleet.add(OTHER, REGION, Machine("i-1", [Card([("10.0.0.1", None)])], ami=OLD, tags=tags))

    def test_a_tag_names_the_family(self):
        self.with_tags("web")
        web = self.told()
        self.assertEqual(web["family"], "web")
        self.assertEqual((web["newest"]["id"], web["newest"]["name"]), (NEW, "release candidate"))
        self.assertEqual(web["stages"]["production"]["behind"], 1)

    def test_an_ami_of_another_tag_is_another_family(self):
        self.with_tags("reports")
        self.assertEqual(self.told()["newest"]["id"], OLD)

    def test_tags_that_cannot_be_read_leave_the_newest_unknown(self):
        self.with_tags("web")
        self.aws.on("ec2", "DescribeImages", lambda call: Failure("UnauthorizedOperation", 403, "no")
                    if "tag-key" in call.filters() else self.fleet.ec2_DescribeImages(call))
        stage = self.stage()
        self.assertEqual(stage["status"], "unknown")
        self.assertIn("the tags of AMIs could not be listed in eu-west-1 of account 111122223333", stage["reason"])

    def test_an_ami_whose_tag_says_another_family_is_not_of_that_of_its_name(self):
        self.with_tags("web")
        self.fleet.listed[REGION] = [image(OLD, "web-2026.11.09", "2026-11-09T04:00:00.000Z", MAIN),
                                     self.tagged(NEW, "web-2026.11.16", 16, "canary")]
        self.assertEqual(self.told()["newest"]["id"], OLD)

    def test_tags_that_nobody_asked_for_are_unknown(self):
        self.with_tags("web")
        self.settings = self.settings.replace(f'{{ id: "{MAIN}" }}, ', "")
        stage = self.stage()
        self.assertEqual(stage["status"], "unknown")
        self.assertIn("only account 111122223333 sees the tags of its AMIs in eu-west-1", stage["reason"])

    # ---- several services in one group

    def both(self):
        """A service more in the same group and stack."""
        self.run_servers(NEW)
        tags = {"team": "shop", "service": "api", "environment": "production",
                "aws:autoscaling:groupName": "web", "aws:cloudformation:stack-name": "web"}
        self.fleet.add(MAIN, REGION, Machine("i-2", [Card([("10.0.0.9", None)])], ami=NEW, tags=tags))

    def test_all_services_of_a_group_are_told_of_it(self):
        self.both()
        self.group_on(OLD)
        stages = {one["service"]: one["stages"]["production"] for one in self.all_told()}
        self.assertEqual({name: stage["status"] for name, stage in stages.items()}, {"web": "ahead", "api": "ahead"})
        for stage in stages.values():
            self.assertEqual((stage["ami"]["launch_template"], stage["ami"]["stack"]), (OLD, OLD))

    def test_all_services_of_a_stack_doubt_what_could_not_be_asked(self):
        self.both()
        self.group_on(NEW)
        self.aws.on("cloudformation", "DescribeStacks", Failure("AccessDenied", 403, "no"))
        words = {one["service"]: one["stages"]["production"]["status"] for one in self.all_told()}
        self.assertEqual(words, {"web": "unknown", "api": "unknown"})

    # ---- what cannot be asked

    def test_a_template_of_a_stack_that_cannot_be_read(self):
        self.run_servers(NEW)
        self.group_on(NEW)
        self.fleet.stacks["web"] = {"Parameters": []}
        self.aws.on("cloudformation", "GetTemplate", Failure("AccessDenied", 403, "no"))
        stage = self.stage()
        self.assertEqual(stage["status"], "unknown")
        self.assertIn("the template of the stack web in eu-west-1 of account 111122223333", stage["reason"])

    def test_a_launch_template_that_is_gone(self):
        self.run_servers(NEW)
        self.group_on(NEW)
        self.aws.on("ec2", "DescribeLaunchTemplateVersions", {"launchTemplateVersionSet": []})
        stage = self.stage()
        self.assertEqual(stage["status"], "unknown")
        self.assertIn("the launch template of web in eu-west-1 of account 111122223333 is gone", stage["reason"])

    def test_what_is_stopped_does_not_outvote_what_runs(self):
        self.run_servers(NEW)
        legacy = "ami-0000000000000000c"
        self.fleet.listed[REGION].append(image(legacy, "legacy-2025.01.01", "2025-01-01T04:00:00.000Z", MAIN))
        self.run_servers(legacy, legacy)
        for machine in self.fleet.machines[MAIN, REGION][1:]:
            machine.state = "stopped"
        web = self.told()
        self.assertEqual((web["family"], web["stages"]["production"]["status"]), ("web", "current"))
        self.fleet.machines[MAIN, REGION].pop(0)
        web = self.told()
        self.assertEqual((web["family"], web["stages"]["baked"]["status"]), ("legacy", "bake-overdue"))

    def test_a_denied_refresh_is_unknown_and_not_mixed(self):
        self.run_servers(OLD, NEW)
        self.group_on(NEW)
        self.aws.on("autoscaling", "DescribeInstanceRefreshes", Failure("AccessDenied", 403, "no"))
        stage = self.stage()
        self.assertEqual(stage["status"], "unknown")
        self.assertIn("the groups in eu-west-1 of account 111122223333 could not be listed", stage["reason"])


if __name__ == "__main__":
    unittest.main()
