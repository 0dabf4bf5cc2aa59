# SPDX-License-Identifier: Apache-2.0
"""Verifies Signature Version 4 of a received request with botocore's own code."""
import datetime
import hashlib
import re
from dataclasses import dataclass

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

FORM = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/, ]+)/(\d{8})/([^/, ]+)/([^/, ]+)/aws4_request,"
                  r" ?SignedHeaders=([^, ]+), ?Signature=([0-9a-f]{64})$")
MAX_SKEW = datetime.timedelta(minutes=5)


@dataclass
class Principal:
    """Who owns a key."""

    account: str
    secret: str
    token: str | None = None
    arn: str = ""


class BadSignature(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


@dataclass
class Scope:
    """What the Authorization header says, after it was found to be right."""

    key: str
    region: str
    service: str
    principal: Principal


def _same(request, scope_service):
    """botocore's idea of the request, made of what came over the wire."""
    copy = AWSRequest(method=request.method, url="http://" + request.header("host") + request.target,
                      data=request.body)
    return copy, S3SigV4Auth if scope_service == "s3" else SigV4Auth


def _check_date(request, day, now):
    stamp = request.header("x-amz-date") or ""
    try:
        at = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    except ValueError:
        raise BadSignature("IncompleteSignature", f"X-Amz-Date is {stamp!r}") from None
    if stamp[:8] != day:
        raise BadSignature("SignatureDoesNotMatch", "the scope's day is not that of X-Amz-Date")
    if abs(now - at) > MAX_SKEW:
        raise BadSignature("RequestTimeTooSkewed", f"signed at {stamp}")
    return stamp


def _check_coverage(request, signed):
    """Every header that matters must be signed, once, and be there."""
    names = [name.lower() for name, _ in request.headers]
    must = {n for n in names if n in ("host", "content-type") or n.startswith("x-amz-")} | {"host"}
    missing = must - set(signed)
    if missing:
        raise BadSignature("SignatureDoesNotMatch", f"not signed: {sorted(missing)}")
    if signed != sorted(set(signed)):
        raise BadSignature("SignatureDoesNotMatch", "SignedHeaders are not sorted")
    absent = set(signed) - set(names)
    if absent:
        raise BadSignature("SignatureDoesNotMatch", f"signed but not sent: {sorted(absent)}")
    for name in ("x-amz-date", "x-amz-security-token", "authorization", "host"):
        if names.count(name) > 1:
            raise BadSignature("SignatureDoesNotMatch", f"{name} came more than once")


def _check_token(request, principal):
    token = request.header("x-amz-security-token")
    if token != principal.token:
        what = "missing" if token is None else "wrong" if principal.token else "not of this key"
        raise BadSignature("InvalidClientTokenId", f"the session token is {what}")


def _check_payload(request, service):
    said = request.header("x-amz-content-sha256")
    if service == "s3" and said is None:
        raise BadSignature("MissingSecurityHeader", "S3 needs x-amz-content-sha256")
    if said not in (None, "UNSIGNED-PAYLOAD", hashlib.sha256(request.body).hexdigest()):
        raise BadSignature("XAmzContentSHA256Mismatch", "the hash is of another body")


def verify(request, principals, now=None):
    """The Scope, or BadSignature."""
    found = FORM.match(request.header("authorization") or "")
    if not found:
        raise BadSignature("MissingAuthenticationToken", "no Authorization, or none of this form")
    key, day, region, service, signed, signature = found.groups()
    principal = principals.get(key)
    if principal is None:
        raise BadSignature("InvalidClientTokenId", f"the key {key} is not known")
    stamp = _check_date(request, day, now or datetime.datetime.now(datetime.timezone.utc))
    signed = signed.split(";")
    _check_coverage(request, signed)
    _check_token(request, principal)
    _check_payload(request, service)
    copy, auth_class = _same(request, service)
    for name, value in request.headers:
        if name.lower() in signed:
            copy.headers.add_header(name, value)
    copy.context["timestamp"] = stamp
    auth = auth_class(Credentials(key, principal.secret), service, region)
    canonical = auth.canonical_request(copy)
    if auth.signature(auth.string_to_sign(copy, canonical), copy) != signature:
        raise BadSignature("SignatureDoesNotMatch", f"expected the canonical request\n{canonical}")
    return Scope(key, region, service, principal)
