# SPDX-License-Identifier: Apache-2.0
"""Compare junit-from-vulns with other parsers on one generated report; see README.md."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import report
from measure import Case, run_alternated, start_up_seconds

HERE = Path(__file__).resolve().parent
GATE_STATUSES = (0, 1, 5)  # clean, gate failed, gate warned


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path, help="directory with the programs built from bench/")
    parser.add_argument("tool", type=Path, help="junit-from-vulns")
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--shape", choices=["fleet", "dense"], default="fleet")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slow-rounds", type=int, default=2, help="rounds of pyTenable")
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir(), "patchbot-bench"))
    parser.add_argument("--python", default=sys.executable, help="has pyTenable and defusedxml")
    options = parser.parse_args()
    options.build, options.tool = options.build.resolve(), options.tool.resolve()
    return options


def progress(text):
    print(text, file=sys.stderr, flush=True)


def prepare_data(options):
    """The report and its inventory; both are reused when they exist."""
    options.data.mkdir(parents=True, exist_ok=True)
    nessus = options.data / f"{options.shape}{options.megabytes}.nessus"
    inventory = nessus.with_suffix(".json")
    if not (nessus.exists() and inventory.exists()):
        progress(f"generating {nessus.name}")
        generator = [options.build / "nessus-generator", "--megabytes", str(options.megabytes)]
        shape = ["--shape", options.shape, "--output", nessus, "--inventory", inventory]
        subprocess.run(generator + shape, check=True)
    return nessus, inventory


def make_cases(options, nessus, inventory):
    quick, slow = options.rounds, options.slow_rounds
    peer = [options.python, HERE / "peers.py"]
    tool = [options.tool, nessus, "--quiet", "--allow-unauthenticated"]
    junit = tool + ["--junit-dir", "{out}/junit"]
    summary = tool + ["--summary", "{out}/summary.json"]
    by_host, by_asset = junit + ["--group-by", "host"], junit + ["--targets", inventory]
    walk, document = [options.build / "memchr-walk"], [options.build / "tinyxml2-load"]
    return {
        "memchr": Case("memchr to every '<'", [*walk, nessus], quick),
        "summary": Case("--summary", summary, quick, GATE_STATUSES),
        "host": Case("--junit-dir --group-by host", by_host, quick, GATE_STATUSES),
        "asset": Case("--junit-dir --targets", by_asset, quick, GATE_STATUSES),
        "tinyxml2": Case("tinyxml2 document", [*document, nessus], quick),
        "defusedxml": Case("defusedxml ElementTree", [*peer, "defusedxml", nessus], quick),
        "pytenable": Case("pyTenable NessusReportv2", [*peer, "pytenable", nessus], slow),
    }


def check_counts(cases, options, nessus):
    """All programs must have seen the same items; otherwise the times mean nothing."""
    counts = [json.loads(cases[name].stdout) for name in ("tinyxml2", "defusedxml", "pytenable")]
    if counts[1:] != counts[:-1]:
        raise SystemExit(f"the peers disagree: {counts}")
    command = [options.tool, nessus, "--quiet", "--allow-unauthenticated", "--summary", "-"]
    summary = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    items = sum(summary["findings"].values()) + sum(summary["compliance"].values())
    if items != sum(counts[0]["severity"]):
        raise SystemExit(f"{items} findings, but the peers count {counts[0]}")
    return items


def main():
    options = parse_arguments()
    nessus, inventory = prepare_data(options)
    cases = make_cases(options, nessus, inventory)
    subprocess.run(cases["memchr"].command, check=True, capture_output=True)  # warms the cache
    run_alternated(list(cases.values()), options.build / "peak-rss", progress)
    items = check_counts(cases, options, nessus)
    start_up = start_up_seconds([str(options.tool), "--version"])

    size = nessus.stat().st_size
    print(f"{nessus.name}: {size / 1e6:.0f} MB, {items} items\n")
    print(report.times_table(cases, size))
    rows = report.required_rows(cases, start_up)
    print(report.required_table(rows))
    print(report.noise_note(cases))
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
