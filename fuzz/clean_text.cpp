// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"
#include "bodies.hpp"
#include "formats/xml_text.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

// Decodes from scratch, so that clean_text is not its own judge.
void require_legal(const std::string& text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p != end) {
    char32_t c = static_cast<unsigned char>(*p);
    unsigned length = 1;
    if (c >= 0x80) {
      const Utf8Sequence sequence = decode_utf8(p, end);
      require(sequence.state == Utf8Sequence::State::valid, "the result is UTF-8");
      c = sequence.character;
      length = sequence.length;
    }
    require(is_xml_character(c) && c != '\r', "the result is legal in XML 1.0");
    require(c < 0x7F || c > 0x9F, "the result has no C1 controls");
    p += length;
  }
}

}  // namespace

int fuzz_clean_text(const std::uint8_t* data, std::size_t size) {
  const Sized input(data, size);
  const std::string clean = clean_text(input.text);
  require_legal(clean);
  require(clean_text(clean) == clean, "clean_text is idempotent");
  const std::string line = clean_line(input.text);
  require_legal(line);
  require(clean_line(line) == line, "clean_line is idempotent");
  require(line.find_first_of("\n\t") == std::string::npos, "clean_line gives one line");
  const std::string_view cut = cut_utf8(clean, input.first);
  require(cut.size() <= input.first, "cut_utf8 keeps its limit");
  require(clean_text(cut) == cut, "cut_utf8 cuts at a character");
  require_legal(clean_xml(input.text));
  return 0;
}

}  // namespace patchbot::fuzz
