# SPDX-License-Identifier: Apache-2.0
"""The AWS of the example company, as far as ami-update-status asks: every service is stuck somewhere else.

Run as a program it prints its address and answers until its input ends: that is how the recording of the example is
made (tests/aws/record_status.sh)."""
import sys
from xml.sax.saxutils import escape

from servers.loopback import Answer, Loopback

MAIN, STAGING = "111122223333", "444455556666"
IRELAND, FRANKFURT = "eu-west-1", "eu-central-1"


def image(ami, name, created):
    return {"id": ami, "name": name, "created": created + "T04:00:00.000Z"}


# By region: staging may use the AMIs of the main account.
IMAGES = {
    IRELAND: [image("ami-0b1c2d3e4f5061728", "acme-al2023-web-2026.10.05", "2026-10-05"),
              image("ami-0a6172839405a6b7c", "acme-al2023-web-2026.11.09", "2026-11-09"),
              image("ami-0f50617283940b162", "acme-al2023-web-2026.11.16", "2026-11-16"),
              image("ami-0c2d3e4f506172839", "acme-ubuntu2204-search-2026.09.14", "2026-09-14"),
              image("ami-0061728394a5c1273", "acme-ubuntu2204-search-2026.11.16", "2026-11-16"),
              image("ami-0e4f5061728394a51", "acme-debian12-bastion-2026.11.16", "2026-11-16"),
              image("ami-01728394a5b6d2384", "acme-windows2022-reports-2025.03.10", "2025-03-10")],
    FRANKFURT: [image("ami-0d3e4f50617283940", "acme-al2023-payments-2026.11.09", "2026-11-09"),
                image("ami-0e5f60718293a4b5c", "acme-al2023-payments-2026.11.16", "2026-11-16")],
}


def server(instance, ami, name, team, launched, stack, group=None):
    return {"id": instance, "ami": ami, "name": name, "team": team, "launched": launched, "stack": stack,
            "group": group}


SERVERS = {
    (MAIN, IRELAND): [
        server("i-0c4e81a2b3d4f5061", "ami-0b1c2d3e4f5061728", "checkout-web", "checkout", "2026-10-07T09:14:02Z",
               "checkout-web-prod", "checkout-web-prod"),
        server("i-0c4e81a2b3d4f5072", "ami-0b1c2d3e4f5061728", "checkout-web", "checkout", "2026-10-07T09:19:44Z",
               "checkout-web-prod", "checkout-web-prod"),
        server("i-0d5f92b3c4e5a6172", "ami-0c2d3e4f506172839", "search-api", "search", "2026-09-16T12:40:31Z",
               "search-api-prod", "search-api-prod"),
        server("i-0f71b4d5e607c8394", "ami-0e4f5061728394a51", "platform-bastion", "platform", "2026-11-17T06:30:00Z",
               "platform-bastion")],
    (MAIN, FRANKFURT): [
        server("i-0e60a3c4d5f6b7283", "ami-0d3e4f50617283940", "payments-api", "payments", "2026-11-11T07:55:20Z",
               "payments-api-prod", "payments-api-prod"),
        server("i-0e60a3c4d5f6b7294", "ami-0d3e4f50617283940", "payments-api", "payments", "2026-11-11T08:01:53Z",
               "payments-api-prod", "payments-api-prod")],
    (STAGING, IRELAND): [
        server("i-0182c5e6f718d94a5", "ami-0f50617283940b162", "checkout-web", "checkout", "2026-11-17T08:02:11Z",
               "checkout-web-staging", "checkout-web-staging"),
        server("i-0293d6f70829ea5b6", "ami-0061728394a5c1273", "search-api", "search", "2026-11-17T08:10:37Z",
               "search-api-staging", "search-api-staging"),
        server("i-0293d6f70829ea5c7", "ami-0c2d3e4f506172839", "search-api", "search", "2026-11-20T15:01:12Z", None),
        server("i-03a4e708193afb6c7", "ami-01728394a5b6d2384", "payments-reports", "payments", "2025-03-12T13:20:05Z",
               "payments-reports-staging")],
}

# Group -> the AMI of its launch template and when that version was made.
TEMPLATES = {
    (MAIN, IRELAND): {"checkout-web-prod": ("ami-0b1c2d3e4f5061728", "2026-10-07T09:01:00Z"),
                      "search-api-prod": ("ami-0c2d3e4f506172839", "2026-09-16T12:30:00Z")},
    (MAIN, FRANKFURT): {"payments-api-prod": ("ami-0e5f60718293a4b5c", "2026-11-18T10:12:00Z")},
    (STAGING, IRELAND): {"checkout-web-staging": ("ami-0f50617283940b162", "2026-11-17T07:50:00Z"),
                         "search-api-staging": ("ami-0061728394a5c1273", "2026-11-17T08:00:00Z")},
}


def element(name, content):
    return f"<{name}>{content}</{name}>"


def document(name, content, query=False):
    return element(name + "Response", element(name + "Result", content) if query else content)


def tags(**values):
    return element("tagSet", "".join(element("item", element("key", escape(k.replace("__", ":").replace("_", "-"))) +
                                             element("value", escape(v))) for k, v in values.items() if v))


class StatusCompany(Loopback):
    """Accounts are told apart by the key that AssumeRole gave out for them."""

    def answer(self, request):
        form = request.form
        credential = request.header("authorization").split("Credential=")[1].split("/")
        account = STAGING if credential[0] == "ASIA" + STAGING else MAIN
        text = getattr(self, form["Action"])((account, credential[2]), form)
        return Answer(text.encode(), headers={"Content-Type": "text/xml;charset=UTF-8"})

    def GetCallerIdentity(self, place, form):
        return document("GetCallerIdentity", element("Arn", f"arn:aws:sts::{MAIN}:assumed-role/jenkins-agent/i-0ab") +
                        element("Account", MAIN), query=True)

    def AssumeRole(self, place, form):
        keys = (element("AccessKeyId", "ASIA" + STAGING) + element("SecretAccessKey", "invented") +
                element("SessionToken", "invented") + element("Expiration", "2099-01-01T00:00:00Z"))
        return document("AssumeRole", element("Credentials", keys), query=True)

    def DescribeInstances(self, place, form):
        items = ""
        for one in SERVERS.get(place, []):
            items += element("item", element("instancesSet", element("item", (
                element("instanceId", one["id"]) + element("imageId", one["ami"]) +
                element("instanceState", element("name", "running")) + element("launchTime", one["launched"]) +
                tags(Name=one["name"], team=one["team"], aws__cloudformation__stack_name=one["stack"],
                     aws__autoscaling__groupName=one["group"])))))
        return document("DescribeInstances", element("reservationSet", items))

    def DescribeImages(self, place, form):
        wanted = {value for key, value in form.items() if key.startswith("Filter.1.Value.")}
        by_id = form.get("Filter.1.Name") == "image-id"
        items = ""
        for one in IMAGES[place[1]]:
            if by_id and one["id"] not in wanted:
                continue
            items += element("item", element("imageId", one["id"]) + element("name", one["name"]) +
                             element("imageOwnerId", MAIN) + element("imageState", "available") +
                             element("creationDate", one["created"]) + element("architecture", "x86_64"))
        return document("DescribeImages", element("imagesSet", items))

    def DescribeAutoScalingGroups(self, place, form):
        items = ""
        for group in TEMPLATES.get(place, {}):
            members = "".join(element("member", element("InstanceId", one["id"]) +
                                      element("LifecycleState", "InService"))
                              for one in SERVERS[place] if one["group"] == group)
            items += element("member", element("AutoScalingGroupName", group) + element("LaunchTemplate", (
                element("LaunchTemplateId", "lt-" + group) + element("Version", "$Latest"))) +
                element("DesiredCapacity", "2") + element("Instances", members) + "<SuspendedProcesses/><Tags/>")
        return document("DescribeAutoScalingGroups", element("AutoScalingGroups", items), query=True)

    def DescribeInstanceRefreshes(self, place, form):
        return document("DescribeInstanceRefreshes", "<InstanceRefreshes/>", query=True)

    def DescribeLaunchTemplateVersions(self, place, form):
        items = ""
        for group, (ami, created) in TEMPLATES.get(place, {}).items():
            items += element("item", element("launchTemplateId", "lt-" + group) + element("launchTemplateName", group) +
                             element("versionNumber", "7") + element("defaultVersion", "true") +
                             element("createTime", created) + element("launchTemplateData", element("imageId", ami)))
        return document("DescribeLaunchTemplateVersions", element("launchTemplateVersionSet", items))

    def GetTemplate(self, place, form):
        return document("GetTemplate", element("TemplateBody", "{}"), query=True)

    def DescribeStacks(self, place, form):
        items = ""
        for one in {one["stack"]: one for one in SERVERS.get(place, []) if one["stack"]}.values():
            ami = TEMPLATES.get(place, {}).get(one["group"], (one["ami"],))[0]
            items += element("member", element("StackName", one["stack"]) + element(
                "StackId", f"arn:aws:cloudformation:{place[1]}:{place[0]}:stack/{one['stack']}/1") +
                element("StackStatus", "UPDATE_COMPLETE") + element("CreationTime", "2026-01-12T08:00:00Z") +
                element("LastUpdatedTime", one["launched"]) + element("Parameters", element("member", (
                    element("ParameterKey", "AmiId") + element("ParameterValue", ami)))) + "<Tags/>")
        return document("DescribeStacks", element("Stacks", items), query=True)


if __name__ == "__main__":
    with StatusCompany() as company:
        print(company.url, flush=True)
        sys.stdin.read()
