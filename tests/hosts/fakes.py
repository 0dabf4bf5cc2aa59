# SPDX-License-Identifier: Apache-2.0
"""The four hosts of pull requests, as far as cfn-pr-checker asks them, with what they keep: comments and statuses."""
import hashlib
import json
import pathlib
import sys
from dataclasses import dataclass
from urllib.parse import quote, unquote

sys.path.append(str(pathlib.Path(__file__).parent.parent / "aws"))
from servers.loopback import Answer, Loopback  # noqa: E402

HEAD, TIP, MERGE_BASE = "a1" * 20, "b2" * 20, "c3" * 20
OURS, OTHERS = 41, 42  # users


@dataclass
class Change:
    old: str | None
    new: str | None


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

    def change(self, old, new, before=None, after=None):
        self.changes.append(Change(old, new))
        if old:
            self.contents[self.TARGET, MERGE_BASE, old] = before
        if new:
            self.contents[self.source, HEAD, new] = after

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
            return reply({"full_name": repository, "permissions": {"pull": True, "push": self.may_write}})
        if rest[0] == "contents":
            is_raw = request.header("accept") == "application/vnd.github.raw+json"
            return (self.raw if is_raw else self.facts)(repository, request.query["ref"], "/".join(rest[1:]))
        if repository != self.TARGET:
            return None
        if rest == ["pulls", "7"]:
            fork = None if self.source is None else {"full_name": self.source}
            return reply({"number": 7, "title": "bump", "state": "open", "merged": False,
                          "changed_files": len(self.changes) + self.hidden,
                          "head": {"sha": self.head(), "ref": "topic", "repo": fork},
                          "base": {"sha": TIP, "ref": "main", "repo": {"full_name": self.TARGET}}})
        if rest == ["compare", f"{TIP}...{HEAD}"]:
            return reply({"merge_base_commit": {"sha": MERGE_BASE}})
        if rest == ["pulls", "7", "files"]:
            return self.listed(request, [self.row(c) for c in self.changes])
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
        return reply(part, 200, link)

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
            return reply({"id": self.NUMBERS[project], "permissions": {"project_access": level, "group_access": None},
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
        if project != self.TARGET or rest[:2] != ["merge_requests", "7"]:
            return None
        return self.merge_request(request, rest[2:])

    def merge_request(self, request, rest):
        if not rest:
            count = str(len(self.changes)) + ("+" if self.hidden else "")
            head = self.head()
            return reply({"iid": 7, "id": 9911, "title": "bump", "state": "opened", "sha": head, "changes_count": count,
                          "source_branch": "topic", "target_project_id": 5, "source_project_id": self.NUMBERS[self.source],
                          "diff_refs": {"base_sha": MERGE_BASE, "head_sha": head, "start_sha": TIP}})
        if rest == ["diffs"]:
            return self.listed(request, [
                {"old_path": c.old or c.new, "new_path": c.new or c.old, "new_file": c.old is None,
                 "deleted_file": c.new is None, "renamed_file": None not in (c.old, c.new) and c.old != c.new, "diff": ""}
                for c in self.changes])
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
        if path[:2] != ["2.0", "repositories"] or len(path) < 5:
            return None
        repository, rest = "/".join(path[2:4]), path[4:]
        if rest[0] == "src":
            is_raw = request.query.get("format") != "meta"
            return (self.raw if is_raw else self.facts)(repository, rest[1], "/".join(rest[2:]))
        if rest[0] == "commit":
            return self.commit(request, repository, rest[1:])
        if repository != self.TARGET:
            return None
        if rest[0] == "diffstat":
            return self.listed(request, [self.row(c) for c in self.changes], self.hidden)
        return self.pull_request(request, rest[2:]) if rest[:2] == ["pullrequests", "7"] else None

    def commit(self, request, repository, rest):
        if rest[1:] == ["statuses", "build"] and request.method == "POST":
            body = json.loads(request.body)
            if not body["url"] or body["state"] not in ("SUCCESSFUL", "FAILED") or not body["key"]:
                return reply({"error": {"message": "bad"}}, 400)
            return self.set_status(repository, rest[0], body)
        known = repository == self.source and len(rest) == 1 and HEAD.startswith(rest[0])
        return reply({"hash": HEAD}) if known else None

    def pull_request(self, request, rest):
        if not rest:
            return reply({"id": 7, "title": "bump", "state": "OPEN",
                          "source": {"commit": {"hash": self.head()[:12]}, "branch": {"name": "topic"},
                                     "repository": {"full_name": self.source}},
                          "destination": {"commit": {"hash": TIP[:12]}, "repository": {"full_name": self.TARGET}}})
        if rest == ["diffstat"]:
            where = f"/2.0/repositories/{self.TARGET}/diffstat/{self.source}:{HEAD[:12]}%0D{TIP[:12]}"
            return Answer(b"", 302, {"Location": self.url + where + "?from_pullrequest_id=7&pagelen=500"})
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
            body["next"] = f"{self.url}{request.path}?page={page + 1}"
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
        if rest[0] == "commits" and rest[2] == "builds" and not self.old_builds:
            body = json.loads(request.body)
            if not (body["key"] and body["url"] and body["state"] in ("SUCCESSFUL", "FAILED")):
                return reply({"errors": [{"message": "bad"}]}, 400)
            return self.set_status(repository, rest[1], body)
        if repository != self.TARGET or rest[:2] != ["pull-requests", "7"]:
            return None
        return self.pull_request(request, rest[2:])

    def pull_request(self, request, rest):
        if not rest:
            key, slug = self.source.split("/")
            return reply({"id": 7, "version": 3, "title": "bump", "state": "OPEN",
                          "fromRef": {"id": "refs/heads/topic", "latestCommit": self.head(),
                                      "repository": {"slug": slug, "project": {"key": key}}},
                          "toRef": {"id": "refs/heads/main", "latestCommit": TIP}})
        if rest == ["changes"]:
            return self.listed(request, [self.row(c) for c in self.changes], {"fromHash": MERGE_BASE, "toHash": HEAD},
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
