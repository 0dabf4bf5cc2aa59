#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ec2-targets --source security-monkey against a fake of Netflix's server."""
import unittest

from servers.loopback import Answer
from servers.security_monkey import SecurityMonkey
from support import MAIN, NOW, OTHER, ToolTest


def config_of(number, **more):
    return {"instance_id": f"i-{number:08x}", "image_id": "ami-1", "state": {"Code": 16, "Name": "running"},
            "private_ip_address": f"10.0.{number // 250}.{number % 250 + 1}", "public_ip_address": None,
            "private_dns_name": "", "instance_type": "t2.micro", "launch_time": "2020-01-02T03:04:05.000Z",
            "subnet_id": "subnet-1", "vpc_id": "vpc-1", "security_groups": [], "tags": None, "name": ""} | more


class SecurityMonkeyTest(ToolTest):
    referer = False

    def setUp(self):
        super().setUp()
        self.monkey = SecurityMonkey([("prod", MAIN), ("staging", OTHER)], self.referer).__enter__()
        self.addCleanup(self.monkey.__exit__)
        self.environment |= {"PATCHBOT_SECURITY_MONKEY_USER": SecurityMonkey.EMAIL,
                             "PATCHBOT_SECURITY_MONKEY_PASSWORD": SecurityMonkey.PASSWORD}
        self.all = self.flags("")

    def flags(self, more):
        return ["--source", "security-monkey", *self.config(
            f"security_monkey:\n  url: {self.monkey.url}/\n{more}")]

    def add(self, number, account="prod", region="eu-west-1", active=True, **more):
        self.monkey.add(account, region, f"i-{number:08x}", more.get("name", ""), config_of(number, **more), active)

    def test_whole_machines(self):
        self.add(1, public_ip_address="54.0.0.1", name="web-1",
                 tags=[{"Key": "team", "Value": "a"}, {"Key": "Name", "Value": "web-1"}])
        self.add(2, "staging", "us-east-1")
        run = self.succeeds(*self.all)
        head = {k: v for k, v in run.inventory.items() if k != "targets"}
        self.assertEqual(head, {"schema": "patchbot.inventory/1", "generated_at": NOW, "partial": False,
                                "source": "security-monkey", "problems": []})
        first, second = run.targets
        self.assertEqual(first | {"platform": None}, {
            "id": "i-00000001", "account": MAIN, "region": "eu-west-1", "vpc": "vpc-1", "addresses": ["10.0.0.2"],
            "public_addresses": ["54.0.0.1"], "ami": "ami-1", "launched_at": "2020-01-02T03:04:05Z",
            "state": "running", "team": "a", "exposed": True, "tags": {"Name": "web-1", "team": "a"},
            "platform": None})
        self.assertEqual((second["id"], second["account"], second["region"], second["team"]),
                         ("i-00000002", OTHER, "us-east-1", "unowned"))
        self.assertNotIn("exposed", second)

    def test_many(self):
        for n in range(230):
            self.add(n)
        self.assertEqual(self.succeeds(*self.all).ids, [f"i-{n:08x}" for n in range(230)])
        self.assertEqual(self.monkey.logins, 1)

    def test_nobody_there(self):
        run = self.run_tool(*self.all)
        self.assertEqual((run.status, run.targets), (5, []))

    def test_some_accounts(self):
        self.add(1)
        self.add(2, "staging")
        self.assertEqual(self.succeeds(*self.flags("  accounts: [staging]\n")).ids, ["i-00000002"])
        self.assertIn("stagign", self.fails(2, *self.flags("  accounts: [stagign]\n")).err)

    def test_what_is_gone_and_what_is_stopped(self):
        self.add(1, active=False)
        self.add(2, state={"Code": 80, "Name": "stopped"})
        self.add(3)
        self.assertEqual(self.succeeds(*self.all).ids, ["i-00000003"])
        self.assertEqual(self.succeeds("--state", "any", *self.all).ids, ["i-00000002", "i-00000003"])

    def test_a_wrong_password(self):
        run = self.fails(4, *self.all, PATCHBOT_SECURITY_MONKEY_PASSWORD="wrong-one")
        self.assertIn("PATCHBOT_SECURITY_MONKEY", run.err)
        self.assertNotIn("wrong-one", run.err)

    def test_no_password(self):
        self.environment.pop("PATCHBOT_SECURITY_MONKEY_USER")
        self.assertIn("PATCHBOT_SECURITY_MONKEY_USER", self.fails(4, *self.all).err)

    def test_password_in_a_file(self):
        self.add(1)
        self.environment.pop("PATCHBOT_SECURITY_MONKEY_PASSWORD")
        name = self.file("password", SecurityMonkey.PASSWORD + "\n")
        self.assertEqual(len(self.succeeds(*self.all, PATCHBOT_SECURITY_MONKEY_PASSWORD_FILE=name).ids), 1)

    def test_the_session_ends_on_the_way(self):
        for n in range(20):
            self.add(n)
        self.monkey.expire_after = 12
        run = self.run_tool(*self.all)
        # Either it signs in again, or the list is partial; never a whole list that is not.
        if run.status == 0:
            self.assertEqual((len(run.ids), self.monkey.logins), (20, 2))
        else:
            self.assertEqual(run.status, 4)
            self.assertTrue(run.inventory["partial"])
            self.assertEqual(len(run.ids) + len(run.inventory["problems"]), 20)

    def test_one_machine_cannot_be_read(self):
        for n in range(3):
            self.add(n)
        whole = self.monkey._api
        for answer in (Answer(b"", 404), Answer(b"<html>", 500, {"Content-Type": "text/html"}), Answer(b"{"),
                       Answer(b'{"config": []}'), Answer(drop=True)):
            with self.subTest(answer):
                self.monkey._api = lambda r, a=answer: Answer(**vars(a)) if r.path.endswith("/revisions/1002") else whole(r)
                run = self.fails(4, *self.all)
                self.assertEqual(run.ids, ["i-00000000", "i-00000002"])
                self.assertIn("i-00000001", run.inventory["problems"][0])

    def test_hostile_addresses_do_not_count(self):
        self.add(1, private_ip_address="10.0.0.1; rm -rf /")
        run = self.run_tool("--format", "ips", *self.all)
        self.assertNotIn("rm -rf", run.out)

    def test_recordings_hold_no_password(self):
        self.add(1)
        recorded = self.succeeds("--record", "rec", *self.all)
        texts = [p.read_text() for p in (self.folder / "rec").iterdir()]
        for secret in (SecurityMonkey.PASSWORD, "let%2Bme", "csrf-1", "session=", "user-1"):
            self.assertFalse([t for t in texts if secret in t], secret)
        count = len(self.monkey.requests)
        self.environment = {"PATH": self.environment["PATH"]}
        self.assertEqual(self.succeeds("--replay", "rec", *self.all).targets, recorded.targets)
        self.assertEqual(len(self.monkey.requests), count)

    def test_check(self):
        self.add(1)
        run = self.succeeds("--check", *self.all)
        self.assertNotIn("i-0000", run.out)
        self.fails(4, "--check", *self.all, PATCHBOT_SECURITY_MONKEY_PASSWORD="wrong-one")

    def test_usage(self):
        self.fails(2, "--source", "security-monkey")
        self.fails(2, "--with-coverage", *self.all)


class WithRefererTest(SecurityMonkeyTest):
    """As over https, where the login form is refused without it."""

    referer = True


if __name__ == "__main__":
    unittest.main()
