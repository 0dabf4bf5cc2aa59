// SPDX-License-Identifier: Apache-2.0
#include "formats/xml_text.hpp"

#include <charconv>

#include "base/utf8.hpp"

namespace patchbot {
namespace {

std::optional<char32_t> parse_numeric(std::string_view digits) {
  int base = 10;
  if (!digits.empty() && digits.front() == 'x') {
    base = 16;
    digits.remove_prefix(1);
  }
  unsigned value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, base);
  if (digits.empty() || error != std::errc() || stop != end) return {};
  return is_xml_character(value) ? std::optional<char32_t>(value) : std::nullopt;
}

}  // namespace

std::optional<char32_t> parse_reference(std::string_view body) {
  if (body == "lt") return U'<';
  if (body == "gt") return U'>';
  if (body == "amp") return U'&';
  if (body == "quot") return U'"';
  if (body == "apos") return U'\'';
  if (body.starts_with('#')) return parse_numeric(body.substr(1));
  return {};
}

std::string decode_xml(std::string_view raw) {
  std::string text;
  text.reserve(raw.size());
  while (!raw.empty()) {
    const auto start = raw.find('&');
    text.append(raw.substr(0, start));
    if (start == std::string_view::npos) break;
    const auto stop = raw.find(';', start);
    const auto body =
        raw.substr(start + 1, stop == std::string_view::npos ? stop : stop - start - 1);
    append_utf8(text, parse_reference(body).value_or(0xFFFD));
    raw.remove_prefix(stop == std::string_view::npos ? raw.size() : stop + 1);
  }
  return text;
}

std::string clean_xml(std::string_view raw) {
  const bool plain = raw.find('&') == std::string_view::npos;
  return plain ? clean_text(raw) : clean_text(decode_xml(raw));
}

}  // namespace patchbot
