#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compare junit-from-vulns with Python's json.load on large invented reports; see ../README.md."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from measure import Case, run_alternated  # noqa: E402
from report import Row, noise_note, required_table, times_table  # noqa: E402

GATE_STATUSES = (0, 1, 5)  # clean, gate failed, gate warned
LOAD = "import json,sys; json.load(open(sys.argv[1], encoding='utf-8'))"
COUNT = {"trivy": lambda report: sum(len(result["Vulnerabilities"]) for result in report["Results"]),
         "grype": lambda report: len(report["matches"])}
TIMES, MEMORY = "{:.1f}x", "{:.1f} MiB"


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path, help="directory with peak-rss")
    parser.add_argument("tool", type=Path, help="junit-from-vulns")
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir(), "patchbot-bench"))
    options = parser.parse_args()
    options.build, options.tool = options.build.resolve(), options.tool.resolve()
    return options


def progress(text):
    print(text, file=sys.stderr, flush=True)


def prepare_data(options, kind):
    """The report is kept: the same arguments make the same bytes."""
    options.data.mkdir(parents=True, exist_ok=True)
    path = options.data / f"{kind}{options.megabytes}.json"
    if not path.exists():
        progress(f"generating {path.name}")
        subprocess.run([sys.executable, HERE / "generate.py", kind, str(options.megabytes), path], check=True)
    return path


def make_cases(options, path):
    tool = [options.tool, path, "--quiet"]
    cases = {"summary": Case("--summary", tool + ["--summary", "{out}/summary.json"], options.rounds, GATE_STATUSES),
             "findings": Case("--findings", tool + ["--findings", "{out}/findings.jsonl"], options.rounds, GATE_STATUSES)}
    cases["json"] = Case("Python json.load", [sys.executable, "-c", LOAD, path], options.rounds)
    return cases


def check_counts(options, kind, path):
    """Both must have seen the same records, and the tool all of the file; else the times mean nothing."""
    command = [options.tool, path, "--quiet", "--summary", "-"]
    summary = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    found = sum(summary["findings"].values())
    with open(path, encoding="utf-8") as file:
        expected = COUNT[kind.split("-")[0]](json.load(file))
    if found != expected or not summary["inputs"][0]["complete"]:
        raise SystemExit(f"{path.name}: {found} findings of {expected}; {summary['inputs']}")
    return found


def required_rows(kind, cases, passes):
    def ratio(name):
        return cases["json"].median("wall") / cases[name].median("wall")

    def peak(name):
        kib = [run["peak_kib"] for run in cases[name].runs]
        return max(kib) / 1024 if min(kib) > 0 else float("inf")  # not readable: not met

    return [Row(f"{kind}: summary, against json.load", 1.5 if passes == 1 else 1.2, ratio("summary"), TIMES, 2.0),
            Row(f"{kind}: summary, memory peak", 20, peak("summary"), MEMORY, at_most=True),
            Row(f"{kind}: findings, memory peak", 32, peak("findings"), MEMORY, at_most=True)]


def main():
    options = parse_arguments()
    rows = []
    for kind, passes in (("trivy", 1), ("trivy-behind", 2), ("grype", 2)):
        path = prepare_data(options, kind)
        cases = make_cases(options, path)
        items = check_counts(options, kind, path)  # also warms the cache
        run_alternated(list(cases.values()), options.build / "peak-rss", progress)
        size = path.stat().st_size
        print(f"### {kind}, {size / 1e6:.0f} MB, {items} findings, read {'once' if passes == 1 else 'twice'}\n")
        print(times_table(cases, size))
        print(noise_note(cases) + "\n", flush=True)
        rows += required_rows(kind, cases, passes)
    print(required_table(rows))
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
