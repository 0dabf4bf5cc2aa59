# SPDX-License-Identifier: Apache-2.0
"""Writes CloudFormation templates as JSON, read by PyYAML or Python's json: a second opinion on what a template says.

Scalars stay the text that the file has, as CloudFormation compares them; short tags become the long form.
"""
import json
import shutil

try:
    import yaml
except ImportError:
    yaml = None


def called(tag, value):
    name = tag[1:]
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in ("Ref", "Condition") else f"Fn::{name}": value}


def of_node(node):
    """A PyYAML node as plain lists, dicts and texts."""
    if isinstance(node, yaml.ScalarNode):
        value = node.value
    elif isinstance(node, yaml.SequenceNode):
        value = [of_node(item) for item in node.value]
    else:
        value = {key.value: of_node(item) for key, item in node.value}  # the last of equal keys wins
    return called(node.tag, value) if node.tag.startswith("!") else value


class Number(float):
    """A number that is written as it was read: 1.10 stays 1.10."""

    def __new__(cls, text):
        self = super().__new__(cls, text)
        self.text = text
        return self

    def __repr__(self):
        return self.text


def texts_only(value):
    if isinstance(value, dict):
        return {key: texts_only(item) for key, item in value.items()}
    if isinstance(value, list):
        return [texts_only(item) for item in value]
    return value.text if isinstance(value, Number) else {None: "null", True: "true", False: "false"}.get(value, value)


def read_template(text):
    if text.lstrip().startswith("{"):
        try:
            return texts_only(json.loads(text, parse_float=Number, parse_int=Number))
        except ValueError:
            pass  # YAML in flow style
    return of_node(yaml.compose(text, Loader=yaml.SafeLoader)) if yaml else None


def write_twins(files, base, head):
    """Copies each (name, path) below `base`, and its twin below `head`; how many have one."""
    written = 0
    for name, path in files:
        try:
            value = read_template(path.read_text(encoding="utf-8-sig"))
        except (yaml.YAMLError if yaml else ValueError, ValueError, RecursionError):
            continue
        if value is None:
            continue
        for side in (base, head):
            (side / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, base / name)
        (head / name).write_text(json.dumps(value, indent=1), encoding="utf-8")
        written += 1
    return written
