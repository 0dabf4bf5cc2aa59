// SPDX-License-Identifier: Apache-2.0
#include "net/redaction.hpp"

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "bodies.hpp"
#include "services/aws/xml_answer.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

using aws::XmlAnswer;
using aws::XmlNode;
using nlohmann::json;

constexpr const char* mark = "REDACTED";

bool is_secret(std::string_view name) {
  return name == "Password" || name == "SecretAccessKey" || name == "SessionToken" ||
         name == "token" || name == "csrf_token";
}

// Whether the values below secret names are gone and all else is as before; `out` may have lost
// more, where names are meant that are not among ours.
void require_redacted(const json& in, const json& out) {
  if (out == mark || in.is_null()) return;
  require(in.type() == out.type() && in.size() == out.size(), "the shape stays");
  if (in.is_object()) {
    for (const auto& [name, value] : in.items()) {
      require(out.contains(name), "names stay");
      if (is_secret(name)) require(value.is_null() || out[name] == mark, "no secret in JSON");
      require_redacted(value, out[name]);
    }
  } else if (in.is_array()) {
    for (std::size_t i = 0; i < in.size(); ++i) require_redacted(in[i], out[i]);
  } else {
    require(in == out, "what is no secret stays");
  }
}

void require_redacted(const XmlNode& in, const XmlNode& out) {
  require(in.name == out.name, "names stay");
  const bool gone = out.raw == mark && out.children.empty();
  if (is_secret(in.name)) {
    require(gone || (out.raw.empty() && in.raw.empty() && in.children.empty()), "no secret in XML");
  }
  if (gone) return;
  require(in.raw == out.raw && in.children.size() == out.children.size(), "the rest of XML stays");
  for (std::size_t i = 0; i < in.children.size(); ++i) {
    require_redacted(in.children[i], out.children[i]);
  }
}

void check_json(std::string_view text, const std::string& out) {
  const json before = json::parse(text, nullptr, false);
  if (before.is_discarded() || !before.is_structured()) return;
  const json after = json::parse(out, nullptr, false);
  require(out == mark || !after.is_discarded(), "JSON stays JSON");
  if (out != mark) require_redacted(before, after);
}

void check_xml(std::string_view text, const std::string& out) {
  const std::string body(text);
  parses([&] {
    const XmlAnswer before(body);
    try {
      const XmlAnswer after(out);
      require_redacted(before.root(), after.root());
    } catch (const Error& error) {
      require(false, std::string("XML stays XML: ") + error.what());
    }
  });
}

void check_form(std::string_view text, const std::string& out) {
  const auto before = split(text, '&');
  const auto after = split(out, '&');
  require(before.size() == after.size(), "fields stay");
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto equals = before[i].find('=');
    if (equals == std::string_view::npos || !is_secret(before[i].substr(0, equals))) continue;
    require(after[i] == std::string(before[i].substr(0, equals + 1)) + mark, "no secret in forms");
  }
}

}  // namespace

int fuzz_redaction(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const std::string out = redacted(text);
  require(redacted(out) == out, "nothing is left to do");
  check_json(text, out);
  check_xml(text, out);
  const std::string_view body = trim(text);
  const bool other =
      body.empty() || std::string_view("{[<\xEF").find(body.front()) != std::string_view::npos;
  if (!other) check_form(text, out);
  const std::string url = redacted_url(text);
  require(redacted_url(url) == url, "nothing is left to do in a URL");
  return 0;
}

}  // namespace patchbot::fuzz
