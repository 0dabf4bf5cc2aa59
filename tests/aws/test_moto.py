#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ec2-targets against moto, which plays AWS with code that is not ours."""
import unittest

from servers.moto_server import DEFAULT_ACCOUNT, MotoServer
from support import OTHER, ToolTest

DENIED = "333344445555"


class MotoTest(ToolTest):
    @classmethod
    def setUpClass(cls):
        cls.moto = MotoServer().__enter__()
        cls.addClassCleanup(cls.moto.__exit__)

    def setUp(self):
        super().setUp()
        self.moto.reset()
        self.environment |= {"AWS_ENDPOINT_URL": self.moto.url, "AWS_MAX_ATTEMPTS": "2"}
        self.web = self.moto.image()
        self.vpc, subnet = self.moto.network("10.1.0.0/24", ipv6=True)
        self.tags = {"Name": "web-1", "team": "checkout", "service": "shop", "env": "prod", "a b": "ü&<>"}
        self.first = self.moto.instance(subnet, self.web, self.tags, PrivateIpAddress="10.1.0.10", Ipv6AddressCount=1)
        self.public = self.moto.second_card(self.first, subnet, "10.1.0.20", ["10.1.0.21"], public=True)
        self.stopped = self.moto.instance(subnet, self.web)
        self.moto.client("ec2").stop_instances(InstanceIds=[self.stopped])
        # The same address in another account, and a region of its own.
        image = self.moto.image(account=OTHER, name="batch-7")
        self.other_vpc, subnet = self.moto.network("10.1.0.0/24", account=OTHER)
        self.second = self.moto.instance(subnet, image, {"team": "data"}, account=OTHER, PrivateIpAddress="10.1.0.10")
        image = self.moto.image("us-east-2", OTHER, "batch-8")
        _, subnet = self.moto.network("10.2.0.0/24", "us-east-2", OTHER)
        self.third = self.moto.instance(subnet, image, None, "us-east-2", OTHER)
        self.key, self.secret = self.moto.user_with_key()
        self.role = self.moto.role(OTHER)
        self.environment |= {"AWS_ACCESS_KEY_ID": self.key, "AWS_SECRET_ACCESS_KEY": self.secret}
        self.both = self.config(f"""
aws:
  accounts:
    - {{ id: "{DEFAULT_ACCOUNT}", name: tools, regions: [eu-west-1] }}
    - {{ id: "{OTHER}", name: production, regions: [eu-west-1, us-east-2] }}
""")

    def test_two_accounts_with_signatures(self):
        self.moto.require_signatures()
        run = self.succeeds(*self.both)
        targets = {t["id"]: t for t in run.targets}
        self.assertEqual(set(targets), {self.first, self.second, self.third})
        first = targets[self.first]
        self.assertEqual(first["addresses"][:1], ["10.1.0.10"])
        self.assertEqual({a for a in first["addresses"] if "." in a}, {"10.1.0.10", "10.1.0.20", "10.1.0.21"})
        self.assertEqual(sum(":" in a for a in first["addresses"]), 1)
        self.assertEqual((first["public_addresses"], first["exposed"]), ([self.public], True))
        self.assertEqual({k: first[k] for k in ("account", "region", "vpc", "ami", "ami_name", "state", "team",
                                                "service", "environment", "platform", "tags")},
                         {"account": DEFAULT_ACCOUNT, "region": "eu-west-1", "vpc": self.vpc, "ami": self.web,
                          "ami_name": "web-2026.11.20", "state": "running", "team": "checkout", "service": "shop",
                          "environment": "production", "platform": "linux", "tags": self.tags})
        self.assertEqual((targets[self.second]["account"], targets[self.second]["vpc"]), (OTHER, self.other_vpc))
        self.assertEqual((targets[self.third]["region"], targets[self.third]["team"]), ("us-east-2", "unowned"))
        self.assertRegex(run.err, r"10\.1\.0\.10 is i-\w+ in vpc-\w+ and i-\w+ in vpc-\w+")

    def test_a_wrong_secret(self):
        self.moto.require_signatures()
        run = self.fails(4, *self.both, AWS_SECRET_ACCESS_KEY="wrong")
        self.assertEqual(run.out, "")
        self.assertRegex(run.err, "sts GetCallerIdentity.*SignatureDoesNotMatch.*secret key")

    def test_an_account_that_does_not_let_us_in(self):
        self.moto.role(DENIED, actions="s3:*")
        self.moto.require_signatures()
        run = self.fails(4, *self.config(f"""
aws:
  accounts:
    - {{ id: "{DEFAULT_ACCOUNT}", regions: [eu-west-1] }}
    - {{ id: "{OTHER}", regions: [eu-west-1] }}
    - {{ id: "{DENIED}", name: elsewhere }}
"""))
        self.assertEqual(set(run.ids), {self.first, self.second})
        self.assertEqual(len(run.inventory["problems"]), 1)
        self.assertRegex(run.inventory["problems"][0], f"elsewhere: ec2 DescribeRegions in .* of account {DENIED}: \\w+")

    def test_states(self):
        here = self.config('aws: { regions: [eu-west-1] }\n')
        self.assertEqual(self.succeeds("--state", "stopped", *here).ids, [self.stopped])
        self.assertEqual(set(self.succeeds("--state", "any", *here).ids), {self.first, self.stopped})

    def test_every_region_of_the_own_account(self):
        run = self.succeeds("--verbose")
        self.assertEqual(run.ids, [self.first])

    def test_what_moto_lacks_does_not_stop_the_list(self):
        run = self.fails(4, "--with-coverage", *self.config('aws: { regions: [eu-west-1] }\n'))
        self.assertEqual(run.ids, [self.first])
        self.assertTrue(any("ssm DescribeInstanceInformation in eu-west-1" in p for p in run.inventory["problems"]))

    def test_groups_and_stacks(self):
        asg = self.moto.client("autoscaling")
        asg.create_launch_configuration(LaunchConfigurationName="lc", ImageId=self.web, InstanceType="t2.micro")
        asg.create_auto_scaling_group(AutoScalingGroupName="web-asg", LaunchConfigurationName="lc", MinSize=2,
                                      MaxSize=2, AvailabilityZones=["eu-west-1a"])
        run = self.succeeds(*self.config('aws: { regions: [eu-west-1] }\n'))
        self.assertEqual([t["asg"] for t in run.targets if "asg" in t], ["web-asg", "web-asg"])

    def test_organization(self):
        organizations = self.moto.client("organizations")
        organizations.create_organization()
        created = [organizations.create_account(Email=f"{n}@acme.example", AccountName=f"a{n}") for n in range(25)]
        organizations.close_account(AccountId=created[0]["CreateAccountStatus"]["AccountId"])
        run = self.succeeds("--verbose", *self.config("aws: { organization: true, regions: [eu-west-1] }\n"))
        self.assertEqual(run.ids, [self.first])

    def test_record_and_replay(self):
        self.moto.require_signatures()
        recorded = self.succeeds("--record", "rec", *self.both)
        for file in (self.folder / "rec").iterdir():
            self.assertNotIn(self.secret, file.read_text())
            self.assertNotIn(self.key, file.read_text())
        self.environment = {"PATH": self.environment["PATH"]}
        self.assertEqual(self.succeeds("--replay", "rec", *self.both).targets, recorded.targets)


if __name__ == "__main__":
    unittest.main()
