# SPDX-License-Identifier: Apache-2.0
"""Netflix Security Monkey 1.1: the login with its cookies, and the lists that PatchBot reads."""
import json

from servers.loopback import Answer, Loopback


class SecurityMonkey(Loopback):
    """`accounts` is a list of (name, number); items are added with add()."""

    EMAIL, PASSWORD = "patchbot@acme.example", "let+me in&now"

    def __init__(self, accounts, needs_referer=False):
        super().__init__()
        self.accounts = accounts
        self.needs_referer = needs_referer  # as with https: WTF_CSRF_SSL_STRICT
        self.items = []
        self.requests = []
        self.logins = 0
        self.expire_after = None  # so many API calls after the login, the session is over
        self._left = 0
        self._fresh = 0

    def add(self, account, region, instance, name="", config=None, active=True):
        number = len(self.items) + 1
        self.items.append({
            "id": number, "account": account, "region": region, "active": active, "revision": 1000 + number,
            "name": f"{name} ({instance})" if name else instance, "config": config or {}})

    def answer(self, request):
        with self.lock:
            self.requests.append(request)
            answer = self._reply(request)
        answer.cookies += ("XSRF-COOKIE=csrf-1; Path=/",)
        return answer

    def _reply(self, request):
        if request.path == "/login":
            return self._login(request)
        if not request.path.startswith("/api/1/"):
            return Answer(b"<html>", 404, {"Content-Type": "text/html"})
        if not self._logged_in(request):
            return _json({"auth": {"authenticated": False, "user": None, "url": "/login"}}, 401)
        return self._api(request)

    def _login(self, request):
        if request.method == "GET":
            self._fresh += 1
            page = b'<form><input id="csrf_token" name="csrf_token" type="hidden" value="csrf-1"></form>'
            return Answer(page, 200, {"Content-Type": "text/html"}, (f"session=anon-{self._fresh}; HttpOnly",))
        form, cookies = request.form, request.cookies()
        csrf = request.header("x-csrftoken") or form.get("csrf_token")
        same_host = (request.header("referer") or "").startswith(self.url + "/")
        if csrf != "csrf-1" or not cookies.get("session", "").startswith("anon-"):
            return Answer(b"CSRF token missing or incorrect.", 400)
        if self.needs_referer and not same_host:
            return Answer(b"Referer checking failed - no Referer.", 400)
        if (form.get("email"), form.get("password")) != (self.EMAIL, self.PASSWORD):
            return Answer(b"<li>Invalid password</li>", 200, {"Content-Type": "text/html"})
        self.logins += 1
        self._left = self.expire_after
        self.expire_after = None
        return Answer(b"", 302, {"Location": self.url + "/"}, (f"session=user-{self.logins}; HttpOnly",))

    def _logged_in(self, request):
        if request.cookies().get("session") != f"user-{self.logins}" or self.logins == 0:
            return False
        if self._left is None:
            return True
        self._left -= 1
        return self._left >= 0

    def _api(self, request):
        rest = request.path.removeprefix("/api/1/").strip("/").split("/")
        if rest == ["accounts"]:
            return self._accounts(request.query)
        if rest == ["items"]:
            return self._items(request.query)
        found = [i for i in self.items if rest in (["items", str(i["id"])], ["revisions", str(i["revision"])])]
        if not found:
            return _json({"message": "not found"}, 404)
        return self._item(found[0]) if rest[0] == "items" else self._revision(found[0])

    def _accounts(self, query):
        rows = [{"id": n, "name": name, "identifier": number, "active": True, "account_type": "AWS"}
                for n, (name, number) in enumerate(self.accounts, 1)]
        return self._page(query, rows)

    def _items(self, query):
        wanted = [i for i in self.items
                  if query.get("accounts", i["account"]).split(",").count(i["account"])
                  and query.get("regions", i["region"]).split(",").count(i["region"])
                  and query.get("technologies", "ec2instance") == "ec2instance"
                  and (query.get("active", "").lower() != "true" or i["active"])]
        return self._page(query, [self._row(i) for i in wanted])

    @staticmethod
    def _page(query, rows):
        count, page = int(query.get("count", 30)), int(query.get("page", 1))
        part = rows[(page - 1) * count: page * count]
        if not part and page > 1:
            return _json({"message": "Not Found"}, 404)
        return _json({"items": part, "total": len(rows), "page": page, "count": len(part), "auth": {}})

    @staticmethod
    def _row(item):
        return {"id": item["id"], "region": item["region"], "name": item["name"], "account": item["account"],
                "account_type": "AWS", "technology": "ec2instance", "num_issues": 0, "issue_score": 0,
                "unjustified_issue_score": 0, "active": item["active"],
                "first_seen": "2020-01-01 00:00:00", "last_seen": "2020-02-01 00:00:00"}

    def _item(self, item):
        revisions = [{"id": item["revision"], "item_id": item["id"], "active": item["active"],
                      "date_created": "2020-02-01 00:00:00"},
                     {"id": item["revision"] - 900, "item_id": item["id"], "active": False,
                      "date_created": "2020-01-01 00:00:00"}]
        return _json({"item": self._row(item), "revisions": revisions, "issues": [], "comments": [],
                      "auth": {}})

    @staticmethod
    def _revision(item):
        return _json({"id": item["revision"], "item_id": item["id"], "active": item["active"],
                      "config": item["config"], "auth": {}})


def _json(value, status=200):
    return Answer(json.dumps(value).encode(), status, {"Content-Type": "application/json"})
