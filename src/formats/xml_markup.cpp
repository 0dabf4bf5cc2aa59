// SPDX-License-Identifier: Apache-2.0
// What is not a tag: blanks and the byte order mark around the root element, declarations,
// comments, CDATA, and character data with its references.
#include <strings.h>

#include <algorithm>
#include <cstring>

#include "base/byte_set.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/xml_scanner.hpp"
#include "formats/xml_text.hpp"

namespace patchbot {
namespace {

constexpr std::ptrdiff_t max_reference = 16;

using enum ByteSet::NonAscii;
constexpr ByteSet text_stops = ByteSet("<&]", stop).with_forbidden_controls();
constexpr ByteSet character_stops = ByteSet("", stop).with_forbidden_controls();
constexpr ByteSet target_ends("?= \t\r\n", skip);

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool is_word(std::string_view text, std::string_view word) { return equals_nocase(text, word); }

// The value that a declaration gives to a key: version="1.0".
std::string_view declared(std::string_view content, std::string_view key) {
  const auto start = content.find(key);
  if (start == std::string_view::npos) return {};
  const auto quote = content.find_first_of("\"'", start);
  if (quote == std::string_view::npos) return {};
  const auto stop = content.find(content[quote], quote + 1);
  if (stop == std::string_view::npos) return {};
  return content.substr(quote + 1, stop - quote - 1);
}

}  // namespace

// Where the byte order mark ends; null if the window is too short to tell.
const char* XmlScanner::behind_byte_order_mark(const char* p) const {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  const std::string_view seen(
      p, std::min<std::size_t>(mark.size(), static_cast<std::size_t>(end_ - p)));
  if (!at_start_ || !mark.starts_with(seen)) return p;
  if (seen.size() < mark.size()) return buffer_.ended() ? p : nullptr;
  return p + mark.size();
}

const char* XmlScanner::outside_root(const char* p) {
  p = behind_byte_order_mark(p);
  if (p == nullptr) return nullptr;
  if (const char* const solid = skip_blank(p); solid != p) {
    at_start_ = false;
    p = solid;
  }
  place_ = p;
  if (p == end_) {
    if (!buffer_.ended()) return nullptr;
    if (!root_seen_) fail(p, "the file holds no XML element");
    return p;
  }
  if (*p == '<') return p;
  fail(p, root_seen_ ? "text behind the end of the document" : "not XML: expected '<'");
}

const char* XmlScanner::skip_blank(const char* p) const {
  while (p != end_ && is_blank(*p)) ++p;
  return p;
}

const char* XmlScanner::find(const char* p, std::string_view what) const {
  const void* found = ::memmem(p, static_cast<std::size_t>(end_ - p), what.data(), what.size());
  return found == nullptr ? out_of_window() : static_cast<const char*>(found);
}

// Comments, CDATA and processing instructions hold any legal character.
const char* XmlScanner::checked(const char* p, const char* end) const {
  while ((p = find_first_in(character_stops, p, end)) != end) {
    p = character(p);
    if (p == nullptr || p > end) fail(end, "a character is cut");
  }
  return end;
}

const char* XmlScanner::markup_declaration(const char* p) const {
  constexpr std::string_view comment_open = "<!--";
  const std::string_view seen = std::string_view(
      p, static_cast<std::size_t>(std::min<std::ptrdiff_t>(end_ - p, cdata_open.size())));
  if (seen.starts_with(comment_open)) return comment(p);
  if (seen.starts_with(cdata_open)) {
    const char* const content = p + cdata_open.size();
    const char* const stop = find(content, "]]>");
    return stop == nullptr ? nullptr : checked(content, stop) + 3;
  }
  if (comment_open.starts_with(seen) || cdata_open.starts_with(seen)) return out_of_window();
  fail(p, "a document type or other declaration, which is refused");
}

// <!DOCTYPE SCAN SYSTEM "https://example.com/scan-1.dtd">: quoted texts may hold anything.
const char* XmlScanner::document_type(const char* p) const {
  constexpr std::string_view opening = "<!DOCTYPE";
  const std::string_view seen(
      p, static_cast<std::size_t>(std::min<std::ptrdiff_t>(end_ - p, opening.size())));
  if (!opening.starts_with(seen)) fail(p, "a declaration, which is refused");
  if (seen.size() < opening.size()) return out_of_window();
  const char* q = p + opening.size();
  while (q != end_ && *q != '>') {
    if (*q == '[' || *q == '<') fail(q, "declarations inside a document type, which are refused");
    if (*q == '"' || *q == '\'') q = std::find(q + 1, end_, *q);
    if (q != end_) ++q;
  }
  return q == end_ ? out_of_window() : checked(p, q) + 1;
}

const char* XmlScanner::comment(const char* p) const {
  const char* const content = p + 4;
  const char* const stop = find(content, "--");
  if (stop == nullptr) return nullptr;
  if (end_ - stop < 3) return out_of_window();
  if (stop[2] != '>') fail(stop, "'--' inside a comment");
  return checked(content, stop) + 3;
}

const char* XmlScanner::processing_instruction(const char* p) const {
  const char* const stop = find(p + 2, "?>");
  if (stop == nullptr) return nullptr;
  const char* const target_end = find_first_in(target_ends, p + 2, stop);
  const std::string_view target(p + 2, static_cast<std::size_t>(target_end - p - 2));
  if (target.empty() || !is_name_start(target.front())) {
    fail(p, "a processing instruction without a name");
  }
  if (target_end != stop && !is_blank(*target_end)) {
    fail(target_end, "a blank is missing behind the name");
  }
  if (is_word(target, "xml")) {
    if (!at_start_ || target != "xml") {
      fail(p, "an XML declaration that is not at the start of the file");
    }
    xml_declaration({target_end, static_cast<std::size_t>(stop - target_end)}, p);
  }
  return checked(p + 2, stop) + 2;
}

void XmlScanner::xml_declaration(std::string_view content, const char* p) const {
  if (declared(content, "version") != "1.0") fail(p, "not XML version 1.0");
  const std::string_view encoding = declared(content, "encoding");
  for (std::string_view known : {"", "UTF-8", "UTF8", "US-ASCII", "ASCII"}) {
    if (is_word(encoding, known)) return;
  }
  fail(p, "encoding " + clean_line(encoding) + " is not supported; expected UTF-8");
}

// From p to the next '<'. With Commit::yes the text is of no use to anybody, and what has been
// checked is left behind even if the window ends.
const char* XmlScanner::character_data(const char* p, Commit commit) {
  for (;;) {
    p = find_first_in(text_stops, p, end_);
    if (commit == Commit::yes) place_ = p;
    if (p == end_) return out_of_window();
    if (*p == '<') return p;
    p = behind_stop(p);
    if (p == nullptr) return nullptr;
  }
}

const char* XmlScanner::behind_stop(const char* p) const {
  if (*p == '&') return reference(p);
  if (*p != ']') return character(p);
  const std::string_view ahead(p, static_cast<std::size_t>(std::min<std::ptrdiff_t>(3, end_ - p)));
  if (ahead == "]]>") fail(p, "']]>' in text");
  const bool cut = ahead.size() < 3 && std::string_view("]]>").starts_with(ahead);
  return cut ? out_of_window() : p + 1;
}

const char* XmlScanner::reference(const char* p) const {
  const char* const limit = std::min(end_, p + max_reference);
  const char* const stop = std::find(p, limit, ';');
  if (stop == limit) {
    if (limit == end_ && end_ - p < max_reference) return out_of_window();
    fail(p, "'&' that begins no entity; expected &amp;");
  }
  if (!parse_reference(std::string_view(p + 1, static_cast<std::size_t>(stop - p - 1)))) {
    fail(p,
         "unknown entity or character reference '" +
             clean_line(std::string_view(p, static_cast<std::size_t>(stop + 1 - p))) + "'");
  }
  return stop + 1;
}

const char* XmlScanner::character(const char* p) const {
  if (static_cast<unsigned char>(*p) < 0x80) {
    fail(p, "control character " + std::to_string(static_cast<int>(*p)) + ", which XML forbids");
  }
  const Utf8Sequence sequence = decode_utf8(p, end_);
  if (sequence.state == Utf8Sequence::State::cut) return out_of_window();
  if (sequence.state == Utf8Sequence::State::invalid) fail(p, "bytes that are not UTF-8");
  if (!is_xml_character(sequence.character)) fail(p, "a character that XML forbids");
  return p + sequence.length;
}

}  // namespace patchbot
