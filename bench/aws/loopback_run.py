# SPDX-License-Identifier: Apache-2.0
"""Runs a tool against an AWS on loopback that verifies signatures, and measures its time and memory."""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "aws"))

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


@dataclass
class Run:
    status: int
    seconds: float
    mib: float
    calls: list
    output: str


def ids_of(accounts):
    return [f"{100000000000 + n}" for n in range(accounts)]


def run(command, fleet, ids, latency):
    """Runs the tool once; latency is in seconds, of each call."""
    with tempfile.TemporaryDirectory() as name, SlowServer({"AKIABASE": BASE}, fleet) as aws:
        folder = pathlib.Path(name)
        aws.latency = latency
        (folder / "patchbot.yaml").write_text(
            "schema: patchbot.config/1\naws: { accounts: [ " + ", ".join(f'{{ id: "{i}" }}' for i in ids) + " ] }\n")
        environment = {"PATH": os.environ["PATH"], "AWS_ENDPOINT_URL": aws.url, "AWS_ACCESS_KEY_ID": "AKIABASE",
                       "AWS_SECRET_ACCESS_KEY": BASE.secret, "AWS_REGION": "eu-west-1", "REPORT": "report"}
        arguments = [sys.executable, "-S", "-c", MEASURE, os.path.abspath(command[0]), "--quiet", "--config",
                     "patchbot.yaml", "--output", "output", *command[1:]]
        subprocess.run(arguments, cwd=folder, env=environment, check=True)
        status, seconds, kib = (folder / "report").read_text().split()
        if aws.violations:
            raise SystemExit(f"wrongly signed: {aws.violations[:3]}")
        return Run(int(status), float(seconds), int(kib) / 1024, aws.calls, (folder / "output").read_text())


def arguments_of(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--latency", type=float, default=50, help="milliseconds per call")
    parser.add_argument("--machines", type=int, default=100_000, help="of the large fleet")
    return parser.parse_args()


def table_head():
    return "| case | s | peak MiB | calls | ms per call |\n| --- | ---: | ---: | ---: | ---: |"


def table_row(name, result, latency):
    return f"| {name} | {result.seconds:.2f} | {result.mib:.1f} | {len(result.calls)} | {latency * 1000:.0f} |"
