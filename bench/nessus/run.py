#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How much memory nessus-run needs for a large fleet, against a Nessus on loopback whose time runs fast.

usage: run.py FAKE_NESSUS NESSUS_RUN [--targets NUMBER] [--shards NUMBER]

Prints a Markdown table; nothing is required here."""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

KEYS = {"PATCHBOT_NESSUS_ACCESS_KEY": "fake-access-key-0123456789", "PATCHBOT_NESSUS_SECRET_KEY": "fake-secret-key-0123456789"}
# A small process in between: the kernel counts the memory of whoever calls exec, too.
MEASURE = ("import os,resource,sys,time\n"
           "t=time.monotonic()\n"
           "s=os.spawnv(os.P_WAIT,sys.argv[1],sys.argv[1:])\n"
           "w=time.monotonic()-t\n"
           "print(s,w,resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,file=open(os.environ['REPORT'],'w'))\n")


def measured(folder, command):
    report = folder / "measured"
    subprocess.run([sys.executable, "-c", MEASURE, *command], check=True, cwd=folder, stderr=subprocess.DEVNULL,
                   env=os.environ | KEYS | {"REPORT": str(report)})
    status, seconds, peak = report.read_text().split()
    if status != "0":
        sys.exit(f"{' '.join(command)}: exit status {status}")
    return float(seconds), int(peak) / 1024


def scanned(file):
    return len(re.findall(rb"<ReportHost ", file.read_bytes()))


def row(name, runs, hosts):
    print(f"| {name} | {max(s for s, _ in runs):.1f} | {max(p for _, p in runs):.1f} | {hosts} |")


def main(options):
    tool = str(options.tool.resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "targets").write_text("".join(
            f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}\n" for n in range(options.targets)))
        fake = subprocess.Popen([options.fake.resolve(), "manager", "--speed", "200000"], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)
        scan = [tool, "--url", fake.stdout.readline().strip(), "--targets", "targets", "--poll", "1", "--deadline", "3600"]
        print("| case | s, at most | peak MiB, at most | hosts |\n| --- | ---: | ---: | ---: |")
        shards = [f"shard-{n}" for n in range(1, options.shards + 1)]
        runs = [measured(folder, [*scan, "--shard", f"{n}/{options.shards}", "--output", shard])
                for n, shard in enumerate(shards, 1)]
        row(f"{options.targets} targets, each of {options.shards} shards", runs,
            sum(scanned(folder / shard) for shard in shards))
        row("their merge", [measured(folder, [tool, "merge", "--output", "all", *shards])], scanned(folder / "all"))
        per_scan = str(options.targets // options.shards)
        row(f"{options.targets} targets, {per_scan} in a scan",
            [measured(folder, [*scan, "--max-hosts-per-scan", per_scan, "--output", "parts"])], scanned(folder / "parts"))
        row(f"{options.targets} targets in one scan", [measured(folder, [*scan, "--output", "one"])], scanned(folder / "one"))
        fake.communicate("")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fake", type=pathlib.Path)
    parser.add_argument("tool", type=pathlib.Path)
    parser.add_argument("--targets", type=int, default=100_000)
    parser.add_argument("--shards", type=int, default=20)
    main(parser.parse_args())
