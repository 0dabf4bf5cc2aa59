#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""cfn-pr-checker --images aws against moto: what EC2 says of the AMIs that a pull request brings."""
import datetime
import json
import os
import pathlib
import sys
import unittest

from moto.ec2.models import ec2_backends

from servers.moto_server import DEFAULT_ACCOUNT, MotoServer
from support import NOW, OTHER, ToolTest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "hosts"))
from fakes import CodeHost, GitHub, HEAD  # noqa: E402

BINARY = os.environ["PATCHBOT_TEST_BINARY_CFN_PR_CHECKER"]
DENIED = "333344445555"
NOWHERE = "ami-0fffffffffffffff0"


def server(*amis):
    return "Resources:\n" + "".join(
        f"  W{n}: {{Type: AWS::EC2::Instance, UpdateReplacePolicy: Retain, DeletionPolicy: Retain, Properties: {{ImageId: {ami}}}}}\n" for n, ami in enumerate(amis))


class ImagesTest(ToolTest):
    @classmethod
    def setUpClass(cls):
        cls.moto = MotoServer().__enter__()
        cls.addClassCleanup(cls.moto.__exit__)

    def setUp(self):
        super().setUp()
        self.moto.reset()
        self.environment |= {"AWS_ENDPOINT_URL": self.moto.url, "AWS_MAX_ATTEMPTS": "2"}
        self.old = self.bake("web-2026.11.15", "2026-11-15")
        self.new = self.bake("web-2026.11.22", "2026-11-22")
        self.key, self.secret = self.moto.user_with_key()
        self.moto.role(OTHER)
        self.environment |= {"AWS_ACCESS_KEY_ID": self.key, "AWS_SECRET_ACCESS_KEY": self.secret}
        self.here = "aws: { regions: [eu-west-1] }\n"
        self.both = f"""
aws:
  accounts:
    - {{ id: "{DEFAULT_ACCOUNT}", regions: [eu-west-1] }}
    - {{ id: "{OTHER}", regions: [eu-west-1, us-east-2] }}
"""

    def bake(self, name, day, region="eu-west-1", account=DEFAULT_ACCOUNT, **fields):
        ami = self.moto.image(region, account, name)
        image = ec2_backends[account][region].amis[ami]
        image.creation_date = datetime.datetime.fromisoformat(day + "T05:00:00")
        for field, value in ({"architecture": "x86_64"} | fields).items():
            setattr(image, field, value)
        return ami

    def command(self, *arguments):
        return [BINARY, "--now", NOW, *arguments]

    def versions(self, before, after):
        return ["--base", self.file("old.yaml", before), "--head", self.file("new.yaml", after)]

    def review(self, status, before, after, config, *more, images="aws"):
        """The JSON of the run, and "rule level" of what the rules say."""
        run = self.fails(status, *self.versions(before, after), *self.config(config), "--images", images,
                         "--format", "json", *more)
        run.rules = [f"{rule['id']} {rule['level']}" for rule in run.inventory["rules"]]
        run.messages = "\n".join(rule["message"] for rule in run.inventory["rules"])
        return run

    def test_the_newest_is_fine(self):
        self.moto.require_signatures()
        run = self.review(0, server(self.old), server(self.new), self.here)
        change = run.inventory["ami_changes"][0]
        self.assertEqual(change["from"], {"id": self.old, "name": "web-2026.11.15", "created": "2026-11-15T05:00:00Z"})
        self.assertEqual(change["to"], {"id": self.new, "name": "web-2026.11.22", "created": "2026-11-22T05:00:00Z"})
        self.assertEqual(run.inventory["images"], {"source": "aws"})
        text = self.succeeds(*self.versions(server(self.old), server(self.new)), *self.config(self.here), "--images", "aws")
        self.assertIn(f"{self.old} (web-2026.11.15, 8 days) -> {self.new} (web-2026.11.22, 1 day) for W0", text.out)

    def test_what_is_not_there_hides_no_other(self):
        run = self.review(1, server(self.old, self.old), server(NOWHERE, self.new), self.here)
        self.assertEqual(run.rules, ["ami-not-found fail"])
        self.assertIn(NOWHERE, run.messages)

    def test_deregistered(self):
        self.moto.client("ec2").deregister_image(ImageId=self.new)
        self.assertEqual(self.review(1, server(self.old), server(self.new), self.here).rules, ["ami-not-found fail"])

    def test_bakes_that_followed(self):
        newest = self.bake("web-2026.11.23", "2026-11-23")
        self.bake("webshop-2026.11.23", "2026-11-23")
        run = self.review(5, server(self.old), server(self.new), self.here)
        self.assertEqual(run.rules, ["ami-behind warn"])
        self.assertIn(f"1 bake behind: the newest of web is {newest} (web-2026.11.23) of 2026-11-23", run.messages)

    def test_back_to_an_older_one(self):
        run = self.review(1, server(self.new), server(self.old), self.here)
        self.assertEqual(run.rules, ["ami-behind warn", "downgrade fail"])

    def test_an_image_of_a_stranger(self):
        # moto shows it to everybody who asks in the account, as EC2 does with public images.
        foreign = self.bake("web-2026.11.23", "2026-11-23", owner_id="999988887777")
        run = self.review(1, server(self.old), server(foreign), self.here)
        self.assertIn("foreign-owner fail", run.rules)
        allowed = self.here + "pull_requests: { images: { owners: ['999988887777'] } }\n"
        self.assertNotIn("foreign-owner fail", self.review(0, server(self.old), server(foreign), allowed).rules)

    def test_a_state_and_an_architecture(self):
        bad = self.bake("web-2026.11.23", "2026-11-23", state="pending", architecture="arm64")
        run = self.review(1, server(self.old), server(bad), self.here)
        self.assertEqual(run.rules, ["ami-not-available fail", "wrong-architecture fail"])

    def test_it_may_be_in_one_of_several_accounts_and_regions(self):
        there = self.bake("batch-7", "2026-11-22", "us-east-2", OTHER)
        self.moto.require_signatures()
        run = self.review(0, server(self.old, "x"), server(self.new, there), self.both)
        self.assertEqual(run.rules, [])

    def test_the_region_of_a_cell_decides(self):
        def fleet(ami):
            return ("Mappings: {Images: {us-east-2: {web: " + ami + "}}}\nResources: {W: {Type: AWS::EC2::Instance, UpdateReplacePolicy: Retain, "
                    "Properties: {ImageId: !FindInMap [Images, !Ref AWS::Region, web]}}}\n")
        run = self.review(1, fleet(self.old), fleet(self.new), self.both)
        self.assertEqual(run.rules, ["ami-not-found fail"])
        self.assertIn("does not exist in us-east-2", run.messages)

    def test_an_account_that_does_not_let_us_in(self):
        self.moto.role(DENIED, actions="s3:*")
        self.moto.require_signatures()
        config = self.both + f'    - {{ id: "{DENIED}", regions: [eu-west-1] }}\n'
        run = self.review(4, server(self.old), server(NOWHERE), config)
        self.assertEqual(run.rules, ["ami-unknown warn"])
        self.assertRegex(run.messages, f"ec2 DescribeImages in eu-west-1 of account {DENIED}: \\w+")
        self.assertRegex(run.err, f"account {DENIED}")
        # An image that another account has is known all the same.
        self.assertEqual(self.review(0, server(self.old), server(self.new), config).rules, [])
        silent = config + "pull_requests: { rules: { ami-unknown: note } }\n"
        self.assertEqual(self.review(0, server(self.old), server(NOWHERE), silent).rules, ["ami-unknown note"])

    def test_nobody_lets_us_in(self):
        self.moto.require_signatures()
        run = self.fails(4, *self.versions(server(self.old), server(self.new)), "--images", "aws",
                         AWS_SECRET_ACCESS_KEY="wrong")
        self.assertRegex(run.err, "sts GetCallerIdentity")

    def test_without_an_ami_nobody_is_asked(self):
        bucket = "Resources: {B: {Type: AWS::S3::Bucket}}\n"
        self.assertEqual(self.review(0, bucket, bucket, self.here, "--replay", self.empty_recording()).rules, [])

    def empty_recording(self):
        folder = self.folder / "empty"
        folder.mkdir()
        (folder / "recording.json").write_text("{}")  # would be refused, if it were read
        return str(folder)

    def test_a_catalogue_serves_later_pull_requests(self):
        self.moto.require_signatures()
        self.review(0, server("x"), server(self.old), self.here + "pull_requests: { rules: { ami-behind: none } }\n",
                    "--save-images", "images.json")
        recorded = json.loads((self.folder / "images.json").read_text())
        self.assertEqual(recorded["schema"], "patchbot.images/1")
        self.assertNotIn(self.secret, json.dumps(recorded))
        self.environment = {"PATH": self.environment["PATH"]}  # and no AWS from here on
        catalogue = str(pathlib.Path(self.folder) / "images.json")
        # Nobody had asked for the new one; all images of ours are recorded.
        run = self.review(0, server(self.old), server(self.new), self.here, images=catalogue)
        self.assertEqual(run.inventory["images"], {"source": "file", "generated_at": NOW})
        self.assertEqual(run.inventory["ami_changes"][0]["to"]["name"], "web-2026.11.22")
        self.assertEqual(self.review(1, server(self.new), server(self.old), self.here, images=catalogue).rules,
                         ["ami-behind warn", "downgrade fail"])
        run = self.review(5, server(self.old), server(NOWHERE), self.here, images=catalogue)
        self.assertEqual(run.rules, ["ami-unknown warn"])

    def test_record_and_replay(self):
        self.moto.require_signatures()
        recorded = self.review(0, server(self.old), server(self.new), self.here, "--record", "rec")
        for file in (self.folder / "rec").iterdir():
            self.assertNotIn(self.secret, file.read_text())
        self.environment = {"PATH": self.environment["PATH"]}
        replayed = self.review(0, server(self.old), server(self.new), self.here, "--replay", "rec")
        self.assertEqual(replayed.inventory, recorded.inventory)

    def test_a_pull_request_on_its_host(self):
        self.bake("web-2026.11.23", "2026-11-23")
        self.moto.require_signatures()
        with GitHub() as host:
            host.change("web.yaml", "web.yaml", server(self.old).encode(), server(self.new).encode())
            config = self.here + f"pull_requests: {{ hosts: [{{ kind: {host.KIND}, url: '{host.url}' }}] }}\n"
            self.environment["PATCHBOT_GITHUB_TOKEN"] = CodeHost.TOKEN
            asked = [*self.config(config), "--pr", host.pr, "--images", "aws", "--comment", "--status"]
            run = self.fails(5, *asked, "--record", "rec")
            self.assertIn("(web-2026.11.22, 1 day)", host.comments[0]["text"])
            self.assertEqual([status[1] for status in host.statuses], [HEAD])
            self.assertEqual(host.violations, [])
        for file in (self.folder / "rec").iterdir():
            for secret in (self.secret, CodeHost.TOKEN):
                self.assertNotIn(secret, file.read_text())
        self.environment = {"PATH": self.environment["PATH"]}
        self.assertEqual(self.fails(5, *asked, "--replay", "rec").out, run.out)


if __name__ == "__main__":
    unittest.main()
