#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs junit-from-vulns over sample reports of every scanner and counts findings as INDEX.tsv does.

usage: vulns_test.py BINARY CORPUS_VULNS_FOLDER      (status 77: no corpus)

The number of findings is the raw number of entries, or the number that another tool asserts, or the one that
counted_differently.tsv names with its reason.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(binary, report):
    """The input's line of the summary, and every finding. What the gate says of them must add up."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        done = subprocess.run([binary, "--summary", str(folder / "s"), "--findings", str(folder / "f"), str(report)],
                              capture_output=True, timeout=120)
        if done.returncode not in (0, 1, 3, 5):
            return {"problem": f"status {done.returncode}: {done.stderr.decode(errors='replace')}", "items": -1}, []
        whole = json.loads((folder / "s").read_text("utf-8"))
        summary = whole["inputs"][0]
        judged = sum(whole["gate"]["levels"].values()) + whole["waived"]
        counted = sum(whole["findings"].values()) + sum(whole["compliance"].values())
        if judged != counted or counted + whole.get("fixed", 0) != summary["items"]:
            summary["problem"] = f"{summary['items']} records, {counted} counted, {judged} judged"
        return summary, [json.loads(line) for line in (folder / "f").read_text("utf-8").split("\n") if line]


def judge(row, known, summary, findings):
    """What is wrong with one file, or nothing."""
    items = summary["items"]
    if row["file"] in known:
        wanted = known[row["file"]]
        if str(items) != wanted["findings"]:
            return f"{items} findings, counted_differently.tsv says {wanted['findings']}"
        if (summary["problem"] is None) != (wanted["complete"] == "yes"):
            return f"complete: {wanted['complete']} expected, problem: {summary['problem']}"
        return None
    if summary["problem"] is not None:
        return summary["problem"]
    if str(items) not in (row["raw_entries"], row["expected_findings"]):
        return f"{items} findings, INDEX.tsv says {row['raw_entries']} raw, {row['expected_findings']} asserted"
    if len(findings) != items:
        return f"{items} records, but {len(findings)} findings lines"
    return None


def main(binary, folder):
    index = pathlib.Path(folder) / "INDEX.tsv"
    if not index.is_file():
        print("SKIPPED: no corpus")
        return 77
    known = {row["file"]: row for row in rows_of(HERE / "counted_differently.tsv")}
    failed = counted = 0
    for row in rows_of(index):
        if row["file"] not in known and not row["raw_entries"] and not row["expected_findings"]:
            continue
        counted += 1
        wrong = judge(row, known, *read(binary, pathlib.Path(folder) / row["file"]))
        if wrong:
            failed += 1
            print(f"FAILED {row['file']}: {wrong}")
    unused = set(known) - {row["file"] for row in rows_of(index)}
    for file in unused:
        print(f"FAILED {file}: in counted_differently.tsv, but not in the corpus")
    print(f"{counted} files, {failed + len(unused)} failed")
    return 1 if failed or unused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
