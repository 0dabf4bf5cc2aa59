# SPDX-License-Identifier: Apache-2.0
"""Where credentials come from: an instance's metadata, a container's agent, the SSO portal."""
import json

from servers.loopback import Answer, Loopback
from servers.signature import Principal

EXPIRATION = "2038-01-01T00:00:00Z"


def _json(value, status=200):
    return Answer(json.dumps(value).encode(), status, {"Content-Type": "application/json"})


class _Fake(Loopback):
    """Every refusal is kept: a client that gets its way by another road is still wrong."""

    def __init__(self, key, principal: Principal):
        super().__init__()
        self.key = key
        self.principal = principal
        self.requests = []
        self.refused = []
        self.expiration = EXPIRATION

    def answer(self, request):
        with self.lock:
            self.requests.append(request)
            return self.reply(request)

    def refuse(self, status, why):
        self.refused.append(why)
        return Answer(why.encode(), status, {"Content-Type": "text/plain"})

    def reply(self, request):
        raise NotImplementedError


class InstanceMetadata(_Fake):
    """IMDSv2: a token first (PUT), and nothing without it."""

    PATH = "/latest/meta-data/iam/security-credentials/"

    def __init__(self, key, principal, role="jenkins"):
        super().__init__(key, principal)
        self.role = role
        self.documents = {}  # other paths, such as the region

    def reply(self, request):
        if request.path == "/latest/api/token":
            return self._token(request)
        if request.header("x-aws-ec2-metadata-token") != "imds-token==":
            return self.refuse(401, "no metadata token: " + request.target)
        if request.path.rstrip("/") == self.PATH.rstrip("/"):
            return Answer(self.role.encode(), headers={"Content-Type": "text/plain"})
        if request.path == self.PATH + self.role:
            return _json({"Code": "Success", "Type": "AWS-HMAC", "LastUpdated": "2026-01-01T00:00:00Z",
                          "AccessKeyId": self.key, "SecretAccessKey": self.principal.secret,
                          "Token": self.principal.token, "Expiration": self.expiration})
        if request.path in self.documents:
            return Answer(self.documents[request.path].encode(), headers={"Content-Type": "text/plain"})
        return Answer(b"", 404)

    def _token(self, request):
        ttl = request.header("x-aws-ec2-metadata-token-ttl-seconds") or ""
        if request.method != "PUT" or not ttl.isdigit() or not 1 <= int(ttl) <= 21600:
            return self.refuse(400, f"{request.method} for a token, lifetime {ttl!r}")
        if request.header("x-forwarded-for"):
            return self.refuse(403, "through a proxy")
        return Answer(b"imds-token==", headers={"Content-Type": "text/plain",
                                                "x-aws-ec2-metadata-token-ttl-seconds": ttl})


class ContainerAgent(_Fake):
    """ECS or EKS Pod Identity: one document, for those who know the authorization token."""

    def __init__(self, key, principal, token=None, path="/v1/credentials"):
        super().__init__(key, principal)
        self.token = token
        self.path = path

    def reply(self, request):
        if request.path != self.path or request.method != "GET":
            return self.refuse(404, f"{request.method} {request.path}")
        if self.token is not None and request.header("authorization") != self.token:
            return self.refuse(401, f"authorization {request.header('authorization')!r}")
        return _json({"AccessKeyId": self.key, "SecretAccessKey": self.principal.secret,
                      "Token": self.principal.token, "Expiration": self.expiration,
                      "AccountId": self.principal.account})


class SsoPortal(_Fake):
    """GetRoleCredentials, unsigned, by the bearer token of `aws sso login`."""

    def __init__(self, key, principal, token, role):
        super().__init__(key, principal)
        self.token = token
        self.role = role

    def reply(self, request):
        if request.path != "/federation/credentials" or request.method != "GET":
            return self.refuse(404, f"{request.method} {request.path}")
        if request.header("x-amz-sso_bearer_token") != self.token:
            return _json({"message": "Session token not found or invalid"}, 401)
        wanted = {"role_name": self.role, "account_id": self.principal.account}
        if request.query != wanted:
            return _json({"message": "No access"}, 403)
        return _json({"roleCredentials": {
            "accessKeyId": self.key, "secretAccessKey": self.principal.secret,
            "sessionToken": self.principal.token, "expiration": 2145916800000}})
