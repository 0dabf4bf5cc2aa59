#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long ami-update-status takes and how much memory, against an AWS on loopback that verifies signatures.

usage: ami_update_status.py AMI_UPDATE_STATUS [--latency MILLISECONDS] [--machines NUMBER]     (needs botocore, see
tests/requirements.txt)

Prints a Markdown table. Ends with an error if the tool lists anything twice for an account and region, or tells of other
servers than there are.
"""
import collections
import json

from loopback_run import REGIONS, arguments_of, ids_of, run, table_head, table_row  # first: it finds the servers

from servers.fleet import Card, Machine
from servers.status_fleet import StatusFleet, image

BAKES = 8  # of each family, a week apart


def ami_of(family, bake, region):
    return f"ami-{REGIONS.index(region):x}{family:012x}{bake:04x}"


def fleet_of(machines, accounts, services):
    fleet, ids = StatusFleet(), ids_of(accounts)
    for region in REGIONS:
        fleet.listed[region] = [
            image(ami_of(family, bake, region), f"acme-family{family}x-2026.10.{bake + 1:02}",
                  f"2026-10-{bake + 1:02}T04:00:00.000Z", ids[0])
            for family in range(services) for bake in range(BAKES)]
    places = [(account, region) for account in ids for region in REGIONS]
    for place in places:
        fleet.machines[place] = []
    for n in range(machines):
        place, service = places[n % len(places)], (n // len(places) + 7 * (n % len(places))) % services
        name = f"service{service}x-production"
        bake = BAKES - 1 - service % 3
        is_late = service % 10 == 0 and n % 7 == 0  # so that every tenth service is mixed
        ami = ami_of(service, bake - is_late, place[1])
        fleet.groups[place].setdefault(name, ami_of(service, bake, place[1]))
        address = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
        fleet.add(*place, Machine(f"i-{n:017x}", [Card([(address, None)])], ami=ami, tags={
            "Name": name, "team": f"team-{service % 20}", "service": f"service{service}x", "environment": "production",
            "aws:autoscaling:groupName": name, "aws:cloudformation:stack-name": name}))
    for account in ids:
        fleet.add_role(account)
    return fleet, ids


def check(result, fleet):
    machines = [one for all_there in fleet.machines.values() for one in all_there]
    services = {one.tags["service"] for one in machines}
    told = json.loads(result.output)
    running = sum(sum(stage["ami"]["instances"].values()) for service in told["services"]
                  for name, stage in service["stages"].items() if name != "baked")
    if result.status not in (0, 5) or len(told["services"]) != len(services) or running != len(machines):
        raise SystemExit(f"status {result.status}, {len(told['services'])} services, {running} servers")
    listings = collections.Counter()
    for call in result.calls:
        is_next = any(name.lower() == "nexttoken" for name in call.parameters)
        named = "AutoScalingGroupName" in call.parameters or call.filters()
        if not is_next and not named and not call.operation.startswith(("AssumeRole", "GetCaller")):
            listings[call.service, call.operation, call.account, call.region] += 1
    twice = [key for key, count in listings.items() if count > 1]
    if twice:
        raise SystemExit(f"listed twice: {twice[:3]}")


def main():
    options = arguments_of(__doc__)
    wait = options.latency / 1000
    cases = [("400 servers, 60 services, 20 accounts x 4 regions", 400, 20, 60, wait),
             (f"{options.machines} servers, 400 services, 5 accounts x 4 regions", options.machines, 5, 400, 0.0),
             (f"{options.machines} servers, 400 services, 1 account x 4 regions", options.machines, 1, 400, 0.0)]
    print(table_head())
    for name, machines, accounts, services, latency in cases:
        fleet, ids = fleet_of(machines, accounts, services)
        result = run([options.binary, "--format", "json", "--now", "2026-10-10T06:00:00Z"], fleet, ids, latency)
        check(result, fleet)
        print(table_row(name, result, latency), flush=True)


if __name__ == "__main__":
    main()
