# SPDX-License-Identifier: Apache-2.0
"""fake-nessus as a process, for tests of other clients."""
import subprocess

KEYS = {"ACCESS": "fake-access-key-0123456789", "SECRET": "fake-secret-key-0123456789"}
USER, PASSWORD = "patchbot", 'a-pass "word"'


class Fake:
    def __init__(self, binary, flavour, *options):
        self.process = subprocess.Popen([binary, flavour, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.url = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def counts(self):
        """How many scans there are, and how often one was launched. Ends the server."""
        out, _ = self.process.communicate("", timeout=60)
        return tuple(int(number) for number in out.split())

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
