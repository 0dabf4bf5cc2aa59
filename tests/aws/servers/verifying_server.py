# SPDX-License-Identifier: Apache-2.0
"""AWS on loopback: verifies the signature of every request and answers what the test says.

    with VerifyingServer({"AKIA1": Principal("111122223333", "secret")}) as aws:
        aws.on("ec2", "DescribeRegions", {"regionInfo": [{"regionName": "eu-west-1"}]})
        ...
        aws.count("ec2", "DescribeRegions"); aws.violations == []

An answer is a value (rendered as the service would), a Failure, an Answer (sent as it is), a function
of the Call that gives one of these, or sequence(...) of them. The latest rule that fits wins.
"""
import json
from dataclasses import dataclass, field

from servers.loopback import Answer, Loopback, Request
from servers.signature import BadSignature, Principal, Scope, verify
from servers.wire import REST_PATHS, TARGETS, Failure, render

UNSIGNED = {"AssumeRoleWithWebIdentity": "sts"}

__all__ = ["Answer", "Call", "Failure", "Principal", "VerifyingServer", "sequence", "times"]


@dataclass
class Call:
    """One request that was verified."""

    service: str
    operation: str
    account: str
    region: str
    parameters: dict
    request: Request = field(repr=False)
    principal: Principal | None = field(repr=False, default=None)

    def members(self, prefix):
        """Filter.1.Value.1, Filter.1.Value.2, ... of the Query protocol."""
        found = []
        while f"{prefix}.{len(found) + 1}" in self.parameters:
            found.append(self.parameters[f"{prefix}.{len(found) + 1}"])
        return found

    def filters(self):
        names, n = {}, 1
        while f"Filter.{n}.Name" in self.parameters:
            names[self.parameters[f"Filter.{n}.Name"]] = self.members(f"Filter.{n}.Value")
            n += 1
        return names


def sequence(*answers):
    """One after the other; the last one for ever."""
    rest = list(answers)

    def next_answer(call):
        answer = rest.pop(0) if len(rest) > 1 else rest[0]
        return answer(call) if callable(answer) else answer

    return next_answer


def times(count, answer, then):
    return sequence(*[answer] * count, then)


class VerifyingServer(Loopback):
    def __init__(self, principals, defaults=None):
        super().__init__()
        # The fleet hands out keys while it answers, so it shares the dictionary.
        self.principals = defaults.principals if defaults else {}
        self.principals.update(principals)
        self.defaults = defaults  # an object with methods <service>_<Operation>(call)
        self.calls = []
        self.violations = []
        self._rules = []

    def on(self, service, operation, answer, account=None, region=None):
        self._rules.append((service, operation, account, region, answer))

    def count(self, service, operation, account=None, region=None):
        return len(self.of(service, operation, account, region))

    def of(self, service, operation, account=None, region=None):
        return [c for c in self.calls if (c.service, c.operation) == (service, operation)
                and account in (None, c.account) and region in (None, c.region)]

    def answer(self, request):
        try:
            call = self._identify(request)
        except BadSignature as error:
            with self.lock:
                self.violations.append(f"{request.method} {request.target}: {error.code}: {error}")
            return render(self._service_of(request), "", Failure(error.code, 403, str(error)))
        with self.lock:
            self.calls.append(call)
            value = self._value(call)
        return render(call.service, call.operation, value)

    def _value(self, call):
        for service, operation, account, region, answer in reversed(self._rules):
            if (service, operation) == (call.service, call.operation) \
                    and account in (None, call.account) and region in (None, call.region):
                return answer(call) if callable(answer) else answer
        default = getattr(self.defaults, f"{call.service}_{call.operation}", None)
        if default is None:
            return Failure("InvalidAction", 400, f"the fake has no {call.service} {call.operation}")
        return default(call)

    def _identify(self, request):
        operation, parameters = self._operation(request)
        if operation in UNSIGNED:
            if request.header("authorization"):
                raise BadSignature("SignatureDoesNotMatch", operation + " is to be sent unsigned")
            return Call(UNSIGNED[operation], operation, "", "", parameters, request)
        scope: Scope = verify(request, self.principals)
        self._check_scope(request, scope, operation)
        return Call(scope.service, operation, scope.principal.account, scope.region, parameters,
                    request, scope.principal)

    @staticmethod
    def _check_scope(request, scope, operation):
        target = request.header("x-amz-target")
        wanted = TARGETS.get(target.partition(".")[0]) if target else scope.service
        if request.path in REST_PATHS:
            wanted = "inspector2"
        if scope.service != wanted:
            raise BadSignature("SignatureDoesNotMatch", f"{operation} signed for {scope.service}")

    @staticmethod
    def _service_of(request):
        scope = (request.header("authorization") or "").partition("Credential=")[2].split("/")
        return scope[3] if len(scope) > 3 else "sts"

    @staticmethod
    def _operation(request):
        kind = (request.header("content-type") or "").partition(";")[0]
        if kind == "application/x-www-form-urlencoded" and request.path == "/":
            form = request.form
            return form.get("Action", ""), form
        target = request.header("x-amz-target")
        if target:
            return target.partition(".")[2], json.loads(request.body)
        if request.path in REST_PATHS:
            return REST_PATHS[request.path], json.loads(request.body)
        return {"PUT": "PutObject", "GET": "GetObject"}.get(request.method, request.method), {}
