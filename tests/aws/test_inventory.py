#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ec2-targets: whole inventories from several accounts and regions."""
import csv
import io
import unittest

from servers.fleet import Card, Machine
from servers.verifying_server import times
from support import KEY, MAIN, NOW, OTHER, THIRD, AwsTest

ASG = "aws:autoscaling:groupName"
STACK = "aws:cloudformation:stack-name"


def plain(number, **more):
    return Machine(f"i-{number:08x}", [Card([(f"10.0.{number // 250}.{number % 250 + 1}", None)])], **more)


class WholeInventoryTest(AwsTest):
    def test_own_account_and_all_its_regions(self):
        web = Machine("i-0000000a", [
            Card([("10.0.0.5", "54.1.1.1"), ("10.0.0.6", "54.1.1.2"), ("10.0.0.7", None)], ["2001:db8::5"]),
            Card([("10.0.9.5", "54.1.1.3")], ["2001:db8::9", "2001:db8::a"])],
            {"Name": "web-1", "team": "checkout", "service": "shop", "env": "staging", ASG: "web-asg",
             STACK: "web-stack", "Ünï": "<&>\"'"}, vpc="vpc-a")
        windows = Machine("i-0000000b", [Card([("10.0.0.8", None)])], windows=True, ami="ami-gone")
        bare = Machine("i-0000000c", [])  # between two lives, an instance may have no interface
        self.fleet.add(MAIN, "eu-west-1", web, windows)
        self.fleet.add(MAIN, "us-east-1", bare)
        self.fleet.add(MAIN, "eu-central-1")
        self.fleet.images["ami-00000001"] = "web-2026.11.20"
        run = self.succeeds()
        self.assert_targets(run, [
            web.target(MAIN, "eu-west-1", ami_name="web-2026.11.20", team="checkout", service="shop",
                       environment="staging"),
            windows.target(MAIN, "eu-west-1"),
            bare.target(MAIN, "us-east-1", ami_name="web-2026.11.20")])
        head = {k: v for k, v in run.inventory.items() if k != "targets"}
        self.assertEqual(head, {"schema": "patchbot.inventory/1", "generated_at": NOW, "source": "ec2",
                                "partial": False, "problems": []})
        self.assertEqual({c.region for c in self.aws.of("ec2", "DescribeInstances")},
                         {"eu-west-1", "us-east-1", "eu-central-1"})

    def test_tags_that_only_cleaning_makes_the_same(self):
        self.fleet.add(MAIN, "eu-west-1", plain(1, tags={"cost  centre": "b", "cost centre": "a", "cost\u200ecentre": "c"}))
        run = self.succeeds()
        self.assertEqual(run.targets[0]["tags"], {"cost centre": "a", "costcentre": "c"})
        self.assertEqual(run.out.count("cost centre"), 1)

    def test_accounts_by_role(self):
        self.fleet.add(MAIN, "eu-west-1", plain(1))
        self.fleet.add(OTHER, "eu-west-1", plain(2))
        self.fleet.add(OTHER, "eu-west-2", plain(3))
        self.fleet.add(THIRD, "eu-west-1", plain(4))
        self.fleet.add(THIRD, "eu-west-3", plain(5))
        self.fleet.add_role(OTHER, external_id="ours-42")
        self.fleet.add_role(THIRD, "audit/reader")
        run = self.succeeds(*self.config(f"""
aws:
  accounts:
    - {{ id: "{MAIN}", name: tools, environment: tools }}
    - {{ id: "{OTHER}", name: production, external_id: ours-42, environment: production }}
    - {{ id: "{THIRD}", role: "arn:aws:iam::{THIRD}:role/audit/reader", regions: [eu-west-1], team: data }}
"""))
        self.assert_targets(run, [
            plain(1).target(MAIN, "eu-west-1", environment="tools"),
            plain(2).target(OTHER, "eu-west-1", environment="production"),
            plain(3).target(OTHER, "eu-west-2", environment="production"),
            plain(4).target(THIRD, "eu-west-1", team="data")])
        roles = {c.parameters["RoleArn"]: c.parameters for c in self.aws.of("sts", "AssumeRole")}
        self.assertEqual(len(roles), 2)
        self.assertEqual(roles[f"arn:aws:iam::{OTHER}:role/patchbot-read"]["RoleSessionName"], "patchbot")
        self.assertNotIn("ExternalId", roles[f"arn:aws:iam::{THIRD}:role/audit/reader"])
        self.assertEqual(self.aws.count("sts", "AssumeRole"), 2)  # once each, however many regions

    def test_organization(self):
        ids = [f"{n:012d}" for n in range(100, 145)]
        self.fleet.organization = [{"Id": i, "Name": "a" + i[-3:], "State": "ACTIVE"} for i in ids]
        self.fleet.organization[3]["State"] = "SUSPENDED"
        self.fleet.organization[4]["State"] = "PENDING_CLOSURE"
        self.fleet.organization.append({"Id": MAIN, "Name": "main", "State": "ACTIVE"})
        self.aws.on("organizations", "ListAccounts", times(
            1, {"Accounts": [], "NextToken": "page-0"}, self.fleet.organizations_ListAccounts))
        for n, account in enumerate(ids + [MAIN]):
            self.fleet.add(account, "eu-west-1", plain(n))
            self.fleet.add_role(account, external_id="e-1")
        run = self.succeeds(*self.config(f"""
aws:
  organization: {{ exclude: ["{ids[7]}"] }}
  external_id: e-1
  regions: [eu-west-1]
  accounts:
    - {{ id: "{ids[0]}", team: first }}
"""))
        left = [i for i in ids if i not in (ids[3], ids[4], ids[7])] + [MAIN]
        self.assertEqual(sorted(t["account"] for t in run.targets), sorted(left))
        self.assertEqual([t["team"] for t in run.targets if t["account"] == ids[0]], ["first"])
        self.assertEqual(self.aws.count("organizations", "ListAccounts"), 4)
        self.assertEqual(self.aws.count("ec2", "DescribeRegions"), 0)

    def test_an_entry_does_not_bring_back_what_is_suspended(self):
        self.fleet.organization = [{"Id": MAIN, "Name": "main", "State": "ACTIVE"},
                                   {"Id": OTHER, "Name": "old", "State": "SUSPENDED"}]
        for account in (MAIN, OTHER, THIRD):
            self.fleet.add(account, "eu-west-1", plain(1))
            self.fleet.add_role(account)
        entries = f'accounts: [ {{ id: "{OTHER}", name: old }}, {{ id: "{THIRD}", name: supplier }} ]'
        run = self.succeeds(*self.config(f"aws: {{ organization: true, {entries} }}\n"))
        self.assertEqual([t["account"] for t in run.targets], [MAIN, THIRD])  # THIRD is in no organisation
        run = self.fails(2, *self.config(f'aws: {{ organization: {{ exclude: ["{OTHER}"] }}, {entries} }}\n'))
        self.assertIn(OTHER, run.err)

    def test_many_pages(self):
        machines = [plain(n) for n in range(1203)]
        self.fleet.add(MAIN, "eu-west-1", *machines)
        run = self.succeeds()
        self.assertEqual(run.ids, [m.id for m in machines])
        self.assertGreater(self.aws.count("ec2", "DescribeInstances"), 1)

    def test_the_same_list_every_time(self):
        for region in ("eu-west-1", "eu-west-2", "us-east-1"):
            self.fleet.add(MAIN, region, *[plain(n) for n in range(40)])
        lists = {self.succeeds("--parallel", p).out for p in ("1", "7", "16")}
        self.assertEqual(len(lists), 1)

    def test_nothing_there(self):
        self.fleet.add(MAIN, "eu-west-1")
        run = self.fails(5)
        self.assertEqual((run.targets, run.inventory["partial"]), ([], False))
        self.assertEqual(self.fails(5, "--format", "ips").out, "")
        self.assertIn("no machine matches", run.err)

    def test_states(self):
        self.fleet.add(MAIN, "eu-west-1", plain(1), plain(2, state="stopped"), plain(3, state="terminated"),
                       plain(4, state="pending"))
        ids = {"running": [1], "stopped": [2], "running,stopped": [1, 2], "any": [1, 2, 3, 4]}
        self.assertEqual(self.succeeds().ids, ["i-00000001"])
        for state, numbers in ids.items():
            run = self.succeeds("--state", state)
            self.assertEqual(run.ids, [f"i-{n:08x}" for n in numbers])
        self.assertIn("--state", self.fails(2, "--state", "runing").err)

    def test_unknown_settings_are_usage_errors(self):
        self.fails(2, "--format", "xml")
        self.fails(2, "--source", "azure")
        self.fails(2, "--parallel", "0")
        self.fails(2, "--config", str(self.folder / "none.yaml"))
        self.fails(2, *self.config("aws: { accounts: [ { id: 12 } ] }\n"))
        self.fails(2, AWS_ENDPOINT_URL="ftp://x")


class OwnersTest(AwsTest):
    OWNERS = f"""
teams:
  Checkout: {{}}
  platform: {{}}
  search: {{}}
  fallback: {{}}
environments: {{ kanarie: staging }}
owners:
  - {{ team: "tag:team", service: "tag:service", environment: "tag:env" }}
  - {{ name: "bastion*", team: platform, service: bastion }}
  - {{ tag: "cost=12*", team: search }}
  - {{ account: "{OTHER}", environment: production }}
  - {{ cidr: 10.30.0.0/16, environment: staging }}
  - {{ region: [eu-west-3, us-east-1], service: far }}
  - {{ ami_family: "web*", service: web }}
"""

    def machine(self, number, address=None, **tags):
        tags = {k.replace("_", ":"): v for k, v in tags.items()}
        return Machine(f"i-{number:08x}", [Card([(address or f"10.0.0.{number}", None)])], tags)

    def test_rules_in_their_order(self):
        m = self.machine
        self.fleet.add(MAIN, "eu-west-1",
                       m(1, team="CHECKOUT", service="shop", env="prd"),
                       m(2, TEAM="data", Env="Kanarie"),
                       m(3, Name="bastion-7"),
                       m(4, cost="1234"),
                       m(5, "10.30.4.5"),
                       m(6, team=""))
        self.fleet.add(MAIN, "eu-west-3", m(7))
        self.fleet.add(OTHER, "eu-west-1", m(8, "10.30.0.8"), m(9, env="stage"))
        self.fleet.add_role(OTHER)
        self.fleet.images["ami-00000001"] = "web-2026.11.20"
        run = self.succeeds(*self.config(
            self.OWNERS + f'aws: {{ accounts: [ {{ id: "{MAIN}" }}, {{ id: "{OTHER}", team: fallback }} ] }}\n'))
        got = {int(t["id"][2:], 16): (t["team"], t.get("service"), t.get("environment")) for t in run.targets}
        self.assertEqual(got, {
            1: ("Checkout", "shop", "production"), 2: ("data", "web", "staging"),
            3: ("platform", "bastion", None), 4: ("search", "web", None), 5: ("unowned", "web", "staging"),
            6: ("unowned", "web", None), 7: ("unowned", "far", None), 8: ("fallback", "web", "production"),
            9: ("fallback", "web", "staging")})

    def test_default_rules(self):
        m = self.machine
        self.fleet.add(MAIN, "eu-west-1", m(1, team="a", service="s", environment="live"),
                       m(2, owner="b", app="t", stage="stg"), m(3, Owner="c", application="u", env="qa"), m(4))
        run = self.succeeds()
        got = [(t["team"], t.get("service"), t.get("environment")) for t in run.targets]
        self.assertEqual(got, [("a", "s", "production"), ("b", "t", "staging"), ("c", "u", "qa"),
                               ("unowned", None, None)])
        self.assertIn("unowned", run.err)
        self.assertRegex(run.err, r"(?m)^\S*\s*1 machine belongs to nobody|1 machine belongs to nobody")

    def test_filters(self):
        m = self.machine
        self.fleet.add(MAIN, "eu-west-1", m(1, team="a", env="prod"), m(2, team="a", env="stg"), m(3))
        self.assertEqual(self.succeeds("--team", "A").ids, ["i-00000001", "i-00000002"])
        self.assertEqual(self.succeeds("--environment", "production").ids, ["i-00000001"])
        self.assertEqual(self.succeeds("--team", "a", "--environment", "staging").ids, ["i-00000002"])
        self.assertEqual(self.succeeds("--team", "unowned").ids, ["i-00000003"])


class FormatsTest(AwsTest):
    def setUp(self):
        super().setUp()
        self.fleet.add(MAIN, "eu-west-1",
                       Machine("i-00000001", [Card([("10.0.0.10", "54.0.0.1"), ("10.0.0.9", None)], ["2001:db8::1"]),
                                              Card([("10.0.1.1", None)])],
                               {"Name": '=cmd|"x",\'y', "team": "a"}),
                       Machine("i-00000002", [Card([("10.0.0.10", None)])], vpc="vpc-2"))

    def test_addresses(self):
        run = self.succeeds("--format", "ips")
        self.assertEqual(run.out.splitlines(), ["10.0.0.9", "10.0.0.10", "10.0.1.1", "2001:db8::1"])

    def test_csv(self):
        rows = list(csv.DictReader(io.StringIO(self.succeeds("--format", "csv").out)))
        self.assertEqual([r["id"] for r in rows], ["i-00000001", "i-00000002"])
        self.assertEqual(rows[0]["team"], "a")
        text = self.succeeds("--format", "csv").out
        self.assertNotIn('\n=', text)
        self.assertNotIn(',=', text)
        self.assertNotIn(',"=', text)

    def test_one_address_in_two_networks(self):
        run = self.succeeds()
        self.assertEqual([(t["vpc"], t["addresses"][0]) for t in run.targets],
                         [("vpc-1", "10.0.0.10"), ("vpc-2", "10.0.0.10")])
        self.assertRegex(run.err, r"10\.0\.0\.10 .*i-00000001 in vpc-1.*i-00000002 in vpc-2")

    def test_output_file(self):
        run = self.succeeds("--output", "list.json")
        self.assertEqual(run.out, "")
        self.assertEqual((self.folder / "list.json").read_text("utf-8"), self.succeeds().out)

    def test_the_list_can_be_read_again(self):
        self.succeeds("--output", "list.json")
        again = self.succeeds("--source", "file", "list.json")
        before = self.succeeds().inventory | {"source": "file"}
        self.assertEqual(again.inventory, before)
        self.fails(3, "--source", "file", self.file("bad.json", '{"schema":"patchbot.inventory/1","targets":[{}]}'))

    def test_quiet_and_secrets(self):
        run = self.succeeds("--quiet")
        self.assertEqual(run.err, "")
        run = self.succeeds("--verbose")
        for secret in (KEY, "wJalrXUtnFEMI", "session/token"):
            self.assertNotIn(secret, run.out + run.err)


if __name__ == "__main__":
    unittest.main()
