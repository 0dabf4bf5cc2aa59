# SPDX-License-Identifier: Apache-2.0
"""Runs ec2-targets as a user would, without any setting of whoever runs the tests."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from servers.fleet import Fleet
from servers.verifying_server import Principal, VerifyingServer

MAIN, OTHER, THIRD = "111122223333", "222233334444", "333344445555"
KEY = "AKIABASE"
BASE = Principal(MAIN, "wJalrXUtnFEMI/K7MDENG+bPxRfiCY", "session/token+==", f"arn:aws:iam::{MAIN}:user/jenkins")
NOW = "2026-11-23T06:00:00Z"
BINARY = os.environ["PATCHBOT_TEST_BINARY_EC2_TARGETS"]
TIMEOUT = 120


class Run:
    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout.decode("utf-8")
        self.err = done.stderr.decode("utf-8")

    @property
    def inventory(self):
        return json.loads(self.out)

    @property
    def targets(self):
        return self.inventory["targets"]

    @property
    def ids(self):
        return [t["id"] for t in self.targets]


class ToolTest(unittest.TestCase):
    """A folder of its own, and the environment that the tool gets."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        # Nothing of the caller's, and nobody asks 169.254.169.254.
        self.environment = {"HOME": str(self.folder / "nobody"), "PATH": os.environ["PATH"],
                            "AWS_EC2_METADATA_DISABLED": "true", "AWS_REGION": "eu-west-1"}

    def file(self, name, text, mode=0o600):
        path = self.folder / name
        path.write_text(text, "utf-8")
        path.chmod(mode)
        return str(path)

    def config(self, text):
        return ["--config", self.file("patchbot.yaml", "schema: patchbot.config/1\n" + text)]

    def command(self, *arguments):
        return [BINARY, "--now", NOW, *arguments]

    def run_tool(self, *arguments, **environment):
        done = subprocess.run(self.command(*arguments), env=self.environment | environment, cwd=self.folder,
                              capture_output=True, timeout=TIMEOUT)
        return Run(done)

    def succeeds(self, *arguments, **environment):
        run = self.run_tool(*arguments, **environment)
        self.assertEqual(run.status, 0, run.err)
        return run

    def fails(self, status, *arguments, **environment):
        run = self.run_tool(*arguments, **environment)
        self.assertEqual(run.status, status, run.err + run.out[:2000])
        return run

    def assert_targets(self, run, expected):
        """The same machines with the same fields; the order is account, region, VPC and id."""
        key = lambda t: (t["account"], t["region"], t.get("vpc", ""), t["id"])
        self.maxDiff = None
        self.assertEqual(run.targets, sorted(expected, key=key))


class AwsTest(ToolTest):
    """With an AWS that verifies signatures; every violation fails the test."""

    def setUp(self):
        super().setUp()
        self.fleet = Fleet()
        self.aws = VerifyingServer({KEY: BASE}, self.fleet).__enter__()
        self.addCleanup(self.aws.__exit__)
        self.addCleanup(lambda: self.assertEqual(self.aws.violations, []))
        self.environment |= {"AWS_ENDPOINT_URL": self.aws.url, "AWS_ACCESS_KEY_ID": KEY,
                             "AWS_SECRET_ACCESS_KEY": BASE.secret, "AWS_SESSION_TOKEN": BASE.token}
