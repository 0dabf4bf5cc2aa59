#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long ec2-targets takes and how much memory, against an AWS on loopback that verifies signatures.

usage: run.py EC2_TARGETS [--latency MILLISECONDS] [--machines NUMBER]     (needs botocore, see tests/requirements.txt)

Prints a Markdown table; nothing is required here.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "aws"))

from servers.fleet import Card, Fleet, Machine  # noqa: E402
from servers.verifying_server import Principal, VerifyingServer  # noqa: E402

BASE = Principal("100000000000", "secret", None)
REGIONS = ["eu-central-1", "eu-west-1", "us-east-1", "us-west-2"]
# A small process in between: the kernel counts the memory of whoever calls exec, too.
MEASURE = ("import os,resource,sys,time\n"
           "t=time.monotonic()\n"
           "s=os.spawnv(os.P_WAIT,sys.argv[1],sys.argv[1:])\n"
           "w=time.monotonic()-t\n"
           "print(s,w,resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,file=open(os.environ['REPORT'],'w'))\n")


class SlowServer(VerifyingServer):
    latency = 0.0

    def answer(self, request):
        time.sleep(self.latency)
        return super().answer(request)


def fleet_of(machines, accounts):
    fleet = Fleet()
    ids = [f"{100000000000 + n}" for n in range(accounts)]
    places = [(account, region) for account in ids for region in REGIONS]
    for place in places:
        fleet.machines[place] = []
    for n in range(machines):
        address = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
        fleet.add(*places[n % len(places)], Machine(
            f"i-{n:017x}", [Card([(address, None)], [f"2001:db8::{n:x}"])], ami=f"ami-{n % 50:017x}",
            tags={"Name": f"service-{n % 400}", "team": f"team-{n % 20}", "service": f"service-{n % 400}",
                  "environment": "production", "aws:autoscaling:groupName": f"service-{n % 400}-asg",
                  "aws:cloudformation:stack-name": f"service-{n % 400}"}))
    fleet.images = {f"ami-{n:017x}": f"service-2026.11.{n:02}" for n in range(50)}
    for account in ids:
        fleet.add_role(account)
        for region in REGIONS:
            fleet.inspector[account, region] = {"status": "ENABLED"}
    return fleet, ids


def measure(binary, machines, accounts, latency, arguments):
    fleet, ids = fleet_of(machines, accounts)
    with tempfile.TemporaryDirectory() as name, SlowServer({"AKIABASE": BASE}, fleet) as aws:
        folder = pathlib.Path(name)
        aws.latency = latency
        (folder / "patchbot.yaml").write_text(
            "schema: patchbot.config/1\naws: { accounts: [ " + ", ".join(f'{{ id: "{i}" }}' for i in ids) + " ] }\n")
        environment = {"PATH": os.environ["PATH"], "AWS_ENDPOINT_URL": aws.url, "AWS_ACCESS_KEY_ID": "AKIABASE",
                       "AWS_SECRET_ACCESS_KEY": BASE.secret, "AWS_REGION": "eu-west-1", "REPORT": "report"}
        command = [sys.executable, "-S", "-c", MEASURE, binary, "--quiet", "--config", "patchbot.yaml",
                   "--output", "list.json", *arguments]
        subprocess.run(command, cwd=folder, env=environment, check=True)
        status, seconds, kib = (folder / "report").read_text().split()
        if status != "0" or aws.violations:
            raise SystemExit(f"ec2-targets ended with {status}; {aws.violations[:3]}")
        listed = len(json.loads((folder / "list.json").read_text())["targets"])
        if listed != machines:
            raise SystemExit(f"{listed} machines are listed, not {machines}")
        return float(seconds), int(kib) / 1024, len(aws.calls)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--latency", type=float, default=50, help="milliseconds per call")
    parser.add_argument("--machines", type=int, default=100_000, help="of the large fleet")
    options = parser.parse_args()
    binary = os.path.abspath(options.binary)
    wait = options.latency / 1000
    cases = [("400 machines, 20 accounts x 4 regions", 400, 20, wait, []),
             ("the same with coverage", 400, 20, wait, ["--with-coverage"]),
             (f"{options.machines} machines, 5 accounts x 4 regions", options.machines, 5, 0.0, []),
             (f"{options.machines} machines, 1 account", options.machines, 1, 0.0, [])]
    print("| case | s | peak MiB | calls | ms per call |\n| --- | ---: | ---: | ---: | ---: |")
    for name, machines, accounts, latency, arguments in cases:
        seconds, peak, calls = measure(binary, machines, accounts, latency, arguments)
        print(f"| {name} | {seconds:.2f} | {peak:.1f} | {calls} | {latency * 1000:.0f} |", flush=True)


if __name__ == "__main__":
    main()
