#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ec2-targets where something fails: the rest is there, the failure is told, and nothing hangs."""
import signal
import subprocess
import threading
import unittest

from servers.fleet import Card, Machine
from servers.loopback import DEADLINE, Answer
from servers.verifying_server import Failure, sequence, times
from servers.wire import ENTITY_BOMB, EXTERNAL_ENTITY, cut_off, half_document, html, render
from support import MAIN, OTHER, THIRD, AwsTest


def machine(number):
    return Machine(f"i-{number:08x}", [Card([(f"10.0.0.{number}", None)])])


class PartialTest(AwsTest):
    def setUp(self):
        super().setUp()
        self.fleet.add(MAIN, "eu-west-1", machine(1))
        self.fleet.add(OTHER, "eu-west-1", machine(2))
        self.fleet.add(OTHER, "eu-west-2", machine(3))
        self.fleet.add(THIRD, "eu-west-1", machine(4))
        self.fleet.add_role(OTHER)
        self.fleet.add_role(THIRD)
        self.all = self.config(f"""
aws:
  accounts:
    - {{ id: "{MAIN}", name: tools }}
    - {{ id: "{OTHER}", name: production }}
    - {{ id: "{THIRD}", name: data }}
""")
        # Fewer and shorter waits; the client's own tests look at the back-off.
        self.environment["AWS_MAX_ATTEMPTS"] = "2"

    def partial(self, problem, ids, *arguments, **environment):
        """The list without what failed, and one problem that is told everywhere."""
        run = self.fails(4, *self.all, *arguments, **environment)
        self.assertEqual(run.ids, [f"i-{n:08x}" for n in ids])
        self.assertTrue(run.inventory["partial"])
        self.assertEqual(len(run.inventory["problems"]), 1, run.inventory["problems"])
        self.assertRegex(run.inventory["problems"][0], problem)
        self.assertRegex(run.err, problem)
        self.assertIn("partial", run.err)
        return run

    def test_a_role_that_is_not_there(self):
        del self.fleet.roles[f"arn:aws:iam::{OTHER}:role/patchbot-read"]
        run = self.partial(f"sts AssumeRole .*{OTHER}.*AccessDenied", [1, 4])
        self.assertIn(f"arn:aws:iam::{OTHER}:role/patchbot-read", run.inventory["problems"][0])
        self.assertEqual(self.aws.count("sts", "AssumeRole"), 2)

    def test_a_call_that_is_denied(self):
        self.aws.on("ec2", "DescribeInstances", Failure("UnauthorizedOperation", 403), OTHER, "eu-west-2")
        self.partial(f"ec2 DescribeInstances in eu-west-2 of account {OTHER}: UnauthorizedOperation", [1, 2, 4])

    def test_regions_that_are_denied(self):
        self.aws.on("ec2", "DescribeRegions", Failure("UnauthorizedOperation", 403), OTHER)
        self.partial(f"ec2 DescribeRegions in .* of account {OTHER}: UnauthorizedOperation", [1, 4])

    def test_names_of_images_that_are_denied(self):
        self.aws.on("ec2", "DescribeImages", Failure("UnauthorizedOperation", 403), THIRD)
        self.partial(f"ec2 DescribeImages in eu-west-1 of account {THIRD}", [1, 2, 3, 4])

    def test_allowed(self):
        del self.fleet.roles[f"arn:aws:iam::{OTHER}:role/patchbot-read"]
        run = self.succeeds("--allow-partial", *self.all)
        self.assertTrue(run.inventory["partial"])
        self.assertEqual(run.ids, ["i-00000001", "i-00000004"])

    def test_the_partial_list_is_written(self):
        del self.fleet.roles[f"arn:aws:iam::{OTHER}:role/patchbot-read"]
        self.fails(4, *self.all, "--output", "list.json")
        self.assertIn('"partial":true', (self.folder / "list.json").read_text().replace(" ", ""))

    def test_nobody_lets_us_in(self):
        self.aws.on("sts", "GetCallerIdentity", Failure("AccessDenied", 403))
        run = self.fails(4, *self.all)
        self.assertEqual(run.out, "")
        self.assertIn("sts GetCallerIdentity", run.err)

    def test_the_organization_is_denied(self):
        self.aws.on("organizations", "ListAccounts", Failure("AccessDeniedException", 400))
        run = self.fails(4, *self.config("aws: { organization: true }\n"))
        self.assertIn("organizations ListAccounts", run.err)

    def test_an_organization_of_nobody(self):
        account = {"Id": MAIN, "Name": "main", "State": "SUSPENDED"}
        for answer, problem in (({"Accounts": []}, "names no account"), ({}, "no list Accounts"),
                                ({"Accounts": [account]}, "no account is left"),
                                ({"Accounts": [account], "NextToken": 7}, "NextToken is no text")):
            with self.subTest(answer):
                self.aws.on("organizations", "ListAccounts", answer)
                run = self.fails(4, *self.config("aws: { organization: true }\n"))
                self.assertIn("organizations ListAccounts", run.err)
                self.assertIn(problem, run.err)

    def test_an_account_whose_state_is_not_known_is_asked(self):
        for account in ({"Id": MAIN}, {"Id": MAIN, "State": "NEW"}):
            self.aws.on("organizations", "ListAccounts", {"Accounts": [account]})
            self.assertEqual(self.succeeds(*self.config("aws: { organization: true }\n")).ids, ["i-00000001"])

    def test_answers_that_are_none(self):
        regions = {"reservationSet": [{"instancesSet": [machine(9).wire()]}]}
        bad = {
            "html 500": html(500), "html 503": html(503), "html 200": html(200), "cut off": lambda c: cut_off(
                c.service, c.operation, regions), "half": lambda c: half_document(c.service, c.operation, regions),
            "no xml": Answer(b"what?"), "empty": Answer(b""), "bomb": ENTITY_BOMB, "external": EXTERNAL_ENTITY,
            "other root": Answer(b"<Other/>"), "no list": lambda c: render("ec2", c.operation, {}),
            "no instances": lambda c: render("ec2", c.operation, {"reservationSet": [{"reservationId": "r-1"}]}),
            "instances elsewhere": lambda c: render("ec2", c.operation, {
                "reservationSet": [{"instances": [machine(9).wire()]}]}),
            "hang up": Answer(drop=True),
            "redirect": Answer(b"", 302, {"Location": self.aws.url + "/"}),
            "deep": Answer(b"<DescribeInstancesResponse>" + b"<a>" * 100_000),
            "no id": lambda c: render("ec2", c.operation, {"reservationSet": [{"instancesSet": [{"imageId": "x"}]}]}),
            "bytes": Answer(b"<DescribeInstancesResponse><reservationSet>\xff\xfe\x00</reservationSet>"),
        }
        for name, answer in bad.items():
            with self.subTest(name):
                self.aws.on("ec2", "DescribeInstances", answer, OTHER, "eu-west-2")
                run = self.partial(f"ec2 DescribeInstances in eu-west-2 of account {OTHER}", [1, 2, 4])
                self.assertNotIn("root:", run.err + run.out)  # of /etc/passwd

    def test_pages_without_end(self):
        for instances in ([machine(9).wire()], []):
            self.aws.calls.clear()
            self.aws.on("ec2", "DescribeInstances", {
                "reservationSet": [{"instancesSet": instances}], "nextToken": "again"}, OTHER, "eu-west-2")
            run = self.fails(4, *self.all)
            self.assertEqual(set(run.ids) - {"i-00000009"}, {"i-00000001", "i-00000002", "i-00000004"})
            self.assertRegex(run.inventory["problems"][0],
                             f"ec2 DescribeInstances in eu-west-2 of account {OTHER}.*same page token")
            self.assertEqual(self.aws.count("ec2", "DescribeInstances", OTHER, "eu-west-2"), 2)
            self.assertLessEqual(run.ids.count("i-00000009"), 1)

    def test_empty_pages(self):
        page = {"reservationSet": []}
        self.aws.on("ec2", "DescribeInstances", sequence(
            page | {"nextToken": "a"}, page | {"nextToken": "b"}, page | {"nextToken": "page-0"},
            self.fleet.ec2_DescribeInstances), OTHER, "eu-west-2")
        self.assertEqual(len(self.succeeds(*self.all).ids), 4)

    def test_a_page_in_the_middle_fails(self):
        self.aws.on("ec2", "DescribeInstances", sequence(
            {"reservationSet": [{"instancesSet": [machine(7).wire()]}], "nextToken": "b"},
            Failure("InvalidParameterValue", 400)), OTHER, "eu-west-2")
        self.partial("InvalidParameterValue", [1, 2, 7, 4])

    def test_throttling_passes(self):
        self.aws.on("ec2", "DescribeInstances", times(
            2, Failure("RequestLimitExceeded", 503), self.fleet.ec2_DescribeInstances), OTHER, "eu-west-1")
        self.aws.on("sts", "AssumeRole", times(1, Failure("Throttling", 400), self.fleet.sts_AssumeRole))
        self.assertEqual(len(self.succeeds(*self.all, AWS_MAX_ATTEMPTS="3").ids), 4)
        self.assertEqual(self.aws.count("ec2", "DescribeInstances", OTHER, "eu-west-1"), 3)

    def test_a_role_that_expires_on_the_way_is_taken_again(self):
        self.aws.on("ec2", "DescribeInstances", times(
            1, Failure("RequestExpired", 400), self.fleet.ec2_DescribeInstances), OTHER, "eu-west-2")
        self.assertEqual(len(self.succeeds(*self.all).ids), 4)
        roles = [c.parameters["RoleArn"].split(":")[4] for c in self.aws.of("sts", "AssumeRole")]
        self.assertEqual(roles.count(OTHER), 2)

    def test_the_deadline(self):
        gate = threading.Event()
        self.addCleanup(gate.set)
        self.aws.on("ec2", "DescribeInstances", Answer(gate=gate), OTHER, "eu-west-2")
        self.partial(f"ec2 DescribeInstances in eu-west-2 of account {OTHER}", [1, 2, 4], "--deadline", "5")


class CheckTest(AwsTest):
    def setUp(self):
        super().setUp()
        self.fleet.add(MAIN, "eu-west-1", machine(1))
        self.fleet.add(OTHER, "eu-west-1", machine(2))
        self.fleet.add_role(OTHER)
        for operation in ("DescribeInstances", "DescribeRegions", "DescribeImages"):
            self.aws.on("ec2", operation, self.dry_run)
        self.accounts = self.config(f'aws: {{ accounts: [ {{ id: "{MAIN}" }}, {{ id: "{OTHER}" }} ] }}\n')

    def dry_run(self, call):
        if call.parameters.get("DryRun") != "true":
            return getattr(self.fleet, "ec2_" + call.operation)(call)
        return Failure("DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.")

    def test_all_is_well(self):
        run = self.succeeds("--check", "--with-coverage", *self.accounts)
        for text in (MAIN, OTHER, f"arn:aws:iam::{OTHER}:role/patchbot-read", "ec2:DescribeInstances",
                     "ssm:DescribeInstanceInformation"):
            self.assertIn(text, run.out)
        self.assertNotIn("i-0000", run.out)
        self.assertTrue(all(line.startswith("ok") for line in run.out.splitlines()), run.out)

    def test_what_is_missing_is_named(self):
        self.aws.on("ec2", "DescribeImages", Failure("UnauthorizedOperation", 403), OTHER)
        run = self.fails(4, "--check", *self.accounts)
        bad = [line for line in run.out.splitlines() if not line.startswith("ok")]
        self.assertEqual(len(bad), 1)
        self.assertRegex(bad[0], f"{OTHER}.*ec2:DescribeImages.*UnauthorizedOperation")

    def test_a_role_that_is_not_there(self):
        self.fleet.roles.clear()
        run = self.fails(4, "--check", *self.accounts)
        self.assertRegex(run.out, f"(?m)^FAIL .*{OTHER}")
        self.assertRegex(run.out, f"(?m)^ok .*{MAIN}.*DescribeInstances")

    def test_no_credentials_that_work(self):
        self.aws.on("sts", "GetCallerIdentity", Failure("InvalidClientTokenId", 403))
        self.assertIn("InvalidClientTokenId", self.fails(4, "--check", *self.accounts).out)


class SignalTest(AwsTest):
    def test_sigterm_leaves_no_file(self):
        self.fleet.add(MAIN, "eu-west-1", machine(1))
        self.fleet.add(MAIN, "eu-west-2", machine(2))
        gate, asked = threading.Event(), threading.Event()
        self.addCleanup(gate.set)

        def hold(call):
            asked.set()
            return Answer(gate=gate)

        self.aws.on("ec2", "DescribeInstances", hold, region="eu-west-2")
        before = set(self.folder.iterdir())
        process = subprocess.Popen(self.command("--output", "list.json"), env=self.environment, cwd=self.folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertTrue(asked.wait(DEADLINE))
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=DEADLINE)
        self.assertEqual((process.returncode, out), (-signal.SIGTERM, b""))
        self.assertEqual(set(self.folder.iterdir()), before)


if __name__ == "__main__":
    unittest.main()
