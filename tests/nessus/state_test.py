# SPDX-License-Identifier: Apache-2.0
"""What nessus-run --state keeps agrees with docs/schema: state_test.py REPOSITORY FAKE-NESSUS NESSUS-RUN

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

sys.path.append(str(pathlib.Path(__file__).parent.parent / "schema"))
from validate import FORMATS  # noqa: E402 (they stand with the other schemas' tests)

SCAN = {"schema": "patchbot.scan/1", "step": "launched", "name": "weekly [1a2b]", "is_ours": True, "scan": "999",
        "known_runs": ["3"], "run_uuid": "a", "run_id": "9", "job": "1e", "targets": "0f"}
NOTHING_BEGUN = {"scan": None, "run_uuid": None, "run_id": None}
SCANS = {
    "a launched scan": {},
    "a scan whose making is noted": {"step": "making", **NOTHING_BEGUN},
    "a scan that is made": {"step": "made", "run_uuid": None, "run_id": None},
    "a second part": {"step": "next_part", "part": 2, "name": None, **NOTHING_BEGUN},
    "fields of tomorrow": {"colour": "red"},
    "another schema": {"schema": "patchbot.scan/2"},
    "no schema": {"schema": None},
    "no step": {"step": None},
    "an unknown step": {"step": "done"},
    "no server": {"url": None},
    "an empty server": {"url": ""},
    "no name": {"name": None},
    "no scan": {"scan": None},
    "no job": {"job": None},
    "an empty scan": {"scan": ""},
    "a part below the first": {"part": 0},
    "a part by word": {"part": "second"},
}
EXPORT = {"schema": "patchbot.vulns-export/1", "uuid": "u", "started": "2026-11-27T06:00:00Z",
          "last_success": "2026-11-20T06:00:00Z"}
EXPORTS = {
    "an export": {},
    "all that there is": {"since": "2026-11-20T05:00:00Z"},
    "between two": {"uuid": None, "started": None},
    "before the first": {"uuid": None, "started": None, "last_success": None},
    "no server": {"url": None},
    "a start that is unknown": {"started": None},
    "a start that is no time": {"started": "yesterday"},
    "a success that is no time": {"last_success": "2026-13-01T00:00:00Z"},
    "another schema": {"schema": "patchbot.scan/1"},
}


class Case:
    """One kind of state: its schema, a document, and how the tool comes to read it."""

    def __init__(self, root, name, usual, changes, options):
        schema = json.loads((root / f"docs/schema/{name}-1.schema.json").read_text())
        self.schema = jsonschema.Draft202012Validator(schema, format_checker=FORMATS)
        self.name, self.usual, self.changes, self.options = name, usual, changes, options

    def documents(self, url):
        for what, changes in self.changes.items():
            state = {**self.usual, "url": url, **changes}
            yield f"{self.name}: {what}", {name: value for name, value in state.items() if value is not None}


def run(tool, url, folder, *options):
    (folder / "targets").write_text("10.0.0.1\n")
    environment = {f"PATCHBOT_NESSUS_{name}_KEY": key for name, key in KEYS.items()}
    command = [tool, "--url", url, "--output", "result", "--poll", "1", "--state", "s.json", *options]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def written(case, fake, tool, folder):
    """The states that the file had at the requests of one run, each of which the schema knows."""
    file, seen, wrong = folder / "s.json", [], []

    def watch(*_):
        if file.exists():
            seen.append(json.loads(file.read_text()))
            wrong.extend(error.message for error in case.schema.iter_errors(seen[-1]))

    with Fake(fake, "cloud") as server, Middleman(server.url, watch) as middleman:
        done = run(tool, middleman.url, folder, *case.options)
    assert (done.returncode, wrong) == (0, []), f"{wrong} {done.stderr}"
    return seen


def check_read(case, fake, tool, folder):
    seen = set()
    with Fake(fake, "cloud") as server:
        for what, state in case.documents(server.url):
            (folder / "s.json").write_text(json.dumps(state))
            done = run(tool, server.url, folder, *case.options, "--deadline", "2")
            allowed = case.schema.is_valid(state)
            is_refused = "; remove the file to begin anew" in done.stderr and done.returncode == 3
            assert allowed != is_refused, f"{what}: schema {allowed}, tool {done.returncode} {done.stderr}"
            seen.add(allowed)
    assert seen == {True, False}


def main(root, fake, tool):
    scans = Case(root, "scan", SCAN, SCANS, ("--targets", "targets"))
    exports = Case(root, "vulns-export", EXPORT, EXPORTS, ("--vulns-export",))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        steps = {state["step"] for state in written(scans, fake, tool, folder)}
        assert steps == {"making", "made", "launching", "launched"}, steps
        assert not (folder / "s.json").exists()
        assert all("started" in state for state in written(exports, fake, tool, folder))
        last = json.loads((folder / "s.json").read_text())
        assert exports.schema.is_valid(last) and "last_success" in last, last
        for case in (scans, exports):
            check_read(case, fake, tool, folder)
    print("the states of scans and bulk exports are as their schemas say")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), *map(os.path.abspath, sys.argv[2:4]))
