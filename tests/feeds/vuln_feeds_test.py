# SPDX-License-Identifier: Apache-2.0
"""vuln-feeds against a server of our own on loopback: vuln_feeds_test.py VULN_FEEDS."""
import gzip
import http.server
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest
import zipfile

NOW = "2026-11-23T06:00:00Z"
TOOL = os.path.abspath(sys.argv.pop(1))


def kev(count=3, released="2026-11-20T17:04:19.9796Z"):
    entries = [{"cveID": f"CVE-2024-{1000 + n}", "dateAdded": "2024-05-30", "dueDate": "2024-06-20",
                "knownRansomwareCampaignUse": "Known" if n == 0 else "Unknown"} for n in range(count)]
    return json.dumps({"catalogVersion": released[:10], "dateReleased": released, "count": count,
                       "vulnerabilities": entries}).encode()


def epss(count=3, day="2026-11-22"):
    rows = "".join(f"CVE-2024-{1000 + n},0.{n % 9}5,0.5\n" for n in range(count))
    return f"#model_version:v2026.06.15,score_date:{day}T12:55:00Z\ncve,epss,percentile\n{rows}".encode()


def record(cve, exploitation):
    ssvc = {"type": "ssvc", "content": {"options": [{"Exploitation": exploitation}, {"Automatable": "Yes"},
                                                    {"Technical Impact": "total"}],
                                        "timestamp": "2026-11-01T00:00:00Z"}}
    return json.dumps({"containers": {"adp": [{"metrics": [{"other": ssvc}]}]}, "cveMetadata": {"cveId": cve}})


class Server(http.server.ThreadingHTTPServer):
    """Answers by path with (status, headers, body), or with a list of them, one after the other."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.asked = {}, []
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("User-Agent", "")))
        answer = self.server.answers.get(self.path, (404, {}, b""))
        status, headers, body = answer.pop(0) if isinstance(answer, list) else answer
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class VulnFeedsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.cache = self.folder / "feeds"
        self.server = Server()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def run_tool(self, *arguments):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        return subprocess.run([TOOL, "--cache", str(self.cache), "--now", NOW, *arguments], env=environment,
                              cwd=self.folder, capture_output=True, timeout=60, text=True)

    def check(self, status, *arguments):
        done = self.run_tool(*arguments)
        self.assertEqual(done.returncode, status, done.stderr + done.stdout)
        return done

    def serve(self, path, body, status=200, **headers):
        self.server.answers[path] = (status, {k.replace("_", "-"): v for k, v in headers.items()}, body)
        return self.server.url + path

    def rows(self, name):
        return [line.split("\t") for line in (self.cache / name).read_text().splitlines() if line[0] != "#"]

    def only_kev(self, url):
        return ["--kev", url, "--epss", "none", "--accept-small"]

    def test_all_three(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("vulnrichment/README.md", "hello")
            archive.writestr("vulnrichment/2024/1xxx/CVE-2024-1000.json", record("CVE-2024-1000", "Active"))
            archive.writestr("vulnrichment/2024/1xxx/CVE-2024-1001.json", record("CVE-2024-1001", "none"))
        self.check(0, "--kev", self.serve("/kev", kev()), "--epss", self.serve("/epss", gzip.compress(epss())),
                   "--ssvc", self.serve("/ssvc", packed.getvalue()), "--accept-small")
        self.assertEqual(self.rows("kev.tsv")[0], ["CVE-2024-1000", "2024-05-30", "2024-06-20", "known"])
        self.assertEqual(self.rows("epss.tsv")[2], ["CVE-2024-1002", "0.25", "0.5"])
        self.assertEqual(self.rows("ssvc.tsv"), [["CVE-2024-1000", "active", "yes", "total"],
                                                 ["CVE-2024-1001", "none", "yes", "total"]])
        self.assertEqual({path for path, _ in self.server.asked}, {"/kev", "/epss", "/ssvc"})
        self.assertTrue(all(agent.startswith("Mozilla/5.0") for _, agent in self.server.asked))
        self.assertEqual(sorted(p.name for p in self.cache.iterdir()), ["epss.tsv", "kev.tsv", "ssvc.tsv"])

    def test_redirect(self):
        self.serve("/dated", kev())
        self.check(0, *self.only_kev(self.serve("/current", b"", 302, Location="/dated")))
        self.assertEqual([path for path, _ in self.server.asked], ["/current", "/dated"])

    def test_busy_server(self):
        self.server.answers["/kev"] = [(503, {"Retry-After": "0"}, b""), (429, {"Retry-After": "0"}, b""),
                                       (200, {}, kev())]
        self.check(0, *self.only_kev(self.server.url + "/kev"))

    def test_what_fails_keeps_the_last_good_copy(self):
        self.check(0, *self.only_kev(self.serve("/kev", kev(20))))
        before = (self.cache / "kev.tsv").read_bytes()
        for body, status, words in ((b"", 404, "HTTP status 404"), (b"<html>", 200, "is a web page and no feed"),
                                    (kev(20)[:-30], 200, "the file ends"), (b"", 200, "is no KEV catalogue"),
                                    (gzip.compress(kev(20))[:-30], 200, "truncated"),
                                    (b"\x1f\x8b" + b"x" * 50, 200, "damaged gzip"),
                                    (b"PK\x03\x04" + b"x" * 50, 200, "zip"),
                                    (kev(20, "2027-01-01T00:00:00Z"), 200, "future"),
                                    (kev(0), 200, "no entries")):
            done = self.check(4, *self.only_kev(self.serve("/kev", body, status)))
            self.assertIn(words, done.stderr)
            self.assertIn("the last good copy stays", done.stderr)
            self.assertEqual((self.cache / "kev.tsv").read_bytes(), before)

    def test_shrunken(self):
        self.check(0, "--ssvc", self.table(20), "--kev", "none", "--epss", "none")
        done = self.check(4, "--ssvc", self.table(17), "--kev", "none", "--epss", "none")
        self.assertIn("has shrunk from 20 to 17", done.stderr)
        self.assertEqual(len(self.rows("ssvc.tsv")), 20)
        self.check(0, "--ssvc", self.table(18), "--kev", "none", "--epss", "none")
        self.check(0, "--ssvc", self.table(3), "--kev", "none", "--epss", "none", "--accept-small")
        self.assertEqual(len(self.rows("ssvc.tsv")), 3)

    def table(self, count):
        rows = "".join(f"CVE-2024-{1000 + n}\tpoc\tno\tpartial\n" for n in range(count))
        return self.serve("/ssvc", f"cve\texploitation\tautomatable\ttechnical_impact\n{rows}".encode())

    def test_older_and_stale(self):
        url = self.serve("/epss", epss(day="2026-11-10"))
        done = self.check(5, "--kev", "none", "--epss", url, "--accept-small")
        self.assertIn("12 days old", done.stderr)
        self.check(0, "--kev", "none", "--epss", url, "--accept-small", "--max-age", "0")
        self.serve("/epss", epss(day="2026-11-01"))
        self.assertIn("the one that is kept is newer", self.check(5, "--kev", "none", "--epss", url).stderr)

    def test_damaged_copy_is_replaced(self):
        self.cache.mkdir()
        (self.cache / "kev.tsv").write_text("half a li")
        self.check(3, "--kev", "none", "--epss", "none")
        self.check(0, *self.only_kev(self.serve("/kev", kev())))
        self.assertEqual(len(self.rows("kev.tsv")), 3)

    def test_check_writes_nothing(self):
        done = self.check(0, *self.only_kev(self.serve("/kev", kev())), "--check")
        self.assertIn("new, not written", done.stdout)
        self.assertFalse(self.cache.exists())
        self.check(4, *self.only_kev(self.server.url + "/none"), "--check")
        self.folder.joinpath("file").write_text("")
        self.cache = self.folder / "file" / "feeds"
        self.assertIn("cannot be written", self.check(2, *self.only_kev(self.server.url + "/kev"), "--check").stderr)

    def test_record_and_replay(self):
        url = self.serve("/epss", gzip.compress(epss()))
        flags = ["--kev", self.serve("/kev", kev()), "--epss", url, "--accept-small"]
        first = self.check(0, *flags, "--record", "recording")
        kept = {p.name: p.read_bytes() for p in self.cache.iterdir()}
        self.server.answers.clear()
        self.cache = self.folder / "again"
        self.assertEqual(self.check(0, *flags, "--replay", "recording").stdout, first.stdout)
        self.assertEqual({p.name: p.read_bytes() for p in self.cache.iterdir()}, kept)

    def test_nobody_listens(self):
        done = self.check(4, *self.only_kev("http://127.0.0.1:1/kev"))
        self.assertIn("there is no copy to go on with", done.stderr)


if __name__ == "__main__":
    unittest.main()
