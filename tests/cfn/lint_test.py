# SPDX-License-Identifier: Apache-2.0
"""cfn-pr-checker --lint with the real cfn-lint, which stands beside this Python: lint_test.py CFN-PR-CHECKER"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

BROKEN = """\
Metadata:
  KEY: {config: {ignore_checks: [E, W], append_rules: [/nowhere], parameter_files: [/nowhere]}}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Metadata: {cfn-lint: {config: {ignore_checks: [E3002, E1152]}}}
    Properties:
      ImageId: ami-0aaaaaaaaaaaaaaa1
      NoSuchProperty: 1
"""


class Lint(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def check(self, base, head):
        for side, text in (("base", base), ("head", head)):
            (self.folder / side).mkdir()
            (self.folder / side / "web.yaml").write_text(text)
            (self.folder / side / ".cfnlintrc").write_text("ignore_checks: [E]\n")
        path = f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"
        home = str(self.folder / "head")
        done = subprocess.run([TOOL, "--base", "../base", "--head", ".", "--lint", "cfn-lint", "--format", "json"], cwd=home,
                              capture_output=True, timeout=120, check=False, env={**os.environ, "PATH": path, "HOME": home})
        self.assertIn(done.returncode, (0, 1, 5), done.stderr)
        rules = [rule for rule in json.loads(done.stdout)["rules"] if rule["id"] == "cfn-lint"]
        return [(rule["level"], rule["message"].split()[0], rule["line"]) for rule in rules]

    def test_a_pull_request_does_not_switch_it_off(self):
        good = BROKEN.replace("      NoSuchProperty: 1\n", "")
        self.assertEqual(self.check(good, BROKEN.replace("KEY", "cfn-lint")), [("fail", "E3002", 9)])

    def test_what_was_there_before_is_a_note(self):
        old = BROKEN.replace("KEY", "Other")
        new = old.replace("ami-0aaaaaaaaaaaaaaa1", "ami-0aaaaaaaaaaaaaaa2")
        self.assertEqual(self.check(old, new), [("note", "E3002", 9)])

    def test_a_key_behind_escapes_is_refused(self):
        hidden = BROKEN.replace("KEY", '"cfn\\x2dlint"')
        self.assertEqual(self.check(BROKEN.replace("KEY", "Other"), hidden), [("fail", "is", 1)])

    def test_a_signal_leaves_nothing_behind(self):
        programs, temporary = self.folder / "bin", self.folder / "tmp"
        programs.mkdir()
        temporary.mkdir()
        started = self.folder / "started"
        os.mkfifo(started)
        slow = programs / "cfn-lint"
        slow.write_text(f"#!/bin/sh\necho $$ > {started}\nexec sleep 600\n")
        slow.chmod(0o755)
        (self.folder / "web.yaml").write_text(BROKEN)
        tool = subprocess.Popen([TOOL, "--head", "web.yaml", "--lint", "cfn-lint"], cwd=self.folder,
                                env={"PATH": f"{programs}:/usr/bin:/bin", "TMPDIR": str(temporary)},
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        linter = int(started.read_text())
        self.assertEqual(len(list(temporary.iterdir())), 1)
        tool.send_signal(signal.SIGTERM)
        self.assertEqual(tool.wait(timeout=60), -signal.SIGTERM)
        self.assertEqual(list(temporary.iterdir()), [])
        with self.assertRaises(ProcessLookupError):
            os.kill(linter, 0)


if __name__ == "__main__":
    TOOL = os.path.abspath(sys.argv.pop(1))
    unittest.main()
