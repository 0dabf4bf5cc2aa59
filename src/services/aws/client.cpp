// SPDX-License-Identifier: Apache-2.0
#include "services/aws/client.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/retry.hpp"
#include "services/aws/failure.hpp"
#include "services/aws/sigv4.hpp"

namespace patchbot::aws {
namespace {

using std::chrono::milliseconds;

constexpr int retry_cost = 5;  // of the quota, as the SDKs count
constexpr int full_quota = 500;
constexpr double max_backoff_seconds = 20;
// A page of container hosts has hundreds of addresses per machine.
constexpr std::size_t max_page = std::size_t{256} * 1024 * 1024;

int attempts_of(const Environment& environment) {
  const std::string text = environment("AWS_MAX_ATTEMPTS");
  if (text.empty()) return 3;
  const auto number = parse_integer(text);
  if (!number || *number < 1 || *number > 20) {
    throw Error(Blame::usage,
                "AWS_MAX_ATTEMPTS: '" + clean_line(text) + "' is no number from 1 to 20");
  }
  return static_cast<int>(*number);
}

// The form as AWS and test servers both take it: botocore's rules, but a blank is a plus sign.
std::string to_form(const Operation& operation, const Form& parameters) {
  std::string body = "Action=" + std::string(operation.name);
  const auto add = [&body](std::string_view name, std::string_view value) {
    body += '&' + percent_encode(name) + '=';
    for (const std::string_view rest = value; const char c : rest) {
      if (c == ' ') {
        body += '+';
      } else {
        body += percent_encode({&c, 1});
      }
    }
  };
  for (const auto& [name, value] : parameters) add(name, value);
  add("Version", operation.service.version);
  return body;
}

bool is_worth_another(const Operation& operation,
                      const Failure& failure,
                      const HttpResponse& response) {
  const bool safe = operation.repeatable || response.not_sent || is_throttling(failure);
  return safe && is_transient(failure, response);
}

std::string advice_for(const Failure& failure, std::string_view label) {
  if (failure.code == "AccessDenied" && label.starts_with("sts AssumeRole")) {
    return "; does the role exist, and does its trust policy name us and the external id?";
  }
  if (failure.code == "AccessDenied" || failure.code == "AccessDeniedException" ||
      failure.code == "UnauthorizedOperation") {
    return "; the role lacks this permission (cfn/patchbot-roles.yaml has all that are needed)";
  }
  if (failure.code == "SignatureDoesNotMatch" || failure.code == "InvalidSignatureException" ||
      failure.code == "RequestTimeTooSkewed") {
    return "; is the secret key right, and this machine's clock?";
  }
  if (failure.code == "AuthFailure" || failure.code == "UnrecognizedClientException" ||
      failure.code == "InvalidClientTokenId" || failure.code == "OptInRequired") {
    return "; is the key valid, and the region enabled in the account?";
  }
  return {};
}

}  // namespace

const std::string& Reply::value() const {
  if (!failure) return body;
  std::string text = label + ": ";
  if (!failure->code.empty()) {
    text += failure->code;
    if (!failure->message.empty()) text += ": ";
  }
  text += failure->message;
  if (failure->status != 0) text += fmt::format(" (HTTP {})", failure->status);
  throw Error(Blame::remote, text + advice_for(*failure, label));
}

Session::Session(Transport& http, Clock& time, const Environment& environment)
    : transport(http),
      clock(time),
      endpoints(environment),
      max_attempts(attempts_of(environment)) {}

Client::Client(Session& session, CredentialsPtr credentials, std::string region, std::string scope)
    : session_(session),
      credentials_(std::move(credentials)),
      region_(std::move(region)),
      scope_(std::move(scope)) {}

Reply Client::query(const Operation& operation, const Form& parameters) {
  HttpRequest request;
  request.method = "POST";
  request.url = session_.endpoints.url(operation.service, region_) + "/";
  request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"});
  request.body = to_form(operation, parameters);
  request.max_answer = max_page;
  return send(operation, std::move(request));
}

Reply Client::json(const Operation& operation, const std::string& body) {
  HttpRequest request;
  request.method = "POST";
  request.url = session_.endpoints.url(operation.service, region_);
  if (operation.service.protocol == Protocol::rest_json) {
    request.url += operation.path;
    request.headers.push_back({"Content-Type", "application/json"});
  } else {
    request.url += '/';
    request.headers.push_back({"Content-Type", "application/x-amz-json-1.1"});
    request.headers.push_back(
        {"X-Amz-Target", fmt::format("{}.{}", operation.service.version, operation.name)});
  }
  request.body = body;
  return send(operation, std::move(request));
}

Reply Client::s3(const Operation& operation,
                 const std::string& bucket,
                 const std::string& key,
                 const std::string& body) {
  HttpRequest request;
  const bool put = operation.name == "PutObject";
  request.method = put ? "PUT" : "GET";
  // The path style works for every bucket name, with dots too, and for every override.
  request.url = session_.endpoints.url(operation.service, region_) + "/" + percent_encode(bucket) +
                "/" + percent_encode(key, "/");
  if (put) request.headers.push_back({"Content-Type", "application/octet-stream"});
  request.body = body;
  return send(operation, std::move(request));
}

std::string Client::place_of(const Operation& operation) const {
  const std::string text = fmt::format("{} {}", operation.service.prefix, operation.name);
  return region_.empty() ? text : text + " in " + region_;
}

std::string Client::label(const Operation& operation) const {
  return place_of(operation) + (scope_.empty() ? "" : " of account " + scope_);
}

// What messages and recordings go by.
void Client::name_request(const Operation& operation, HttpRequest& request) const {
  request.label = place_of(operation);
  request.scope = scope_;
  // Under an endpoint of one's own all regions have one address, yet a recording has to tell their
  // answers apart.
  const std::string_view region = signing_region(operation.service, region_);
  if (request.url.find(region) == std::string::npos) {
    request.scope += (scope_.empty() ? "" : ".") + region_;
  }
}

Reply Client::send(const Operation& operation, HttpRequest request) {
  Reply reply;
  reply.label = label(operation);
  name_request(operation, request);
  request.once = !operation.repeatable;
  bool renewed = false;
  Credentials used;
  for (int tries = 1;; ++tries) {
    if (session_.clock.elapsed() >= session_.deadline) {
      reply.failure = Failure{0, "", "not asked: the time for the whole run is over", ""};
      return reply;
    }
    HttpResponse response = attempt(operation, request, used);
    if (response.status >= 200 && response.status < 300) {
      if (session_.retry_quota < full_quota) ++session_.retry_quota;
      reply.failure.reset();
      reply.body = std::move(response.body);
      return reply;
    }
    reply.failure = parse_failure(response);
    if (!renewed && credentials_ && is_expired_credentials(*reply.failure)) {
      renewed = true;
      credentials_->refuse(used);
      continue;
    }
    const bool again = is_worth_another(operation, *reply.failure, response);
    if (!again || !may_retry(tries, response)) return reply;
  }
}

HttpResponse Client::attempt(const Operation& operation, HttpRequest request, Credentials& used) {
  if (credentials_) {
    used = credentials_->get();  // which may take its time
    sign(request,
         used,
         signing_region(operation.service, region_),
         operation.service.prefix,
         session_.clock.now());
  }
  const auto left = session_.deadline - session_.clock.elapsed();
  request.timeout = std::clamp(left, milliseconds(1), request.timeout);
  return session_.transport.exchange(request);
}

// Waits its turn as the SDKs do (full jitter), or says that it is enough.
bool Client::may_retry(int tries, const HttpResponse& response) const {
  if (tries >= session_.max_attempts) return false;
  if (session_.retry_quota.fetch_sub(retry_cost) < retry_cost) {
    session_.retry_quota.fetch_add(retry_cost);
    return false;
  }
  const double most =
      std::min(static_cast<double>(1U << static_cast<unsigned>(tries - 1)), max_backoff_seconds);
  const milliseconds jitter(static_cast<long>(1000 * most * session_.clock.chance()));
  const milliseconds pause = std::max(jitter, wanted_pause(response).value_or(jitter));
  if (session_.clock.elapsed() + pause >= session_.deadline) return false;
  session_.clock.sleep(pause);
  return true;
}

}  // namespace patchbot::aws
