#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ec2-targets --source security-monkey: what it remembers, and answers that would hide machines."""
import json
import unittest

from servers.loopback import Answer
from servers.security_monkey import SecurityMonkey
from support import MAIN, OTHER, ToolTest


def config(number, **more):
    return {"instance_id": f"i-{number:08x}", "image_id": "ami-00000001", "vpc_id": "vpc-1",
            "private_ip_address": f"10.0.0.{number}", "state": {"Code": 16, "Name": "running"},
            "launch_time": "2020-01-31T05:06:07.000Z", "tags": [{"Key": "team", "Value": "web"}]} | more


class SecurityMonkeyTest(ToolTest):
    def setUp(self):
        super().setUp()
        self.monkey = SecurityMonkey([("prod", MAIN), ("test", OTHER)]).__enter__()
        self.addCleanup(self.monkey.__exit__)
        self.monkey.add("prod", "eu-west-1", "i-00000001", "web", config(1, public_ip_address="54.0.0.1"))
        self.monkey.add("test", "eu-west-2", "i-00000002", config=config(2, tags=None))
        self.monkey.add("test", "eu-west-2", "i-00000003", config=config(3, state={"Code": 80, "Name": "stopped"}))
        self.monkey.add("test", "eu-west-2", "i-00000004", config=config(4), active=False)
        self.environment |= {"PATCHBOT_SECURITY_MONKEY_USER": SecurityMonkey.EMAIL,
                             "PATCHBOT_SECURITY_MONKEY_PASSWORD": SecurityMonkey.PASSWORD}

    def arguments(self, more=""):
        return ["--source", "security-monkey",
                *self.config(f"security_monkey: {{ url: '{self.monkey.url}' {more} }}\n")]

    def answers(self, path, change):
        """Changes the JSON of every answer at a path."""
        reply = self.monkey._reply

        def changed(request):
            answer = reply(request)
            if request.path == path and answer.status == 200:
                return Answer(json.dumps(change(json.loads(answer.body))).encode(), 200, answer.headers)
            return answer

        self.monkey._reply = changed

    def test_its_machines(self):
        run = self.succeeds(*self.arguments())
        first, second = run.targets
        self.assertEqual(first, {
            "id": "i-00000001", "account": MAIN, "region": "eu-west-1", "vpc": "vpc-1", "addresses": ["10.0.0.1"],
            "public_addresses": ["54.0.0.1"], "ami": "ami-00000001", "launched_at": "2020-01-31T05:06:07Z",
            "state": "running", "team": "web", "exposed": True, "tags": {"team": "web"}})
        self.assertEqual((second["account"], second["region"], second["team"]), (OTHER, "eu-west-2", "unowned"))
        self.assertIn("does not tell when it last looked", run.err)
        self.assertEqual(self.monkey.logins, 1)

    def test_one_account(self):
        self.assertEqual(self.succeeds(*self.arguments(", accounts: [prod]")).ids, ["i-00000001"])
        run = self.fails(2, *self.arguments(", accounts: [production]"))
        self.assertIn("'production' is no account there", run.err)

    def test_a_wrong_password(self):
        run = self.fails(4, *self.arguments(), PATCHBOT_SECURITY_MONKEY_PASSWORD="guess")
        self.assertIn("PATCHBOT_SECURITY_MONKEY_PASSWORD", run.err)
        self.assertNotIn("guess", run.err + run.out)

    def test_a_machine_that_cannot_be_read(self):
        self.answers("/api/1/revisions/1002", lambda revision: revision | {"config": {}})
        run = self.fails(4, *self.arguments())
        self.assertEqual(run.ids, ["i-00000001"])
        self.assertIn("i-00000002", run.inventory["problems"][0])

    def test_lists_that_are_none_or_cut_off(self):
        for path, change, problem in (
                ("/api/1/accounts", lambda page: {"total": 2}, "no list items"),
                ("/api/1/items", lambda page: {"auth": {}}, "no list items"),
                ("/api/1/items", lambda page: page | {"items": []}, "holds 0 of 3"),
                ("/api/1/items", lambda page: page | {"total": 1500}, "holds 3 of 1500")):
            with self.subTest(path, problem=problem):
                reply = self.monkey._reply
                self.answers(path, change)
                run = self.fails(4, *self.arguments())
                self.assertIn(problem, run.err)
                self.assertEqual(run.out, "")
                self.monkey._reply = reply

    def test_nothing_there(self):
        self.monkey.items.clear()
        self.assertIn("no machine matches", self.fails(5, *self.arguments()).err)


if __name__ == "__main__":
    unittest.main()
