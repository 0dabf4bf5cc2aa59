#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs one test file with the Python that has its packages, without the caller's AWS settings.

usage: run.py PYTHON TEST_FILE      (status 77: there is no such Python)
"""
import os
import subprocess
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    python, test = sys.argv[1:]
    if not os.access(python, os.X_OK):
        print(f"skipped: there is no {python}; scripts/test makes it from tests/requirements.txt")
        return 77
    ours = ("AWS_", "PATCHBOT_", "MOTO_")
    kept = ("PATCHBOT_TEST_BINARY_",)
    environment = {name: value for name, value in os.environ.items()
                   if name.startswith(kept) or not name.startswith(ours) and not name.lower().endswith("_proxy")}
    environment["AWS_EC2_METADATA_DISABLED"] = "true"  # boto3 looks for it, too
    return subprocess.run([python, "-W", "error::ResourceWarning", test], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
