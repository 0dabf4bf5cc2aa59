# SPDX-License-Identifier: Apache-2.0
"""The fields and types of JSON documents, and where those of two differ.

A shape is a set of words for the types of one place; where one of them is object or array, the places below have shapes
of their own, by path: "scans[].name". A field that not every object of a place has is optional there."""
import collections

WORDS = {type(None): "null", bool: "boolean", int: "number", float: "number", str: "string", dict: "object",
         list: "array"}


class Shape:
    def __init__(self):
        self.types = collections.defaultdict(set)
        self.fields = {}

    def learn(self, value, path=""):
        self.types[path].add(WORDS[type(value)])
        if isinstance(value, dict):
            always, ever = self.fields.get(path, (set(value), set()))
            self.fields[path] = (always & set(value), ever | set(value))
            for name, item in value.items():
                self.learn(item, f"{path}.{name}" if path else name)
        elif isinstance(value, list):
            for item in value:
                self.learn(item, path + "[]")
        return self


def differences(recorded, ours):
    """What our documents have otherwise than the recorded ones, as (path, words)."""
    for path in sorted(ours.types):
        if path not in recorded.types:
            if above(path) in recorded.types:  # of what no recording has, only the topmost is named
                yield path, "is in no recording"
        elif ours.types[path] - recorded.types[path]:
            yield path, f"is {words(ours.types[path])}, recorded {words(recorded.types[path])}"
    for path, (always, _) in sorted(recorded.fields.items()):
        if path in ours.fields:
            for name in sorted(always - ours.fields[path][0]):
                yield f"{path}.{name}" if path else name, "is missing"


def above(path):
    return path[:-2] if path.endswith("[]") else path.rpartition(".")[0]


def words(types):
    return " or ".join(sorted(types))
