#!/usr/bin/env python3
"""Check documents against the JSON Schemas of PatchBot.

usage: validate.py SCHEMA_DIR FILE...

A document names its schema in its field "schema". FILE is JSON, JSON Lines or YAML (*.yaml, *.yml).
Exit status: 0 all agree, 1 a document disagrees, 2 nothing to check or wrong usage.
"""
import collections
import datetime
import json
import pathlib
import re
import sys

import jsonschema
import yaml

MAX_ERRORS = 10
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+")

# jsonschema checks these formats only if further packages are installed, so we bring our own.
FORMATS = jsonschema.FormatChecker()


@FORMATS.checks("date-time", ValueError)
def is_time(value):
    if not isinstance(value, str):
        return True
    whole_seconds = re.sub(r"\.\d+", "", value)
    return bool(TIME.fullmatch(value) and datetime.datetime.fromisoformat(whole_seconds))


@FORMATS.checks("date", ValueError)
def is_date(value):
    return not isinstance(value, str) or bool(DATE.fullmatch(value) and datetime.date.fromisoformat(value))


@FORMATS.checks("uri")
def is_uri(value):
    return not isinstance(value, str) or bool(URI.fullmatch(value))


def without_duplicates(pairs):
    names = collections.Counter(name for name, _ in pairs)
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise ValueError(f"key {twice[0]!r} appears twice")
    return dict(pairs)


def no_constant(word):
    raise ValueError(f"{word} is not JSON")


def from_json(text):
    return json.loads(text, object_pairs_hook=without_duplicates, parse_constant=no_constant)


class PlainLoader(yaml.SafeLoader):
    """YAML where a date stays text and no key appears twice."""

    def construct_mapping(self, node, deep=False):
        without_duplicates([(str(key.value), None) for key, _ in node.value])
        return super().construct_mapping(node, deep)


PlainLoader.yaml_implicit_resolvers = {
    first: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def is_whole_json(line):
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def documents(path):
    """Yields (line, document) for each document of the file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".yaml", ".yml"):
        yield from ((1, found) for found in yaml.load_all(text, PlainLoader) if found is not None)
        return
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if lines and is_whole_json(lines[0][1]):
        for number, line in lines:
            try:
                yield number, from_json(line)
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from None
    elif lines:
        yield 1, from_json(text)


def load_schemas(folder):
    validators = {}
    for path in sorted(pathlib.Path(folder).glob("*.schema.json")):
        schema = from_json(path.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        name = schema["properties"]["schema"]["const"]
        validators[name] = jsonschema.Draft202012Validator(schema, format_checker=FORMATS)
    return validators


def errors_of(document, validators):
    """Yields (pointer, message) for each disagreement."""
    name = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(name, str) or name not in validators:
        yield "/schema", f"no such schema: {name!r}"
        return
    for error in sorted(validators[name].iter_errors(document), key=lambda e: [str(p) for p in e.absolute_path]):
        yield "".join(f"/{part}" for part in error.absolute_path) or "/", error.message[:300]


def check(path, validators):
    """Prints the result for one file and returns its exit status."""
    agreed, errors = collections.Counter(), []
    try:
        for line, document in documents(path):
            found = [f"{path}:{line}: {pointer}: {text}" for pointer, text in errors_of(document, validators)]
            errors += found
            if not found:
                agreed[document["schema"]] += 1
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        errors.append(f"{path}: {error}")
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    if errors:
        print(*errors[:MAX_ERRORS], sep="\n")
        print(f"{path}: {len(errors)} disagreements")
        return 1
    if not agreed:
        print(f"{path}: no document", file=sys.stderr)
        return 2
    for name, count in agreed.items():
        print(f"{path}: {count} documents agree with {name}")
    return 0


def main(arguments):
    if len(arguments) < 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        validators = load_schemas(arguments[0])
    except (OSError, ValueError, KeyError, jsonschema.SchemaError) as error:
        print(f"{arguments[0]}: bad schema: {error}", file=sys.stderr)
        return 2
    if not validators:
        print(f"{arguments[0]}: no *.schema.json", file=sys.stderr)
        return 2
    return max([check(pathlib.Path(name), validators) for name in arguments[1:]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
