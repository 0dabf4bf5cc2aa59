// SPDX-License-Identifier: Apache-2.0
#include "formats/xml_scanner.hpp"

#include "base/byte_source.hpp"
#include "bodies.hpp"
#include "formats/xml_text.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

using Token = XmlScanner::Token;

std::string to_line(const XmlScanner& scanner, Token token) {
  std::string text =
      std::to_string(static_cast<int>(token)) + " depth " + std::to_string(scanner.depth());
  if (token != Token::open && token != Token::leaf) return text;
  text.append(" ").append(scanner.name());
  for (const XmlAttribute& attribute : scanner.attributes())
    text.append(" ").append(attribute.name).append("=").append(decode_xml(attribute.value));
  if (token == Token::leaf) text.append(" : ").append(decode_xml(scanner.text()));
  return text;
}

std::string tokens_of(std::string_view document, std::size_t chunk) {
  const auto source = memory_source(document);
  InputBuffer buffer(*source, chunk);
  XmlScanner scanner(buffer);
  std::string all;
  try {
    for (;;) {
      const XmlScanner::Mark mark = scanner.mark();
      const Token token = scanner.next();
      if (token == Token::more) {
        scanner.rewind(mark, buffer.refill(mark.place));
        continue;
      }
      if (token == Token::finish) return all + "finish";
      all += to_line(scanner, token) + "\n";
    }
  } catch (const Error& error) {
    return all + describe(error);
  }
}

}  // namespace

int fuzz_xml_scanner(const std::uint8_t* data, std::size_t size) {
  const Sized input(data, size);
  const std::string at_once = tokens_of(input.text, size + 1);
  const std::string in_chunks = tokens_of(input.text, input.chunk);
  require(in_chunks == at_once, "chunks do not matter:\n" + in_chunks + "\n---\n" + at_once);
  return 0;
}

}  // namespace patchbot::fuzz
