// SPDX-License-Identifier: Apache-2.0
#include "formats/records/json_text.hpp"

#include <charconv>

#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_high(char32_t c) { return c >= 0xD800 && c <= 0xDBFF; }
bool is_low(char32_t c) { return c >= 0xDC00 && c <= 0xDFFF; }

char32_t hex4(std::string_view digits) {
  unsigned value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

// The character of the \u escape at `at`, moving behind it and behind the other half of a pair.
char32_t unicode_escape(std::string_view raw, std::size_t& at) {
  const char32_t first = hex4(raw.substr(at + 2, 4));
  at += 6;
  if (!is_high(first)) return is_low(first) ? replacement : first;
  if (raw.substr(at, 2) != "\\u") return replacement;
  const char32_t second = hex4(raw.substr(at + 2, 4));
  if (!is_low(second)) return replacement;
  at += 6;
  return 0x10000 + ((first - 0xD800) << 10U) + (second - 0xDC00);
}

char simple_escape(char c) {
  switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return c;
  }
}

}  // namespace

std::string decode_json(std::string_view raw) {
  std::string text;
  text.reserve(raw.size());
  for (std::size_t at = 0;;) {
    const std::size_t escape = raw.find('\\', at);
    text.append(raw.substr(at, escape - at));
    if (escape == std::string_view::npos) return text;
    at = escape;
    if (raw[at + 1] == 'u') {
      append_utf8(text, unicode_escape(raw, at));
    } else {
      text += simple_escape(raw[at + 1]);
      at += 2;
    }
  }
}

}  // namespace patchbot
