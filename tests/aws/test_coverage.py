#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ec2-targets --with-coverage: what Amazon Inspector and SSM know, and what only seems to be known."""
import unittest

from servers.fleet import Card, Machine
from servers.verifying_server import Failure
from servers.wire import html
from support import MAIN, OTHER, AwsTest


def machine(number, public=None):
    return Machine(f"i-{number:08x}", [Card([(f"10.0.0.{number}", public)])])


def covered(number, kind, code, reason=""):
    return {"resourceId": f"i-{number:08x}", "accountId": MAIN, "scanType": kind, "resourceType": "AWS_EC2_INSTANCE",
            "scanStatus": {"statusCode": code, "reason": reason}}


def finding(number):
    return {"type": "NETWORK_REACHABILITY", "status": "ACTIVE",
            "resources": [{"type": "AWS_EC2_INSTANCE", "id": f"i-{number:08x}"}]}


class CoverageTest(AwsTest):
    def setUp(self):
        super().setUp()
        self.fleet.add(MAIN, "eu-west-1", *[machine(n, "54.0.0.1" if n == 6 else None) for n in range(1, 8)])
        self.fleet.inspector[MAIN, "eu-west-1"] = {"status": "ENABLED", "coverage": [
            covered(1, "PACKAGE", "ACTIVE", "SUCCESSFUL"), covered(1, "NETWORK", "ACTIVE", "SUCCESSFUL"),
            covered(2, "PACKAGE", "INACTIVE", "UNMANAGED_EC2_INSTANCE"), covered(2, "NETWORK", "ACTIVE"),
            covered(3, "PACKAGE", "INACTIVE", "EC2_INSTANCE_STOPPED"), covered(3, "NETWORK", "INACTIVE", "X"),
            covered(4, "NETWORK", "ACTIVE"), covered(6, "NETWORK", "ACTIVE"), covered(7, "NEW_SCAN", "ACTIVE"),
        ], "findings": [finding(99), finding(99), finding(2)]}
        self.fleet.ssm[MAIN, "eu-west-1"] = {f"i-{n:08x}": s for n, s in (
            (1, "Online"), (2, "ConnectionLost"), (3, "Inactive"), (4, "Online"))} | {
            f"i-{n:08x}": "Online" for n in range(100, 160)}

    def rows(self, run):
        return {int(t["id"][2:], 16): (t.get("coverage", {}).get("inspector"), t.get("coverage", {}).get("ssm"),
                                       t.get("exposed")) for t in run.targets}

    def test_what_is_known(self):
        run = self.succeeds("--with-coverage")
        self.assertEqual(self.rows(run), {
            1: ("active", "online", False),
            2: ("unmanaged-ec2-instance", "connection-lost", True),
            3: ("ec2-instance-stopped", "inactive", None),
            4: ("not-covered", "online", False),
            5: ("not-covered", "not-managed", None),
            6: ("not-covered", "not-managed", True),
            7: ("not-covered", "not-managed", None)})
        self.assertRegex(run.err, r"5 machines are seen by no agent")
        self.assertGreater(self.aws.count("ssm", "DescribeInstanceInformation"), 1)
        self.assertEqual(self.aws.count("inspector2", "ListFindings"), 2)
        for call in self.aws.of("inspector2", "ListFindings"):
            criteria = call.parameters["filterCriteria"]
            self.assertEqual(criteria["awsAccountId"], [{"comparison": "EQUALS", "value": MAIN}])
            self.assertEqual(criteria["findingType"], [{"comparison": "EQUALS", "value": "NETWORK_REACHABILITY"}])

    def test_not_asked(self):
        run = self.succeeds()
        self.assertEqual(set(self.rows(run).values()), {(None, None, None), (None, None, True)})
        self.assertEqual(self.aws.count("ssm", "DescribeInstanceInformation"), 0)

    def test_inspector_is_off(self):
        self.fleet.inspector.clear()
        run = self.succeeds("--with-coverage")
        self.assertEqual({i for i, _, _ in self.rows(run).values()}, {"disabled"})
        self.assertEqual({e for _, _, e in self.rows(run).values()}, {None, True})
        self.assertEqual(self.aws.count("inspector2", "ListCoverage"), 0)

    def failing(self, service, operation, failure):
        self.aws.on(service, operation, failure)
        run = self.fails(4, "--with-coverage")
        self.assertEqual(len(run.ids), 7)
        self.assertTrue(run.inventory["partial"])
        self.assertEqual(len(run.inventory["problems"]), 1)
        self.assertIn(f"{service} {operation} in eu-west-1 of account {MAIN}", run.inventory["problems"][0])
        return self.rows(run)

    def test_ssm_is_denied(self):
        rows = self.failing("ssm", "DescribeInstanceInformation", Failure("AccessDeniedException", 400))
        self.assertEqual(rows[1], ("active", None, False))
        self.assertEqual({s for _, s, _ in rows.values()}, {None})

    def test_coverage_is_denied(self):
        rows = self.failing("inspector2", "ListCoverage", Failure("AccessDeniedException", 403))
        self.assertEqual(rows[1], (None, "online", None))
        self.assertEqual(rows[2], (None, "connection-lost", True))

    def test_findings_are_denied(self):
        rows = self.failing("inspector2", "ListFindings", Failure("AccessDeniedException", 403))
        self.assertEqual(rows[1], ("active", "online", None))  # not known to be closed
        self.assertEqual(rows[6][2], True)

    def test_the_status_is_denied(self):
        rows = self.failing("inspector2", "BatchGetAccountStatus", Failure("AccessDeniedException", 403))
        self.assertEqual(rows[1], (None, "online", None))

    def test_a_region_without_inspector(self):
        rows = self.failing("inspector2", "BatchGetAccountStatus", html(500))
        self.assertEqual(self.aws.count("inspector2", "BatchGetAccountStatus"), 1)
        self.assertEqual(rows[1], (None, "online", None))

    def test_answers_of_another_shape(self):
        account = {"accountId": MAIN, "resourceState": {"ecr": {"status": "ENABLED"}}}
        failed = {"accountId": MAIN, "errorCode": "ACCESS_DENIED", "errorMessage": "no"}
        for service, operation, answer in (
                ("ssm", "DescribeInstanceInformation", {}),
                ("ssm", "DescribeInstanceInformation", {"InstanceInformationList": [], "NextToken": 7}),
                ("inspector2", "ListCoverage", {"coveredResources": None}),
                ("inspector2", "ListCoverage", {"coveredResources": [], "nextToken": {}}),
                ("inspector2", "ListFindings", {"finding": []}),
                ("inspector2", "ListFindings", {"findings": [{"type": "NETWORK_REACHABILITY"}]}),
                ("inspector2", "BatchGetAccountStatus", {}),
                ("inspector2", "BatchGetAccountStatus", {"accounts": [], "failedAccounts": [failed]}),
                ("inspector2", "BatchGetAccountStatus", {"accounts": [account]})):
            with self.subTest(operation, answer=answer):
                rows = self.failing(service, operation, answer)
                self.assertNotIn("not-managed" if service == "ssm" else "disabled", str(rows))
                if service == "inspector2":
                    self.assertEqual(rows[1][2], None)  # not known to be closed
                self.aws.on(service, operation, getattr(self.fleet, f"{service}_{operation}"))

    def test_answers_that_are_none(self):
        from servers.loopback import Answer
        for body in (b"", b"[]", b'{"coveredResources": [', b'{"coveredResources": 1, "nextToken": {}}', b"\xff",
                     b'{"coveredResources": [1, null, {"resourceId": 7}, {"resourceId": "i-1", "scanStatus": []}]}',
                     b"[" * 100_000, b'{"a":' * 100_000):
            with self.subTest(body[:60]):
                self.aws.on("inspector2", "ListCoverage", Answer(body, 200, {"Content-Type": "application/json"}))
                run = self.run_tool("--with-coverage")
                self.assertIn(run.status, (0, 4), run.err)
                self.assertEqual(len(run.ids), 7)

    def test_member_accounts_are_asked_themselves(self):
        self.fleet.add(OTHER, "eu-west-1", machine(9))
        self.fleet.add_role(OTHER)
        self.fleet.inspector[OTHER, "eu-west-1"] = {"status": "ENABLED"}
        run = self.succeeds("--with-coverage", *self.config(
            f'aws: {{ accounts: [ {{ id: "{MAIN}" }}, {{ id: "{OTHER}" }} ] }}\n'))
        self.assertEqual(self.rows(run)[9], ("not-covered", "not-managed", None))
        self.assertEqual(self.aws.of("inspector2", "BatchGetAccountStatus", OTHER)[0].parameters["accountIds"], [OTHER])


if __name__ == "__main__":
    unittest.main()
