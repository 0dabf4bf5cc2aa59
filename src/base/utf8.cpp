// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"

#include "base/byte_set.hpp"

namespace patchbot {
namespace {

using State = Utf8Sequence::State;

struct Lead {
  unsigned length;
  char32_t bits;
  unsigned char second_low;
  unsigned char second_high;
};

// The bounds of the second byte exclude overlong forms, surrogates and what is above U+10FFFF.
Lead lead_of(unsigned char c) {
  if (c < 0xC2) return {0, 0, 0, 0};
  if (c < 0xE0) return {2, c & 0x1FU, 0x80, 0xBF};
  if (c < 0xF0) {
    const unsigned char low = c == 0xE0 ? 0xA0 : 0x80;
    const unsigned char high = c == 0xED ? 0x9F : 0xBF;
    return {3, c & 0x0FU, low, high};
  }
  if (c < 0xF5) {
    const unsigned char low = c == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = c == 0xF4 ? 0x8F : 0xBF;
    return {4, c & 0x07U, low, high};
  }
  return {0, 0, 0, 0};
}

constexpr char32_t replacement = 0xFFFD;

bool is_unwanted(char32_t c) {
  const bool c1_control = c >= 0x7F && c <= 0x9F;
  const bool direction = c == 0x200E || c == 0x200F || c == 0x061C ||
                         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  const bool line_end = c == 0x2028 || c == 0x2029;
  return c1_control || direction || line_end;
}

const char* append_clean_sequence(std::string& out, const char* p, const char* end) {
  const Utf8Sequence s = decode_utf8(p, end);
  if (s.state != State::valid) {
    append_utf8(out, replacement);
    return p + 1;
  }
  if (!is_xml_character(s.character)) {
    append_utf8(out, replacement);
  } else if (!is_unwanted(s.character)) {
    out.append(p, s.length);
  }
  return p + s.length;
}

}  // namespace

Utf8Sequence decode_utf8(const char* begin, const char* end) {
  const Lead lead = lead_of(static_cast<unsigned char>(*begin));
  if (lead.length == 0) return {State::invalid, 0, 0};
  char32_t character = lead.bits;
  for (unsigned i = 1; i < lead.length; ++i) {
    if (begin + i == end) return {State::cut, 0, 0};
    const auto c = static_cast<unsigned char>(begin[i]);
    const unsigned char low = i == 1 ? lead.second_low : 0x80;
    const unsigned char high = i == 1 ? lead.second_high : 0xBF;
    if (c < low || c > high) return {State::invalid, 0, 0};
    character = (character << 6U) | (c & 0x3FU);
  }
  return {State::valid, lead.length, character};
}

void append_utf8(std::string& out, char32_t c) {
  const auto byte = [&out](char32_t value) { out += static_cast<char>(value); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6U));
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12U));
    byte(0x80 | ((c >> 6U) & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | (c >> 18U));
    byte(0x80 | ((c >> 12U) & 0x3F));
    byte(0x80 | ((c >> 6U) & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
}

std::string clean_text(std::string_view text) {
  static constexpr ByteSet suspects =
      ByteSet("\r\x7F", ByteSet::NonAscii::stop).with_forbidden_controls();
  std::string out;
  out.reserve(text.size());
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p != end) {
    const char* stop = find_first_in(suspects, p, end);
    out.append(p, stop);
    if (stop == end) break;
    p = static_cast<unsigned char>(*stop) < 0x80 ? stop + 1 : append_clean_sequence(out, stop, end);
  }
  return out;
}

std::string clean_line(std::string_view text) { return one_line(clean_text(text)); }

std::string one_line(std::string clean) {
  static constexpr ByteSet blanks(" \t\n", ByteSet::NonAscii::skip);
  const char* const start = clean.data();
  auto used = static_cast<std::size_t>(find_first_in(blanks, start, start + clean.size()) - start);
  for (std::size_t i = used; i < clean.size(); ++i) {
    const bool blank = clean[i] == ' ' || clean[i] == '\t' || clean[i] == '\n';
    if (blank && (used == 0 || clean[used - 1] == ' ')) continue;
    clean[used++] = blank ? ' ' : clean[i];
  }
  if (used > 0 && clean[used - 1] == ' ') --used;
  clean.resize(used);
  return clean;
}

std::string_view cut_utf8(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80) --limit;
  return text.substr(0, limit);
}

}  // namespace patchbot
