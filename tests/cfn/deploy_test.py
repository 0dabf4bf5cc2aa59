# SPDX-License-Identifier: Apache-2.0
"""Lints cfn/patchbot-roles.yaml with cfn-lint and deploys it to moto in the ways that docs/aws-access.md describes:
deploy_test.py REPOSITORY. moto knows no Rules, no ManagedPolicyArns (roles_test.py looks at those) and no short
!Condition, and judges no request by these policies: what is looked at is what comes out of the parameters. Needs the
packages of tests/requirements.txt."""
import ast
import json
import os
import pathlib
import sys

import boto3
from cfnlint.api import ManualArgs, lint
from moto import mock_aws

from template import read_template

HUB = "arn:aws:iam::111122223333:role/patchbot-agent"
BAKER = "arn:aws:iam::111122223333:role/patchbot-baker"
ORGANIZATION = "o-a1b2c3d4e5"
INLINE_LIMIT, MANAGED_LIMIT, TRUST_LIMIT = 10240, 6144, 2048  # characters without blanks; IAM's quotas


class Deployed:
    """What a stack of the template leaves in IAM."""

    def __init__(self, text, parameters):
        with mock_aws():
            iam = boto3.client("iam", region_name="us-east-1")
            stacks = boto3.client("cloudformation", region_name="us-east-1")
            stacks.create_stack(StackName="patchbot", TemplateBody=text, Capabilities=["CAPABILITY_NAMED_IAM"],
                                Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()])
            stack = stacks.describe_stacks(StackName="patchbot")["Stacks"][0]
            self.outputs = {o["OutputKey"]: o["OutputValue"] for o in stack.get("Outputs", [])}
            self.policies = {p["Arn"]: statements(iam.get_policy_version(
                PolicyArn=p["Arn"], VersionId=p["DefaultVersionId"])["PolicyVersion"]["Document"])
                for p in iam.list_policies(Scope="Local")["Policies"]}
            self.roles = {r["RoleName"]: Role(iam, r) for r in iam.list_roles()["Roles"]}
            self.profiles = [p["InstanceProfileName"] for p in iam.list_instance_profiles()["InstanceProfiles"]]

    def policy(self, output):
        return self.policies[self.outputs[output]]


class Role:
    def __init__(self, iam, role):
        name = role["RoleName"]
        self.trust = statements(document_of(role["AssumeRolePolicyDocument"]))
        self.boundary = iam.get_role(RoleName=name)["Role"].get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
        self.session = role["MaxSessionDuration"]
        self.inline = {n: statements(iam.get_role_policy(RoleName=name, PolicyName=n)["PolicyDocument"])
                       for n in iam.list_role_policies(RoleName=name)["PolicyNames"]}

    def statement(self, sid):
        found = [s for policy in self.inline.values() for s in policy if s["Sid"] == sid]
        return found[0] if found else None


def document_of(document):
    """A policy as a dictionary: boto3 has read most of them, but moto keeps a role's own ones as Python text."""
    return ast.literal_eval(document) if isinstance(document, str) else document


def statements(document):
    """Without the empty places that moto leaves where CloudFormation leaves nothing (AWS::NoValue in a list)."""
    return [s for s in document_of(document)["Statement"] if s is not None]


def size(document):
    return len("".join(json.dumps(document).split()))


def check_hub(deploy):
    for kind, service, profiles in (("ec2", "ec2.amazonaws.com", ["patchbot-agent"]),
                                    ("eks-pods", "pods.eks.amazonaws.com", [])):
        hub = deploy({"Part": "hub", "HubRoleFor": kind, "OrganizationId": ORGANIZATION})
        assert set(hub.roles) == {"patchbot-agent"} and hub.profiles == profiles, hub.roles
        role = hub.roles["patchbot-agent"]
        assert role.trust[0]["Principal"] == {"Service": service}
        assert ("sts:TagSession" in role.trust[0]["Action"]) == (kind == "eks-pods")
        enter = hub.policy("HubPolicyArn")[0]
        assert enter["Resource"] == "arn:aws:iam::*:role/patchbot-read", enter
        assert enter["Condition"] == {"StringEquals": {"aws:ResourceOrgID": ORGANIZATION}}


def check_policies_only(deploy):
    hub = deploy({"Part": "hub", "ReadRoleName": "reader", "HubMayBake": "true"})
    assert not hub.roles and not hub.profiles and len(hub.policies) == 3
    enter = hub.policy("HubPolicyArn")[0]
    assert enter["Resource"].endswith(":role/reader") and "Condition" not in enter, enter
    assert hub.policy("HubBakePolicyArn")[0]["Resource"] == "arn:aws:iam::*:role/patchbot-bake"


def check_member(deploy):
    """With and without what the trust may demand."""
    for organization in ("", ORGANIZATION):
        for external_id in ("", "x-42"):
            member = deploy({"HubPrincipals": f"{HUB},{BAKER}", "OrganizationId": organization,
                             "ExternalId": external_id})
            assert set(member.roles) == {"patchbot-read"} and len(member.policies) == 1
            role = member.roles["patchbot-read"]
            assert not role.inline and role.session == 3600
            trust = role.trust[0]
            assert trust["Principal"] == {"AWS": [HUB, BAKER]}
            demanded = {"aws:PrincipalOrgID": organization, "sts:ExternalId": external_id}
            demanded = {key: value for key, value in demanded.items() if value}
            assert trust.get("Condition") == ({"StringEquals": demanded} if demanded else None), trust


def check_bake(deploy):
    plain = deploy({"HubPrincipals": HUB, "CreateBakeRole": "true"}).roles["patchbot-bake"]
    assert plain.trust[0]["Principal"] == {"AWS": [HUB]}
    assert plain.statement("TakeImageOf")
    for sid in ("GiveMachinesTheirRole", "FindInstanceProfile", "Copy", "Claim", "EncryptThroughEc2"):
        assert plain.statement(sid) is None, sid
    full = deploy({"HubPrincipals": HUB, "CreateBakeRole": "true", "BakePrincipals": BAKER, "ExternalId": "x-42",
                   "OrganizationId": ORGANIZATION, "BakeInstanceRoleName": "builder", "BakeMayClaimImages": "true",
                   "BakeKmsKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/1",
                   "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/limit"})
    role = full.roles["patchbot-bake"]
    assert role.trust[0]["Principal"] == {"AWS": [BAKER]}
    assert role.boundary == "arn:aws:iam::111122223333:policy/limit"
    passes = role.statement("GiveMachinesTheirRole")
    assert passes["Resource"] == "arn:aws:iam::123456789012:role/builder", passes
    assert "ec2.amazonaws.com" in passes["Condition"]["StringEquals"]["iam:PassedToService"]
    for sid in ("Copy", "Claim", "EncryptThroughEc2", "GrantKeyToVolumes"):
        assert role.statement(sid), sid
    check_reach(role)


def check_reach(role):
    """Whatever the bake role changes or deletes carries its tag; so does whatever it starts."""
    owned = {"StringEquals": {"aws:ResourceTag/patchbot:bake": "true"}}
    for policy in role.inline.values():
        for statement in policy:
            for action in statement["Action"]:
                verb = action.split(":")[1]
                if verb.startswith(("Delete", "Deregister", "Terminate", "Stop", "Modify", "Authorize", "Enable")):
                    packers_key = action == "ec2:DeleteKeyPair" and statement["Resource"].endswith(":key-pair/packer_*")
                    assert packers_key or statement.get("Condition") == owned, statement
    for sid in ("StartMarkedMachines", "TemporaryGroup"):
        assert role.statement(sid)["Condition"] == {"StringEquals": {"aws:RequestTag/patchbot:bake": "true"}}


def check_quotas(deploy):
    parameters = {"HubPrincipals": HUB, "CreateBakeRole": "true", "BakeInstanceRoleName": "b" * 64,
                  "ExternalId": "x" * 99, "OrganizationId": ORGANIZATION, "BakeMayClaimImages": "true",
                  "BakeKmsKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012"}
    member, hub = deploy(parameters), deploy({"Part": "hub", "HubRoleFor": "ec2", "HubMayBake": "true"})
    for deployed in (member, hub):
        assert all(size(p) < MANAGED_LIMIT for p in deployed.policies.values())
        assert all(size(r.trust) < TRUST_LIMIT for r in deployed.roles.values())
    inline = sum(map(size, member.roles["patchbot-bake"].inline.values()))
    assert inline < INLINE_LIMIT, f"the bake role's policies have {inline} characters, {INLINE_LIMIT} are allowed"


def check_lint(text):
    found = lint(text, config=ManualArgs(include_checks=["I"], regions=["us-east-1", "eu-west-1"]))
    assert not found, "\n".join(f"line {m.linenumber}: {m.rule.id} {m.message}" for m in found)


def main(arguments):
    if len(arguments) != 1:
        sys.exit("usage: deploy_test.py REPOSITORY")
    os.environ.pop("AWS_PROFILE", None)  # boto3 would look for it before it comes to moto
    text = (pathlib.Path(arguments[0]) / "cfn" / "patchbot-roles.yaml").read_text()
    check_lint(text)
    body = json.dumps(read_template(text))
    for check in (check_hub, check_policies_only, check_member, check_bake, check_quotas):
        check(lambda parameters: Deployed(body, parameters))
        print(f"ok    {check.__name__}")


if __name__ == "__main__":
    main(sys.argv[1:])
