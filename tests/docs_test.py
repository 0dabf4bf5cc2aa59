# SPDX-License-Identifier: Apache-2.0
"""Pages in docs/tools come from --help: docs_test.py REPOSITORY TOOL... [--write]. Also checks that the README names
every tool and that the exit statuses agree everywhere."""
import pathlib
import re
import subprocess
import sys

STATUSES = {0: "clean", 1: "the gate failed", 2: "wrong usage or configuration", 3: "bad or incomplete input",
            4: "a remote service failed", 5: "the gate warned", 70: "a bug in PatchBot"}


def page_of(tool):
    text = subprocess.run([tool, "--help"], capture_output=True, text=True, check=True).stdout
    name = pathlib.Path(tool).name
    return f"# {name}\n\n<!-- Written from `{name} --help` by tests/docs_test.py; do not edit. -->\n\n```text\n{text}```\n"


def problems_of(root, tool, write):
    name = pathlib.Path(tool).name
    page = root / "docs" / "tools" / f"{name}.md"
    expected = page_of(tool)
    if write:
        page.write_text(expected)
    if not page.exists() or page.read_text() != expected:
        yield f"docs/tools/{name}.md differs from {name} --help; run tests/docs_test.py with --write"
    readme = (root / "README.md").read_text()
    if f"`{name}`" not in readme:
        yield f"README.md does not name {name}"
    for status, meaning in STATUSES.items():
        if not re.search(rf"^ +{status}  {meaning}$", expected, re.M):
            yield f"{name} --help does not say that {status} is '{meaning}'"
        if f"| {status} | {meaning} |" not in readme:
            yield f"README.md does not say that {status} is '{meaning}'"


def rule_problems(root):
    """Every rule of pull requests has a page that names its level, and every page a rule."""
    source = (root / "src/model/pull_request_rules.cpp").read_text()
    rules = dict(re.findall(r'\{"([a-z0-9-]+)",\s*GateLevel::(\w+)', source))
    pages = {page.stem: page.read_text() for page in (root / "docs" / "rules").glob("*.md")}
    if not rules:
        yield "no rules found in src/model/pull_request_rules.cpp"
    for rule in sorted(rules.keys() | pages.keys()):
        if rule not in pages:
            yield f"docs/rules/{rule}.md is missing"
        elif rule not in rules:
            yield f"docs/rules/{rule}.md is of no rule"
        elif f"Level: {rules[rule]}." not in pages[rule] or f"rules: {{ {rule}: LEVEL }}" not in pages[rule]:
            yield f"docs/rules/{rule}.md does not say 'Level: {rules[rule]}.' and how to change it"


def word_problems(root, write):
    """The table of status words is that of the code."""
    source = (root / "src/model/patch_status.cpp").read_text()
    text = r'\s*"((?:[^"\\]|\\.)*)"'
    words = re.findall(rf"\{{Word::\w+,{text},\s*Level::(\w+),{text},{text},{text}\}}", source)
    if len(words) != len(re.findall(r"\{Word::", source)) or not words:
        yield "the words of src/model/patch_status.cpp are not all understood"
    rows = ["| Word | Level | Meaning | Evidence | What to do |", "|---|---|---|---|---|"]
    rows += [f"| `{word}` | {level} | {meaning} | {evidence} | {action} |"
             for word, level, meaning, evidence, action in words]
    page = root / "docs" / "ami-update-status.md"
    begin, end = "tests/docs_test.py -->\n", "<!-- end of words -->"
    before, rest = page.read_text().split(begin)
    expected = before + begin + "\n" + "\n".join(rows) + "\n\n" + end + rest.split(end)[1]
    if write:
        page.write_text(expected)
    if page.read_text() != expected:
        yield "docs/ami-update-status.md has other words than the code; run tests/docs_test.py with --write"


def main(arguments):
    write = "--write" in arguments
    root, *tools = [a for a in arguments if a != "--write"]
    if not tools:
        sys.exit("no tool given")
    problems = [p for tool in tools for p in problems_of(pathlib.Path(root), tool, write)]
    problems.extend(rule_problems(pathlib.Path(root)))
    problems.extend(word_problems(pathlib.Path(root), write))
    print("\n".join(problems) or f"{len(tools)} tools: pages, README and exit statuses agree")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
