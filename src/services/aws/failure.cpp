// SPDX-License-Identifier: Apache-2.0
#include "services/aws/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/json_depth.hpp"
#include "services/aws/xml_answer.hpp"

namespace patchbot::aws {
namespace {

constexpr std::size_t max_message = 500;

// The union of botocore's lists (aws.md b).
constexpr std::array<std::string_view, 14> throttling_codes{
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "RequestThrottled",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException"};
constexpr std::array<std::string_view, 4> transient_codes{
    "RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete", "InternalError"};
constexpr std::array<std::string_view, 4> expired_codes{
    "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"};

template <std::size_t N>
bool is_one_of(std::string_view code, const std::array<std::string_view, N>& codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string bounded(std::string_view text) {
  return std::string(trim(cut_utf8(text, max_message)));
}

// "com.amazon.coral.service#AccessDeniedException:http://..." is AccessDeniedException.
std::string bare_code(std::string_view code) {
  code = code.substr(0, code.find(':'));
  if (const auto hash = code.rfind('#'); hash != std::string_view::npos) {
    code.remove_prefix(hash + 1);
  }
  return clean_line(cut_utf8(code, 100));
}

std::string text_of(const nlohmann::json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const auto found = object.find(key);
    if (found != object.end() && found->is_string()) return found->get<std::string>();
  }
  return {};
}

void read_json(const HttpResponse& response, Failure& failure) {
  if (is_deep_json(response.body)) return;
  const auto object = nlohmann::json::parse(response.body, nullptr, false);
  if (!object.is_object()) return;
  failure.code = bare_code(text_of(object, {"__type", "code", "Code"}));
  failure.message = bounded(clean_line(text_of(object, {"message", "Message", "errorMessage"})));
}

void read_xml(const HttpResponse& response, Failure& failure) {
  try {
    const XmlAnswer answer(response.body);
    if (const XmlNode* error = answer.root().find_below("Error")) {
      failure.code = bare_code(error->text("Code"));
      failure.message = bounded(error->text("Message"));
    }
    for (const char* name : {"RequestId", "RequestID", "requestId"}) {
      if (!failure.request_id.empty()) break;
      const XmlNode* id = answer.root().find_below(name);
      if (id != nullptr) failure.request_id = bounded(id->value());
    }
  } catch (const Error&) {
    return;  // what follows says that it is not an answer of AWS
  }
}

// By what it is before what it says that it is: moto calls even its XML errors text/html.
bool is_html(const HttpResponse& response) {
  const std::string_view body = trim(response.body);
  if (body.starts_with("<?xml")) return false;
  const std::string type = to_lower(response.header("content-type"));
  return type.find("html") != std::string::npos || starts_with_nocase(body, "<!doctype html") ||
         starts_with_nocase(body, "<html");
}

std::string what_came(const HttpResponse& response) {
  const std::string text = clean_line(cut_utf8(response.body, 200));
  if (text.empty()) return "an empty answer";
  if (is_html(response)) {
    return "a page of HTML, which is not how AWS answers: a proxy, or a test server that lacks "
           "this call";
  }
  return "an answer that is not AWS's: " + bounded(text);
}

}  // namespace

Failure parse_failure(const HttpResponse& response) {
  Failure failure;
  failure.status = response.status;
  if (response.status == 0) {
    failure.message = bounded(clean_line(response.failure));
    return failure;
  }
  for (const char* name : {"x-amzn-requestid", "x-amz-request-id"}) {
    if (failure.request_id.empty()) failure.request_id = bounded(clean_line(response.header(name)));
  }
  const std::string_view body = trim(response.body);
  if (body.starts_with('{')) {
    read_json(response, failure);
  } else if (body.starts_with('<') && !is_html(response)) {
    read_xml(response, failure);
  }
  const std::string_view type = response.header("x-amzn-errortype");
  if (!type.empty()) failure.code = bare_code(type);
  if (failure.code.empty() && failure.message.empty()) failure.message = what_came(response);
  return failure;
}

bool is_throttling(const Failure& failure) {
  return failure.status == 429 || is_one_of(failure.code, throttling_codes);
}

bool is_transient(const Failure& failure, const HttpResponse& response) {
  if (response.hopeless) return false;
  if (is_throttling(failure) || is_one_of(failure.code, transient_codes)) return true;
  if (failure.status == 500) return !is_html(response);
  return failure.status == 0 || failure.status == 502 || failure.status == 503 ||
         failure.status == 504;
}

bool is_expired_credentials(const Failure& failure) {
  return is_one_of(failure.code, expired_codes);
}

}  // namespace patchbot::aws
