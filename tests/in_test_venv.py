# SPDX-License-Identifier: Apache-2.0
"""Runs a test with the Python that has the packages of tests/requirements.txt, or says that there is none:
in_test_venv.py PYTHON TEST [ARGUMENT...]. Exits 77 (skipped) without that Python, else with the test's own status."""
import os
import sys

if len(sys.argv) < 3:
    sys.exit("usage: in_test_venv.py PYTHON TEST [ARGUMENT...]")
python, *test = sys.argv[1:]
if not os.access(python, os.X_OK):
    print(f"skipped: there is no {python}; scripts/test makes it")
    sys.exit(77)
os.execv(python, [python, *test])
