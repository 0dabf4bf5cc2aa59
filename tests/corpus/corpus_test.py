#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs junit-from-vulns over every sample report and checks what it says against INDEX.tsv.

usage: corpus_test.py BINARY CORPUS_NESSUS_FOLDER      (status 77: no corpus)
"""
import csv
import gzip
import io
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import xml.parsers.expat
import zipfile

SEVERITIES = ["info", "low", "medium", "high", "critical"]
SCAN_PROBLEMS = {"incomplete-input", "no-host", "missing-target", "unfinished-host",
                 "unauthenticated-host", "ambiguous-host", "licence-limit"}
RESULTS = ["passed", "failed", "warning", "error"]
ILLEGAL = re.compile("[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
failures = []
checks = 0


def check(holds, name, what):
    global checks
    checks += 1
    if not holds:
        failures.append(f"{name}: {what}")


class Run:
    """One run of the tool and all that it wrote."""

    def __init__(self, binary, argument, data=None):
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            command = [binary, "--junit-dir", str(folder / "junit"), "--findings", str(folder / "f"),
                       "--summary", str(folder / "s"), "--list-from", "info", argument]
            done = subprocess.run(command, input=data, capture_output=True, timeout=60)
            self.status = done.returncode
            self.stderr = done.stderr.decode("utf-8")
            if not (folder / "s").exists():
                raise RuntimeError(f"status {self.status}, no summary: {self.stderr}")
            self.summary = json.loads((folder / "s").read_text("utf-8"))
            lines = (folder / "f").read_text("utf-8").split("\n")
            self.findings = [json.loads(line) for line in lines if line]
            self.junit = {f.name: f.read_bytes() for f in (folder / "junit").iterdir()}

    @property
    def problem(self):
        return self.summary["inputs"][0]["problem"]

    def counts(self):
        """The summary without what names the file or an example."""
        whole = dict(self.summary)
        inputs = [{k: v for k, v in i.items() if k not in ("file", "problem")} for i in whole["inputs"]]
        gate = [{k: v for k, v in r.items() if k != "example"} for r in whole["gate"]["reasons"]]
        return {**whole, "inputs": inputs, "gate": gate}


def old_check_result(description):
    found = re.match(r'"[^\0]*?" : \[([^\]]*)', description)
    word = found.group(1).lower() if found else ""
    return word if word in RESULTS else ""


def result_of(item):
    word = (item.findtext("{http://www.nessus.org/cm}compliance-result") or "").strip().lower()
    if word:
        return word if word in RESULTS else "error"
    if item.get("pluginFamily") != "Policy Compliance":
        return ""
    return old_check_result(item.findtext("description") or "")


def cves_of(item):
    cves = []
    for field in item:
        text = " ".join((field.text or "").split())
        if field.tag == "cve" and text:
            cves.append(text)
        if field.tag == "xref" and text.lower().startswith("cve:"):
            value = text[4:].strip()
            value = value if value.lower().startswith("cve-") else "CVE-" + value
            cves += [value] if value not in cves else []
    return cves


def expected_of(root):
    """Severities, compliance results, CVEs and records as ElementTree sees them."""
    seen = {"sev": [0] * 5, "apart": [0] * 5, "results": dict.fromkeys(RESULTS, 0), "cves": 0, "records": 0}
    for item in root.iter("ReportItem"):
        severity = int(item.get("severity"))
        if item.get("pluginID") == "0" and not item.get("pluginName") and not item.get("pluginFamily"):
            seen["apart"][severity] += 1
            continue
        seen["records"] += 1
        seen["cves"] += len(cves_of(item))
        result = result_of(item)
        if result:
            seen["results"][result] += 1
            seen["apart"][severity] += 1
        else:
            seen["sev"][severity] += 1
    return seen


def check_junit(name, run):
    names = set()
    for file, data in run.junit.items():
        try:
            xml.parsers.expat.ParserCreate().Parse(data, True)
        except xml.parsers.expat.ExpatError as error:
            check(False, name, f"{file} is not well-formed: {error}")
            continue
        cases = [(c.get("classname"), c.get("name")) for c in ET.fromstring(data).iter("testcase")]
        check(len(cases) >= 1, name, f"{file} holds no case")
        for case in cases:
            check(case not in names, name, f"case {case} is there twice")
            names.add(case)
        check(not ILLEGAL.search(data.decode("utf-8")), name, f"{file} holds illegal characters")
    check("TEST-patchbot-scan.xml" in run.junit, name, "no scan suite")


def check_counts(name, row, data, run):
    expected = expected_of(ET.fromstring(data))
    findings = run.summary["findings"]
    for i, word in enumerate(SEVERITIES):
        indexed = int(row[f"sev{i}"]) - expected["apart"][i]
        check(findings[word] == indexed, name, f"{word}: {findings[word]}, INDEX.tsv says {indexed}")
    check(findings["unknown"] == 0, name, "unknown severities")
    check(run.summary["compliance"] == expected["results"], name, "compliance results differ")
    judged = sum(run.summary["gate"]["levels"].values()) + run.summary["waived"]
    counted = sum(findings.values()) + sum(run.summary["compliance"].values())
    check(judged == counted, name, f"{counted} findings and checks, but the gate judged {judged}")
    check(run.summary["inputs"][0]["items"] == expected["records"], name, "items differ")
    check(run.summary["inputs"][0]["hosts"] == int(row["report_hosts"]), name, "hosts differ")
    check(len(run.findings) == expected["records"], name, "not one finding per record")
    cves = sum(len(f.get("vuln_ids", [])) for f in run.findings)
    check(cves == expected["cves"], name, f"{cves} CVEs, expected {expected['cves']}")


def check_malformed(name, run):
    place = re.compile(re.escape(name) + r":\d+:\d+: ")
    check(run.status == 3, name, f"malformed, yet status {run.status}")
    check(bool(run.problem and place.search(run.problem)), name, f"no place in {run.problem!r}")
    check(bool(place.search(run.stderr)), name, f"no place in stderr: {run.stderr!r}")


def check_packed(name, binary, data, run, scratch):
    packed = Run(binary, "-", gzip.compress(data))
    check(packed.counts() == run.counts(), name, "gzip on standard input reads otherwise")
    check(packed.status == run.status, name, "gzip on standard input ends otherwise")
    archive = pathlib.Path(scratch) / "a.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, data)
    packed = Run(binary, str(archive))
    check(packed.counts() == run.counts(), name, "a zip archive reads otherwise")
    check(packed.status == run.status, name, "a zip archive ends otherwise")


def check_truncated(name, binary, data, well_formed):
    is_xml = data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    chance = random.Random(name)
    last = data.rfind(b"<") if is_xml and well_formed else len(data)
    for place in [0, 1, last] + [chance.randrange(1, max(2, last)) for _ in range(17)]:
        run = Run(binary, "-", data[:place])
        allowed = {3} if is_xml or place == 0 else {0, 1, 3, 5}
        check(run.status in allowed, name, f"cut at {place}: status {run.status}")


def check_file(binary, path, row, scratch):
    data = path.read_bytes()
    run = Run(binary, str(path))
    check(run.status in (0, 1, 3, 5), path.name, f"status {run.status}: {run.stderr}")
    check_junit(path.name, run)
    check(len(run.findings) == run.summary["inputs"][0]["items"], path.name, "findings and items differ")
    well_formed = row["wellformed"] == "yes"
    if well_formed and row["root"] in ("NessusClientData_v2", "ReportHost"):
        check_counts(path.name, row, data, run)
        reasons = {reason["rule"] for reason in run.summary["gate"]["reasons"]}
        told = run.problem is not None or reasons & SCAN_PROBLEMS
        check(bool(told) == (run.status == 3), path.name, f"status {run.status}, reasons {reasons}")
    elif row["wellformed"].startswith("NO") and data:
        check_malformed(path.name, run)
    check_packed(path.name, binary, data, run, scratch)
    check_truncated(path.name, binary, data, well_formed)
    return run


def check_damaged(binary, name, data):
    """The corpus has no malformed version 2 report: make some of a good one."""
    middle = data.index(b"</ReportItem>", len(data) // 2)
    for part in (b"</wrong>", b"a & b", b"<<x>", b"\x01", b"\xff", b"&nope;"):
        with tempfile.TemporaryDirectory() as scratch:
            path = pathlib.Path(scratch) / name
            path.write_bytes(data[:middle] + part + data[middle:])
            check_malformed(name, Run(binary, str(path)))


def main(binary, folder):
    index = pathlib.Path(folder) / "INDEX.tsv"
    if not index.is_file():
        print("SKIPPED: no corpus")
        return 77
    rows = list(csv.DictReader(io.StringIO(index.read_text("utf-8")), delimiter="\t"))
    with tempfile.TemporaryDirectory() as scratch:
        for row in rows:
            check_file(binary, pathlib.Path(folder) / row["file"], row, scratch)
    good = next(r["file"] for r in rows if r["wellformed"] == "yes" and int(r["report_items"]) > 50)
    check_damaged(binary, good, (pathlib.Path(folder) / good).read_bytes())
    for failure in failures:
        print("FAILED", failure)
    print(f"{len(rows)} files, {checks} checks, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
