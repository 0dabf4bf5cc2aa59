# SPDX-License-Identifier: Apache-2.0
"""A Jenkins with folders, branches, builds and what they have archived, as far as its REST API is read."""
import base64
import json
import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

from servers.loopback import Answer, Loopback

CLASSES = {"folder": "com.cloudbees.hudson.plugins.folder.Folder",
           "multibranch": "org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject",
           "job": "org.jenkinsci.plugins.workflow.job.WorkflowJob"}
SHORT_LIST = 100  # builds; the rest is in allBuilds


class Jenkins(Loopback):
    """Jobs are called by their full name, a slash in the name of a branch as %2F. What a client must not do is kept in
    `violations`."""

    USER, TOKEN = "patchbot", "11aa22bb33cc44dd55ee66ff7788990011"
    PREFIX = "/jenkins"

    def __init__(self, signs_in="refuses"):
        super().__init__()
        self.signs_in = signs_in  # who comes without a token: "refuses", "page", "redirects", "elsewhere", "open"
        self.items = {}  # full name -> kind
        self.runs = {}  # full name -> builds, the oldest first
        self.files = {}  # (full name, number, path) -> bytes
        self.hidden = set()  # full names that our user may not see
        self.answers = []  # (part of the target, answer), each given once in place of ours
        self.requests, self.violations = [], []

    @property
    def root(self):
        return self.url + self.PREFIX

    def add(self, name, kind="job"):
        """A job, with the folders above it; one of kind "branch" stands in a multibranch project."""
        steps = name.split("/")
        for count in range(1, len(steps)):
            above = "multibranch" if kind == "branch" and count == len(steps) - 1 else "folder"
            self.items.setdefault("/".join(steps[:count]), above)
        self.items[name] = "job" if kind == "branch" else kind
        self.runs.setdefault(name, [])

    def start(self, job, at):
        """Begins a build at a time in seconds and gives its number."""
        number = len(self.runs[job]) + 1
        self.runs[job].append({
            "_class": "org.jenkinsci.plugins.workflow.job.WorkflowRun", "number": number, "id": str(number),
            "result": None, "building": True, "timestamp": at * 1000, "duration": 0, "estimatedDuration": 600_000,
            "displayName": f"#{number}", "url": f"{self.root}{path_of(job)}/{number}/", "artifacts": []})
        return number

    def finish(self, job, number, result="SUCCESS", seconds=600, files=None):
        self.runs[job][number - 1] |= {"result": result, "building": False, "duration": seconds * 1000}
        for path, content in (files or {}).items():
            self.archive(job, number, path, content)

    def archive(self, job, number, path, content):
        self.files[job, number, path] = content
        self.runs[job][number - 1]["artifacts"].append(
            {"displayPath": path, "fileName": path.rpartition("/")[2], "relativePath": path})

    def answer(self, request):
        with self.lock:
            self.requests.append(request)
            for i, (part, answer) in enumerate(self.answers):
                if part in request.target:
                    del self.answers[i]
                    return answer
            answer = self._guarded(request)
        if request.path.startswith(self.PREFIX + "/"):
            answer.headers["X-Jenkins"] = "2.541.3"
        return answer

    def _guarded(self, request):
        if request.method != "GET":
            self.violations.append(f"{request.method} {request.target}")
        if re.search(r"[\[\]{}<> ]", request.target):
            self.violations.append(f"not encoded: {request.target}")
        if request.path == f"{self.PREFIX}/login":
            return page(200, "Sign in to Jenkins")
        if not request.path.startswith(self.PREFIX + "/"):
            return page(404, "Not Found")
        given = request.header("authorization")
        if given is None and self.signs_in != "open":
            return self._sign_in(request)
        if given is not None and given != "Basic " + base64.b64encode(f"{self.USER}:{self.TOKEN}".encode()).decode():
            return page(401, "Invalid password/token for user")
        steps = [unquote(s) for s in request.path.removeprefix(self.PREFIX).split("/")[1:]]
        return self._route(request, steps, given) or page(404, "Not Found")

    def _sign_in(self, request):
        if self.signs_in == "page":
            return page(200, "Sign in to Jenkins")
        if self.signs_in == "redirects":
            return Answer(b"", 302, {"Location": f"{self.PREFIX}/login?from={quote(request.target, safe='')}"})
        if self.signs_in == "elsewhere":
            return Answer(b"", 302, {"Location": "https://sso.example/authorize"})
        return page(403, "Authentication required")

    def _route(self, request, steps, given):
        if steps == ["api", "json"]:
            return self._tell(request, {"_class": "hudson.model.Hudson", "mode": "NORMAL", "nodeName": ""})
        if steps == ["me", "api", "json"]:
            if given is None:
                return page(403, "anonymous is missing a permission")
            return self._tell(request, {"_class": "hudson.model.User", "id": self.USER, "fullName": "PatchBot"})
        names = []
        while len(steps) > 1 and steps[0] == "job":
            names.append(steps[1])
            steps = steps[2:]
        job = "/".join(names)
        if job not in self.items or any(job == h or job.startswith(h + "/") for h in self.hidden):
            return None
        return self._job(request, job, steps)

    def _job(self, request, job, steps):
        runs = self.runs.get(job, [])
        if steps == ["api", "json"]:
            told = {"_class": CLASSES[self.items[job]], "fullName": job, "name": job.rpartition("/")[2]}
            if self.items[job] == "job":
                told |= {"builds": runs[:-SHORT_LIST - 1:-1], "allBuilds": runs[::-1]}
            return self._tell(request, told)
        if not steps or not steps[0].isdecimal() or not 1 <= int(steps[0]) <= len(runs):
            return None
        number = int(steps[0])
        if steps[1:] == ["api", "json"]:
            return self._tell(request, runs[number - 1])
        if steps[1:2] == ["artifact"] and (job, number, "/".join(steps[2:])) in self.files:
            return Answer(self.files[job, number, "/".join(steps[2:])], 200, {"Content-Type": "application/json"})
        return None

    def _tell(self, request, value):
        tree = parse_qs(urlsplit(request.target).query).get("tree")
        if not tree:
            self.violations.append(f"all of it is asked for: {request.target}")
            tree = ["*"]
        wanted, rest = parse_tree(tree[0])
        if rest:
            return page(400, f"cannot read the tree at {rest}")
        return Answer(json.dumps(chosen(value, wanted)).encode(), 200, {"Content-Type": "application/json;charset=utf-8"})


def path_of(job):
    return "".join(f"/job/{quote(step, safe='')}" for step in job.split("/"))


def page(status, text):
    return Answer(f"<!DOCTYPE html><html><body>{text}</body></html>".encode(), status,
                  {"Content-Type": "text/html;charset=utf-8"})


def parse_tree(text):
    """{name: (what of it, from, to)} of "a,b[c]{0,3}", and what follows it."""
    wanted = {}
    while True:
        name, text = re.match(r"([\w*]*)(.*)", text, re.S).groups()
        inner = None
        if text.startswith("["):
            inner, text = parse_tree(text[1:])
            text = text.removeprefix("]")
        range_ = re.match(r"\{(\d*)(,?)(\d*)\}(.*)", text, re.S)
        first, last = 0, None
        if range_:
            first = int(range_[1] or 0)
            last = int(range_[3]) if range_[3] else None if range_[2] else first + 1
            text = range_[4]
        wanted[name] = (inner, first, last)
        if not text.startswith(","):
            return wanted, text
        text = text[1:]


def chosen(value, wanted):
    if not isinstance(value, dict) or wanted is None or "*" in wanted:
        return value
    told = {"_class": value["_class"]} if "_class" in value else {}
    for name, (inner, first, last) in wanted.items():
        if name not in value:
            continue
        found = value[name]
        told[name] = [chosen(v, inner) for v in found[first:last]] if isinstance(found, list) else chosen(found, inner)
    return told
