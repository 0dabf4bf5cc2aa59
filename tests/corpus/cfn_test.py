#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs cfn-pr-checker over real templates and real AMI bumps and compares with what is known of them.

usage: cfn_test.py BINARY CORPUS_CFN_FOLDER      (status 77: no corpus)

Of each template the number of resources and of those that carry an AMI is that of INDEX.tsv; of each bump the number of
AMIs that become others, and of all other changed values, is that of BUMPS.tsv; else cfn_counted_differently.tsv says what
and why. A file that cannot be read names line and column; bumps that are known to be bad are refused by a rule. Each template
is also written as JSON from what PyYAML or Python's json read of it: that is no change (without PyYAML, YAML is left out).
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import cfn_twin

HERE = pathlib.Path(__file__).parent
BAD_RULES = {"BAD-one-id-in-16-regions": "one-ami-in-two-regions", "BAD-flip-flop": "one-ami-in-two-regions",
             "BAD-downgrade": "old-ami"}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(binary, *arguments):
    done = subprocess.run([binary, "--format", "json", *arguments], capture_output=True, timeout=60)
    if done.returncode not in (0, 1, 5):
        return {"failure": f"status {done.returncode}: {done.stderr.decode(errors='replace')}"}
    return json.loads(done.stdout)


def judge_template(row, known, told):
    """What is wrong with one file, or nothing."""
    if "failure" in told:
        return None if row["class"] == "not-template" else told["failure"]
    malformed = [rule for rule in told["rules"] if rule["id"] == "malformed-template"]
    reason = known.get(row["file"])
    if row["class"] == "parse-error" or (reason and reason["ours"] == "malformed"):
        placed = malformed and malformed[0]["line"] >= 1 and malformed[0]["column"] >= 1
        return None if placed else "a broken file is read"
    if row["class"] != "template":
        return None
    found = told["templates"][0] if told["templates"] else {"resources": 0, "ami_bearing_resources": 0}
    counts = f"{found['resources']} {found['ami_bearing_resources']}"
    wanted = reason["ours"] if reason else f"{row['resources']} {row['ami_bearing_resources']}"
    return None if counts == wanted and not malformed else f"{counts} resources, not {wanted}; {malformed}"


def judge_bump(row, known, told):
    if "failure" in told:
        return told["failure"]
    bumps = sum(1 for one in told["ami_changes"] if "id" in (one["from"] or {}) and "id" in (one["to"] or {}))
    others = len(told["ami_changes"]) + len(told["other_changes"]) - bumps
    changed = int(row["scalar_changed"]) - int(row["scalar_changed_ami_to_ami"])
    wanted = str(changed + int(row["scalar_added"]) + int(row["scalar_removed"]))
    reason = known.get(f"{row['dir']} {row['path']}")
    wanted = f"{row['scalar_changed_ami_to_ami']} {reason['ours'] if reason else wanted}"
    if f"{bumps} {others}" != wanted:
        return f"{bumps} {others} changes, not {wanted}"
    rule = BAD_RULES.get(row["category"])
    refused = any(one["id"] == rule and one["level"] == "fail" for one in told["rules"])
    return None if refused or not row["category"].startswith("BAD") else f"not refused by {rule}"


def judge_twins(binary, folder, rows):
    """All templates against their twins in one run; yields a name and what is wrong."""
    with tempfile.TemporaryDirectory() as scratch:
        base, head = (pathlib.Path(scratch) / side for side in ("base", "head"))
        written = cfn_twin.write_twins(((row["file"], folder / row["file"]) for row in rows), base, head)
        told = read(binary, "--base", base, "--head", head)
    if "failure" in told:
        yield "twins", told["failure"]
        return
    for change in told["ami_changes"] + told["other_changes"]:
        yield change["file"], f"its JSON twin differs at {change['path']}, line {change['line']}"
    for rule in told["rules"]:
        if rule["id"] == "malformed-template":
            yield rule["file"], f"of it and its twin one cannot be read: {rule['message']}"
    print(f"{written} of them are as their JSON twins, {len(rows) - written} have none")


def main(binary, folder):
    folder = pathlib.Path(folder)
    if not (folder / "INDEX.tsv").is_file():
        print("SKIPPED: no corpus")
        return 77
    known = {row["file"]: row for row in rows_of(HERE / "cfn_counted_differently.tsv")}
    wrong = []
    seen = set()
    templates, bumps = rows_of(folder / "INDEX.tsv"), rows_of(folder / "bumps" / "BUMPS.tsv")
    for row in templates:
        seen.add(row["file"])
        wrong.append((row["file"], judge_template(row, known, read(binary, "--head", folder / row["file"]))))
    for row in bumps:
        name = f"{row['dir']} {row['path']}"
        seen.add(name)
        versions = (folder / "bumps" / row["dir"] / side / row["path"] for side in ("before", "after"))
        base, head = versions
        wrong.append((name, judge_bump(row, known, read(binary, "--base", base, "--head", head))))
    wrong += [(file, "in cfn_counted_differently.tsv, but not in the corpus") for file in known if file not in seen]
    readable = [row for row in templates if row["class"] == "template" and row["file"] not in known]
    wrong += judge_twins(binary, folder, readable)
    failed = [(name, what) for name, what in wrong if what]
    for name, what in failed:
        print(f"FAILED {name}: {what}")
    print(f"{len(templates)} files and {len(bumps)} bumps, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
