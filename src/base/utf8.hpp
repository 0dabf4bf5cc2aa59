// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace patchbot {

/// The sequence that starts at a byte from 0x80 on.
struct Utf8Sequence {
  enum class State : std::uint8_t { valid, invalid, cut } state;
  unsigned length;     ///< in bytes, when valid
  char32_t character;  ///< when valid
};

/// Decodes one sequence (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF).
/// `cut` says that [begin, end) ends inside a sequence that could still become valid.
Utf8Sequence decode_utf8(const char* begin, const char* end);

/// Whether XML 1.0 (5th edition, production 2) allows the character.
constexpr bool is_xml_character(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

void append_utf8(std::string& out, char32_t character);

/// Text from outside made safe for logs, XML and HTML: control characters (C0 but tab and line
/// feed, DEL, C1) and the invisible marks of direction and line ends are dropped, CR LF becomes LF,
/// and what is not UTF-8 or not legal in XML 1.0 becomes U+FFFD.
std::string clean_text(std::string_view text);

/// The same on one line: runs of blanks and line ends become one blank, none at the ends.
std::string clean_line(std::string_view text);
std::string one_line(std::string clean);  ///< of what clean_text has returned

/// At most `limit` bytes of valid UTF-8, cut at a character.
std::string_view cut_utf8(std::string_view text, std::size_t limit);

}  // namespace patchbot
