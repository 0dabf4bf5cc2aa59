// SPDX-License-Identifier: Apache-2.0
#include "formats/xml_scanner.hpp"

#include <algorithm>
#include <cstring>

#include "base/byte_set.hpp"
#include "base/utf8.hpp"
#include "formats/xml_text.hpp"

// A null pointer from a scanning step always means: the window ends here, come back with more.

namespace patchbot {
namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t max_attributes = 256;
constexpr std::ptrdiff_t max_reference = 16;

using enum ByteSet::NonAscii;
constexpr ByteSet text_stops = ByteSet("<&]", stop).with_forbidden_controls();
constexpr ByteSet double_quoted_stops = ByteSet("\"<&", stop).with_forbidden_controls();
constexpr ByteSet single_quoted_stops = ByteSet("'<&", stop).with_forbidden_controls();
constexpr ByteSet character_stops = ByteSet("", stop).with_forbidden_controls();
constexpr ByteSet name_ends(" \t\r\n/>=<&\"'!?;,()[]{}*+|\\^`~@#$%", skip);

constexpr std::string_view cdata_open = "<![CDATA[";

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool is_name_start(char c) {
  const auto u = static_cast<unsigned char>(c);
  return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u == '_' || u == ':' || u >= 0x80;
}

std::string_view view(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

// What a CDATA section means, written as ordinary text.
void append_escaped(std::string& text, std::string_view literal) {
  for (char c : literal) {
    if (c == '&') {
      text += "&amp;";
    } else if (c == '<') {
      text += "&lt;";
    } else {
      text += c;
    }
  }
}

std::string quoted(std::string_view name) { return "<" + clean_line(cut_utf8(name, 60)) + ">"; }

}  // namespace

XmlScanner::XmlScanner(const InputBuffer& buffer) : buffer_(buffer), place_(buffer.begin()) {}

XmlScanner::Mark XmlScanner::mark() {
  copied_texts_.clear();
  return {place_, starts_.size(), names_.size(), at_start_};
}

void XmlScanner::rewind(const Mark& mark, const char* place) {
  place_ = place;
  starts_.resize(mark.depth);
  names_.resize(mark.names_size);
  at_start_ = mark.at_start;
}

void XmlScanner::fail(const char* place, const std::string& what) const {
  throw Error(Blame::input, what, buffer_.position_of(place));
}

std::string_view XmlScanner::attribute(std::string_view name) const {
  for (const XmlAttribute& attribute : attributes_) {
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

std::string_view XmlScanner::innermost() const {
  return std::string_view(names_).substr(starts_.back());
}

// The window has ended: at the end of the input that is an error, before it a reason to come back.
const char* XmlScanner::out_of_window() const {
  if (!buffer_.ended()) return nullptr;
  if (starts_.empty()) {
    fail(end_,
         root_seen_ ? "the file ends inside markup" : "the file ends inside its first element");
  }
  fail(end_, "the file ends inside " + quoted(innermost()));
}

XmlScanner::Token XmlScanner::next() {
  end_ = buffer_.end();
  for (;;) {
    const char* p = starts_.empty() ? outside_root(place_) : character_data(place_, true);
    if (p == nullptr) return Token::more;
    if (p == end_) return Token::finish;
    token_ = p;
    if (end_ - p < 2) {
      out_of_window();
      return Token::more;
    }
    if (p[1] == '/') return end_tag(p);
    if (p[1] != '!' && p[1] != '?') return start_tag(p);
    if (starts_.empty() && view(p, end_).starts_with(cdata_open)) {
      fail(p, "a CDATA section outside the root element");
    }
    p = p[1] == '!' ? markup_declaration(p) : processing_instruction(p);
    if (p == nullptr) return Token::more;
    place_ = p;
    at_start_ = false;
  }
}

// ---- outside the root element

const char* XmlScanner::outside_root(const char* p) {
  if (at_start_) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    const std::size_t seen = std::min<std::size_t>(mark.size(), static_cast<std::size_t>(end_ - p));
    if (view(p, p + seen) == mark.substr(0, seen)) {
      if (seen < mark.size() && !buffer_.ended()) return nullptr;
      if (seen == mark.size()) place_ = p = p + seen;
    }
  }
  while (p != end_ && is_blank(*p))
    ++p;
  if (p == end_) {
    place_ = p;
    if (!buffer_.ended()) return nullptr;
    if (!root_seen_) fail(p, "the file holds no XML element");
    return p;
  }
  if (*p != '<') {
    fail(p, root_seen_ ? "text behind the end of the document" : "not XML: expected '<'");
  }
  if (p != place_) at_start_ = false;
  place_ = p;
  return p;
}

const char* XmlScanner::skip_blank(const char* p) const {
  while (p != end_ && is_blank(*p))
    ++p;
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

const char* XmlScanner::markup_declaration(const char* p) {
  constexpr std::string_view comment_open = "<!--";
  const std::string_view seen = view(p, std::min(end_, p + cdata_open.size()));
  if (seen.starts_with(comment_open)) return comment(p);
  if (seen.starts_with(cdata_open)) {
    const char* const content = p + cdata_open.size();
    const char* const stop = find(content, "]]>");
    return stop == nullptr ? nullptr : checked(content, stop) + 3;
  }
  if (comment_open.starts_with(seen) || cdata_open.starts_with(seen)) return out_of_window();
  fail(p, "a document type or other declaration, which is refused");
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
  const char* const target_end = find_first_in(name_ends, p + 2, stop);
  const std::string_view target = view(p + 2, target_end);
  if (target.empty() || !is_name_start(target.front()))
    fail(p, "a processing instruction without a name");
  if (target_end != stop && !is_blank(*target_end))
    fail(target_end, "a blank is missing behind the name");
  if (target.size() == 3 && ::strncasecmp(target.data(), "xml", 3) == 0) {
    if (!at_start_ || target != "xml")
      fail(p, "an XML declaration that is not at the start of the file");
    xml_declaration(view(target_end, stop), p);
  }
  return checked(p + 2, stop) + 2;
}

void XmlScanner::xml_declaration(std::string_view content, const char* p) const {
  const auto value_of = [content](std::string_view key) -> std::string_view {
    const auto start = content.find(key);
    if (start == std::string_view::npos) return {};
    const auto quote = content.find_first_of("\"'", start);
    if (quote == std::string_view::npos) return {};
    const auto stop = content.find(content[quote], quote + 1);
    return stop == std::string_view::npos ? std::string_view()
                                          : content.substr(quote + 1, stop - quote - 1);
  };
  if (value_of("version") != "1.0") fail(p, "not XML version 1.0");
  const std::string_view encoding = value_of("encoding");
  const auto is = [encoding](std::string_view name) {
    return encoding.size() == name.size() &&
           ::strncasecmp(encoding.data(), name.data(), name.size()) == 0;
  };
  if (!encoding.empty() && !is("UTF-8") && !is("UTF8") && !is("US-ASCII") && !is("ASCII")) {
    fail(p, "encoding " + clean_line(encoding) + " is not supported; expected UTF-8");
  }
}

// ---- text

// From p to the next '<'. With may_commit the text is of no use to anybody, and what has been
// checked is left behind even if the window ends.
const char* XmlScanner::character_data(const char* p, bool may_commit) {
  for (;;) {
    p = find_first_in(text_stops, p, end_);
    if (may_commit) place_ = p;
    if (p == end_) return out_of_window();
    const char* after = p;
    if (*p == '<') return p;
    if (*p == '&') {
      after = reference(p);
    } else if (*p == ']') {
      const std::string_view ahead = view(p, std::min(end_, p + 3));
      if (ahead == "]]>") fail(p, "']]>' in text");
      after =
          ahead.size() < 3 && std::string_view("]]>").starts_with(ahead) ? out_of_window() : p + 1;
    } else {
      after = character(p);
    }
    if (after == nullptr) return nullptr;
    p = after;
  }
}

const char* XmlScanner::reference(const char* p) const {
  const char* const limit = std::min(end_, p + max_reference);
  const char* const stop = std::find(p, limit, ';');
  if (stop == limit) {
    if (limit == end_ && end_ - p < max_reference) return out_of_window();
    fail(p, "'&' that begins no entity; expected &amp;");
  }
  if (!parse_reference(view(p + 1, stop))) {
    fail(p, "unknown entity or character reference '" + clean_line(view(p, stop + 1)) + "'");
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

// ---- tags

const char* XmlScanner::name_at(const char* p) const {
  if (p == end_) return out_of_window();
  if (!is_name_start(*p)) fail(p, "expected a name");
  const char* const stop = find_first_in(name_ends, p, end_);
  if (stop == end_) return out_of_window();
  checked(p, stop);
  return stop;
}

const char* XmlScanner::one_attribute(const char* p) {
  const char* const name_end = name_at(p);
  if (name_end == nullptr) return nullptr;
  const char* q = skip_blank(name_end);
  if (q == end_) return out_of_window();
  if (*q != '=') fail(q, "expected '=' behind an attribute name");
  q = skip_blank(q + 1);
  if (q == end_) return out_of_window();
  if (*q != '"' && *q != '\'') fail(q, "expected a quoted attribute value");
  const char quote = *q;
  const ByteSet& stops = quote == '"' ? double_quoted_stops : single_quoted_stops;
  const char* const value = q + 1;
  for (q = find_first_in(stops, value, end_); q != end_ && *q != quote;
       q = find_first_in(stops, q, end_)) {
    if (*q == '<') fail(q, "'<' in an attribute value");
    q = *q == '&' ? reference(q) : character(q);
    if (q == nullptr) return nullptr;
  }
  if (q == end_) return out_of_window();
  const std::string_view name = view(p, name_end);
  for (const XmlAttribute& known : attributes_) {
    if (known.name == name) fail(p, "attribute '" + clean_line(name) + "' is given twice");
  }
  if (attributes_.size() == max_attributes) fail(p, "more than 256 attributes");
  attributes_.push_back({name, view(value, q)});
  return q + 1;
}

const char* XmlScanner::attribute_list(const char* p) {
  attributes_.clear();
  for (;;) {
    const char* const q = skip_blank(p);
    if (q == end_) return out_of_window();
    if (*q == '>' || *q == '/') return q;
    if (q == p) fail(p, "expected a blank, '/' or '>' in a tag");
    p = one_attribute(q);
    if (p == nullptr) return nullptr;
  }
}

XmlScanner::Token XmlScanner::start_tag(const char* p) {
  if (starts_.empty() && root_seen_) fail(p, "a second root element");
  at_start_ = false;
  const char* const name_end = name_at(p + 1);
  if (name_end == nullptr) return Token::more;
  name_ = view(p + 1, name_end);
  const char* q = attribute_list(name_end);
  if (q == nullptr) return Token::more;
  text_ = {};
  text_in_window_ = true;
  if (*q == '>') return element_content(q + 1);
  if (end_ - q < 2) {
    out_of_window();
    return Token::more;
  }
  if (q[1] != '>') fail(q, "expected '/>'");
  return accept_leaf(q + 2);
}

XmlScanner::Token XmlScanner::accept_leaf(const char* after) {
  if (starts_.empty()) root_seen_ = true;
  at_start_ = false;
  place_ = after;
  return Token::leaf;
}

XmlScanner::Token XmlScanner::accept_open(const char* content) {
  if (starts_.size() == max_depth) fail(token_, "elements are nested more than 64 deep");
  root_seen_ = true;
  at_start_ = false;
  starts_.push_back(names_.size());
  names_.append(name_);
  place_ = content;
  text_ = {};
  return Token::open;
}

// Whether p is the end tag of `name`. *after stays null if the window ends too early to tell.
bool XmlScanner::closes(const char* p, std::string_view name, const char** after) const {
  const auto left = static_cast<std::size_t>(end_ - p);
  if (left < name.size() + 3) {
    if (name.starts_with(view(p + 2, end_).substr(0, name.size()))) {
      out_of_window();
      return true;
    }
    return false;
  }
  if (std::memcmp(p + 2, name.data(), name.size()) != 0) return false;
  const char* const q = skip_blank(p + 2 + name.size());
  if (q == end_) {
    out_of_window();
    return true;
  }
  if (*q != '>') return false;
  *after = q + 1;
  return true;
}

XmlScanner::Token XmlScanner::end_tag(const char* p) {
  if (starts_.empty()) fail(p, "an end tag without a start tag");
  const char* after = nullptr;
  if (!closes(p, innermost(), &after)) {
    fail(p, "tags do not match: expected </" + clean_line(innermost()) + ">");
  }
  if (after == nullptr) return Token::more;
  place_ = after;
  names_.resize(starts_.back());
  starts_.pop_back();
  return Token::close;
}

// Behind a start tag. Most elements hold text and end, so that is tried first.
XmlScanner::Token XmlScanner::element_content(const char* p) {
  const char* const q = character_data(p, false);
  if (q == nullptr || end_ - q < 2) return leaf_is_cut(p);
  if (q[1] == '!' || q[1] == '?') return mixed_leaf(p, q);
  if (q[1] != '/') return accept_open(p);
  text_ = view(p, q);
  return closed_leaf(q);
}

XmlScanner::Token XmlScanner::closed_leaf(const char* p) {
  const char* after = nullptr;
  if (!closes(p, name_, &after)) {
    fail(p, "tags do not match: expected </" + clean_line(name_) + ">");
  }
  return after == nullptr ? Token::more : accept_leaf(after);
}

XmlScanner::Token XmlScanner::leaf_is_cut(const char* content) {
  out_of_window();
  const auto seen = static_cast<std::size_t>(end_ - content);
  return seen > leaf_limit_ ? accept_open(content) : Token::more;
}

// An element whose text has comments or CDATA in it; its text is put together in a copy.
XmlScanner::Token XmlScanner::mixed_leaf(const char* content, const char* p) {
  std::string text(content, p);
  for (;;) {
    if (end_ - p < 2) return leaf_is_cut(content);
    if (p[1] == '/') {
      text_ = copied_texts_.emplace_back(std::move(text));
      text_in_window_ = false;
      return closed_leaf(p);
    }
    if (p[1] != '!' && p[1] != '?') return accept_open(content);
    const char* q = p[1] == '!' ? markup_declaration(p) : processing_instruction(p);
    if (q == nullptr) return leaf_is_cut(content);
    if (view(p, q).starts_with(cdata_open))
      append_escaped(text, view(p + cdata_open.size(), q - 3));
    p = character_data(q, false);
    if (p == nullptr) return leaf_is_cut(content);
    text.append(q, p);
  }
}

}  // namespace patchbot
