# SPDX-License-Identifier: Apache-2.0
"""The four hosts of pull requests, as far as cfn-pr-checker and ami-update-status ask them, with what they keep:
comments and statuses. The files of the main branch are those of the commit TIP."""
import hashlib
import json
import pathlib
import sys
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode

sys.path.append(str(pathlib.Path(__file__).parent.parent / "aws"))
from servers.loopback import Answer, Loopback  # noqa: E402

HEAD, TIP, MERGE_BASE = "a1" * 20, "b2" * 20, "c3" * 20
OURS, OTHERS = 41, 42  # users


CREATED = "2026-11-20T09:30:00Z"  # all pull requests
MILLISECONDS = 1795167000000  # the same


@dataclass
class Change:
    old: str | None
    new: str | None


@dataclass
class Listed:
    """An open pull request, as lists have it. That of number 7 changes what the host's `changes` says."""

    number: int
    changes: list
    target: str = "main"
    draft: bool = False


def reply(value, status=200, headers=None):
    return Answer(json.dumps(value).encode(), status, {"Content-Type": "application/json"} | (headers or {}))


class CodeHost(Loopback):
    """`contents` is (repository, commit, path) -> bytes. What a client must not do is kept in `violations`."""

    TOKEN = "s3cret-Token_of-the.test"
    TARGET, FORK = "acme/web", "someone/web"
    CONTEXT = ""  # of the host's address

    def __init__(self, page=2):
        super().__init__()
        self.page = page
        self.requests, self.violations = [], []
        self.contents, self.changes = {}, []
        self.source = self.TARGET
        self.comments, self.statuses = [], []
        self.refusals = []  # (method, part of the path, answer), each used once
        self.cut = []  # for each comment to be created: "before", "after" or None
        self.heads = []  # of the pull request, each told once; then HEAD
        self.hidden = 0  # changes that the list leaves out
        self.may_write = True
        self.unreadable = set()  # repositories
        self.tells_facts = True  # of files: git's ids of them, or their sizes
        self.others = []  # open pull requests besides number 7
        self.is_open, self.draft = True, False  # number 7
        self.cuts_files = False  # the list of the files of a commit
        self.default_branch = "main"
        self.tells_links = True  # GitHub, in its header, whether a page is the last one

    def change(self, old, new, before=None, after=None):
        self.changes.append(Change(old, new))
        if old:
            self.contents[self.TARGET, MERGE_BASE, old] = before
        if new:
            self.contents[self.source, HEAD, new] = after

    def listed_requests(self, target):
        own = [Listed(7, self.changes, draft=self.draft)] if self.is_open else []
        return [one for one in own + self.others if one.target == target]

    def changes_of(self, number):
        return next((one.changes for one in self.others if str(one.number) == number), self.changes)

    def files_of(self, commit):
        return sorted(path for repository, at, path in self.contents if (repository, at) == (self.TARGET, commit))

    def head(self):
        return self.heads.pop(0) if self.heads else HEAD

    def answer(self, request):
        with self.lock:
            self.requests.append(request)
            for i, (method, part, answer) in enumerate(self.refusals):
                if method == request.method and part in request.target:
                    del self.refusals[i]
                    return answer
            if not self.authorized(request):
                return reply({"message": "Bad credentials"}, 401)
            if not request.header("user-agent"):
                self.violations.append("no User-Agent")
            return self.route(request, [unquote(p) for p in request.path.split("/")[1:]]) or reply(
                {"message": "Not Found"}, 404)

    def authorized(self, request):
        return request.header("authorization") == f"Bearer {self.TOKEN}"

    def raw(self, repository, commit, path):
        if repository in self.unreadable or (repository, commit, path) not in self.contents:
            return None
        return Answer(self.contents[repository, commit, path], 200, {"Content-Type": "text/plain"})

    def blob(self, repository, commit, path):
        """git's id of a file; None of one that is not there, or on a host that does not tell."""
        content = self.contents.get((repository, commit, path))
        if content is None or not self.tells_facts:
            return None
        return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()

    def facts(self, repository, commit, path):
        if self.blob(repository, commit, path) is None:
            return None
        blob, size = self.blob(repository, commit, path), len(self.contents[repository, commit, path])
        return reply({"type": "commit_file", "sha": blob, "blob_id": blob, "size": size})

    def write_comment(self, text, limit):
        """A new comment; None if the connection is to be cut."""
        if not self.may_write:
            return reply({"message": "no right to write"}, 403)
        if len(text) > limit:
            return reply({"message": "Body is too long"}, 422)
        cut = self.cut.pop(0) if self.cut else None
        if cut == "before":
            return Answer(drop=True)
        self.comments.append({"id": 100 + len(self.comments), "author": OURS, "text": text, "version": 0})
        return Answer(drop=True) if cut == "after" else reply({"id": self.comments[-1]["id"]}, 201)

    def change_comment(self, number, text):
        found = [c for c in self.comments if str(c["id"]) == number]
        if not found:
            return None
        if found[0]["author"] != OURS:
            self.violations.append("somebody else's comment was changed")
            return reply({"message": "not yours"}, 403)
        found[0]["text"] = text
        found[0]["version"] += 1
        return reply({"id": found[0]["id"]})

    def set_status(self, repository, sha, body):
        if not self.may_write:
            return reply({"message": "no right to write"}, 403)
        self.statuses.append((repository, sha, body))
        return reply({"id": 1}, 201)

    def numbered(self, request, rows, **headers):
        query = request.query
        size = min(self.page, int(query.get("per_page", 30)))
        page = int(query.get("page", 1))
        more = page * size < len(rows)
        return rows[(page - 1) * size: page * size], page, more


class GitHub(CodeHost):
    KIND, LIMIT = "github", 65536

    @property
    def pr(self):
        return f"{self.url}/{self.TARGET}/pull/7"

    def route(self, request, path):
        if request.header("x-github-api-version") != "2022-11-28":
            self.violations.append("the version of the API is not pinned")
        if path[:2] != ["api", "v3"]:
            return None
        path = path[2:]
        if path == ["user"]:
            return reply({"id": OURS, "login": "patchbot"})
        if len(path) < 3 or path[0] != "repos":
            return None
        return self.repository(request, "/".join(path[1:3]), path[3:])

    def repository(self, request, repository, rest):
        if not rest:
            return reply({"full_name": repository, "default_branch": self.default_branch,
                          "permissions": {"pull": True, "push": self.may_write}})
        if rest[0] == "contents":
            is_raw = request.header("accept") == "application/vnd.github.raw+json"
            return (self.raw if is_raw else self.facts)(repository, request.query["ref"], "/".join(rest[1:]))
        if repository != self.TARGET:
            return None
        fork = None if self.source is None else {"full_name": self.source}
        if rest == ["pulls"]:
            if request.query["state"] != "open":
                return None
            return self.listed(request, [
                {"number": one.number, "title": "bump", "state": "open", "draft": one.draft, "created_at": CREATED,
                 "head": {"sha": HEAD, "ref": "topic", "repo": fork}, "base": {"ref": one.target, "sha": TIP}}
                for one in self.listed_requests(request.query["base"])])
        if rest == ["git", "ref", "heads", "main"]:
            return reply({"ref": "refs/heads/main", "object": {"type": "commit", "sha": TIP}})
        if rest[:2] == ["git", "trees"] and request.query["recursive"]:
            rows = [{"path": p, "mode": "100644", "type": "blob", "sha": self.blob(self.TARGET, rest[2], p) or ""}
                    for p in self.files_of(rest[2])]
            return reply({"sha": rest[2], "tree": [{"path": "staging", "mode": "040000", "type": "tree"}] + rows,
                          "truncated": self.cuts_files})
        if rest == ["pulls", "7"]:
            return reply({"number": 7, "title": "bump", "state": "open", "merged": False,
                          "changed_files": len(self.changes) + self.hidden,
                          "head": {"sha": self.head(), "ref": "topic", "repo": fork},
                          "base": {"sha": TIP, "ref": "main", "repo": {"full_name": self.TARGET}}})
        if rest == ["compare", f"{TIP}...{HEAD}"]:
            return reply({"merge_base_commit": {"sha": MERGE_BASE}})
        if rest[0] == "pulls" and rest[2:] == ["files"]:
            return self.listed(request, [self.row(c) for c in self.changes_of(rest[1])])
        if rest == ["issues", "7", "comments"]:
            if request.method == "POST":
                return self.write_comment(json.loads(request.body)["body"], self.LIMIT)
            return self.listed(request, [{"id": c["id"], "body": c["text"], "user": {"id": c["author"], "type": "User"}}
                                         for c in self.comments])
        if rest[:2] == ["issues", "comments"] and request.method == "PATCH":
            return self.change_comment(rest[2], json.loads(request.body)["body"])
        if rest[0] == "statuses" and request.method == "POST":
            body = json.loads(request.body)
            if body["state"] not in ("error", "failure", "pending", "success") or len(body["description"]) > 140:
                return reply({"message": "Validation Failed"}, 422)
            return self.set_status(repository, rest[1], body)
        return reply({"state": "pending", "statuses": []}) if rest[0] == "commits" else None

    def listed(self, request, rows):
        part, page, more = self.numbered(request, rows)
        # Elsewhere on purpose: the number of the page is all that a client needs.
        link = {"Link": f'<https://elsewhere.example/x?page={page + 1}>; rel="next"'} if more else {"Link": '<x>; rel="first"'}
        return reply(part, 200, link if self.tells_links else {})

    @staticmethod
    def row(change):
        if change.old is None or change.new is None:
            return {"filename": change.new or change.old, "status": "added" if change.new else "removed"}
        if change.old != change.new:
            return {"filename": change.new, "previous_filename": change.old, "status": "renamed"}
        return {"filename": change.new, "status": "modified"}

    @staticmethod
    def state(body):
        return {"success": "good", "failure": "bad"}[body["state"]]


class GitLab(CodeHost):
    KIND, LIMIT = "gitlab", 1000000
    TARGET, FORK = "acme/platform/web", "someone/web"
    NUMBERS = {"acme/platform/web": 5, "someone/web": 6}
    CONTEXT = "/git"

    @property
    def pr(self):
        return f"{self.url}/git/{self.TARGET}/-/merge_requests/7/diffs"

    def route(self, request, _):
        path = [unquote(p) for p in request.path.split("/")[1:]]
        if path[:3] != ["git", "api", "v4"]:
            return None
        path = path[3:]
        if path == ["user"]:
            return reply({"id": OURS, "username": "patchbot"})
        if len(path) < 2 or path[0] != "projects":
            return None
        named = {str(n): p for p, n in self.NUMBERS.items()}.get(path[1], path[1])
        return self.project(request, named, path[2:])

    def project(self, request, project, rest):
        if not rest:
            level = {"access_level": 30 if self.may_write else 20}
            return reply({"id": self.NUMBERS[project], "default_branch": self.default_branch, "permissions": {"project_access": level, "group_access": None},
                          "runners_token": "GR1348941-hidden"})
        if rest[:2] == ["repository", "files"]:
            return (self.raw if rest[3:] == ["raw"] else self.facts)(project, request.query["ref"], rest[2])
        if rest[:1] == ["statuses"] and request.method == "POST":
            body = json.loads(request.body)
            if body["ref"] != "topic" or body["state"] not in ("success", "failed"):
                return reply({"message": "bad"}, 400)
            if self.statuses and self.statuses[-1][2]["state"] == body["state"]:
                return reply({"message": f"Cannot transition status via :run from :{body['state']} (Reason(s): ...)"}, 400)
            return self.set_status(project, rest[1], body)
        if rest[:2] == ["repository", "commits"]:
            return reply([])
        if project != self.TARGET:
            return None
        if rest == ["repository", "branches", "main"]:
            return reply({"name": "main", "commit": {"id": TIP}})
        if rest == ["repository", "tree"]:
            return self.tree(request)
        if rest == ["merge_requests"]:
            return self.merge_requests(request)
        if rest[:1] != ["merge_requests"]:
            return None
        return self.merge_request(request, rest[2:], self.changes_of(rest[1]))

    def merge_requests(self, request):
        if request.query["state"] != "opened":
            return None
        return self.listed(request, [
            {"iid": one.number, "id": 9900 + one.number, "title": "bump", "state": "opened", "sha": HEAD, "draft": one.draft,
             "created_at": CREATED.replace("Z", ".123+00:00"), "source_branch": "topic", "target_branch": one.target,
             "target_project_id": 5, "source_project_id": self.NUMBERS.get(self.source)}
            for one in self.listed_requests(request.query["target_branch"])])

    def tree(self, request):
        """By keys: every full page names a next one, which may be empty. Links are to the host's own name."""
        query = request.query
        if query["pagination"] != "keyset" or query["recursive"] != "true":
            return None
        rows = [{"id": self.blob(self.TARGET, query["ref"], p) or "", "path": p, "type": "blob", "mode": "100644"}
                for p in self.files_of(query["ref"])]
        start, size = int(query.get("page_token", "0")), int(query["per_page"])
        link = {"Link": f'<http://inside.example/tree?page_token={start + size}&per_page={size}>; rel="next"'}
        part = rows[start:start + size]
        return reply(part, 200, link if len(part) == size and not self.cuts_files else {})

    def merge_request(self, request, rest, changes):
        if not rest:
            count = str(len(changes)) + ("+" if self.hidden else "")
            head = self.head()
            return reply({"iid": 7, "id": 9911, "title": "bump", "state": "opened", "sha": head, "changes_count": count,
                          "source_branch": "topic", "target_project_id": 5, "source_project_id": self.NUMBERS.get(self.source),
                          "diff_refs": {"base_sha": MERGE_BASE, "head_sha": head, "start_sha": TIP}})
        if rest == ["diffs"]:
            return self.listed(request, [
                {"old_path": c.old or c.new, "new_path": c.new or c.old, "new_file": c.old is None,
                 "deleted_file": c.new is None, "renamed_file": None not in (c.old, c.new) and c.old != c.new, "diff": ""}
                for c in changes])
        if rest == ["notes"]:
            if request.method == "POST":
                return self.write_comment(self.checked(json.loads(request.body)["body"]), self.LIMIT)
            return self.listed(request, [{"id": c["id"], "body": c["text"], "system": False, "author": {"id": c["author"]}}
                                         for c in self.comments])
        if rest[0] == "notes" and request.method == "PUT":
            return self.change_comment(rest[1], self.checked(json.loads(request.body)["body"]))
        return None

    def checked(self, text):
        self.violations += ["a command in a note: " + line for line in text.split("\n") if line.startswith("/")]
        return text

    def listed(self, request, rows):
        part, page, more = self.numbered(request, rows)
        return reply(part, 200, {"X-Page": str(page), "X-Next-Page": str(page + 1) if more else ""})

    @staticmethod
    def state(body):
        return {"success": "good", "failed": "bad"}[body["state"]]


class BitbucketCloud(CodeHost):
    KIND, LIMIT = "bitbucket", 32768

    @property
    def pr(self):
        return f"{self.url}/{self.TARGET}/pull-requests/7/bump/diff"

    def route(self, request, path):
        if path == ["2.0", "user"]:
            return reply({"uuid": f"{{{OURS}}}"})
        if path[:2] != ["2.0", "repositories"] or len(path) < 4:
            return None
        repository, rest = "/".join(path[2:4]), path[4:]
        if not rest:
            return reply({"full_name": repository, "mainbranch": {"type": "branch", "name": self.default_branch}})
        if rest == ["src", TIP, ""]:
            return self.files(request)
        if rest[0] == "src":
            is_raw = request.query.get("format") != "meta"
            return (self.raw if is_raw else self.facts)(repository, rest[1], "/".join(rest[2:]))
        if rest[0] == "commit":
            return self.commit(request, repository, rest[1:])
        if repository != self.TARGET:
            return None
        if rest == ["refs", "branches", "main"]:
            return reply({"name": "main", "target": {"hash": TIP}})
        if rest[0] == "diffstat":
            return self.listed(request, [self.row(c) for c in self.changes_of(rest[2])], self.hidden)
        if rest == ["pullrequests"]:
            return self.pull_requests(request)
        return self.pull_request(request, rest[1], rest[2:]) if rest[0] == "pullrequests" else None

    def pull_requests(self, request):
        if request.query.get("q") != 'state="OPEN" AND destination.branch.name="main"':
            return None
        fork = None if self.source is None else {"full_name": self.source}
        return self.listed(request, [
            {"id": one.number, "title": "bump", "state": "OPEN", "draft": one.draft,
             "created_on": CREATED.replace("Z", ".123456+00:00"),
             "source": {"commit": {"hash": HEAD[:12]}, "branch": {"name": "topic"}, "repository": fork},
             "destination": {"commit": {"hash": TIP[:12]}, "branch": {"name": one.target}}}
            for one in self.listed_requests("main")])

    def files(self, request):
        """A folder at the deepest level is listed without what is in it."""
        if int(request.query["max_depth"]) < 10:
            return None
        folder = {"type": "commit_directory", "path": "a" + "/a" * (int(request.query["max_depth"]) - 1)}
        rows = [{"type": "commit_file", "path": p, "attributes": [], "size": 1} for p in self.files_of(TIP)]
        return self.listed(request, rows + ([folder] if self.cuts_files else []))

    def commit(self, request, repository, rest):
        if rest[1:] == ["statuses", "build"] and request.method == "POST":
            body = json.loads(request.body)
            if not body["url"] or body["state"] not in ("SUCCESSFUL", "FAILED") or not body["key"]:
                return reply({"error": {"message": "bad"}}, 400)
            return self.set_status(repository, rest[0], body)
        known = repository == self.source and len(rest) == 1 and HEAD.startswith(rest[0])
        return reply({"hash": HEAD}) if known else None

    def pull_request(self, request, number, rest):
        if not rest:
            return reply({"id": 7, "title": "bump", "state": "OPEN",
                          "source": {"commit": {"hash": self.head()[:12]}, "branch": {"name": "topic"},
                                     "repository": {"full_name": self.source}},
                          "destination": {"commit": {"hash": TIP[:12]}, "repository": {"full_name": self.TARGET}}})
        if rest == ["diffstat"]:
            where = f"/2.0/repositories/{self.TARGET}/diffstat/{HEAD[:12]}%0D{TIP[:12]}/{number}"
            return Answer(b"", 302, {"Location": self.url + where + f"?from_pullrequest_id={number}&pagelen=500"})
        if rest == ["comments"]:
            if request.method == "POST":
                return self.write_comment(json.loads(request.body)["content"]["raw"], self.LIMIT)
            return self.listed(request, [{"id": c["id"], "content": {"raw": c["text"]}, "deleted": False,
                                          "user": {"uuid": f"{{{c['author']}}}"}} for c in self.comments])
        if rest[0] == "comments" and request.method == "PUT":
            return self.change_comment(rest[1], json.loads(request.body)["content"]["raw"])
        return reply({"values": [], "pagelen": 10}) if rest == ["statuses"] else None

    def listed(self, request, rows, hidden=0):
        page = int(request.query.get("page", 1))
        body = {"values": rows[(page - 1) * self.page: page * self.page], "pagelen": self.page, "page": page,
                "size": len(rows) + hidden}
        if page * self.page < len(rows):
            kept = urlencode({k: v for k, v in request.query.items() if k != "page"})
            body["next"] = f"{self.url}{request.path}?{kept}&page={page + 1}"
        return reply(body)

    def row(self, change):
        def version(repository, commit, path):
            href = f"https://api.bitbucket.org/2.0/repositories/{repository}/src/{commit}/{quote(path or '')}"
            return path and {"path": path, "type": "commit_file", "links": {"self": {"href": href}}}
        return {"status": "modified", "old": version(self.TARGET, MERGE_BASE, change.old),
                "new": version(self.source, HEAD, change.new)}

    @staticmethod
    def state(body):
        return {"SUCCESSFUL": "good", "FAILED": "bad"}[body["state"]]


class BitbucketDataCenter(CodeHost):
    KIND, LIMIT = "bitbucket-data-center", 32768
    TARGET, FORK = "ACME/web", "~someone/web"
    CONTEXT = "/bitbucket"
    old_builds = False  # before 7.4
    conflicts = 0

    @property
    def pr(self):
        return f"{self.url}/bitbucket/projects/ACME/repos/web/pull-requests/7/overview"

    def route(self, request, path):
        answer = self.found(request, path) or reply({"errors": [{"message": "does not exist"}]}, 404)
        answer.headers = answer.headers | {"X-AUSERNAME": "patchbot"}
        return answer

    def found(self, request, path):
        if path[:4] == ["bitbucket", "rest", "build-status", "1.0"] and self.old_builds:
            return self.set_status("any", path[5], json.loads(request.body))
        if path[:5] != ["bitbucket", "rest", "api", "latest", "projects"] or len(path) < 9:
            return None
        repository, rest = path[5] + "/" + path[7], path[8:]
        if rest[0] == "raw":
            return self.raw(repository, request.query["at"], "/".join(rest[1:]))
        if rest == ["default-branch"] and not self.old_builds or rest == ["branches", "default"]:
            return reply({"id": "refs/heads/" + self.default_branch, "displayId": self.default_branch, "type": "BRANCH"})
        if rest == ["commits"]:
            known = request.query["until"] == "refs/heads/main"
            return reply({"values": [{"id": TIP}] if known else [], "isLastPage": False, "nextPageStart": 1})
        if rest == ["files"]:
            return self.listed(request, self.files_of(request.query["at"]), hidden=self.cuts_files)
        if rest == ["pull-requests"]:
            return self.pull_requests(request)
        if rest[0] == "commits" and rest[2] == "builds" and not self.old_builds:
            body = json.loads(request.body)
            if not (body["key"] and body["url"] and body["state"] in ("SUCCESSFUL", "FAILED")):
                return reply({"errors": [{"message": "bad"}]}, 400)
            return self.set_status(repository, rest[1], body)
        if repository != self.TARGET or rest[0] != "pull-requests":
            return None
        return self.pull_request(request, rest[2:], self.changes_of(rest[1]))

    def pull_requests(self, request):
        query = request.query
        if (query["state"], query["direction"]) != ("OPEN", "INCOMING"):
            return None
        key, slug = (self.source or "/").split("/")
        return self.listed(request, [
            {"id": one.number, "title": "bump", "state": "OPEN", "createdDate": MILLISECONDS, "draft": one.draft,
             "fromRef": {"id": "refs/heads/topic", "displayId": "topic", "latestCommit": HEAD,
                         "repository": {"slug": slug, "project": {"key": key}}},
             "toRef": {"id": "refs/heads/" + one.target, "latestCommit": TIP}}
            for one in self.listed_requests(query["at"].removeprefix("refs/heads/"))])

    def pull_request(self, request, rest, changes):
        if not rest:
            key, slug = self.source.split("/")
            return reply({"id": 7, "version": 3, "title": "bump", "state": "OPEN",
                          "fromRef": {"id": "refs/heads/topic", "latestCommit": self.head(),
                                      "repository": {"slug": slug, "project": {"key": key}}},
                          "toRef": {"id": "refs/heads/main", "latestCommit": TIP}})
        if rest == ["changes"]:
            return self.listed(request, [self.row(c) for c in changes], {"fromHash": MERGE_BASE, "toHash": HEAD},
                               self.hidden)
        if rest == ["activities"]:
            rows = [{"action": "OPENED"}] + [
                {"action": "COMMENTED", "commentAction": "ADDED",
                 "comment": {"id": c["id"], "version": c["version"], "text": c["text"],
                             "author": {"name": "patchbot" if c["author"] == OURS else "eve"}}} for c in self.comments]
            return self.listed(request, rows)
        if rest == ["comments"] and request.method == "POST":
            return self.write_comment(json.loads(request.body)["text"], self.LIMIT)
        if rest[0] == "comments" and request.method == "PUT":
            return self.changed(rest[1], json.loads(request.body))
        return None

    def changed(self, number, body):
        comment = next(c for c in self.comments if str(c["id"]) == number)
        if self.conflicts:  # somebody was faster
            self.conflicts -= 1
            comment["version"] += 1
        if body["version"] != comment["version"]:
            return reply({"errors": [{"message": "the comment has another version"}]}, 409)
        return self.change_comment(number, body["text"])

    def listed(self, request, rows, more=None, hidden=0):
        start = int(request.query.get("start", 0))
        end = start + min(self.page, int(request.query.get("limit", 25)))
        last = end >= len(rows) and not hidden
        return reply({"values": rows[start:end], "size": len(rows[start:end]), "start": start, "isLastPage": last,
                      "nextPageStart": end if end < len(rows) else None} | (more or {}))

    def row(self, change):
        row = {"path": {"toString": change.new or change.old}, "type": "MODIFY",
               "contentId": self.blob(self.source, HEAD, change.new),
               "fromContentId": self.blob(self.TARGET, MERGE_BASE, change.old)}
        if change.old is None or change.new is None:
            row["type"] = "ADD" if change.new else "DELETE"
        elif change.old != change.new:
            row |= {"srcPath": {"toString": change.old}, "type": "MOVE"}
        return row

    @staticmethod
    def state(body):
        return {"SUCCESSFUL": "good", "FAILED": "bad"}[body["state"]]
