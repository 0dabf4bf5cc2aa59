#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Make a JSON report large: repeat the items of its largest list until the file has so many megabytes.

usage: repeat.py REPORT LARGE MEGABYTES"""

import json
import sys


def lists_in(value, depth=0):
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield value
    if depth < 6:
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from lists_in(inner, depth + 1)


def main(report, large, megabytes):
    with open(report, encoding="utf-8-sig") as file:
        document = json.load(file)
    items = max(lists_in(document), key=lambda found: len(json.dumps(found)))
    once = list(items)
    for _ in range(int(float(megabytes) * 1e6 / len(json.dumps(once)))):
        items.extend(once)
    with open(large, "w", encoding="utf-8") as file:
        json.dump(document, file)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
