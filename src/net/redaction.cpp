// SPDX-License-Identifier: Apache-2.0
#include "net/redaction.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace patchbot {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view mark = "REDACTED";

// In lower case, without '_' and '-': the names under which the services that we ask, and those
// that are asked with the same kind of keys, carry secrets.
constexpr std::array<std::string_view, 19> secret_names{"accesskeyid",
                                                        "secretaccesskey",
                                                        "sessiontoken",
                                                        "webidentitytoken",
                                                        "token",
                                                        "accesstoken",
                                                        "refreshtoken",
                                                        "secretstring",
                                                        "secretbinary",
                                                        "password",
                                                        "csrftoken",
                                                        "apikey",
                                                        "apitoken",
                                                        "secretkey",
                                                        "accesskey",
                                                        "clientsecret",
                                                        "authtoken",
                                                        "xamzsecuritytoken",
                                                        "xamzsignature"};

bool is_secret(std::string_view name) {
  std::string plain;
  for (const char c : to_lower(name)) {
    if (c != '_' && c != '-') plain += c;
  }
  return std::find(secret_names.begin(), secret_names.end(), plain) != secret_names.end();
}

// SSM hands out decrypted parameters under a harmless name.
bool is_secure_parameter(const ordered_json& object) {
  const auto type = object.find("Type");
  return type != object.end() && *type == "SecureString";
}

bool redact(ordered_json& node) {
  bool changed = false;
  const bool secure = node.is_object() && is_secure_parameter(node);
  for (const auto& [name, value] : node.items()) {
    const bool secret = node.is_object() && (is_secret(name) || (secure && name == "Value"));
    if (secret && value.is_primitive() && !value.is_null()) {
      value = mark;
      changed = true;
    } else if (value.is_structured()) {
      changed = redact(value) || changed;
    }
  }
  return changed;
}

// The parser would follow nesting as deep as it goes.
bool is_deep(std::string_view text) {
  constexpr int most = 100;
  int depth = 0;
  for (const char c : text) {
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > most) return true;
  }
  return false;
}

std::string redacted_json(std::string_view text) {
  if (is_deep(text)) return std::string(mark);
  ordered_json document = ordered_json::parse(text, nullptr, false);
  if (document.is_discarded() || !redact(document)) return std::string(text);
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

std::string redacted_xml(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('<');
    const auto stop = text.find('>', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || stop == std::string_view::npos) break;
    const std::string_view tag = text.substr(open + 1, stop - open - 1);
    out += text.substr(0, stop + 1);
    text.remove_prefix(stop + 1);
    if (tag.empty() || tag.front() == '/' || tag.back() == '/') continue;
    if (!is_secret(tag.substr(tag.rfind(':') + 1))) continue;
    const auto end = text.find('<');
    if (end == std::string_view::npos) break;
    out += mark;
    text.remove_prefix(end);
  }
  return out + std::string(text);
}

std::string redacted_form(std::string_view text) {
  std::string out;
  for (const std::string_view field : split(text, '&')) {
    if (!out.empty()) out += '&';
    const auto equals = field.find('=');
    if (equals == std::string_view::npos || !is_secret(field.substr(0, equals))) {
      out += field;
    } else {
      out += field.substr(0, equals + 1);
      out += mark;
    }
  }
  return out;
}

}  // namespace

std::string redacted(std::string_view text) {
  const std::string_view body = trim(text);
  if (body.starts_with('{') || body.starts_with('[')) return redacted_json(text);
  if (body.starts_with('<')) return redacted_xml(text);
  const bool form = body.find('=') != std::string_view::npos &&
                    body.find_first_of(" \n") == std::string_view::npos;
  return form ? redacted_form(text) : std::string(text);
}

std::string redacted_url(std::string_view url) {
  const auto question = url.find('?');
  if (question == std::string_view::npos) return std::string(url);
  return std::string(url.substr(0, question + 1)) + redacted_form(url.substr(question + 1));
}

}  // namespace patchbot
