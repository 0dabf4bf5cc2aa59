# SPDX-License-Identifier: Apache-2.0
"""What the tools write and read agrees with docs/schema: schema_test.py REPOSITORY JUNIT_FROM_VULNS.

Written: findings and summary of the example company, and every recorded golden output. Read: for documents that are
right or wrong in one place each, schema and tool give the same verdict."""
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
import yaml

ACCOUNT = "aws: { accounts: [{ id: 111122223333, %s }] }\n"
SECTIONS = {
    "an empty aws": "aws: {}\n",
    "an account": "aws: { accounts: [{ id: 111122223333 }, { id: '012345678901' }] }\n",
    "an account without id": "aws: { accounts: [{ name: production }] }\n",
    "a short account id": "aws: { accounts: [{ id: 11112222333 }] }\n",
    "an account id of letters": "aws: { accounts: [{ id: production }] }\n",
    "no account": "aws: { accounts: [] }\n",
    "every key of an account": ACCOUNT % ("name: p, role: tools/read, external_id: a:1, regions: [eu-west-1], "
                                          "environment: production, team: web"),
    "an unknown key of an account": ACCOUNT % "colour: red",
    "a role's ARN": ACCOUNT % "role: 'arn:aws-cn:iam::111122223333:role/tools/read'",
    "a user's ARN": ACCOUNT % "role: 'arn:aws:iam::111122223333:user/read'",
    "a tag for all of an account": ACCOUNT % "environment: 'tag:env'",
    "a tag for the team of an account": ACCOUNT % "team: 'tag:team'",
    "the reserved team of an account": ACCOUNT % "team: scan",
    "an ARN for all accounts": "aws: { role: 'arn:aws:iam::111122223333:role/read' }\n",
    "a role with a blank": "aws: { role: a b }\n",
    "a role that begins with a slash": "aws: { role: /read }\n",
    "a short external id": "aws: { external_id: a }\n",
    "the organization": "aws: { organization: true }\n",
    "no organization": "aws: { organization: false }\n",
    "a named organization": "aws: { organization: acme }\n",
    "an empty organization": "aws: { organization: }\n",
    "all but one": "aws: { organization: { exclude: 111122223333 } }\n",
    "all but a name": "aws: { organization: { exclude: [sandbox] } }\n",
    "one region": "aws: { regions: eusc-de-east-1 }\n",
    "a region twice": "aws: { regions: [eu-west-1, eu-west-1] }\n",
    "a zone": "aws: { regions: [eu-west-1a] }\n",
    "no region": "aws: { regions: [] }\n",
    "a monkey": "security_monkey: { url: 'https://monkey.example:8443/x', accounts: [prod] }\n",
    "pull requests": "pull_requests: { templates: [{ path: 'x/*', regions: eu-west-1, service: web }], "
                     "rules: { old-ami: none }, soak_hours: 4, hosts: [{ kind: gitlab, url: 'https://git.example' }], "
                     "images: { owners: [self, '111122223333'], blocked: 'ami-0*' } }\n",
    "pull requests with a level that is none": "pull_requests: { rules: { old-ami: never } }\n",
    "pull requests that soak forever": "pull_requests: { soak_hours: 9999 }\n",
    "pull requests of an owner that is none": "pull_requests: { images: { owners: me } }\n",
    "a repository with a clone": "status: { repositories: [{ name: a/b, clone: ../b, branch: main }] }\n",
    "a repository on its host": "status: { repositories: [{ name: a/b, url: 'https://github.com/a/b' }] }\n",
    "a repository with both": "status: { repositories: [{ name: a/b, clone: b, url: 'https://github.com/a/b', "
                              "pull_requests: host }] }\n",
    "a repository with neither": "status: { repositories: [{ name: a/b }] }\n",
    "a clone that is not there": "status: { repositories: [{ name: a/b, url: 'https://github.com/a/b', "
                                 "pull_requests: clone }] }\n",
    "a host that is not named": "status: { repositories: [{ name: a/b, clone: b, pull_requests: host }] }\n",
    "pull requests from elsewhere": "status: { repositories: [{ name: a/b, clone: b, pull_requests: mail }] }\n",
    "a monkey without address": "security_monkey: { accounts: [prod] }\n",
    "a monkey with a password": "security_monkey: { url: 'https://me:pw@monkey.example' }\n",
    "a monkey by FTP": "security_monkey: { url: 'ftp://monkey.example' }\n",
    "a monkey without host": "security_monkey: { url: 'https://' }\n",
    "an owner": "owners: [{ team: 'tag:team', service: shop, environment: 'tag:env' }]\n",
    "every condition": "owners: [{ team: web, tag: [a, b=c*], account: 111122223333, region: [eu-west-1], cidr: 10.0.0.0/8, "
                       "name: 'web*', ami_family: [web], ami: 'ami-*' }]\n",
    "an owner without value": "owners: [{ name: 'web*' }]\n",
    "no owners": "owners: []\n",
    "an owner by an unknown key": "owners: [{ team: web, host: a }]\n",
    "the reserved team as owner": "owners: [{ team: Scan }]\n",
    "an owner with blanks": "owners: [{ team: a b }]\n",
    "a tag without key": "owners: [{ service: 'tag:' }]\n",
    "a condition on a tag without key": "owners: [{ team: web, tag: '=a' }]\n",
    "an address for a CIDR": "owners: [{ team: web, cidr: 10.0.0.1 }]\n",
    "a name for a CIDR": "owners: [{ team: web, cidr: web/8 }]\n",
    "no CIDR": "owners: [{ team: web, cidr: [] }]\n",
    "environments": "environments: { prd: production, perf: load }\n",
    "an environment that is a list": "environments: { prd: [production] }\n",
    "an environment without meaning": "environments: { prd: '' }\n",
}
CONFIGS = {
    "only the schema": "schema: patchbot.config/1\n",
    "a team": "schema: patchbot.config/1\nteams:\n  web: { contact: '#web', gate: { fail_on: high } }\n",
    "thresholds": "schema: patchbot.config/1\ngate: { fail_on: none, warn_on: info }\n",
    "no schema": "gate: { fail_on: high }\n",
    "unknown schema": "schema: patchbot.config/9\n",
    "unknown key": "schema: patchbot.config/1\ngates: {}\n",
    "unknown team key": "schema: patchbot.config/1\nteams:\n  web: { colour: red }\n",
    "unknown severity": "schema: patchbot.config/1\ngate: { fail_on: severe }\n",
    "a list of teams": "schema: patchbot.config/1\nteams: [web]\n",
    "a null team": "schema: patchbot.config/1\nteams:\n  web:\n",
    "a bad team name": "schema: patchbot.config/1\nteams:\n  ../web: {}\n",
    "the reserved team name": "schema: patchbot.config/1\nteams:\n  scan: {}\n",
    "empty text": "schema: patchbot.config/1\nteams:\n  web: { contact: '' }\n",
    "a list": "- schema: patchbot.config/1\n",
    **{what: "schema: patchbot.config/1\n" + text for what, text in SECTIONS.items()},
}
WAIVER = {"id": "W-1", "match": {"cve": "CVE-2031-1001"}, "owner": "sam", "reason": "soon gone", "expires": "2031-01-31"}


def waivers_with(**changes):
    waiver = {**WAIVER, **changes}
    return yaml.safe_dump({"schema": "patchbot.waivers/1",
                           "waivers": [{k: v for k, v in waiver.items() if v is not None}]})


def vex_with(**changes):
    entry = {"file": "vex.json", "owner": "sam", "expires": "2031-01-31", **changes}
    return yaml.safe_dump({"schema": "patchbot.waivers/1", "vex": [{k: v for k, v in entry.items() if v is not None}]})


WAIVERS = {
    "a waiver": waivers_with(),
    "all keys": waivers_with(ticket="OPS-1", approver="kim", match={"id": ["1", "2*"], "asset": "a/*", "team": "web",
                                                                    "environment": "staging", "check": "1.1", "package": "p"}),
    "no waivers": "schema: patchbot.waivers/1\nwaivers: []\n",
    "no list": "schema: patchbot.waivers/1\n",
    "no expiry": waivers_with(expires=None),
    "a bad expiry": waivers_with(expires="2031-02-30"),
    "an expiry with time": waivers_with(expires="2031-01-31T00:00:00Z"),
    "no owner": waivers_with(owner=None),
    "no reason": waivers_with(reason=None),
    "no match": waivers_with(match=None),
    "an empty match": waivers_with(match={}),
    "a match of everything": waivers_with(match={"team": "web"}),
    "an unknown match key": waivers_with(match={"cve": "CVE-2031-1001", "host": "a"}),
    "an empty list": waivers_with(match={"cve": []}),
    "an unknown key": waivers_with(until="2031-01-31"),
    "a package URL": waivers_with(match={"purl": "pkg:deb/*", "source": "trivy", "kind": ["secret", "x*"]}),
    "a source alone": waivers_with(match={"source": "trivy"}),
    "documents alone": vex_with(),
    "documents and waivers": vex_with() + "waivers: []\n",
    "all keys of a document": vex_with(id="v", reason="r", ticket="OPS-1", approver="kim", runs_on=["a/*", "b"],
                                       match={"team": "web", "asset": "a", "environment": "e", "package": "p", "cve": "c",
                                              "purl": "pkg:a/b", "source": "s", "kind": "secret"}),
    "a document without expiry": vex_with(expires=None),
    "a document without owner": vex_with(owner=None),
    "a document without file": vex_with(file=None),
    "a document by id of the scanner": vex_with(match={"id": "1"}),
    "a document with an empty match": vex_with(match={}),
}
INVENTORIES = {
    "a target": {"targets": [{"id": "i-0a1b2c3d4e5f60718", "addresses": ["10.0.0.1"]}]},
    "addresses alone": {"targets": [{"addresses": ["10.0.0.1"]}]},
    "neither id nor address": {"targets": [{"team": "web"}]},
    "an address that is no list": {"targets": [{"addresses": "10.0.0.1"}]},
    "a team that is no text": {"targets": [{"addresses": ["10.0.0.1"], "team": 7}]},
    "all that is new": {"generated_at": "2031-01-01T00:00:00Z", "source": "ec2", "partial": True, "problems": ["a"], "targets": [
        {"id": "i-1", "launched_at": "2031-01-01T00:00:00Z", "platform": "linux", "exposed": False,
         "coverage": {"inspector": "active", "ssm": "online"}, "tags": {"Name": "web", "empty": ""}}]},
    "a launch that is no time": {"targets": [{"id": "i-1", "launched_at": "yesterday"}]},
    "an exposure that is a word": {"targets": [{"id": "i-1", "exposed": "yes"}]},
    "coverage that is a word": {"targets": [{"id": "i-1", "coverage": "active"}]},
    "coverage by numbers": {"targets": [{"id": "i-1", "coverage": {"ssm": 1}}]},
    "tags that are a list": {"targets": [{"id": "i-1", "tags": [{"Key": "a", "Value": "b"}]}]},
    "a tag that is no text": {"targets": [{"id": "i-1", "tags": {"a": 1}}]},
    "problems that are no list": {"targets": [], "problems": "none"},
    "a problem that is no text": {"targets": [], "problems": [1]},
    "partial that is a word": {"targets": [], "partial": "no"},
    "no targets": {},
    "targets that are no list": {"targets": {}},
}
REPORT = ('<NessusClientData_v2><Report name="r"><ReportHost name="10.0.0.1"><HostProperties>'
          '<tag name="Credentialed_Scan">true</tag></HostProperties></ReportHost></Report></NessusClientData_v2>')


VEX = ('{"@context":"https://openvex.dev/ns/v0.2.0","statements":[{"vulnerability":{"name":"CVE-2031-1001"},'
       '"products":[{"@id":"pkg:npm/a"}],"status":"fixed"}]}')


class Checker:
    def __init__(self, root, tool):
        self.root, self.tool, self.passed, self.failed = root, tool, 0, 0
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="patchbot-schema-"))
        (self.work / "scan.nessus").write_text(REPORT)
        (self.work / "vex.json").write_text(VEX)

    def check(self, what, good, detail=""):
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print(f"FAILED {what} {detail}")

    def schema(self, name):
        return json.loads((self.root / "docs/schema" / f"{name}-1.schema.json").read_text())

    def accepts(self, name, document):
        validator = jsonschema.Draft202012Validator(self.schema(name), format_checker=dates())
        return not list(validator.iter_errors(document))

    def run(self, *arguments):
        return subprocess.run([self.tool, "-q", *map(str, arguments)], capture_output=True, text=True)

    def validate(self, *files):
        command = [sys.executable, self.root / "tests/schema/validate.py", self.root / "docs/schema", *files]
        result = subprocess.run(command, capture_output=True, text=True)
        self.check(f"validate {', '.join(f.name for f in files)}", result.returncode == 0, result.stdout + result.stderr)

    def readings(self, name, flag, documents, refused, load):
        for what, text in documents.items():
            file = self.work / "document"
            file.write_text(text)
            result = self.run(flag, file, self.work / "scan.nessus")
            allowed = self.accepts(name, load(text))
            read = result.returncode != refused
            self.check(f"{name}: {what}", allowed == read and result.returncode != 70,
                       f"schema {'accepts' if allowed else 'refuses'}, tool exits {result.returncode}: {result.stderr}")


def dates():
    checker = jsonschema.FormatChecker(formats=())
    import datetime
    checker.checks("date", ValueError)(lambda value: bool(datetime.date.fromisoformat(value)) and len(value) == 10)
    return checker


def main(root, tool):
    checker = Checker(root, tool)
    acme = root / "examples/acme"
    checker.validate(acme / "inventory.json", acme / "patchbot.yaml", acme / "waivers.yaml")
    findings, summary = checker.work / "findings.jsonl", checker.work / "summary.json"
    checker.run("--targets", acme / "inventory.json", "--findings", findings, "--summary", summary,
                *sorted((acme / "scans").glob("*.nessus")))
    checker.validate(findings, summary)
    golden = [f for f in (root / "tests/golden").rglob("*") if f.name in ("findings.jsonl", "summary.json")]
    golden = [f for f in golden if "bad-findings" not in f.parts] + [
        file for tool in ("vuln-waivers", "cfn-pr-checker") for file in (root / "tests/golden" / tool).glob("*-json/stdout")]
    checker.check("there are golden outputs", golden)
    for file in golden:
        checker.validate(file)
    checker.readings("config", "--config", CONFIGS, 2, yaml.safe_load)
    checker.readings("waivers", "--waivers", WAIVERS, 2, lambda text: yaml.load(text, Loader=yaml.BaseLoader))
    inventories = {k: json.dumps({"schema": "patchbot.inventory/1", **v}) for k, v in INVENTORIES.items()}
    for what, text in inventories.items():
        (checker.work / "document").write_text(text)
        result = checker.run("--targets", checker.work / "document", checker.work / "scan.nessus")
        allowed = checker.accepts("inventory", json.loads(text))
        read = "document: " not in result.stderr
        checker.check(f"inventory: {what}", allowed == read, f"schema {allowed}, tool {result.returncode} {result.stderr}")
    print(f"schemas: {checker.passed} passed, {checker.failed} failed")
    sys.exit(1 if checker.failed else 0)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
