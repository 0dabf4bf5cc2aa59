#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What cfn-pr-checker reads from the hosts of pull requests."""
import unittest

from fakes import GitHub, HEAD, TIP, reply
from servers.loopback import Answer
from support import HostTest, NEW_AMI, OLD_AMI, bumps, server

BUMP = ("web.yaml", OLD_AMI, NEW_AMI)
FAR = "4102444800"  # the first second of 2100


class Reading(HostTest):
    def test_added_renamed_removed_over_several_pages(self):
        for host in self.each_host():
            host.change(None, "new dir/ü#?.yml", None, server(NEW_AMI))
            host.change("old.template", "moved/new.template", server(OLD_AMI), server(NEW_AMI))
            host.change("gone.json", None, server(OLD_AMI), None)
            host.change("README.md", "README.md", b"x", b"y")
            # What the branch of the target has become meanwhile is no change of the pull request.
            host.contents[host.TARGET, TIP, "web.yaml"] = server("ami-0aaaaaaaaaaaaaaaa", "m5.large")
            run = self.on(host, "--format", "json")
            self.assertEqual(bumps(run), sorted([
                BUMP, ("new dir/ü#?.yml", None, NEW_AMI), ("moved/new.template", OLD_AMI, NEW_AMI),
                ("gone.json", OLD_AMI, None)]), run.err)
            self.assertFalse([r for r in host.requests if "README" in r.target])
            self.assertEqual((host.comments, host.statuses), ([], []))

    def test_a_bump_alone_is_clean(self):
        for host in self.each_host():
            run = self.on(host)
            self.assertEqual(run.status, 0, run.err)
            self.assertIn(f"{OLD_AMI} -> {NEW_AMI}", run.out)

    def test_change_url_is_the_default(self):
        for host in self.each_host():
            run = self.run_tool(*self.config_of(host), "--format", "json", CHANGE_URL=host.pr)
            self.assertEqual(bumps(run), [BUMP], run.err)

    def test_a_fork(self):
        for host in self.each_host():
            host.contents.clear()
            host.changes.clear()
            host.source = host.FORK
            host.change("web.yaml", "web.yaml", server(OLD_AMI), server(NEW_AMI))
            self.assertEqual(bumps(self.on(host, "--format", "json")), [BUMP])

    def test_a_fork_that_may_not_be_read(self):
        for host in self.each_host():
            host.source = host.FORK
            host.unreadable = {host.FORK}
            if host.KIND == "bitbucket":
                continue  # there the commits of forks are in the fork alone
            self.assertEqual(bumps(self.on(host, "--format", "json")), [BUMP])

    def test_a_fork_that_is_gone(self):
        host = self.host(GitHub)
        host.change("web.yaml", "web.yaml", server(OLD_AMI), server(NEW_AMI))
        host.contents = {(host.TARGET, commit, path): v for (_, commit, path), v in host.contents.items()}
        host.source = None
        self.assertEqual(bumps(self.on(host, "--format", "json")), [BUMP])

    def test_large_files(self):
        for host in self.each_host():
            padding = b"# " + b"x" * 2_000_000 + b"\n"
            host.change("big.yaml", "big.yaml", padding + server(OLD_AMI), padding + server(NEW_AMI))
            self.assertEqual(bumps(self.on(host, "--format", "json"))[0], ("big.yaml", OLD_AMI, NEW_AMI))
            host.change("huge.yaml", "huge.yaml", server(OLD_AMI), padding * 3 + server(NEW_AMI))
            run = self.on(host, "--status")
            self.assertEqual(run.status, 1, run.err)
            self.assertIn("huge.yaml:1  fail: larger than 4 MiB", run.out)
            self.assertEqual([host.state(s[2]) for s in host.statuses], ["bad"])

    def test_an_incomplete_list_is_an_error(self):
        for host in self.each_host():
            host.hidden = 1
            run = self.on(host, "--status", "--comment")
            self.assertEqual((run.status, run.out), (4, ""), run.err)
            self.assertIn("the changed files", run.err)
            self.assertEqual([host.state(s[2]) for s in host.statuses], ["bad"])
            self.assertEqual(host.comments, [])

    def test_no_template_changes(self):
        for host in self.each_host():
            host.changes.clear()
            host.change("README.md", "README.md", b"x", b"y")
            run = self.on(host, "--comment", "--status")
            self.assertEqual((run.status, host.comments), (0, []), run.err)
            self.assertEqual([host.state(s[2]) for s in host.statuses], ["good"])

    def test_odd_content_counts_where_the_host_confirms_it(self):
        said = b'{"message": "hello", "status": "1"}'
        for host in self.each_host():
            host.change(None, "empty.yaml", None, b"")
            host.change("said.json", "said.json", said, said + b"\n")
            run = self.on(host)
            self.assertEqual(run.status, 0, run.out + run.err)
            host.tells_facts = False
            run = self.on(host)
            self.assertEqual(run.status, 1, run.out + run.err)
            self.assertIn("empty.yaml:1  fail: is not checked: the host gives nothing as its content", run.out)
            self.assertIn("said.json:1  fail: is not checked: the host gives an error as its content", run.out)

    def test_a_file_that_cannot_be_had(self):
        for host in self.each_host():
            host.contents.clear()
            run = self.on(host, "--status")
            self.assertEqual((run.status, run.out), (4, ""), run.err)
            self.assertEqual([host.state(s[2]) for s in host.statuses], ["bad"])


class Trouble(HostTest):
    def test_the_host_wants_a_pause(self):
        for host in self.each_host():
            for status, headers in ((429, {"Retry-After": "0"}), (503, {"Retry-After": "0"})):
                host.refusals = [("GET", "web.yaml", reply({}, status, headers)),
                                 ("GET", "7", reply({}, status, headers))]
                self.assertEqual(bumps(self.on(host, "--format", "json")), [BUMP])
                self.assertEqual(host.refusals, [])

    def test_github_refuses_with_403(self):
        host = self.host(GitHub)
        host.change("web.yaml", "web.yaml", server(OLD_AMI), server(NEW_AMI))
        used_up = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"}  # over since 1970
        host.refusals = [("GET", "/pulls/7", reply({}, 403, {"Retry-After": "0"})),
                         ("GET", "/files", reply({}, 403, used_up))]
        self.assertEqual(bumps(self.on(host, "--format", "json")), [BUMP])
        self.assertEqual(host.refusals, [])

    def test_a_long_pause_is_a_failure_that_says_until_when(self):
        for host in self.each_host():
            host.refusals = [("GET", "web.yaml", reply({}, 429, {"X-RateLimit-Reset": FAR, "Retry-After": "86400"}))]
            run = self.on(host)
            self.assertEqual(run.status, 4)
            self.assertRegex(run.err, r"the host wants none before 20\d\d-\d\d-\d\dT")

    def test_cut_connections(self):
        for host in self.each_host():
            host.refusals = [("GET", "7", Answer(drop=True)), ("GET", "web.yaml", Answer(b"Resour", send=3))]
            self.assertEqual(bumps(self.on(host, "--format", "json")), [BUMP])

    def test_nonsense(self):
        for host in self.each_host():
            for body in (b"<html>sign in</html>", b"[" * 200_000, b"{}", b"[]", b"null"):
                host.refusals = [("GET", "7", Answer(body, 200))]
                run = self.on(host)
                self.assertEqual(run.status, 4, run.err)
                self.assertEqual(run.err.count("\n"), 1, run.err)

    def test_commits_that_come_meanwhile(self):
        for host in self.each_host():
            host.heads = [HEAD, "d4" * 20]
            run = self.on(host, "--status")
            self.assertEqual(run.status, 4, run.err)
            self.assertNotIn("good", [host.state(status[2]) for status in host.statuses])
            # Two of them are asked about the new commit first, which these hosts do not have.
            self.assertRegex(run.err, "changed while it was read|HTTP status 404")

    def test_a_page_to_sign_in_is_no_template(self):
        for host in self.each_host():
            page = Answer(b"<!DOCTYPE html><p>Sign in", 200, {"Content-Type": "text/html; charset=utf-8"})
            host.raw = lambda *_: page
            run = self.on(host, "--status")
            self.assertEqual(run.status, 4, run.err)
            self.assertIn("HTML page", run.err)

    def test_a_host_that_gives_the_token_back(self):
        for host in self.each_host():
            host.refusals = [("GET", "7", reply({"message": f"bad credentials: Bearer {host.TOKEN}"}, 403))] * 9
            run = self.on(host, "--record", host.KIND)  # which looks for the token in what it says
            self.assertEqual(run.status, 4, run.err)
            for file in (self.folder / host.KIND).iterdir():
                self.assertNotIn(host.TOKEN, file.read_text())

    def test_a_wrong_token(self):
        for host in self.each_host():
            run = self.on(host, tokens="another-one")
            self.assertEqual(run.status, 4)
            self.assertRegex(run.err, "the token of PATCHBOT_(GITHUB|GITLAB|BITBUCKET)_TOKEN")


class Tokens(HostTest):
    def stranger(self):
        host = self.host(GitHub)
        return host

    def test_a_host_that_is_not_configured_is_not_asked(self):
        for host in self.each_host():
            for config in ([], self.config_of(self.stranger())):
                run = self.run_tool(*config, "--pr", host.pr)
                self.assertEqual(run.status, 2)
                self.assertIn("pull_requests: { hosts: [{ kind: " + host.KIND, run.err)
            self.assertEqual(host.requests, [])

    def test_redirects_to_elsewhere_are_not_followed(self):
        for host in self.each_host():
            other = self.stranger()
            for part in ("7", "web.yaml"):
                for status in (301, 302, 307):
                    host.refusals = [("GET", part, Answer(b"", status, {"Location": other.url + "/2.0/x"}))]
                    run = self.on(host)
                    self.assertEqual(run.status, 4, run.err)
                    self.assertIn("elsewhere", run.err)
            self.assertEqual(other.requests, [])

    def test_a_next_page_elsewhere_is_not_asked_for(self):
        for host in self.each_host():
            other = self.stranger()
            if host.KIND != "bitbucket":
                continue
            page = reply({"values": [], "next": other.url + "/2.0/repositories/x"})
            host.refusals = [("GET", "/diffstat/", page)]
            self.assertEqual(self.on(host).status, 4)
            self.assertEqual(other.requests, [])

    def test_a_token_in_a_file(self):
        for host in self.each_host():
            name = "PATCHBOT_" + ("BITBUCKET" if "bitbucket" in host.KIND else host.KIND.upper()) + "_TOKEN_FILE"
            (self.folder / "token").write_text(host.TOKEN + "\n")
            run = self.on(host, "--format", "json", tokens="", **{name: str(self.folder / "token")})
            self.assertEqual(bumps(run), [BUMP], run.err)
            run = self.on(host, tokens="", **{name: str(self.folder / "missing")})
            self.assertEqual(run.status, 2)

    def test_a_token_with_a_line_end_is_refused(self):
        for host in self.each_host():
            run = self.on(host, tokens="abc\r\nX-Evil: 1")
            self.assertEqual((run.status, host.requests), (2, []))

    def test_nothing_is_written_without_a_token(self):
        for host in self.each_host():
            run = self.on(host, "--comment", tokens="")
            self.assertEqual((run.status, host.requests), (2, []))
            self.assertRegex(run.err, "PATCHBOT_.*_TOKEN is not set")

    def test_a_recording_holds_no_token_and_replays(self):
        for host in self.each_host():
            for n in range(3):
                host.change(f"{n}.yaml", f"{n}.yaml", server(OLD_AMI), server(NEW_AMI))
            tape = self.folder / host.KIND
            flags = (*self.config_of(host), "--comment", "--status", "--check")[:-1]
            first = self.run_tool(*flags, "--pr", host.pr, "--record", str(tape))
            self.assertEqual(first.status, 0, first.err)
            self.assertEqual(len(host.comments), 1)
            for file in tape.iterdir():
                self.assertNotIn(host.TOKEN.encode(), file.read_bytes())
            host.requests.clear()
            second = self.run_tool(*flags, "--replay", str(tape), tokens="")
            self.assertEqual((second.status, second.out, host.requests), (0, first.out, []), second.err)


if __name__ == "__main__":
    unittest.main()
