#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long ec2-targets takes and how much memory, against an AWS on loopback that verifies signatures.

usage: ec2_targets.py EC2_TARGETS [--latency MILLISECONDS] [--machines NUMBER]     (needs botocore, see
tests/requirements.txt)

Prints a Markdown table; nothing is required here.
"""
import json

from loopback_run import REGIONS, arguments_of, ids_of, run, table_head, table_row  # first: it finds the servers

from servers.fleet import Card, Fleet, Machine


def fleet_of(machines, accounts):
    fleet = Fleet()
    ids = ids_of(accounts)
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
    result = run([binary, *arguments], fleet, ids, latency)
    if result.status != 0:
        raise SystemExit(f"ec2-targets ended with {result.status}")
    listed = len(json.loads(result.output)["targets"])
    if listed != machines:
        raise SystemExit(f"{listed} machines are listed, not {machines}")
    return result


def main():
    options = arguments_of(__doc__)
    wait = options.latency / 1000
    cases = [("400 machines, 20 accounts x 4 regions", 400, 20, wait, []),
             ("the same with coverage", 400, 20, wait, ["--with-coverage"]),
             (f"{options.machines} machines, 5 accounts x 4 regions", options.machines, 5, 0.0, []),
             (f"{options.machines} machines, 1 account", options.machines, 1, 0.0, [])]
    print(table_head())
    for name, machines, accounts, latency, arguments in cases:
        result = measure(options.binary, machines, accounts, latency, arguments)
        print(table_row(name, result, latency), flush=True)


if __name__ == "__main__":
    main()
