# SPDX-License-Identifier: Apache-2.0
"""How AWS services write answers and errors: Python values become XML or JSON."""
import json
from dataclasses import dataclass
from xml.sax.saxutils import escape

from servers.loopback import Answer

NAMESPACES = {
    "ec2": "http://ec2.amazonaws.com/doc/2016-11-15/",
    "sts": "https://sts.amazonaws.com/doc/2011-06-15/",
    "autoscaling": "http://autoscaling.amazonaws.com/doc/2011-01-01/",
    "cloudformation": "http://cloudformation.amazonaws.com/doc/2010-05-15/",
}
TARGETS = {"AmazonSSM": "ssm", "secretsmanager": "secretsmanager",
           "AWSOrganizationsV20161128": "organizations"}
REST_PATHS = {"/coverage/list": "ListCoverage", "/findings/list": "ListFindings",
              "/status/batch/get": "BatchGetAccountStatus"}


@dataclass
class Failure:
    """An error of a service; each protocol writes it in its own way."""

    code: str
    status: int = 400
    message: str = "no"


def to_xml(value, item):
    """Dictionaries become elements, lists elements called `item`."""
    if isinstance(value, dict):
        return "".join(f"<{k}>{to_xml(v, item)}</{k}>" for k, v in value.items() if v is not None)
    if isinstance(value, (list, tuple)):
        return "".join(f"<{item}>{to_xml(v, item)}</{item}>" for v in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(str(value))


def _xml(status, text):
    body = ('<?xml version="1.0" encoding="UTF-8"?>\n' + text).encode("utf-8")
    return Answer(body, status, {"Content-Type": "text/xml;charset=UTF-8"})


def _json(status, value, content_type, **headers):
    return Answer(json.dumps(value).encode("utf-8"), status,
                  {"Content-Type": content_type, "x-amzn-RequestId": "request-1", **headers})


def _failure(service, failure):
    code, message = escape(failure.code), escape(failure.message)
    if service == "ec2":
        return _xml(failure.status, f"<Response><Errors><Error><Code>{code}</Code><Message>{message}"
                    "</Message></Error></Errors><RequestID>request-1</RequestID></Response>")
    if service == "s3":
        return _xml(failure.status, f"<Error><Code>{code}</Code><Message>{message}</Message>"
                    "<RequestId>request-1</RequestId></Error>")
    if service in NAMESPACES:
        return _xml(failure.status, f'<ErrorResponse xmlns="{NAMESPACES[service]}"><Error><Type>Sender'
                    f"</Type><Code>{code}</Code><Message>{message}</Message></Error>"
                    "<RequestId>request-1</RequestId></ErrorResponse>")
    if service == "inspector2":
        return _json(failure.status, {"message": failure.message}, "application/json",
                     **{"x-amzn-ErrorType": failure.code + ":http://internal.amazon.com/"})
    return _json(failure.status, {"__type": "com.amazon.coral.service#" + failure.code,
                                  "message": failure.message}, "application/x-amz-json-1.1")


def render(service, operation, value):
    """Answers are sent as they are, failures and plain values as the service would write them."""
    if isinstance(value, Answer):
        return value
    if isinstance(value, Failure):
        return _failure(service, value)
    if service == "ec2":
        inner = "<requestId>request-1</requestId>" + to_xml(value, "item")
        return _xml(200, f'<{operation}Response xmlns="{NAMESPACES["ec2"]}">{inner}</{operation}Response>')
    if service in NAMESPACES:
        return _xml(200, f'<{operation}Response xmlns="{NAMESPACES[service]}"><{operation}Result>'
                    f"{to_xml(value, 'member')}</{operation}Result><ResponseMetadata><RequestId>"
                    f"request-1</RequestId></ResponseMetadata></{operation}Response>")
    kind = "application/json" if service == "inspector2" else "application/x-amz-json-1.1"
    return _json(200, value, kind)


def html(status):
    return Answer(b"<!doctype html>\n<html><title>Error</title><h1>Oh no</h1></html>", status,
                  {"Content-Type": "text/html; charset=utf-8"})


def cut_off(service, operation, value):
    """Half of the body, then the end of the connection."""
    answer = render(service, operation, value)
    answer.send = len(answer.body) // 2
    return answer


def half_document(service, operation, value):
    """Half of the document with a Content-Length that fits: only a parser can see it."""
    answer = render(service, operation, value)
    answer.body = answer.body[: len(answer.body) // 2]
    return answer


ENTITY_BOMB = Answer(
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">'
    b'<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">]>'
    b"<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>&f;</instanceId>"
    b"</item></instancesSet></item></reservationSet></DescribeInstancesResponse>",
    200, {"Content-Type": "text/xml"})
EXTERNAL_ENTITY = Answer(
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>&x;</instanceId>"
    b"</item></instancesSet></item></reservationSet></DescribeInstancesResponse>",
    200, {"Content-Type": "text/xml"})
