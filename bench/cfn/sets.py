#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Time cfn-pr-checker on many sets of parameters for one large template: sets.py TOOL; see ../README.md.

Every set of SAM's settings chooses other AMIs for hundreds of servers, from a map of thousands. What most of the time goes
to must not grow with the sets: status 1 if all of them take more than LIMIT times as long as one."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 4
ROUNDS = 5


def template(servers, cells):
    lines = ["Parameters:", "  Track: { Type: String, Default: k0 }", "Mappings:", "  Images:"]
    lines += [f"    k{i}: {{ web: ami-0{i:016d} }}" for i in range(cells)]
    lines.append("Resources:")
    lines += [f"  Web{i}: {{ Type: 'AWS::EC2::LaunchTemplate', Properties: {{ LaunchTemplateData: "
              "{ ImageId: !FindInMap [Images, !Ref Track, web] } } }" for i in range(servers)]
    return "\n".join(lines) + "\n"


def settings(sets, first, cells):
    return "".join(f"[e{i}.deploy.parameters]\nparameter_overrides = 'Track=k{(first + i) % cells}'\n" for i in range(sets))


def write(folder, sets, options):
    for side, first in (("base", 0), ("head", options.cells // 2)):
        (folder / side).mkdir(parents=True)
        (folder / side / "template.yaml").write_text(template(options.servers, options.cells))
        (folder / side / "samconfig.toml").write_text(settings(sets, first, options.cells))


def seconds(tool, folder, sets):
    best = None
    for _ in range(ROUNDS):
        start = time.monotonic()
        done = subprocess.run([tool, "--base", folder / "base", "--head", folder / "head", "--format", "json"],
                              capture_output=True, check=False)
        taken = time.monotonic() - start
        best = taken if best is None else min(best, taken)
    told = json.loads(done.stdout)["ami_changes"]
    if len(told) != sets or not all(one["arriving"] and one["leaving"] for one in told):
        raise SystemExit(f"{len(told)} of {sets} AMI changes are told: the time means nothing")
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tool", type=Path, help="cfn-pr-checker")
    parser.add_argument("--sets", type=int, default=190)
    parser.add_argument("--servers", type=int, default=400)
    parser.add_argument("--cells", type=int, default=2000)
    options = parser.parse_args()
    taken = {}
    with tempfile.TemporaryDirectory(prefix="patchbot-bench-") as scratch:
        for sets in (1, options.sets):
            write(Path(scratch) / str(sets), sets, options)
            taken[sets] = seconds(options.tool, Path(scratch) / str(sets), sets)
    ratio = taken[options.sets] / taken[1]
    for sets, time_taken in taken.items():
        print(f"{sets} sets, {options.servers} servers, {options.cells} cells: {time_taken:.3f} s")
    print(f"ratio {ratio:.1f}, wanted at most {LIMIT}")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
