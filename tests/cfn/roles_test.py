# SPDX-License-Identifier: Apache-2.0
"""Holds cfn/patchbot-roles.yaml against the calls in the code: roles_test.py REPOSITORY. A call without its permission
is an error, and so is a permission without its call. Prints each problem and exits 1."""
import pathlib
import re
import sys

from template import read_template

FEWEST_CALLS = 6  # fewer were not found, so this test looks in the wrong place

# The name in the code of a service, which is mostly its prefix in IAM too, and the part of the template it belongs to.
POLICY_OF = {"ec2": "ReadPolicy", "autoscaling": "ReadPolicy", "cloudformation": "ReadPolicy", "ssm": "ReadPolicy",
             "secretsmanager": "ReadPolicy", "inspector2": "ReadPolicy", "s3": "ReadPolicy",
             "sts": "HubPolicy", "organizations": "HubPolicy"}
# Where the actions of a call are not simply "service:Call".
ACTIONS_OF = {
    ("sts", "GetCallerIdentity"): set(),
    ("sts", "AssumeRoleWithWebIdentity"): set(),
    ("sts", "AssumeRole"): {"sts:AssumeRole", "sts:TagSession"},
    ("cloudformation", "DescribeStacks"): {"cloudformation:DescribeStacks", "cloudformation:ListStacks"},
    ("s3", "HeadObject"): {"s3:GetObject"},
    ("s3", "ListObjectsV2"): {"s3:ListBucket"},
}

COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
DECLARED = re.compile(r"\bconstexpr\s+(?:\w+::)*Operation\s+(\w+)")
SERVICE = re.compile(r"\bconstexpr\s+Service\s+(\w+)")
CALL = r"(\w*)(?:\s|=)*[{{(]\s*(?:\w+::)*({services})\s*,\s*\"(\w+)\""  # name{{ec2, "DescribeImages"
ACTION_LINE = re.compile(r"^\s*- ([a-z][\w-]*:\w+)(?:  # (\S.*))?$")


def sources(root):
    for folder in ("src", "tools"):
        yield from sorted(p for p in (root / folder).rglob("*") if p.suffix in (".cpp", ".hpp"))


def calls_in(root, problems):
    """Every (service, call) that the code declares: a service and a call's name side by side, wherever that is."""
    code = {path: COMMENT.sub("", path.read_text()) for path in sources(root)}
    services = sorted({name for text in code.values() for name in SERVICE.findall(text)})
    if not services:
        problems.append("no AWS service found in src and tools")
        return set()
    call_of = re.compile(CALL.format(services="|".join(services)))
    calls = set()
    for path, text in code.items():
        found = call_of.findall(text)
        unread = set(DECLARED.findall(text)) - {name for name, _, _ in found}
        problems += [f"{path.relative_to(root)}: this test cannot read the operation {name}" for name in sorted(unread)]
        calls |= {(service, call) for _, service, call in found}
    return calls


def wanted(calls, problems):
    """Policy name to the actions that the calls need."""
    actions = {"ReadPolicy": set(), "HubPolicy": set()}
    for service, call in sorted(calls):
        if service not in POLICY_OF:
            problems.append(f"{service} {call}: this test does not know the service; add it to POLICY_OF")
            continue
        actions[POLICY_OF[service]] |= ACTIONS_OF.get((service, call), {f"{service}:{call}"})
    return actions


def statements(tree):
    """Every statement of a policy below this node, in either branch of an Fn::If."""
    if isinstance(tree, dict):
        if "Effect" in tree:
            yield tree
        else:
            for value in tree.values():
                yield from statements(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from statements(value)


def texts(tree):
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, (dict, list)):
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from texts(value)


def actions_of(tree):
    """Every action below this node, in the order of the file; conditions' names are none."""
    return [text for s in statements(tree) for text in texts(s.get("Action", [])) if ":" in text or "*" in text]


def compare(resources, calls, problems):
    for policy, needed in wanted(calls, problems).items():
        granted = actions_of(resources[policy])
        problems += [f"{policy} lacks {a}, which the code calls" for a in sorted(needed - set(granted))]
        problems += [f"{policy} grants {a}, which nothing calls" for a in sorted(set(granted) - needed)]


def check_statements(resources, problems):
    for name, resource in resources.items():
        for statement in statements(resource):
            where = f"{name}, statement {statement.get('Sid', '(trust)')}"
            if statement["Effect"] != "Allow":
                problems.append(f"{where}: only Allow is counted here")
            if "NotAction" in statement or "NotResource" in statement or "NotPrincipal" in statement:
                problems.append(f"{where}: says what it does not mean instead of what it means")
            problems += [f"{where}: {a} is not one action" for a in actions_of(statement) if "*" in a]
            if any(":" in a and a != a.strip() for a in actions_of(statement)):
                problems.append(f"{where}: blanks around an action")
            if name != "ReadPolicy" and statement.get("Resource") == "*":
                looks = all(re.match(r"\w+:(Describe|List)", a) for a in actions_of(statement))
                if not looks:
                    problems.append(f"{where}: changes things on every resource")
            if "AWS" in (statement.get("Principal") or {}) and "*" in texts(statement["Principal"]):
                problems.append(f"{where}: lets in everybody")


def check_comments(text, resources, problems):
    """Each action is on a line of its own that says who needs it."""
    lines = [(n, m) for n, m in enumerate(map(ACTION_LINE.match, text.splitlines()), 1) if m]
    problems += [f"line {n}: {m[1]} has no comment that names who needs it" for n, m in lines if not m[2]]
    written = sorted(m[1] for _, m in lines)
    parsed = sorted(actions_of(resources))
    if written != parsed:
        odd = sorted(set(parsed) ^ set(written)) or "some are repeated"
        problems.append(f"actions must be one a line, as '- service:Action  # who needs it': {odd}")


def check_attachments(resources, problems):
    """Each role has the policies that the comparison looked at, and no other."""
    read, hub = {"Ref": "ReadPolicy"}, {"Ref": "HubPolicy"}
    bakes = {"Fn::If": ["HubBakes", {"Ref": "HubBakePolicy"}, {"Ref": "AWS::NoValue"}]}
    expected = {"HubRole": [read, hub, bakes], "ReadRole": [read], "BakeRole": []}
    for name, policies in expected.items():
        properties = resources[name]["Properties"]
        if properties.get("ManagedPolicyArns", []) != policies:
            problems.append(f"{name} has other managed policies than {policies}")
        if name != "BakeRole" and "Policies" in properties:
            problems.append(f"{name} has policies of its own")
    roles = {n for n, r in resources.items() if r["Type"] == "AWS::IAM::Role"}
    if roles != set(expected):
        problems.append(f"roles that this test does not know: {sorted(roles ^ set(expected))}")


def check_separation(template, problems):
    """Who reads cannot bake: another role, on request only, and only some agents may assume it."""
    resources = template["Resources"]
    if resources["BakeRole"].get("Condition") != "BakesHere":
        problems.append("BakeRole has to be made on request only")
    if template["Parameters"]["CreateBakeRole"]["Default"] != "false":
        problems.append("CreateBakeRole has to be false by default")
    for name in ("ReadPolicy", "HubPolicy", "HubRole", "ReadRole"):
        if any("BakeRoleName" in text for text in texts(resources[name])):
            problems.append(f"{name} lets its owner into the bake role")
    if "${BakeRoleName}" not in " ".join(texts(resources["HubBakePolicy"])):
        problems.append("HubBakePolicy does not let anybody into the bake role")


def problems_of(root):
    problems = []
    text = (root / "cfn" / "patchbot-roles.yaml").read_text()
    template = read_template(text)
    resources = template["Resources"]
    calls = calls_in(root, problems)
    if len(calls) < FEWEST_CALLS:
        problems.append(f"only {len(calls)} AWS calls found in src and tools: is this test still looking at them?")
    compare(resources, calls, problems)
    check_statements(resources, problems)
    check_comments(text, resources, problems)
    check_attachments(resources, problems)
    check_separation(template, problems)
    return calls, problems


def main(arguments):
    if len(arguments) != 1:
        sys.exit("usage: roles_test.py REPOSITORY")
    calls, problems = problems_of(pathlib.Path(arguments[0]))
    print("\n".join(problems) or f"{len(calls)} AWS calls, each with its permission and none to spare")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
