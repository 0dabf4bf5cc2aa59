// SPDX-License-Identifier: Apache-2.0
#include "formats/toml_mask.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "formats/line_index.hpp"

namespace patchbot {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80U; }

// Of no meaning in TOML, and no letter of a key.
char unused_mark(std::string_view text) {
  for (const char mark : std::string_view("`~^@$%&|;<>?!*()/")) {
    if (text.find(mark) == std::string_view::npos) return mark;
  }
  throw Error(Blame::input,
              "mixes other alphabets with every sign of ASCII; write \\u and numbers for those");
}

std::size_t character_length(std::string_view text, std::size_t at) {
  const Utf8Sequence sequence = decode_utf8(text.data() + at, text.data() + text.size());
  if (sequence.state == Utf8Sequence::State::valid) return sequence.length;
  throw Error(Blame::input, "is no UTF-8", LineIndex(text).position_of(at));
}

}  // namespace

TomlMask::TomlMask(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_ascii)) {
    masked_ = text;
    return;
  }
  mark_ = unused_mark(text);
  for (std::size_t at = 0; at < text.size();) {
    const bool is_masked = !is_ascii(text[at]);
    masked_ += is_masked ? mark_ : text[at];
    at += is_masked ? character_length(text, at) : 1;
  }
}

std::string TomlMask::unmasked(std::string_view decoded,
                               std::string_view raw,
                               const Position& place) const {
  if (mark_ == '\0') return std::string(decoded);
  std::string text;
  std::size_t at = 0;  // behind the last character that was put back
  for (const char c : decoded) {
    if (c == mark_) {
      while (at < raw.size() && is_ascii(raw[at])) ++at;
      if (at == raw.size()) {
        throw Error(
            Blame::input, std::string("write ") + c + " itself, not an escape for it", place);
      }
      const std::size_t length = character_length(raw, at);
      text += raw.substr(at, length);
      at += length;
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace patchbot
