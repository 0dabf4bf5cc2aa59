#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Time cfn-pr-checker beside cfn-lint on the same CloudFormation templates; see ../README.md."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(1, str(HERE.parent))

import generate  # noqa: E402
from measure import Case, run_alternated  # noqa: E402
from report import noise_note, table  # noqa: E402

GATE_STATUSES = (0, 1, 5)  # clean, gate failed, gate warned
SUFFIXES = {".yaml", ".yml", ".json", ".template"}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path, help="directory with peak-rss")
    parser.add_argument("tool", type=Path, help="cfn-pr-checker")
    parser.add_argument("--cfn-lint", help="the other program; without it only cfn-pr-checker is measured")
    parser.add_argument("--templates", type=int, default=200, help="how many to invent")
    parser.add_argument("--corpus", type=Path, help="real templates instead, compared with themselves")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    options.build, options.tool = options.build.resolve(), options.tool.resolve()
    return options


def progress(text):
    print(text, file=sys.stderr, flush=True)


def folders(options, scratch):
    """The two versions, and the templates of one."""
    if options.corpus:
        files = [path for path in options.corpus.rglob("*") if path.suffix in SUFFIXES and path.is_file()]
        return options.corpus, options.corpus, files
    progress(f"inventing {options.templates} templates")
    generate.write(scratch, options.templates)
    return scratch / "base", scratch / "head", sorted((scratch / "head").iterdir())


def told_by(options, base, head):
    command = [options.tool, "--base", base, "--head", head, "--format", "json"]
    told = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    if not options.corpus and len(told["ami_changes"]) != options.templates * len(generate.REGIONS):
        raise SystemExit(f"{len(told['ami_changes'])} AMI changes: the time means nothing")
    return told


def make_cases(options, base, head, files):
    out = ["--format", "json", "--output", "{out}/told.json"]
    cases = [Case("cfn-pr-checker, one version", [options.tool, "--head", head, *out], options.rounds, GATE_STATUSES),
             Case("cfn-pr-checker, two versions", [options.tool, "--base", base, "--head", head, *out], options.rounds,
                  GATE_STATUSES)]
    if options.cfn_lint:
        lint = [options.cfn_lint, "--format", "json", "--output-file", "{out}/told.json", "--non-zero-exit-code", "none", "--"]
        cases.append(Case("cfn-lint, one version", lint + files, 1))
    return cases


def main():
    options = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="patchbot-bench-") as scratch:
        base, head, files = folders(options, Path(scratch))
        told = told_by(options, base, head)  # also warms the cache
        cases = make_cases(options, base, head, files)
        run_alternated(cases, options.build / "peak-rss", progress)
    rows = [[case.name, f"{case.median('wall'):.3f}", f"{case.median('cpu'):.3f}",
             f"{len(files) / case.median('wall'):.0f}", f"{case.median('peak_kib') / 1024:.1f}",
             f"{case.disturbed()}/{len(case.runs)}"] for case in cases]
    kind = "real" if options.corpus else "invented"
    print(f"### {len(files)} {kind} templates: {len(told['ami_changes'])} AMIs and {len(told['other_changes'])} other values "
          "change\n")
    print(table(["case", "s", "CPU s", "files/s", "peak MiB", "disturbed"], rows))
    print(noise_note({case.name: case for case in cases}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
