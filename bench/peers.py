# SPDX-License-Identifier: Apache-2.0
"""The same job with Python libraries: read every item, count by severity, count CVEs.

usage: peers.py pytenable|defusedxml FILE
"""

import json
import sys


def count_with_pytenable(path):
    from tenable.reports.nessusv2 import NessusReportv2

    severity, cves = [0] * 5, 0
    with open(path, "rb") as file:
        for item in NessusReportv2(file):
            severity[item["severity"]] += 1
            found = item.get("cve", [])
            cves += len(found) if isinstance(found, list) else 1
    return severity, cves


def count_with_defusedxml(path):
    from defusedxml import ElementTree

    severity, cves = [0] * 5, 0
    for item in ElementTree.parse(path).getroot().iter("ReportItem"):
        severity[int(item.get("severity"))] += 1
        cves += len(item.findall("cve"))
    return severity, cves


COUNTERS = {"pytenable": count_with_pytenable, "defusedxml": count_with_defusedxml}


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in COUNTERS:
        sys.exit(__doc__)
    severity, cves = COUNTERS[sys.argv[1]](sys.argv[2])
    print(json.dumps({"severity": severity, "cves": cves}))


if __name__ == "__main__":
    main()
