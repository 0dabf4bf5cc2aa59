# SPDX-License-Identifier: Apache-2.0
"""Clients that nobody here wrote use the fake Nessus, so that it is none of our imagination: pyTenable, and Perl's
Net::Nessus::REST. And nessus-run as a process, which is ended by a signal. clients_test.py FAKE-NESSUS NESSUS-RUN"""
import concurrent.futures
import io
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

import fake_server
from fake_server import KEYS, PASSWORD, USER
from middleman import Middleman
from tenable.io import TenableIO

PERL = r"""
use strict; use warnings; use Net::Nessus::REST;
my ($url, $user, $password, $file) = @ARGV;
my $nessus = Net::Nessus::REST->new(url => $url);
$nessus->create_session(username => $user, password => $password);
my $template = $nessus->get_template_id(name => 'basic', type => 'scan') or die "no template";
my $scan = $nessus->create_scan(uuid => $template, settings => {name => 'perl', text_targets => '10.0.0.1,10.0.0.2'});
$nessus->launch_scan(scan_id => $scan->{id});
while ($nessus->get_scan_status(scan_id => $scan->{id}) ne 'completed') { select(undef, undef, undef, 0.05); }
my $export = $nessus->export_scan(scan_id => $scan->{id}, format => 'nessus');
while ($nessus->get_scan_export_status(scan_id => $scan->{id}, file_id => $export) ne 'ready') {
    select(undef, undef, undef, 0.05);
}
$nessus->download_scan(scan_id => $scan->{id}, file_id => $export, filename => $file);
$nessus->destroy_session();
"""


def Fake(flavour, *options):
    return fake_server.Fake(FAKE, flavour, *options)


class Killer(Middleman):
    """Kills a process before its n-th request is passed on, or when it is done and not yet answered."""

    def __init__(self, url):
        super().__init__(url, self.count)
        self.lock = threading.Lock()

    def aim(self, start, request, is_done):
        with self.lock:
            self.process, self.left, self.moment = start(), request, is_done
        return self.process

    def count(self, method, path, is_done):
        with self.lock:
            self.left -= is_done == self.moment
            if self.left == 0 and is_done == self.moment:
                self.process.kill()


class Clients(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_pytenable(self):
        with Fake("cloud") as fake:
            tio = TenableIO(KEYS["ACCESS"], KEYS["SECRET"], url=fake.url, retries=0)
            scan = tio.scans.create(name="python", template="basic", targets=["10.0.0.1", "10.0.0.2"])
            tio.scans.launch(scan["id"])
            while tio.scans.results(scan["id"])["info"]["status"] != "completed":
                pass
            report = tio.scans.export(scan["id"], fobj=io.BytesIO()).read().decode()
            self.assertEqual(report.count("<ReportHost "), 2)
            self.assertEqual([one["name"] for one in tio.scans.list()], ["python"])
            self.assertEqual(fake.counts(), (1, 1))

    def test_pytenable_finds_agents_folders_and_bulk_exports(self):
        with Fake("cloud", "--agents", "web-1,web-2,web-3", "--silent", "web-2") as fake:
            tio = TenableIO(KEYS["ACCESS"], KEYS["SECRET"], url=fake.url, retries=0)
            group = tio.agent_groups.list()[0]
            self.assertEqual((group["name"], group["agents_count"]), ("production", 3))
            page = tio.agent_groups.details(group["id"], limit=2, offset=1)
            agents = [(one["name"], one["status"]) for one in page["agents"]]
            self.assertEqual(agents, [("web-2", "off"), ("web-3", "on")])
            self.assertEqual([one["name"] for one in tio.agents.list(limit=2)], ["web-1", "web-2", "web-3"])
            folder = tio.folders.create("weekly")
            self.assertIn((folder, "weekly", "custom"),
                          [(one["id"], one["name"], one["type"]) for one in tio.folders.list()])
            scan = tio.scans.create(name="agents", template="agent_basic", targets=[], agent_group_id=[group["uuid"]])
            tio.scans.launch(scan["id"])
            self.assertEqual([host["hostname"] for host in tio.scans.results(scan["id"])["hosts"]], ["web-1", "web-3"])
            found = [(one["asset"]["hostname"], one["plugin"]["id"]) for one in tio.exports.vulns(num_assets=50)]
            self.assertEqual(sorted(found), [(f"cloud-{n}", plugin) for n in (1, 2, 3) for plugin in (19506, 900001)])
            fixed = list(tio.exports.vulns(state=["FIXED"]))
            self.assertEqual([(one["state"], "last_fixed" in one) for one in fixed], [("FIXED", True)] * 3)

    def test_net_nessus_rest(self):
        if subprocess.run(["perl", "-MNet::Nessus::REST", "-e", "1"], capture_output=True).returncode != 0:
            self.skipTest("Perl's Net::Nessus::REST is not installed")
        with Fake("nessus6") as fake:
            report = self.folder / "perl.nessus"
            done = subprocess.run(["perl", "-e", PERL, fake.url, USER, PASSWORD, report], capture_output=True, text=True,
                                  timeout=60)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertEqual(report.read_text().count("<ReportHost "), 2)
            self.assertEqual(fake.counts(), (1, 1))

    def tool(self, fake, *arguments, hosts=2, folder=None):
        folder = folder or self.folder
        (folder / "targets").write_text("".join(f"10.0.0.{n}\n" for n in range(1, hosts + 1)))
        command = [TOOL, "--url", fake.url, "--targets", "targets", "--output", "r.nessus", "--poll", "1", *arguments]
        environment = {"PATH": os.environ["PATH"]} | {f"PATCHBOT_NESSUS_{k}_KEY": v for k, v in KEYS.items()}
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def test_the_tool_itself(self):
        for flavour in ("nessus6", "manager", "cloud"):
            with Fake(flavour) as fake:
                done = self.tool(fake)
                _, told = done.communicate(timeout=120)
                self.assertEqual(done.returncode, 0, told)
                self.assertEqual((self.folder / "r.nessus").read_text().count("<ReportHost "), 2)
                self.assertNotIn(KEYS["SECRET"], told)
                self.assertEqual(fake.counts(), (1, 1))

    def test_record_and_replay(self):
        with Fake("manager") as fake:
            told = self.tool(fake, "--record", "rec").communicate(timeout=120)[1]
            report = self.folder / "r.nessus"
            self.assertEqual(report.read_text().count("<ReportHost "), 2, told)
            fake.counts()
        for file in (self.folder / "rec").iterdir():
            for key in KEYS.values():
                self.assertNotIn(key, file.read_text())
        report.unlink()
        done = self.tool(fake, "--replay", "rec")
        told = done.communicate(timeout=120)[1]
        self.assertEqual(done.returncode, 0, told)
        self.assertEqual(report.read_text().count("<ReportHost "), 2)

    def wait_for_hosts(self, run):
        """Until it says how far the scan is."""
        lines = iter(run.stderr.readline, "")
        self.assertTrue(any("hosts done" in line for line in lines))

    def test_a_signal_stops_the_scan_and_what_was_found_comes(self):
        with Fake("manager") as fake:
            run = self.tool(fake, "--state", "s.json", hosts=250)
            self.wait_for_hosts(run)
            run.send_signal(signal.SIGTERM)
            _, told = run.communicate(timeout=120)
            self.assertEqual(run.returncode, -signal.SIGTERM, told)
            self.assertIn("interrupted: stopping the scan", told)
            self.assertTrue((self.folder / "r.nessus").read_text().endswith("</NessusClientData_v2>\n"))
            self.assertFalse((self.folder / "s.json").exists())

    def test_a_kill_leaves_what_the_next_call_goes_on_with(self):
        with Fake("cloud") as fake:
            run = self.tool(fake, "--state", "s.json", hosts=10)
            self.wait_for_hosts(run)
            run.kill()
            run.communicate()
            self.assertEqual([file.name for file in self.folder.iterdir() if "nessus" in file.name], [])
            again = self.tool(fake, "--state", "s.json", hosts=10)
            _, told = again.communicate(timeout=120)
            self.assertEqual(again.returncode, 0, told)
            self.assertIn("of an earlier call", told)
            self.assertEqual(fake.counts(), (1, 1))

    def test_kills_at_any_request_leave_one_scan_and_one_report(self):
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for story in [pool.submit(self.tell_of_kills, seed) for seed in range(12)]:
                story.result()

    def tell_of_kills(self, seed):
        chance = random.Random(seed)
        kills = [(chance.randint(1, 15), chance.random() < 0.5) for _ in range(chance.randint(1, 3))] + [(0, True)]
        folder = self.folder / str(seed)
        folder.mkdir()
        state, report, told = folder / "s.json", folder / "r.nessus", f"seed {seed}: {kills}\n"
        with Fake(("nessus6", "manager", "cloud")[seed % 3], "--speed", "300") as fake, Killer(fake.url) as server:
            for request, is_done in kills:
                call = server.aim(lambda: self.tool(server, "--state", "s.json", folder=folder), request, is_done)
                told += call.communicate(timeout=120)[1] + f"-- {call.returncode}\n"
                self.assertIn(call.returncode, (0, -signal.SIGKILL), told)
                if report.exists():
                    self.assertTrue(report.read_text().endswith("</NessusClientData_v2>\n"), told)
                    self.assertEqual(report.read_text().count("<ReportHost "), 2, told)
                    if not state.exists():
                        break  # all is done, whether or not the call could still say so
            self.assertTrue(report.exists() and not state.exists(), told)
            self.assertEqual(fake.counts(), (1, 1), told)


if __name__ == "__main__":
    FAKE, TOOL = (os.path.abspath(path) for path in (sys.argv.pop(1), sys.argv.pop(1)))
    unittest.main()
