#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ec2-targets --record and --replay: the same list without a network, and no secret in the files."""
import json
import re
import unittest

from servers.fleet import Card, Machine
from servers.verifying_server import Failure, times
from support import BASE, KEY, MAIN, OTHER, THIRD, AwsTest


class RecordingTest(AwsTest):
    def setUp(self):
        super().setUp()
        for account in (MAIN, OTHER):
            for region in ("eu-west-1", "us-east-1"):
                self.fleet.add(account, region, *[
                    Machine(f"i-{account[:2]}{region[:2]}{n:06x}", [Card([(f"10.0.{n // 250}.{n % 250 + 1}", None)], ["2001:db8::1"])],
                            {"team": "a", "Ünï": "<&>\"'"}) for n in range(600)])
        self.fleet.images["ami-00000001"] = "web-2026.11.20"
        self.fleet.add_role(OTHER, external_id="ours-42")
        self.fleet.inspector[MAIN, "eu-west-1"] = {"status": "ENABLED", "findings": [{"resources": []}] * 5}
        self.flags = ["--with-coverage", *self.config(f"""
aws:
  accounts:
    - {{ id: "{MAIN}" }}
    - {{ id: "{OTHER}", external_id: ours-42 }}
    - {{ id: "{THIRD}" }}
""")]
        self.nothing = {"HOME": str(self.folder), "PATH": self.environment["PATH"]}

    def record(self, status=4):
        run = self.fails(status, "--record", "rec", *self.flags)  # 4: nobody may into THIRD
        self.files = {p.name: p.read_text("utf-8") for p in (self.folder / "rec").iterdir()}
        return run

    def replay(self, *arguments, flags=None):
        """With nothing in the environment but PATH, and nobody to ask."""
        self.aws.calls.clear()
        self.environment, before = self.nothing, self.environment
        try:
            return self.run_tool("--replay", "rec", *(self.flags if flags is None else flags), *arguments)
        finally:
            self.environment = before
            self.assertEqual(self.aws.calls, [])

    def assert_same(self, run, recorded):
        """Without a comparison of texts, which takes Python minutes for long ones."""
        self.assertEqual(run.status, recorded.status, run.err)
        self.assertEqual(run.inventory["problems"], recorded.inventory["problems"])
        self.assertEqual(len(run.ids), len(recorded.ids))
        self.assertTrue(run.out == recorded.out)

    def test_the_replay_gives_the_same_list(self):
        recorded = self.record()
        self.assertEqual(len(recorded.ids), 2400)
        for parallel in ("1", "16"):
            run = self.replay("--parallel", parallel)
            self.assert_same(run, recorded)
            self.assertEqual(run.err, recorded.err)

    def test_the_time_of_the_recording(self):
        self.record()
        head = json.loads(self.files["recording.json"])
        self.assertEqual(head["schema"], "patchbot.recording/1")
        self.assertEqual(self.replay().inventory["generated_at"], "2026-11-23T06:00:00Z")

    def test_no_secret_is_in_it(self):
        self.record()
        secrets = [KEY, BASE.secret, BASE.token]
        for key, principal in self.fleet.principals.items():
            secrets += [key, principal.secret, principal.token]
        self.assertGreater(len(secrets), 5)
        for name, text in self.files.items():
            for secret in secrets:
                self.assertNotIn(secret, text + name)
                self.assertNotIn(json.dumps(secret)[1:-1].replace("/", "\\/"), text)
            self.assertNotRegex(text.lower(), "authorization|x-amz-security-token|aws4-hmac|signature=")
        self.assertTrue(any("REDACTED" in text for text in self.files.values()))

    def test_the_form_of_the_files(self):
        self.record()
        names = set(self.files) - {"recording.json"}
        self.assertEqual({n for n in names if n.endswith(".json")}, {n[:-5] + ".json" for n in names})
        for name in names:
            self.assertRegex(name, r"^[A-Za-z0-9-]+\.[0-9a-z.-]+\.[0-9a-f]{8}\.\d+\.(json|body)$")
        exchange = json.loads(next(t for n, t in self.files.items()
                                   if re.match("ec2-DescribeInstances.*" + OTHER + r".*json$", n)))
        self.assertEqual(exchange["request"]["method"], "POST")
        self.assertIn(OTHER, exchange["request"]["scope"])
        self.assertEqual(exchange["response"]["status"], 200)
        self.assertIn("Action=DescribeInstances", exchange["request"]["body"])

    def test_another_question_is_an_error_that_names_it(self):
        self.record()
        run = self.replay("--state", "any")
        self.assertEqual(run.status, 4)
        self.assertRegex(run.err, r"ec2 DescribeInstances.*" + MAIN)
        self.assertRegex(run.err, "recording")
        self.assertIn("MaxResults", run.err)

    def test_a_question_too_many(self):
        self.record()
        path = self.folder / "rec"
        for file in path.glob("sts-AssumeRole*" + OTHER + "*"):
            file.unlink()
        run = self.replay()
        self.assertEqual(run.status, 4)
        self.assertIn("sts AssumeRole", run.err)

    def test_failures_and_throttling_are_replayed(self):
        self.aws.on("ec2", "DescribeInstances", times(
            2, Failure("RequestLimitExceeded", 503), self.fleet.ec2_DescribeInstances), OTHER, "us-east-1")
        recorded = self.record()
        run = self.replay()
        self.assert_same(run, recorded)
        self.assertIn("AccessDenied", run.inventory["problems"][0])

    def test_a_directory_of_its_own(self):
        self.file("here", "already")
        self.assertIn("empty", self.fails(2, "--record", str(self.folder), *self.flags).err)
        self.assertIn("--replay", self.fails(2, "--record", "a", "--replay", "b").err)
        self.fails(2, "--replay", "none")
        (self.folder / "rec").mkdir()
        self.assertEqual(self.replay().status, 2)

    def test_a_broken_recording(self):
        self.record()
        name = next(n for n in self.files if n.startswith("ec2-DescribeRegions") and n.endswith(".json"))
        (self.folder / "rec" / name).write_text("{")
        run = self.replay()
        self.assertEqual(run.status, 2)
        self.assertIn(name, run.err)


if __name__ == "__main__":
    unittest.main()
