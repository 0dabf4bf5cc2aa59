# SPDX-License-Identifier: Apache-2.0
"""Run whole processes, note their time and true memory peak, and whether the machine was busy."""

import json
import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

BUSY_CORES = 0.15  # load by other processes from which a run counts as disturbed
TICKS_SECONDS = 0.05  # less than this is the inaccuracy of /proc/stat


@dataclass
class Case:
    """One command and its runs. The text `{out}` in an argument becomes a fresh directory."""

    name: str
    command: list
    rounds: int
    statuses: tuple = (0,)
    runs: list = field(default_factory=list)
    stdout: str = ""

    def median(self, key):
        return statistics.median(run[key] for run in self.runs)

    def disturbed(self):
        return sum(
            run["other"] > max(TICKS_SECONDS, BUSY_CORES * run["elapsed"]) for run in self.runs
        )


def busy_seconds():
    """CPU seconds that the whole machine has spent working since it started."""
    user, nice, system, _idle, _wait, irq, softirq, steal = map(
        int, Path("/proc/stat").read_text().split("\n")[0].split()[1:9]
    )
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def run_once(case, peak_rss):
    with tempfile.TemporaryDirectory(prefix="patchbot-bench-") as out:
        report = Path(out, "usage.json")
        command = [str(part).replace("{out}", out) for part in case.command]
        before, start = busy_seconds(), time.perf_counter()
        done = subprocess.run([peak_rss, report, *command], capture_output=True, text=True)
        elapsed, busy = time.perf_counter() - start, busy_seconds() - before
        usage = json.loads(report.read_text())
    if usage["status"] not in case.statuses:
        raise SystemExit(f"{case.name}: exit status {usage['status']}\n{done.stderr[-2000:]}")
    usage["cpu"] = usage["user"] + usage["system"]
    usage["elapsed"], usage["other"] = elapsed, max(0.0, busy - usage["cpu"])
    case.stdout = done.stdout
    return usage


def run_alternated(cases, peak_rss, progress):
    """One run of each case per round, so that a change of the machine's speed hits all of them."""
    for number in range(max(case.rounds for case in cases)):
        for case in cases:
            if number < case.rounds:
                progress(f"round {number + 1}: {case.name}")
                case.runs.append(run_once(case, peak_rss))


def start_up_seconds(command, runs=200):
    """Median time from posix_spawn until the command has ended."""
    times = []
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    for _ in range(runs):
        start = time.perf_counter()
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
        _, status = os.waitpid(pid, 0)
        times.append(time.perf_counter() - start)
        if status != 0:
            raise SystemExit(f"{' '.join(command)}: failed")
    return statistics.median(times)
