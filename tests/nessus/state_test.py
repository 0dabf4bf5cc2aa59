# SPDX-License-Identifier: Apache-2.0
"""The state of a scan agrees with docs/schema/scan-1.schema.json: state_test.py REPOSITORY FAKE-NESSUS NESSUS-RUN

Written: what the file is at every request of a run. Read: for documents that are right or wrong in one place each, schema
and tool give the same verdict."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
from fake_server import KEYS, Fake
from middleman import Middleman

STATE = {"schema": "patchbot.scan/1", "step": "launched", "name": "weekly [1a2b]", "is_ours": True, "scan": "999",
         "known_runs": ["3"], "run_uuid": "a", "run_id": "9", "targets": "0f"}
DOCUMENTS = {
    "a launched scan": {},
    "a scan whose making is noted": {"step": "making", "scan": None, "run_uuid": None, "run_id": None},
    "a scan that is made": {"step": "made", "run_uuid": None, "run_id": None},
    "fields of tomorrow": {"colour": "red"},
    "another schema": {"schema": "patchbot.scan/2"},
    "no schema": {"schema": None},
    "no step": {"step": None},
    "an unknown step": {"step": "done"},
    "no server": {"url": None},
    "an empty server": {"url": ""},
    "no name": {"name": None},
    "no scan": {"scan": None},
    "an empty scan": {"scan": ""},
}


def run(tool, url, folder, *options):
    (folder / "targets").write_text("10.0.0.1\n")
    environment = {f"PATCHBOT_NESSUS_{name}_KEY": key for name, key in KEYS.items()}
    command = [tool, "--url", url, "--targets", "targets", "--output", "r.nessus", "--poll", "1", "--state", "s.json"]
    return subprocess.run([*command, *options], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def check_written(schema, fake, tool, folder):
    file, steps, wrong = folder / "s.json", set(), []

    def watch(*_):
        if file.exists():
            state = json.loads(file.read_text())
            wrong.extend(error.message for error in schema.iter_errors(state))
            steps.add(state["step"])

    with Fake(fake, "manager") as server, Middleman(server.url, watch) as middleman:
        done = run(tool, middleman.url, folder)
    assert (done.returncode, wrong) == (0, []), done.stderr
    assert steps == {"making", "made", "launching", "launched"}, steps
    assert not file.exists()


def check_read(schema, fake, tool, folder):
    seen = set()
    with Fake(fake, "manager") as server:
        for what, changes in DOCUMENTS.items():
            state = {**STATE, "url": server.url, **changes}
            state = {name: value for name, value in state.items() if value is not None}
            (folder / "s.json").write_text(json.dumps(state))
            done = run(tool, server.url, folder, "--deadline", "2")
            allowed, read = schema.is_valid(state), done.returncode != 3
            assert allowed == read, f"{what}: schema {allowed}, tool {done.returncode} {done.stderr}"
            assert allowed or "s.json: " in done.stderr, f"{what}: {done.stderr}"
            seen.add(allowed)
    assert seen == {True, False}


def main(root, fake, tool):
    schema = jsonschema.Draft202012Validator(json.loads((root / "docs/schema/scan-1.schema.json").read_text()))
    with tempfile.TemporaryDirectory() as folder:
        check_written(schema, fake, tool, pathlib.Path(folder))
        check_read(schema, fake, tool, pathlib.Path(folder))
    print("the state of a scan is as its schema says")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), *map(os.path.abspath, sys.argv[2:4]))
