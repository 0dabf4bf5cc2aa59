# SPDX-License-Identifier: Apache-2.0
"""The fake cloud answers as Tenable's cloud was recorded to: the same fields, types and headers.

usage: recordings_test.py FAKE-NESSUS RECORDINGS CORPUS      (status 77: there are no recordings)

Every recorded request is made, with ids of the fake's own. What is otherwise stands in a table here, with its reason."""
import json
import pathlib
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

from fake_server import KEYS, Fake
from shape import Shape, differences

NOT_OURS = {
    "/compliance/export": "results of compliance checks come with the scan's report",
    "/compliance/export/*/status": "likewise",
    "/compliance/export/*/chunks/*": "likewise",
    "/file/upload": "nothing is imported",
    "/scans/import": "likewise",
    "/scans/*/hosts/*": "all that is known of a host is in the report",
    "/scans/*/hosts/*/plugins/*": "likewise",
    "/scans/*/attachments/*": "likewise",
    "/scanners/*/scans": "runs are followed by their scan",
    "/scans/*/export?type=web-app": "web applications are scanned by other tools",
    "/scans/*/export/*/status?type=web-app": "likewise",
    "/scans/*/export/*/download?type=web-app": "likewise",
}
NO_ROLES = {("GET", "/scanners", 403): "whoever may log in to the fake may do all"}
MAY_DIFFER = {
    "GET /session features": "a flag for each feature that a customer has: the fake has some",
    "GET /vulns/export/*/status uuid": "documented today, and later than the recordings of 2018",
    "GET /vulns/export/*/status total_chunks": "likewise",
    "GET /vulns/export/*/status finished_chunks": "likewise",
    "GET /vulns/export/*/status empty_chunks_count": "likewise",
    "GET /vulns/export/*/status chunks_available": "early answers have the word alone, as those of /compliance/export",
    "GET /vulns/export/*/status chunks_failed": "likewise",
    "GET /vulns/export/*/status chunks_cancelled": "likewise",
}
# Not of the answers but of the way: gzip is what the connection agrees on, the rest is of the proxies.
OF_THE_WAY = {"content-encoding", "date", "server", "transfer-encoding"}


def general(uri):
    """A path without what stands for one thing: /scans/*/export."""
    url = urllib.parse.urlsplit(uri)
    path = re.sub(r"/(?:SSE-)?(?:[0-9a-f]+-[0-9a-f-]+|\d+)(?:-nessus)?(?=/|$)", "/*", url.path)
    return path + ("?" + url.query if url.query.startswith("type=") else "")


class Answers:
    """Shapes and headers by method, path and status."""

    def __init__(self):
        self.known = {}

    def add(self, method, uri, status, headers, body):
        shape, names = self.known.setdefault((method, general(uri), status), (Shape(), []))
        names.append({name.lower(): value for name, value in headers.items()})
        if body is not None:
            shape.learn(body)


def recorded_answers(folder, corpus):
    answers = Answers()
    for file in sorted(folder.glob("*.json")):
        for one in json.loads(file.read_text()):
            body = one.get("json")
            if "body_file" in one:
                body = body_of(folder, corpus, pathlib.Path(one["body_file"]).name)
            headers = {name: values[0] for name, values in one["headers"].items()}
            answers.add(one["request"]["method"], one["request"]["uri"], one["status"]["code"], headers, body)
    return answers


def body_of(folder, corpus, name):
    for file in (folder / name, corpus / "nessus" / name):
        if file.exists() and file.suffix in (".json", ".bin"):
            return json.loads(file.read_text())
    return None


class Visitor:
    """Asks the fake what was asked of the cloud."""

    def __init__(self, url):
        self.url, self.answers = url, Answers()

    def ask(self, method, path, body=None):
        keys = f"accessKey={KEYS['ACCESS']}; secretKey={KEYS['SECRET']}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"X-ApiKeys": keys}, method=method)
        try:
            response = urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as error:
            response = error
        text = response.read()
        is_report = path.endswith("/download")
        said = json.loads(text) if text and not is_report else None
        self.answers.add(method, path, response.status, dict(response.headers), said)
        return said

    def wait(self, path, word):
        while (said := self.ask("GET", path))["status"] != word:
            time.sleep(0.02)
        return said

    def visit(self):
        for path in ("/session", "/server/properties", "/server/status", "/editor/scan/templates", "/scanners",
                     "/scanners/1/agent-groups", "/filters/scans/reports"):
            self.ask("GET", path)
        self.visit_folders_and_policies()
        self.visit_scans()
        self.visit_bulk_export()

    def visit_folders_and_policies(self):
        folder = self.ask("POST", "/folders", {"name": "ours"})["id"]
        self.ask("GET", "/folders")
        self.ask("DELETE", f"/folders/{folder}")
        template = self.ask("GET", "/editor/policy/templates")["templates"][0]["uuid"]
        policy = self.ask("POST", "/policies", {"uuid": template, "settings": {"name": "ours"}})["policy_id"]
        self.ask("GET", "/policies")
        self.ask("DELETE", f"/policies/{policy}")

    def visit_scans(self):
        wanted = {"uuid": "a", "settings": {"name": "ours", "text_targets": "10.0.0.1,10.0.0.2"}}
        scan = f"/scans/{self.ask('POST', '/scans', wanted)['scan']['id']}"
        self.ask("GET", scan + "/latest-status")
        self.ask("POST", scan + "/launch", {"alt_targets": ["10.0.0.3"]})
        self.wait(scan + "/latest-status", "completed")
        run = self.ask("GET", scan)["history"][0]["history_id"]
        self.ask("GET", f"{scan}?history_id={run}")
        self.ask("GET", "/scans")
        file = self.ask("POST", scan + "/export", {"format": "nessus"})["file"]
        self.wait(f"{scan}/export/{file}/status", "ready")
        self.ask("GET", f"{scan}/export/{file}/download")
        self.ask("DELETE", scan)
        self.ask("DELETE", scan)
        self.ask("GET", scan)

    def visit_bulk_export(self):
        uuid = self.ask("POST", "/vulns/export", {"num_assets": "50", "filters": {}})["export_uuid"]
        for chunk in self.wait(f"/vulns/export/{uuid}/status", "FINISHED")["chunks_available"]:
            self.ask("GET", f"/vulns/export/{uuid}/chunks/{chunk}")


def judges_well():
    """What is otherwise is seen: a field that is gone, a new one, and another type."""
    recorded = Shape().learn({"scans": [{"id": 1, "uuid": None}, {"id": 2, "uuid": "a", "type": "b"}], "notes": []})
    same = Shape().learn({"scans": [{"id": 7, "uuid": "c"}], "notes": []})
    other = Shape().learn({"scans": [{"uuid": 4, "folder": {"id": 1}}], "notes": ["a"]})
    return not list(differences(recorded, same)) and [path for path, _ in differences(recorded, other)] == [
        "notes[]", "scans[].folder", "scans[].uuid", "scans[].id"]


def judge(key, recorded, ours, used):
    """What is wrong with our answers to one question. Exceptions that were needed go into used."""
    shape, headers = recorded
    our_shape, our_headers = ours
    for path, what in differences(shape, our_shape):
        known = [one for one in MAY_DIFFER if f"{key[0]} {key[1]} {path}".startswith(one)]
        used.update(known)
        if not known:
            yield f"{path or 'the body'} {what}"
    always = set.intersection(*(set(one) for one in headers)) - OF_THE_WAY
    for name in sorted(always):
        if not all(name in one for one in our_headers):
            yield f"header {name} is missing"
    types = {one.get("content-type") for one in headers}
    for one in our_headers:
        if one.get("content-type") not in types:
            yield f"content-type is {one.get('content-type')}, recorded {types}"


def faults(recorded, ours):
    used = set()
    for key in sorted(recorded.known):
        is_left_out = key[1] in NOT_OURS or key in NO_ROLES
        if key not in ours.known:
            if not is_left_out:
                yield f"{key}: was recorded and is not asked here"
            continue
        if is_left_out:
            yield f"{key}: is supported, and the table says otherwise"
        for fault in judge(key, recorded.known[key], ours.known[key], used):
            yield f"{key}: {fault}"
    for known in sorted(set(MAY_DIFFER) - used):
        yield f"{known}: is the same, and the table says otherwise"


def main(fake, folder, corpus):
    if not folder.is_dir():
        print(f"skipped: there are no recordings in {folder}")
        sys.exit(77)
    assert judges_well()
    recorded = recorded_answers(folder, corpus)
    with Fake(fake, "cloud") as server:
        visitor = Visitor(server.url)
        visitor.visit()
    wrong = list(dict.fromkeys(faults(recorded, visitor.answers)))
    asked = sum(key in visitor.answers.known for key in recorded.known)
    print("\n".join(wrong) or f"{asked} of {len(recorded.known)} recorded questions were asked: the fake agrees")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
