#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write a large invented report: the same bytes for the same arguments, on every machine.

usage: generate.py trivy|trivy-behind|grype MEGABYTES FILE

trivy-behind has the order of members turned round, so that what the records need to know comes last.
"""

import json
import random
import sys

PACKAGES_PER_RESULT = 200
VULNERABILITIES = 4000  # known to the invented scanner; a report repeats them
SEVERITIES = ["CRITICAL", "HIGH", "HIGH", "MEDIUM", "MEDIUM", "MEDIUM", "LOW", "UNKNOWN"]
WORDS = ("buffer parser header request length check overflow index archive cookie session token client server "
         "memory pointer thread socket stream encoder decoder widget layout cache proxy filter script").split()


class Invention:
    """Vulnerabilities and packages that do not exist, with texts as long as real ones."""

    def __init__(self, seed=1):
        self.random = random.Random(seed)
        self.known = [self.vulnerability(number) for number in range(VULNERABILITIES)]

    def sentence(self, words):
        return " ".join(self.random.choices(WORDS, k=words)).capitalize() + "."

    def vulnerability(self, number):
        year, score = 2015 + number % 11, self.random.randint(20, 100) / 10
        return {"id": f"CVE-{year}-{90000 + number}", "severity": self.random.choice(SEVERITIES),
                "title": self.sentence(8).rstrip("."), "score": score,
                "text": "\n".join(self.sentence(14) for _ in range(self.random.randint(1, 6))),
                "cwe": f"CWE-{self.random.choice([20, 22, 79, 89, 119, 125, 190, 400, 416, 476, 502, 787])}",
                "refs": [f"https://advisories.example/{self.random.choice(WORDS)}/{year}/{number}-{n}"
                         for n in range(self.random.randint(2, 14))],
                "vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:" + "/".join(self.random.sample(["H/I:L/A:N", "L/I:N/A:H"], 1)),
                "date": f"{year}-{number % 12 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:15:00Z"}

    def package(self):
        name = "lib" + self.random.choice(WORDS) + str(self.random.randint(1, 400))
        version = f"{self.random.randint(0, 9)}.{self.random.randint(0, 20)}.{self.random.randint(0, 40)}"
        return name, version, self.random.choice(self.known)


def trivy_vulnerability(invention):
    name, version, one = invention.package()
    digest = f"sha256:{invention.random.getrandbits(256):064x}"
    return {"VulnerabilityID": one["id"], "PkgID": f"{name}@{version}", "PkgName": name,
            "PkgIdentifier": {"PURL": f"pkg:deb/debian/{name}@{version}?arch=amd64&distro=debian-12",
                              "UID": f"{invention.random.getrandbits(64):016x}"},
            "InstalledVersion": version, "FixedVersion": version + "-1", "Status": "fixed",
            "Layer": {"Digest": digest, "DiffID": digest}, "SeveritySource": "debian",
            "PrimaryURL": f"https://advisories.example/{one['id'].lower()}",
            "DataSource": {"ID": "debian", "Name": "Invented Tracker", "URL": "https://tracker.example/"},
            "Title": one["title"], "Description": one["text"], "Severity": one["severity"],
            "CweIDs": [one["cwe"]],
            "CVSS": {"nvd": {"V3Vector": one["vector"], "V3Score": one["score"]},
                     "vendor": {"V3Vector": one["vector"], "V3Score": one["score"]}},
            "References": one["refs"], "PublishedDate": one["date"], "LastModifiedDate": one["date"]}


def trivy_result(invention, number):
    return {"Target": f"opt/shop/module-{number}/package-lock.json", "Class": "lang-pkgs", "Type": "npm",
            "Vulnerabilities": [trivy_vulnerability(invention) for _ in range(PACKAGES_PER_RESULT)]}


def grype_match(invention):
    name, version, one = invention.package()
    severity = one["severity"].capitalize()
    return {"vulnerability": {
                "id": one["id"], "dataSource": one["refs"][0], "namespace": "debian:distro:debian:12",
                "severity": severity, "urls": one["refs"], "description": one["text"],
                "cvss": [{"source": "nvd", "type": "Primary", "version": "3.1", "vector": one["vector"],
                          "metrics": {"baseScore": one["score"], "exploitabilityScore": 3.9, "impactScore": 5.9},
                          "vendorMetadata": {}}],
                "fix": {"versions": [version + "-1"], "state": "fixed"}, "advisories": []},
            "relatedVulnerabilities": [],
            "matchDetails": [{"type": "exact-direct-match", "matcher": "dpkg-matcher",
                              "searchedBy": {"distro": {"type": "debian", "version": "12"},
                                             "package": {"name": name, "version": version}},
                              "found": {"versionConstraint": f"< {version}-1 (deb)", "vulnerabilityID": one["id"]}}],
            "artifact": {"id": f"{invention.random.getrandbits(64):016x}", "name": name, "version": version,
                         "type": "deb", "locations": [{"path": f"/var/lib/dpkg/status.d/{name}",
                                                       "layerID": f"sha256:{invention.random.getrandbits(256):064x}"}],
                         "language": "", "licenses": ["MIT"], "cpes": [f"cpe:2.3:a:{name}:{name}:{version}:*:*:*:*:*:*:*"],
                         "purl": f"pkg:deb/debian/{name}@{version}?arch=amd64&distro=debian-12", "upstreams": []}}


def turned(value):
    """The members of every object in the opposite order."""
    if isinstance(value, dict):
        return {name: turned(member) for name, member in reversed(value.items())}
    return [turned(item) for item in value] if isinstance(value, list) else value


TRIVY_HEAD = {"SchemaVersion": 2, "CreatedAt": "2026-11-22T03:04:05Z", "ArtifactName": "registry.example/shop:41",
              "ArtifactType": "container_image", "Trivy": {"Version": "0.74.0"}}
GRYPE_TAIL = {"source": {"type": "image", "target": {"userInput": "registry.example/shop:41",
                                                     "imageID": "sha256:" + "0" * 64, "tags": []}},
              "distro": {"name": "debian", "version": "12", "idLike": []},
              "descriptor": {"name": "grype", "version": "0.104.0", "timestamp": "2026-11-22T03:04:05Z",
                             "db": {"status": {"built": "2026-11-22T01:00:00Z", "valid": True}}}}


def members(value, indent):
    """The inside of an object, as it stands in a larger one."""
    return json.dumps(value, indent=indent).removeprefix("{").removesuffix("}").strip("\n")


def write(file, size, before, name, item, after):
    file.write("{\n" + (before + ",\n" if before else "") + f' "{name}": [\n')
    number = 0
    while number == 0 or file.tell() < size:
        file.write((",\n" if number else "") + item(number))
        number += 1
    file.write("\n ]" + (",\n" + after if after else "") + "\n}\n")


def generate(kind, megabytes, path):
    invention, size = Invention(), megabytes * 1_000_000
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        if kind == "grype":
            write(file, size, "", "matches", lambda _: json.dumps(grype_match(invention), indent=1),
                  members(GRYPE_TAIL, 1))
        elif kind == "trivy":
            write(file, size, members(TRIVY_HEAD, 1), "Results",
                  lambda n: json.dumps(trivy_result(invention, n), indent=1), "")
        else:
            write(file, size, "", "Results", lambda n: json.dumps(turned(trivy_result(invention, n)), indent=1),
                  members(turned(TRIVY_HEAD), 1))


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ("trivy", "trivy-behind", "grype"):
        sys.exit(__doc__)
    generate(sys.argv[1], int(sys.argv[2]), sys.argv[3])


if __name__ == "__main__":
    main()
