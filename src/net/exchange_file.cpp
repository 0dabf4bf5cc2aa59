// SPDX-License-Identifier: Apache-2.0
#include "net/exchange_file.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/json_depth.hpp"
#include "net/redaction.hpp"

namespace patchbot {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view schema = "patchbot.recording/1";

// What clients look at; cookies and the like stay out.
constexpr std::array<std::string_view, 17> kept_headers{"content-type",
                                                        "retry-after",
                                                        "x-amzn-requestid",
                                                        "x-amz-request-id",
                                                        "x-amzn-errortype",
                                                        "x-amz-version-id",
                                                        "x-amz-bucket-region",
                                                        "location",
                                                        "etag",
                                                        "last-modified",
                                                        "link",
                                                        "x-page",
                                                        "x-next-page",
                                                        "x-ausername",
                                                        "x-ratelimit-remaining",
                                                        "x-ratelimit-reset",
                                                        "ratelimit-reset"};

bool is_kept(std::string_view name) {
  return std::find(kept_headers.begin(), kept_headers.end(), name) != kept_headers.end();
}

[[noreturn]] void fail(const std::string& what) { throw Error(Blame::usage, what); }

ordered_json parse_object(std::string_view text) {
  if (is_deep_json(text)) fail("is nested too deep");
  ordered_json object = ordered_json::parse(text, nullptr, false);
  if (!object.is_object()) fail("is no JSON object");
  return object;
}

std::string text_of(const ordered_json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return {};
  if (!found->is_string()) fail(std::string("\"") + name + "\" must be a string");
  return found->get<std::string>();
}

const ordered_json& object_of(const ordered_json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_object()) {
    fail(std::string("\"") + name + "\" must be an object");
  }
  return *found;
}

int status_of(const ordered_json& answer, const char* name) {
  const auto status = answer.find(name);
  if (status->is_number_unsigned()) {
    const auto number = status->get<std::uint64_t>();
    if (number >= 100 && number <= 599) return static_cast<int>(number);
  }
  fail(std::string("\"") + name + "\" must be a number from 100 to 599");
}

std::string dump(const ordered_json& object) {
  return object.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

ordered_json answer_to_json(const HttpResponse& response) {
  ordered_json answer;
  if (response.status == 0) {
    answer["failure"] = response.failure;
    if (response.hopeless) answer["hopeless"] = true;  // or a replay would ask again
    if (response.not_sent) answer["not_sent"] = true;
    if (response.too_large) answer["too_large"] = true;
    if (response.broken_status != 0) answer["broken_status"] = response.broken_status;
  } else {
    answer["status"] = response.status;
    for (const HttpHeader& header : response.headers) {
      const std::string name = to_lower(header.name);
      if (!is_kept(name)) continue;
      answer["headers"][name] = name == "location" ? redacted_url(header.value) : header.value;
    }
  }
  return answer;
}

}  // namespace

RecordedRequest recorded_form(const HttpRequest& request) {
  // Cleaned: what JSON can hold, and can be found by again.
  RecordedRequest recorded{clean_text(request.method),
                           clean_text(redacted_url(request.url)),
                           clean_text(request.scope),
                           {},
                           clean_text(redacted(request.body))};
  for (const HttpHeader& header : request.headers) {
    if (equals_nocase(header.name, "x-amz-target")) recorded.target = clean_text(header.value);
  }
  return recorded;
}

std::string key_of(const RecordedRequest& request) {
  return Hasher()
      .add(request.method)
      .add(request.url)
      .add(request.scope)
      .add(request.target)
      .add(request.body)
      .digest()
      .hex();
}

std::string exchange_to_json(const RecordedRequest& request, const HttpResponse& response) {
  ordered_json asked{{"method", request.method}, {"url", request.url}};
  if (!request.scope.empty()) asked["scope"] = request.scope;
  if (!request.target.empty()) asked["target"] = request.target;
  if (!request.body.empty()) asked["body"] = request.body;
  return dump({{"request", asked}, {"response", answer_to_json(response)}});
}

RecordedExchange parse_exchange(std::string_view text) {
  const ordered_json document = parse_object(text);
  const ordered_json& asked = object_of(document, "request");
  const ordered_json& answer = object_of(document, "response");
  RecordedExchange exchange;
  exchange.request = {text_of(asked, "method"),
                      text_of(asked, "url"),
                      text_of(asked, "scope"),
                      text_of(asked, "target"),
                      text_of(asked, "body")};
  exchange.response.failure = text_of(answer, "failure");
  exchange.response.hopeless = answer.value("hopeless", ordered_json()) == true;
  exchange.response.not_sent = answer.value("not_sent", ordered_json()) == true;
  exchange.response.too_large = answer.value("too_large", ordered_json()) == true;
  if (answer.contains("broken_status")) {
    exchange.response.broken_status = status_of(answer, "broken_status");
  }
  if (answer.contains("status")) {
    exchange.response.status = status_of(answer, "status");
  } else if (exchange.response.failure.empty()) {
    fail(R"("response" needs "status" or "failure")");
  }
  if (!answer.contains("headers")) return exchange;
  const ordered_json& headers = object_of(answer, "headers");
  for (const auto& [name, value] : headers.items()) {
    exchange.response.headers.push_back({name, text_of(headers, name.c_str())});
  }
  return exchange;
}

std::string to_json(const RecordingHead& head) {
  return dump({{"schema", schema},
               {"recorded_at", to_rfc3339(head.recorded_at)},
               {"settings", ordered_json(head.settings)}});
}

RecordingHead parse_recording_head(std::string_view text) {
  const ordered_json document = parse_object(text);
  if (text_of(document, "schema") != schema) fail(R"(expected "schema": "patchbot.recording/1")");
  const auto time = parse_rfc3339(text_of(document, "recorded_at"));
  if (!time) fail("\"recorded_at\" must be a time such as 2026-11-23T06:00:00Z");
  RecordingHead head{*time, {}};
  if (!document.contains("settings")) return head;
  const ordered_json& settings = object_of(document, "settings");
  for (const auto& [name, value] : settings.items()) {
    head.settings[name] = text_of(settings, name.c_str());
  }
  return head;
}

}  // namespace patchbot
