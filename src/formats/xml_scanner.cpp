// SPDX-License-Identifier: Apache-2.0
#include "formats/xml_scanner.hpp"

#include <algorithm>
#include <cstring>

#include "base/byte_set.hpp"
#include "base/utf8.hpp"

// A null pointer from a scanning step always means: the window ends here, come back with more.

namespace patchbot {
namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t max_attributes = 256;

using enum ByteSet::NonAscii;
constexpr ByteSet double_quoted_stops = ByteSet("\"<&", stop).with_forbidden_controls();
constexpr ByteSet single_quoted_stops = ByteSet("'<&", stop).with_forbidden_controls();
constexpr ByteSet name_ends(" \t\r\n/>=<&\"'!?;,()[]{}*+|\\^`~@#$%", skip);

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

bool XmlScanner::is_name_start(char c) {
  const auto u = static_cast<unsigned char>(c);
  return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u == '_' || u == ':' || u >= 0x80;
}

XmlScanner::XmlScanner(const InputBuffer& buffer) : buffer_(buffer), place_(buffer.begin()) {}

XmlScanner::Mark XmlScanner::mark() {
  copied_texts_.clear();
  return {place_, starts_.size(), names_.size(), at_start_, root_seen_};
}

void XmlScanner::rewind(const Mark& mark, const char* place) {
  place_ = place;
  starts_.resize(mark.depth);
  names_.resize(mark.names_size);
  at_start_ = mark.at_start;
  root_seen_ = mark.root_seen;
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
    const char* const p =
        starts_.empty() ? outside_root(place_) : character_data(place_, Commit::yes);
    if (p == nullptr) return Token::more;
    if (p == end_) return Token::finish;
    if (is_cut(p, 2)) return Token::more;
    if (p[1] != '!' && p[1] != '?') return tag(p);
    if (!skip_aside(p)) return Token::more;
  }
}

bool XmlScanner::skip_aside(const char* p) {
  if (starts_.empty() && view(p, end_).starts_with(cdata_open)) {
    fail(p, "a CDATA section outside the root element");
  }
  const bool prolog = starts_.empty() && !root_seen_;
  const bool declares = p[1] == '!' && end_ - p > 2 && p[2] != '-' && p[2] != '[';
  const bool allowed = document_type_ == DocumentType::passed_over;
  const char* const after = prolog && declares && allowed ? document_type(p) : aside(p);
  if (after == nullptr) return false;
  place_ = after;
  at_start_ = false;
  return true;
}

XmlScanner::Token XmlScanner::tag(const char* p) {
  token_ = p;
  return p[1] == '/' ? end_tag(p) : start_tag(p);
}

// Behind a comment, a CDATA section or a processing instruction.
const char* XmlScanner::aside(const char* p) const {
  return p[1] == '!' ? markup_declaration(p) : processing_instruction(p);
}

// Whether the window ends before `size` bytes from p; an error if nothing follows.
bool XmlScanner::is_cut(const char* p, std::ptrdiff_t size) const {
  if (end_ - p >= size) return false;
  out_of_window();
  return true;
}

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
  const char* const value_end = end_of_value(q + 1, *q);
  if (value_end == nullptr) return nullptr;
  add_attribute(view(p, name_end), view(q + 1, value_end), p);
  return value_end + 1;
}

const char* XmlScanner::end_of_value(const char* p, char quote) const {
  const ByteSet& stops = quote == '"' ? double_quoted_stops : single_quoted_stops;
  for (;;) {
    p = find_first_in(stops, p, end_);
    if (p == end_) return out_of_window();
    if (*p == quote) return p;
    if (*p == '<') fail(p, "'<' in an attribute value");
    p = *p == '&' ? reference(p) : character(p);
    if (p == nullptr) return nullptr;
  }
}

void XmlScanner::add_attribute(std::string_view name, std::string_view value, const char* place) {
  for (const XmlAttribute& known : attributes_) {
    if (known.name == name) fail(place, "attribute '" + clean_line(name) + "' is given twice");
  }
  if (attributes_.size() == max_attributes) fail(place, "more than 256 attributes");
  attributes_.push_back({name, value});
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
  at_start_ = false;
  if (starts_.empty() && root_seen_) fail(p, "a second root element");
  const char* const name_end = name_at(p + 1);
  if (name_end == nullptr) return Token::more;
  name_ = view(p + 1, name_end);
  const char* q = attribute_list(name_end);
  if (q == nullptr) return Token::more;
  text_ = {};
  text_in_window_ = true;
  if (*q == '>') return element_content(q + 1);
  if (is_cut(q, 2)) return Token::more;
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

// Behind the end tag of `name` at p; null if the window ends too early to tell.
const char* XmlScanner::behind_end_tag(const char* p, std::string_view name) const {
  const std::string_view seen = view(p + 2, std::min(end_, p + 2 + name.size()));
  if (!name.starts_with(seen)) mismatch(p, name);
  if (seen.size() < name.size()) return out_of_window();
  const char* const q = skip_blank(p + 2 + name.size());
  if (q == end_) return out_of_window();
  if (*q != '>') mismatch(p, name);
  return q + 1;
}

void XmlScanner::mismatch(const char* place, std::string_view name) const {
  fail(place, "tags do not match: expected </" + clean_line(name) + ">");
}

XmlScanner::Token XmlScanner::end_tag(const char* p) {
  if (starts_.empty()) fail(p, "an end tag without a start tag");
  const char* const after = behind_end_tag(p, innermost());
  if (after == nullptr) return Token::more;
  place_ = after;
  names_.resize(starts_.back());
  starts_.pop_back();
  return Token::close;
}

// Behind a start tag. Most elements hold text and end, so that is tried first.
XmlScanner::Token XmlScanner::element_content(const char* p) {
  const char* const q = character_data(p, Commit::no);
  if (q == nullptr || end_ - q < 2) return leaf_is_cut(p);
  if (q[1] == '!' || q[1] == '?') return mixed_leaf(p, q);
  if (q[1] != '/') return accept_open(p);
  text_ = view(p, q);
  return closed_leaf(q);
}

XmlScanner::Token XmlScanner::closed_leaf(const char* p) {
  const char* const after = behind_end_tag(p, name_);
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
  while (p != nullptr && end_ - p >= 2) {
    if (p[1] == '/') {
      text_ = copied_texts_.emplace_back(std::move(text));
      text_in_window_ = false;
      return closed_leaf(p);
    }
    if (p[1] != '!' && p[1] != '?') return accept_open(content);
    p = append_piece(text, p);
  }
  return leaf_is_cut(content);
}

// Behind the comment, instruction or CDATA section at p and the text that follows it.
const char* XmlScanner::append_piece(std::string& text, const char* p) {
  const char* const after = aside(p);
  if (after == nullptr) return nullptr;
  if (view(p, after).starts_with(cdata_open)) {
    append_escaped(text, view(p + cdata_open.size(), after - 3));
  }
  const char* const next = character_data(after, Commit::no);
  if (next != nullptr) text.append(after, next);
  return next;
}

}  // namespace patchbot
