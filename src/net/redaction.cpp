// SPDX-License-Identifier: Apache-2.0
#include "net/redaction.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "net/json_depth.hpp"
#include "net/redacted_xml.hpp"
#include "net/secret_names.hpp"

namespace patchbot {
namespace {

using nlohmann::ordered_json;

// SSM hands out decrypted parameters under a harmless name. Of others nobody knows what people keep
// in them; ids of AMIs are what they are asked for.
constexpr std::string_view secure_type = "SecureString";

bool is_ami(const ordered_json& object) {
  const auto value = object.find("Value");
  return value != object.end() && value->is_string() &&
         value->get_ref<const std::string&>().starts_with("ami-");
}

bool is_secure_parameter(const ordered_json& object) {
  const auto type = object.find("Type");
  if (type == object.end() || !type->is_string()) return false;
  const bool is_plain = *type == "String" || *type == "StringList";
  return *type == secure_type || (is_plain && object.contains("Name") && !is_ami(object));
}

bool redact(ordered_json& node) {
  bool changed = false;
  const bool secure = node.is_object() && is_secure_parameter(node);
  for (const auto& [name, value] : node.items()) {
    const bool secret = node.is_object() && (is_secret_name(name) || (secure && name == "Value"));
    if (secret && !value.is_null()) {
      value = redaction_mark;
      changed = true;
    } else if (value.is_structured()) {
      changed = redact(value) || changed;
    }
  }
  return changed;
}

bool names_a_secret(std::string_view text) {
  const auto pieces = split(text, '"');
  return std::any_of(pieces.begin(), pieces.end(), [](std::string_view piece) {
    return is_secret_name(piece) || piece == secure_type;
  });
}

// An answer that was cut off may hold a secret all the same.
std::string redacted_broken_json(std::string_view text) {
  return std::string(names_a_secret(text) ? redaction_mark : text);
}

std::string redacted_json(std::string_view text) {
  if (is_deep_json(text)) return std::string(redaction_mark);
  ordered_json document = ordered_json::parse(text, nullptr, false);
  if (document.is_discarded()) return redacted_broken_json(text);
  if (!redact(document)) return std::string(text);
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

std::string redacted_form(std::string_view text) {
  std::string out;
  bool first = true;
  for (const std::string_view field : split(text, '&')) {
    if (!first) out += '&';
    first = false;
    const auto equals = field.find('=');
    if (equals == std::string_view::npos || !is_secret_name(trim(field.substr(0, equals)))) {
      out += field;
    } else {
      out += field.substr(0, equals + 1);
      out += redaction_mark;
    }
  }
  return out;
}

// "https://user:password@host/path" without what stands before the '@'.
std::string without_user(std::string_view address) {
  const auto slashes = address.find("://");
  const std::size_t host = slashes == std::string_view::npos ? 0 : slashes + 3;
  const std::string_view authority = address.substr(host, address.find('/', host) - host);
  const auto at = authority.rfind('@');
  if (at == std::string_view::npos) return std::string(address);
  return std::string(address.substr(0, host)) + std::string(redaction_mark) +
         std::string(address.substr(host + at));
}

}  // namespace

std::string redacted(std::string_view text) {
  std::string_view body = text;
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  body = trim(body);
  if (body.starts_with('{') || body.starts_with('[')) return redacted_json(text);
  if (body.starts_with('<')) return redacted_xml(text);
  return redacted_form(text);
}

namespace {

// "/tokens/<what opens it>/download", as Nessus has it.
std::string without_token(std::string path) {
  constexpr std::string_view folder = "/tokens/";
  const auto scheme = path.find("://");
  const auto at = scheme == std::string::npos ? scheme : path.find(folder, scheme + 3);
  if (at == std::string::npos) return path;
  const auto start = at + folder.size();
  const auto end = std::min(path.find('/', start), path.size());
  return path.replace(start, end - start, redaction_mark);
}

}  // namespace

std::string redacted_url(std::string_view url) {
  const auto question = url.find('?');
  std::string path = without_token(without_user(url.substr(0, question)));
  if (question == std::string_view::npos) return path;
  return path + "?" + redacted_form(url.substr(question + 1));
}

std::string without(std::string text, const std::vector<Secret>& secrets) {
  for (const Secret& secret : secrets) {
    const std::string& hidden = secret.reveal();
    if (hidden.empty()) continue;
    for (auto at = text.find(hidden); at != std::string::npos; at = text.find(hidden, at)) {
      text.replace(at, hidden.size(), redaction_mark);
      at += std::string_view(redaction_mark).size();
    }
  }
  return text;
}

}  // namespace patchbot
