#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pull requests and templates as ami-update-status reads them from the four hosts. AWS is that of the example company:
checkout-web has servers in production that are two bakes behind."""
import json
import os
import subprocess
import unittest

from fakes import Change, CodeHost, CREATED, GitHub, GitLab, HEAD, Listed, TIP, reply
from servers.loopback import Answer
from servers.status_company import StatusCompany
from support import HOSTS, HostTest, server

BINARY = os.environ["PATCHBOT_TEST_BINARY_AMI_UPDATE_STATUS"]
NOW = "2026-11-23T06:00:00Z"
OLD, OLDER, NEW = "ami-0a6172839405a6b7c", "ami-0b1c2d3e4f5061728", "ami-0f50617283940b162"
PATH = "production/checkout-web.yaml"
FAR = "4102444800"  # the first second of 2100
CONFIG = """schema: patchbot.config/1
aws:
  accounts: [{ id: "111122223333", environment: production, regions: [eu-west-1] }]
owners: [{ team: "tag:team", service: "tag:Name" }]
pull_requests:
  templates: [{ path: "*/checkout-web.yaml", service: checkout-web }, { path: "*/values.json", service: checkout-web }]
  hosts: [{ kind: %s, url: "%s" }]
status:
  repositories: [{ name: acme/infra, %s }]
"""
TROUBLE = {
    "refused": [reply({"message": "no"}, 403)],
    "not there": [reply({"message": "no"}, 404)],
    "wrong token": [reply({"message": "no"}, 401)],
    "limited": [reply({}, 429, {"Retry-After": "86400", "X-RateLimit-Reset": FAR})],
    "down": [reply({}, 503, {"Retry-After": "0"})] * 3,
    "a page to sign in": [Answer(b"<!DOCTYPE html><p>Sign in", 200, {"Content-Type": "text/html"})],
    "another answer": [reply({"hello": "world"})],
}
# Slow, since it asks again, and curl does by itself on a connection that it had before.
CUT = {"cut": [Answer(drop=True)] * 6, "cut in the middle": [Answer(b'{"values": [', send=5)] * 6}


def address_of(host):
    return host.url + host.CONTEXT + (
        "/projects/ACME/repos/web" if host.KIND == "bitbucket-data-center" else "/" + host.TARGET)


def requests_part(host):
    return {"github": "/pulls?", "gitlab": "/merge_requests?", "bitbucket": "/pullrequests?"}.get(
        host.KIND, "/pull-requests?")


def changes_part(host):
    return {"github": "/pulls/7/files", "gitlab": "/merge_requests/7/diffs", "bitbucket": "/pullrequests/7/diffstat"}.get(
        host.KIND, "/pull-requests/7/changes")


class StatusTest(HostTest):
    def setUp(self):
        super().setUp()
        self.company = StatusCompany().__enter__()
        self.addCleanup(self.company.__exit__)

    def each(self):
        """A fresh host of each kind: the template of main has an old AMI, and the pull request bumps it."""
        for kind in HOSTS:
            host = self.host(kind)
            host.contents[host.TARGET, TIP, PATH] = server(OLD)
            host.contents[host.TARGET, TIP, "README.md"] = b"hello"
            host.change(PATH, PATH, server(OLD), server(NEW))
            self.current = f" on {kind.__name__}"
            yield host

    def run_on(self, host, *arguments, more="", **environment):
        config = CONFIG % (host.KIND, host.url + host.CONTEXT, f'url: "{address_of(host)}"{more}')
        (self.folder / "patchbot.yaml").write_text(config)
        return self.run_tool("--config", "patchbot.yaml", "--now", NOW, *arguments, binary=BINARY, **{
            "AWS_ENDPOINT_URL": self.company.url, "AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "invented",
            "AWS_REGION": "eu-west-1", "AWS_EC2_METADATA_DISABLED": "true"} | environment)

    def told(self, host, *arguments, **more):
        run = self.run_on(host, "--format", "json", *arguments, **more)
        self.assertIn(run.status, (4, 5), run.err)
        return json.loads(run.out)

    def stage(self, host, *arguments, **more):
        """That of checkout-web in production, with the problems."""
        told = self.told(host, *arguments, **more)
        (web,) = [s for s in told["services"] if s["service"] == "checkout-web"]
        return web["stages"]["production"], told["problems"]


class WithoutClone(StatusTest):
    def test_a_pull_request_that_bumps(self):
        for host in self.each():
            host.others = [Listed(n, [Change(None, "README.md")]) for n in (1, 2, 3)] + [
                Listed(4, [Change(None, PATH)], target="other")]
            stage, problems = self.stage(host)
            self.assertEqual((stage["status"], problems), ("pr-open", []))
            page = host.pr.split("/pull/7")[0].split("/-/")[0].split("/pull-requests/7")[0]
            self.assertTrue(stage["link"].startswith(page) and stage["link"].endswith("/7"), stage["link"])
            self.assertEqual(stage["since"], CREATED)
            self.assertEqual(stage["reason"], "the pull request bumps to the newest AMI")
            self.assertFalse([r for r in host.requests if "README" in r.target], "what is no template is not read")

    def test_what_waits_costs_its_list_of_files(self):
        for host in self.each():
            host.changes = [Change("README.md", "README.md")]
            self.assertEqual(self.stage(host)[0]["status"], "pr-missing")
            # GitLab says in the request itself whether the list is whole; Bitbucket Cloud redirects.
            own = [r for r in host.requests if changes_part(host).split("/7")[0] + "/7" in r.target]
            self.assertEqual(len(own), 2 if host.KIND == "gitlab" else 1)

    def test_no_pull_request(self):
        for host in self.each():
            host.is_open = False
            stage, problems = self.stage(host)
            self.assertEqual((stage["status"], problems), ("pr-missing", []))
            self.assertIn(PATH, stage["link"])
            self.assertIn("main", stage["link"])

    def test_one_that_bumps_to_an_older_ami(self):
        for host in self.each():
            host.change(PATH, PATH, server(OLD), server(OLDER))
            host.changes = host.changes[1:]
            self.assertEqual(self.stage(host)[0]["status"], "pr-missing")

    def test_pages_that_are_small_and_do_not_say_so(self):
        host = next(self.each())
        host.tells_links = False
        host.others = [Listed(n, []) for n in range(20, 24)]
        self.assertEqual(self.stage(host)[0]["status"], "pr-open")
        last = Listed(30, host.changes)
        host.is_open, host.others = False, host.others + [last]
        last.changes = [Change(None, f"docs/{n}.md") for n in range(5)] + last.changes
        self.assertEqual(self.stage(host)[0]["status"], "pr-open", "the list of files has pages as well")

    def test_a_draft(self):
        for host in self.each():
            host.draft = True
            self.assertEqual(self.stage(host)[0]["reason"], "the pull request, a draft, bumps to the newest AMI")

    def test_a_fork(self):
        for host in self.each():
            host.contents = {key: value for key, value in host.contents.items() if key[1] == TIP}
            host.source, host.changes = host.FORK, []
            host.change(PATH, PATH, server(OLD), server(NEW))
            self.assertEqual(self.stage(host)[0]["status"], "pr-open")

    def test_a_fork_that_is_gone(self):
        for host in self.each():
            host.source = None
            self.assertEqual(self.stage(host)[0]["status"], "pr-open")

    def test_values_in_another_file(self):
        template = b"Parameters: { Ami: { Type: String } }\n" + server("!Ref Ami")
        for host in self.each():
            values = json.dumps([{"ParameterKey": "Ami", "ParameterValue": NEW}]).encode()
            host.contents[host.TARGET, TIP, PATH] = template
            host.contents[host.TARGET, TIP, "production/values.json"] = values.replace(NEW.encode(), OLD.encode())
            host.changes = []
            host.change("production/values.json", "production/values.json", b"", values)
            self.assertEqual(self.stage(host)[0]["status"], "pr-open")

    def test_more_than_a_page_of_files(self):
        for host in self.each():
            host.page = 100
            for n in range(205):
                host.contents[host.TARGET, TIP, f"docs/{n}.md"] = b""
            self.assertEqual(self.stage(host)[0]["status"], "pr-open")

    def test_a_branch_that_is_named(self):
        for host in self.each():
            self.assertEqual(self.stage(host, more=", branch: main")[0]["status"], "pr-open")
            self.assertFalse([r for r in host.requests if "default" in r.target])

    def test_too_many_pull_requests(self):
        for host in self.each():
            host.page = 100
            host.others = [Listed(n, []) for n in range(100, 600)]
            stage, problems = self.stage(host)
            self.assertEqual(stage["status"], "unknown")
            self.assertIn("more than 500 pull requests into main are open", problems[0])

    def test_too_many_files(self):
        for host in self.each():
            host.page = 1000
            host.contents |= {(host.TARGET, TIP, f"p/{n}/checkout-web.yaml"): b"# %d\n" % n for n in range(2000)}
            stage, problems = self.stage(host)
            self.assertEqual(stage["status"], "unknown")
            self.assertIn("2001 files may be templates of services, and the host is asked for 2000 at most", problems[0])
            self.assertFalse([r for r in host.requests if "checkout-web.yaml" in r.target])

    def test_a_pointer_is_no_template(self):
        pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 812\n" % (b"ab" * 32)
        for host in self.each():
            host.contents[host.TARGET, TIP, PATH] = pointer
            stage, problems = self.stage(host)
            self.assertEqual((stage["status"], problems), ("behind", []))
            self.assertIn("it is a pointer of Git LFS", stage["reason"])

    def test_a_recording_replays(self):
        for host in self.each():
            host.page = 100
            for n in range(120):
                host.contents[host.TARGET, TIP, f"docs/{n}.md"] = b""
                host.contents[host.TARGET, TIP, f"production/{n}/checkout-web.yaml"] = server(OLD)
            host.others = [Listed(n, [Change(None, "README.md")]) for n in range(20, 40)]
            tape = self.folder / host.KIND
            first = self.told(host, "--record", str(tape))
            for file in tape.iterdir():
                self.assertNotIn(host.TOKEN.encode(), file.read_bytes())
            host.requests.clear()
            self.assertEqual(self.told(host, "--replay", str(tape), tokens=""), first)
            self.assertEqual(host.requests, [])


class WithClone(StatusTest):
    def git(self, *arguments):
        command = ["git", "-C", str(self.folder / "infra"), "-c", "user.name=t", "-c", "user.email=t@example.com",
                   "-c", "commit.gpgsign=false"]
        subprocess.run(command + list(arguments), check=True, capture_output=True)

    def commit(self, image):
        file = self.folder / "infra" / PATH
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_bytes(server(image))
        self.git("add", ".")
        self.git("commit", "-q", "-m", image)

    def test_templates_of_the_clone_and_pull_requests_of_the_host(self):
        subprocess.run(["git", "init", "-q", "-b", "main", str(self.folder / "infra")], check=True)
        self.commit(OLD)
        self.git("checkout", "-q", "-b", "squashed")  # merged by a squash and left where it was
        self.commit(NEW)
        self.git("checkout", "-q", "main")
        for host in self.each():
            clone = ", clone: infra"
            stage, _ = self.stage(host, more=clone)
            self.assertEqual((stage["status"], host.requests), ("pr-open", []), "the branch counts as one")
            stage, problems = self.stage(host, more=clone + ", pull_requests: host")
            self.assertEqual((stage["status"], problems), ("pr-open", []))
            self.assertTrue(stage["link"].endswith("/7"))
            self.assertFalse([r for r in host.requests if TIP in r.target], "main is that of the clone")
            host.is_open = False
            self.assertEqual(self.stage(host, more=clone + ", pull_requests: host")[0]["status"], "pr-missing")

    def test_pull_requests_into_the_branch_of_the_clone(self):
        subprocess.run(["git", "init", "-q", "-b", "main", str(self.folder / "upstream")], check=True)
        subprocess.run(["git", "init", "-q", "-b", "main", str(self.folder / "infra")], check=True)
        self.commit(OLD)
        for host in self.each():
            host.default_branch = "develop"
            more = ", clone: infra, pull_requests: host"
            stage, problems = self.stage(host, more=more)
            self.assertEqual((stage["status"], problems), ("pr-open", []))
            run = self.run_on(host, "--check", more=more)
            self.assertIn("ok    repository acme/infra: the open pull requests", run.out)
        # As git clone leaves it: origin/HEAD says which branch it is.
        self.git("update-ref", "refs/remotes/origin/main", "main")
        self.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
        self.assertEqual(self.stage(host, more=more)[0]["status"], "pr-open")


class Trouble(StatusTest):
    def expect_unknown(self, host, name, part, **more):
        host.refusals = [("GET", part, answer) for answer in (TROUBLE | CUT)[name]]
        run = self.run_on(host, "--format", "json", **more)
        self.assertEqual(run.status, 4, (name, run.err))
        told = json.loads(run.out)
        (web,) = [s for s in told["services"] if s["service"] == "checkout-web"]
        stage = web["stages"]["production"]
        self.assertEqual(stage["status"], "unknown", (name, stage))
        self.assertTrue(told["partial"])
        self.assertTrue(told["problems"][0].startswith("repository acme/infra: "), told["problems"])
        host.refusals = []
        return stage, told["problems"][0]

    def test_the_list_of_pull_requests(self):
        for host in self.each():
            for name in TROUBLE:
                stage, problem = self.expect_unknown(host, name, requests_part(host))
                self.assertIn("whether a pull request bumps it is not known", stage["reason"])
                self.assertRegex(problem, "the open (pull|merge) requests")
            _, problem = self.expect_unknown(host, "refused", requests_part(host))
            self.assertRegex(problem, "the token of PATCHBOT_(GITHUB|GITLAB|BITBUCKET)_TOKEN does not have the right")

    def test_connections_that_are_cut(self):
        for host in self.each():
            self.expect_unknown(host, "cut", requests_part(host))
            if host.KIND == "github":
                self.expect_unknown(host, "cut in the middle", changes_part(host))
                self.expect_unknown(host, "cut", "a1" * 20)
                self.expect_unknown(host, "cut", "/git/trees/")

    def test_the_files_of_one_pull_request(self):
        for host in self.each():
            for name in TROUBLE:
                stage, problem = self.expect_unknown(host, name, changes_part(host))
                self.assertIn("whether a pull request bumps it is not known", stage["reason"])
                self.assertIn("#7: the changed files", problem)

    def test_the_content_of_one_pull_request(self):
        for host in self.each():
            for name in ("refused", "limited", "down", "a page to sign in"):
                commit = "a1" * 20
                part = commit + "/production" if host.KIND == "bitbucket" else "=" + commit
                stage, problem = self.expect_unknown(host, name, part)
                self.assertIn("whether a pull request bumps it is not known", stage["reason"])
                self.assertIn("pull request 7: ", problem)

    def test_another_pull_request_that_bumps_is_known_all_the_same(self):
        for host in self.each():
            host.others = [Listed(8, host.changes)]
            host.refusals = [("GET", changes_part(host), reply({"message": "no"}, 403))]
            stage, problems = self.stage(host)
            self.assertEqual((stage["status"], len(problems)), ("pr-open", 1))
            self.assertTrue(stage["link"].endswith("/8"))

    def test_the_files_of_main(self):
        for host in self.each():
            for name in TROUBLE:
                part = {"github": "/git/trees/", "gitlab": "/repository/tree", "bitbucket": f"/src/{TIP}/?"}.get(
                    host.KIND, "/files?")
                stage, _ = self.expect_unknown(host, name, part)
                self.assertIn("what their template says is not known", stage["reason"])

    def test_the_content_of_main(self):
        for host in self.each():
            for name in ("refused", "limited", "down", "a page to sign in"):
                part = TIP + "/production" if host.KIND == "bitbucket" else "=" + TIP
                host.page = 100
                if host.KIND == "gitlab":
                    part = "/raw?ref=" + TIP
                if host.KIND == "bitbucket-data-center":
                    part = "/raw/production"
                stage, _ = self.expect_unknown(host, name, part)
                self.assertIn("what their template says is not known", stage["reason"])

    def test_a_list_that_is_cut_short(self):
        for host in self.each():
            host.cuts_files, host.page = True, 100
            if host.KIND == "gitlab":
                host.contents |= {(host.TARGET, TIP, f"docs/{n}.md"): b"" for n in range(98)}
            run = self.run_on(host, "--format", "json")
            self.assertEqual(run.status, 4, run.err)
            self.assertIn("the files: ", run.err)

    def test_entries_of_another_shape(self):
        odd = [{"message": "maintenance"}]
        for host in self.each():
            listed = host.KIND in ("github", "gitlab")
            for part, shape in ((requests_part(host), odd), (changes_part(host), odd)):
                answer = reply(shape if listed else {"values": shape, "isLastPage": True})
                host.refusals = [("GET", part, answer)]
                stage, problems = self.stage(host)
                self.assertEqual(stage["status"], "unknown", (part, stage))
                self.assertEqual(len(problems), 1, problems)

    def test_other_bytes_than_are_listed(self):
        for host in self.each():
            if host.KIND in ("github", "gitlab"):
                part = f"{'' if host.KIND == 'github' else '/raw'}?ref={TIP}"
            elif host.KIND == "bitbucket-data-center":
                part = "/raw/production/checkout-web.yaml?at=" + HEAD
            else:
                continue  # it tells no ids
            host.refusals = [("GET", part, Answer(server(NEW) + b"# another one\n", 200, {}))]
            stage, problems = self.stage(host)
            self.assertEqual(stage["status"], "unknown", stage)
            self.assertIn("the host answered with other bytes than it lists; ask again", problems[0])

    def test_ids_that_are_none_do_not_make_files_one(self):
        for host in self.each():
            host.blob = lambda *_: "x"
            host.contents[host.TARGET, TIP, "a/checkout-web.yaml"] = b"no template"  # listed first
            stage, problems = self.stage(host)
            self.assertEqual((stage["status"], problems), ("pr-open", []))

    def test_a_token_that_the_host_repeats(self):
        token, encoded = CodeHost.TOKEN, CodeHost.TOKEN.replace("-", "%2D")
        for host in self.each():
            host.default_branch = token  # what is told is looked at wherever the tool is run
            run = self.run_on(host, "--format", "json", "--allow-partial")
            self.assertIn("the host names no main branch", run.err)
            host.default_branch = "main"
            host.contents[host.TARGET, TIP, f"{token}/checkout-web.yaml"] = server(OLD)
            run = self.run_on(host, "--format", "json", "--allow-partial")
            self.assertIn("a path that can be no file's", run.err)
            for place in (f"http://else.example/x?t={encoded}", f"http://else.example/{encoded}", f"http://{encoded}/"):
                host.refusals = [("GET", requests_part(host), Answer(b"", 302, {"Location": place}))]
                run = self.run_on(host, "--format", "json", "--allow-partial")
                self.assertNotIn(encoded, run.out + run.err)
            host.refusals = [("GET", requests_part(host), Answer(
                ('{"message": "no %s"}' % token.replace("-", "\\u002d")).encode(), 403, {}))]
            self.run_on(host, "--format", "json", "--allow-partial")

    def test_a_password_in_an_address(self):
        for place in ("bot:pass/w0rd@git.acme.example/acme/infra", "bot:pa?w0rd@git.acme.example/a/b", "git.acme.example/a?t=w0rd"):
            config = CONFIG % ("github", "https://git.acme.example", f'url: "https://{place}"')
            (self.folder / "odd.yaml").write_text(config)
            run = self.run_tool("--config", "odd.yaml", "--now", NOW, binary=BINARY, AWS_ENDPOINT_URL=self.company.url)
            self.assertEqual(run.status, 2)
            self.assertIn("url: 'https://", run.err)
            self.assertNotIn("w0rd", run.err)

    def test_odd_content(self):
        for host in self.each():
            host.contents[host.TARGET, "a1" * 20, PATH] = b'{"message": "not now"}'
            self.assertEqual(self.stage(host)[0]["status"], "pr-missing", "the host confirms that this is the file")
            host.tells_facts = False
            stage, problems = self.stage(host)
            self.assertEqual(stage["status"], "unknown")
            self.assertIn("the host gives an error as its content", problems[0])


class Access(StatusTest):
    def checked(self, host, **more):
        run = self.run_on(host, "--check", **more)
        self.assertEqual(run.status, 4 if "FAIL" in run.out else 0, run.err)
        return [line for line in run.out.split("\n") if "repository acme/infra" in line]

    def test_the_check(self):
        for host in self.each():
            lines = self.checked(host)
            self.assertRegex(lines[0], "^ok    repository acme/infra: the open pull requests on ")
            self.assertRegex(lines[1], "^ok    repository acme/infra: the files on ")
            host.refusals = [("GET", requests_part(host), reply({"message": "no"}, 403))]
            lines = self.checked(host)
            self.assertRegex(lines[0], "^FAIL  repository acme/infra: the open pull requests on .* does not have the right")
            self.assertRegex(lines[1], "^ok    ")
            for line in self.checked(host, tokens="another-one"):
                self.assertRegex(line, "^FAIL  .* the token of PATCHBOT_(GITHUB|GITLAB|BITBUCKET)_TOKEN is missing")

    def test_a_host_that_is_not_configured_is_not_asked(self):
        for host in self.each():
            host_url = host.url
            host.KIND, kind = "github", host.KIND
            config = CONFIG % ("github", "https://git.acme.example", f'url: "{host_url}/acme/infra"')
            host.KIND = kind
            (self.folder / "other.yaml").write_text(config)
            run = self.run_tool("--config", "other.yaml", "--now", NOW, binary=BINARY, AWS_ENDPOINT_URL=self.company.url)
            self.assertEqual((run.status, host.requests), (2, []))
            self.assertIn("which no token may be sent to", run.err)

    def test_one_token_does_not_go_to_two_hosts(self):
        one, other = self.host(GitHub), self.host(GitHub)
        config = CONFIG % ("github", one.url, f'url: "{one.url}/acme/web"')
        config = config.replace("hosts: [", f"hosts: [{{ kind: github, url: '{other.url}' }}, ")
        config += f"    - {{ name: acme/other, url: '{other.url}/acme/web' }}\n"
        config = config.replace("repositories: [{ name: acme/infra", "repositories:\n    - { name: acme/infra").replace(
            "acme/web\" }]", "acme/web\" }")
        (self.folder / "two.yaml").write_text(config)
        run = self.run_tool("--config", "two.yaml", "--now", NOW, binary=BINARY, AWS_ENDPOINT_URL=self.company.url)
        self.assertEqual((run.status, one.requests, other.requests), (2, [], []), run.err)
        self.assertIn("the token of PATCHBOT_GITHUB_TOKEN is for one of them", run.err)


if __name__ == "__main__":
    unittest.main()
