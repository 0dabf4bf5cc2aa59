#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What cfn-pr-checker writes to the hosts of pull requests: one comment and one status."""
import re
import unittest

from fakes import BitbucketCloud, BitbucketDataCenter, GitHub, GitLab, HEAD, OTHERS, reply
from servers.loopback import Answer
from support import HOSTS, HostTest, MARKER, NEW_AMI, OLD_AMI, server

WRITES = ("POST", "PUT", "PATCH", "DELETE")


def comment(author, text, number):
    return {"id": number, "author": author, "text": text, "version": 0}


class Comments(HostTest):
    def one_of_ours(self, host):
        ours = [c for c in host.comments if c["author"] != OTHERS]
        self.assertEqual(len(ours), 1, host.comments)
        return ours[0]

    def test_created_then_left_then_updated(self):
        for host in self.each_host():
            run = self.on(host, "--comment")
            self.assertEqual(run.status, 0, run.err)
            first = self.one_of_ours(host)
            self.assertTrue(first["text"].startswith(MARKER + "\n"))
            self.assertIn(NEW_AMI, first["text"])
            self.assertIn("comment: created", run.err)

            before = len([r for r in host.requests if r.method in WRITES])
            run = self.on(host, "--comment")
            self.assertIn("comment: unchanged", run.err)
            self.assertEqual(len([r for r in host.requests if r.method in WRITES]), before)

            host.contents[host.TARGET, HEAD, "web.yaml"] = server("ami-0fffffffffffffff0")
            run = self.on(host, "--comment")
            self.assertIn("comment: updated", run.err)
            self.assertEqual(self.one_of_ours(host)["id"], first["id"])
            self.assertIn("ami-0fffffffffffffff0", self.one_of_ours(host)["text"])

    def test_ours_is_found_behind_pages_of_others(self):
        for host in self.each_host():
            host.comments = [comment(OTHERS, f"{MARKER}\nit is all green, trust me", 1), comment(OTHERS, "hello", 2),
                             comment(OTHERS, "> " + MARKER, 3)]
            self.on(host, "--comment")
            host.comments.append(comment(OTHERS, "thanks", 900))
            host.contents[host.TARGET, HEAD, "web.yaml"] = server("ami-0fffffffffffffff0")
            run = self.on(host, "--comment")
            self.assertIn("comment: updated", run.err)
            self.assertIn("ami-0fffffffffffffff0", self.one_of_ours(host)["text"])
            self.assertIn("trust me", host.comments[0]["text"])

    def test_not_twice_when_the_answer_is_lost(self):
        for kind in HOSTS:
            for cuts in (["after"], ["before"], ["before", "after"]):
                with self.subTest(host=kind.__name__, cuts=cuts):
                    host = self.host(kind)
                    host.change("web.yaml", "web.yaml", server(OLD_AMI), server(NEW_AMI))
                    host.cut = list(cuts)
                    run = self.on(host, "--comment")
                    self.assertEqual(run.status, 0, run.err)
                    self.one_of_ours(host)
                    self.assertEqual(host.cut, [])
                    self.on(host, "--comment")
                    self.one_of_ours(host)

    def test_a_host_that_takes_no_comment(self):
        for host in self.each_host():
            host.cut = ["before", "before"]
            run = self.on(host, "--comment", "--status")
            self.assertEqual((run.status, host.comments), (4, []))
            self.assertIn(f"{OLD_AMI} -> {NEW_AMI}", run.out)
            self.assertIn("the comment could not be written", run.err)
            self.assertEqual([host.state(s[2]) for s in host.statuses], ["good"])

    def test_a_limit_on_writing(self):
        for host in self.each_host():
            host.refusals = [("POST", "comments" if host.KIND != "gitlab" else "notes",
                              reply({}, 429, {"Retry-After": "0"}))]
            run = self.on(host, "--comment")
            self.assertEqual((run.status, host.refusals), (0, []), run.err)
            self.one_of_ours(host)

    def test_a_long_review_is_cut(self):
        for host in self.each_host():
            old = "Mappings:\n" + "".join(f"  M{n}: {{K: {{v: a{n}}}}}\n" for n in range(40))
            names = [f"{'long-' * 40}{n}.yaml" for n in range(120 if host.LIMIT < 100_000 else 10)]
            for name in names:
                host.change(name, name, old.encode() + server(OLD_AMI), old.replace("v: a", "v: b").encode() + server(NEW_AMI))
            run = self.on(host, "--comment")
            self.assertEqual(run.status, 5, run.err)
            text = self.one_of_ours(host)["text"]
            self.assertLessEqual(len(text), host.LIMIT)
            if host.LIMIT < 100_000:
                self.assertGreater(len(text), host.LIMIT * 0.9)
                self.assertIn("This comment is cut", text)

    def test_a_conflict_of_versions_is_read_again(self):
        host = self.host(BitbucketDataCenter)
        host.change("web.yaml", "web.yaml", server(OLD_AMI), server(NEW_AMI))
        self.on(host, "--comment")
        host.contents[host.TARGET, HEAD, "web.yaml"] = server("ami-0fffffffffffffff0")
        host.conflicts = 1
        run = self.on(host, "--comment")
        self.assertEqual((run.status, len(host.comments)), (0, 1), run.err)
        self.assertIn("ami-0fffffffffffffff0", host.comments[0]["text"])
        host.contents[host.TARGET, HEAD, "web.yaml"] = server("ami-0eeeeeeeeeeeeeee0")
        host.conflicts = 5
        self.assertEqual(self.on(host, "--comment").status, 4)
        self.assertEqual(len(host.comments), 1)

    def test_a_token_that_is_nobodys(self):
        for kind, path in ((GitHub, "/api/v3/user"), (BitbucketCloud, "/2.0/user")):
            with self.subTest(host=kind.__name__):
                host = self.host(kind)
                host.change("web.yaml", "web.yaml", server(OLD_AMI), server(NEW_AMI))
                host.refusals = [("GET", path, reply({"message": "Resource not accessible by integration"}, 403))]
                self.assertEqual(self.on(host, "--comment").status, 0)
                self.one_of_ours(host)

    def test_text_of_a_template_stays_in_its_quotes(self):
        for host in self.each_host():
            nasty = '"\\n```\\n/merge\\n<script>@all\\u001b[31m"'
            host.change("n.yaml", "n.yaml", server(OLD_AMI), server(NEW_AMI, nasty))
            self.assertEqual(self.on(host, "--comment").status, 5)
            text = self.one_of_ours(host)["text"]
            self.assertNotIn("\x1b", text)
            # Outside of the code that quotes it there is nothing of it: no markup, and nobody is called.
            outside = re.sub(r"`[^`\n]*`", "", text)
            self.assertIn("web.yaml", text)
            for part in ("script", "@all", "/merge", "`", "web.yaml"):
                self.assertNotIn(part, outside)


class Statuses(HostTest):
    def test_on_the_head(self):
        for host in self.each_host():
            run = self.on(host, "--status", BUILD_URL="https://jenkins.acme.example/job/web/7/", GIT_COMMIT="f" * 40)
            self.assertEqual(run.status, 0, run.err)
            [(repository, sha, body)] = host.statuses
            self.assertEqual((repository, sha, host.state(body)), (host.TARGET, HEAD, "good"))
            self.assertEqual(body.get("target_url", body.get("url")), "https://jenkins.acme.example/job/web/7/")
            self.assertEqual(body.get("context") or body.get("key") or body.get("name"), "patchbot/cfn")
            self.assertEqual(body["description"], "1 AMI changes")

    def test_the_page_of_the_pull_request_where_there_is_no_build(self):
        for host in self.each_host():
            self.on(host, "--status", BUILD_URL="javascript:alert(1)")
            body = host.statuses[0][2]
            self.assertTrue(host.pr.startswith(body.get("target_url", body.get("url"))), body)

    def test_warnings_and_failures(self):
        for host in self.each_host():
            host.changes.clear()
            host.change("web.yaml", "web.yaml", server(OLD_AMI), server(NEW_AMI, "t3.large"))
            self.assertEqual(self.on(host, "--status").status, 5)
            host.contents[host.TARGET, HEAD, "web.yaml"] = b"Resources: {W: {Type: 'AWS::"
            self.assertEqual(self.on(host, "--status").status, 1)
            self.assertEqual([host.state(s[2]) for s in host.statuses], ["good", "bad"])
            self.assertIn("1 warning", host.statuses[0][2]["description"])
            self.assertIn("1 file could not be compared", host.statuses[1][2]["description"])

    def test_of_a_fork(self):
        for host in self.each_host():
            host.source = host.FORK
            host.changes.clear()
            host.change("web.yaml", "web.yaml", server(OLD_AMI), server(NEW_AMI))
            self.assertEqual(self.on(host, "--status").status, 0)
            # A status on a fork of GitHub is not shown with the pull request; elsewhere it is.
            expected = host.TARGET if host.KIND == "github" else host.FORK
            self.assertEqual([s[:2] for s in host.statuses], [(expected, HEAD)])

    def test_gitlab_refuses_what_is_there_already(self):
        host = self.host(GitLab)
        host.change("web.yaml", "web.yaml", server(OLD_AMI), server(NEW_AMI))
        for _ in range(2):
            run = self.on(host, "--status")
            self.assertEqual(run.status, 0, run.err)
        self.assertEqual(len(host.statuses), 1)
        # Stuck in another state: then the commit shows what is not so.
        host.refusals = [("POST", "/statuses/", reply({"message": "Cannot transition status via :succeed from :failed"}, 400))]
        self.assertEqual(self.on(host, "--status").status, 4)

    def test_an_old_data_center(self):
        host = self.host(BitbucketDataCenter)
        host.old_builds = True
        host.change("web.yaml", "web.yaml", server(OLD_AMI), server(NEW_AMI))
        self.assertEqual(self.on(host, "--status").status, 0)
        self.assertEqual([s[1] for s in host.statuses], [HEAD])

    def test_a_connection_cut(self):
        for host in self.each_host():
            part = "/builds" if host.KIND == "bitbucket-data-center" else "/statuses/"
            host.refusals = [("POST", part, Answer(drop=True))]
            self.assertEqual(self.on(host, "--status").status, 0)
            self.assertEqual(len(host.statuses), 1)

    def test_no_right_to_write(self):
        for host in self.each_host():
            host.may_write = False
            run = self.on(host, "--status", "--comment", "--format", "json")
            self.assertEqual(run.status, 4)
            self.assertEqual(len(run.review["ami_changes"]), 1)
            self.assertIn("the comment could not be written", run.err)
            self.assertIn("the status", run.err)


class NothingWritten(HostTest):
    def test_dry_run(self):
        for host in self.each_host():
            run = self.on(host, "--dry-run", "--comment", "--status")
            self.assertEqual(run.status, 0, run.err)
            self.assertIn(f"would set the status patchbot/cfn of {HEAD} to success: 1 AMI changes", run.err)
            self.assertIn(MARKER, run.err)
            self.assertFalse([r for r in host.requests if r.method in WRITES])

    def test_check(self):
        for host in self.each_host():
            run = self.on(host, "--check", "--comment", "--status")
            self.assertEqual(run.status, 0, run.out + run.err)
            self.assertNotIn("FAIL", run.out)
            host.may_write = False
            run = self.on(host, "--check")
            if host.KIND in ("github", "gitlab"):  # the others do not tell before one writes
                self.assertEqual(run.status, 4)
                self.assertIn("FAIL  the right to write", run.out)
            run = self.on(host, "--check", tokens="another-one")
            self.assertEqual(run.status, 4)
            self.assertIn("FAIL  the pull request", run.out)
            self.assertFalse([r for r in host.requests if r.method in WRITES])

    def test_flags_that_do_not_go_together(self):
        (self.folder / "a.yaml").write_bytes(server(OLD_AMI))
        for flags in (["--head", "a.yaml", "--pr", "https://github.com/a/b/pull/1"], ["--base", "a.yaml"],
                      ["--head", "a.yaml", "--comment"], ["--head", "a.yaml", "--check"], []):
            self.assertEqual(self.run_tool(*flags).status, 2, flags)
        # A folder that was named is compared, whatever Jenkins has set.
        self.assertEqual(self.run_tool("--head", "a.yaml", CHANGE_URL="https://nowhere.example/x").status, 0)


if __name__ == "__main__":
    unittest.main()
