# SPDX-License-Identifier: Apache-2.0
"""Runs cfn-pr-checker, or another tool, as a user would, without any setting of whoever runs the tests."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from fakes import BitbucketCloud, BitbucketDataCenter, CodeHost, GitHub, GitLab

BINARY = os.environ["PATCHBOT_TEST_BINARY_CFN_PR_CHECKER"]
HOSTS = (GitHub, GitLab, BitbucketCloud, BitbucketDataCenter)
MARKER = "<!-- patchbot:cfn -->"
OLD_AMI, NEW_AMI = "ami-0c1f4e7a2b9d83650", "ami-0e92a6b4d17f3c805"
SECONDS = 60


def server(ami, kind="t3.micro"):
    return (f"Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    UpdateReplacePolicy: Retain\n    Properties:\n      ImageId: {ami}\n"
            f"      InstanceType: {kind}\n").encode()


class Run:
    def __init__(self, done):
        self.status = done.returncode
        self.out, self.err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    @property
    def review(self):
        return json.loads(self.out)


class HostTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def host(self, kind):
        host = kind().__enter__()
        self.addCleanup(host.__exit__)
        self.addCleanup(lambda: self.assertEqual(host.violations, []))
        return host

    def config_of(self, *hosts):
        path = self.folder / "patchbot.yaml"
        lines = [f"    - {{ kind: {h.KIND}, url: '{h.url}{h.CONTEXT}' }}\n" for h in hosts]
        path.write_text("schema: patchbot.config/1\npull_requests:\n  hosts:\n" + "".join(lines))
        return ["--config", str(path)]

    def run_tool(self, *arguments, tokens=CodeHost.TOKEN, binary=BINARY, **environment):
        names = ("GITHUB", "GITLAB", "BITBUCKET")
        known = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        known |= {f"PATCHBOT_{n}_TOKEN": tokens for n in names if tokens}
        done = subprocess.run([binary, *arguments], env=known | environment, cwd=self.folder, capture_output=True,
                              timeout=SECONDS)
        run = Run(done)
        if tokens:
            self.assertNotIn(tokens, run.out + run.err)
        return run

    def on(self, host, *arguments, **environment):
        return self.run_tool(*self.config_of(host), "--pr", host.pr, *arguments, **environment)

    def each_host(self):
        """A fresh host of each kind, with one AMI that changes."""
        for kind in HOSTS:
            host = self.host(kind)
            host.change("web.yaml", "web.yaml", server(OLD_AMI), server(NEW_AMI))
            self.current = f" on {kind.__name__}"
            yield host

    current = ""

    def __str__(self):
        return super().__str__() + self.current


def bumps(run):
    return sorted((c["file"], (c["from"] or {}).get("id"), (c["to"] or {}).get("id")) for c in run.review["ami_changes"])
