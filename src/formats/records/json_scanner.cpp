// SPDX-License-Identifier: Apache-2.0
#include "formats/records/json_scanner.hpp"

#include <array>
#include <cstddef>
#include <cstring>

#include "base/byte_set.hpp"
#include "base/error.hpp"

namespace patchbot {
namespace {

constexpr ByteSet string_stops = ByteSet("\"\\", ByteSet::NonAscii::skip).with_controls();

constexpr ByteSet structure_stops("\"{}[]", ByteSet::NonAscii::skip);

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool may_be_in_number(char c) {
  return is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

// Most blanks are the indents of lines.
const char* behind_blanks(const char* p, const char* end) {
  constexpr std::array<char, 8> indent{' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '};
  while (p != end && is_blank(*p)) {
    ++p;
    while (end - p >= 8 && std::memcmp(p, indent.data(), 8) == 0) p += 8;
  }
  return p;
}

std::size_t digits(std::string_view text, std::size_t& at) {
  const std::size_t start = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at - start;
}

// RFC 8259, section 6.
bool is_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const bool zero = at < text.size() && text[at] == '0';
  const std::size_t whole = digits(text, at);
  if (whole == 0 || (zero && whole > 1)) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits(text, at) == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits(text, at) == 0) return false;
  }
  return at == text.size();
}

}  // namespace

JsonScanner::JsonScanner(InputBuffer& buffer)
    : buffer_(buffer), place_(buffer.begin()), end_(buffer.end()) {}

void JsonScanner::fail(const char* place, const std::string& what) const {
  throw Error(Blame::input, what, buffer_.position_of(place));
}

// Refills the window, keeping what is held, else the token that is being read; every pointer moves
// along. False if nothing follows place_.
bool JsonScanner::more() {
  if (buffer_.ended()) return false;
  const char* keep = place_;
  if (token_ != nullptr) keep = token_;
  if (held_ != nullptr) keep = held_;
  const char* const before = keep;
  const char* const now = buffer_.refill(keep);
  for (const char** pointer : {&place_, &token_, &held_, &key_, &value_}) {
    if (*pointer != nullptr) *pointer = now + (*pointer - before);
  }
  end_ = buffer_.end();
  return place_ != end_;
}

bool JsonScanner::skip_blank() {
  for (;;) {
    place_ = behind_blanks(place_, end_);
    if (place_ != end_) return true;
    if (!more()) return false;
  }
}

char JsonScanner::peek(const char* expected) {
  if (!skip_blank()) fail(end_, std::string("the file ends early, expected ") + expected);
  return *place_;
}

void JsonScanner::skip_byte_order_mark() {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  at_start_ = false;
  while (end_ - place_ < static_cast<std::ptrdiff_t>(mark.size()) && !buffer_.ended()) more();
  if (std::string_view(place_, static_cast<std::size_t>(end_ - place_)).starts_with(mark)) {
    place_ += mark.size();
  }
}

JsonScanner::Token JsonScanner::next() { return next(Keep::yes); }

JsonScanner::Token JsonScanner::next(Keep keep) {
  if (expect_ == Expect::text_end) {
    scan_string(Keep::no);
    value_done();
  }
  token_ = key_ = value_ = nullptr;
  key_size_ = value_size_ = 0;
  key_escaped_ = false;
  if (at_start_) skip_byte_order_mark();
  switch (expect_) {
    case Expect::document:
      if (!skip_blank()) return Token::end;
      break;
    case Expect::comma: {
      const char c = peek("',' or the end of a list or object");
      if (c == '}' || c == ']') return close(c);
      if (c != ',') fail(place_, "expected ',' or the end of a list or object");
      ++place_;
      if (in_object()) scan_key(keep);
      break;
    }
    case Expect::first_key:
      if (peek("a name or '}'") == '}') return close('}');
      scan_key(keep);
      break;
    case Expect::first_item:
      if (peek("a value or ']'") == ']') return close(']');
      break;
    case Expect::text_end: break;
  }
  return value_token();
}

void JsonScanner::scan_key(Keep keep) {
  if (peek("a name in quotes") != '"') fail(place_, "expected a name in quotes");
  token_ = place_;
  scan_string(keep);
  key_ = value_;
  key_size_ = value_size_;
  key_escaped_ = escaped_;
  if (peek("':'") != ':') fail(place_, "expected ':' behind a name");
  ++place_;
}

JsonScanner::Token JsonScanner::value_token() {
  const char c = peek("a value");
  if (token_ == nullptr) token_ = place_;
  value_ = nullptr;
  value_size_ = 0;
  switch (c) {
    case '{': return open(Token::object);
    case '[': return open(Token::list);
    case '"': expect_ = Expect::text_end; return Token::text;
    case 't': return scan_word("true", Token::boolean);
    case 'f': return scan_word("false", Token::boolean);
    case 'n': return scan_word("null", Token::null);
    default: return scan_number();
  }
}

void JsonScanner::read_text() {
  scan_string(Keep::yes);
  value_done();
}

JsonScanner::Token JsonScanner::open(Token token) {
  if (depth_ == max_depth) fail(place_, "nested more than 64 deep");
  const std::uint64_t bit = std::uint64_t{1} << depth_;
  kinds_ = token == Token::object ? kinds_ | bit : kinds_ & ~bit;
  ++depth_;
  ++place_;
  expect_ = token == Token::object ? Expect::first_key : Expect::first_item;
  return token;
}

JsonScanner::Token JsonScanner::close(char bracket) {
  if ((bracket == '}') != in_object()) {
    fail(place_, in_object() ? "expected '}' and not ']'" : "expected ']' and not '}'");
  }
  token_ = place_;
  ++place_;
  --depth_;
  value_done();
  return Token::close;
}

JsonScanner::Token JsonScanner::scan_word(std::string_view word, Token token) {
  value_ = place_;
  for (const char letter : word) {
    if (place_ == end_ && !more()) fail(place_, "the file ends inside a word");
    if (*place_ != letter) {
      fail(place_, "expected a value: text, number, list, object, true, false or null");
    }
    ++place_;
  }
  value_size_ = word.size();
  value_done();
  return token;
}

JsonScanner::Token JsonScanner::scan_number() {
  value_ = place_;
  while ((place_ != end_ || more()) && may_be_in_number(*place_)) ++place_;
  value_size_ = static_cast<std::size_t>(place_ - value_);
  if (!is_number(value())) {
    if (value_size_ > 0 && place_ == end_) fail(end_, "the file ends inside a number");
    fail(value_, "expected a value: text, number, list, object, true, false or null");
  }
  value_done();
  return Token::number;
}

// From the quote at place_ to behind the other one. Of what is not kept, nothing but the rest stays
// in the window.
void JsonScanner::scan_string(Keep keep) {
  ++place_;
  value_ = place_;
  if (keep == Keep::no) token_ = key_ = value_ = nullptr;
  escaped_ = false;
  for (;;) {
    place_ = find_first_in(string_stops, place_, end_);
    if (place_ == end_) {
      if (!more()) fail(end_, "the file ends inside a text");
      continue;
    }
    if (*place_ == '"') break;
    if (*place_ != '\\') {
      fail(place_, "a line end or control character inside a text; is its quote missing?");
    }
    escape();
  }
  value_size_ = value_ == nullptr ? 0 : static_cast<std::size_t>(place_ - value_);
  ++place_;
}

char JsonScanner::ahead(std::ptrdiff_t distance) {
  while (end_ - place_ <= distance) {
    if (buffer_.ended()) fail(end_, "the file ends inside a text");
    more();
  }
  return place_[distance];
}

// Goes behind the escape at place_.
void JsonScanner::escape() {
  escaped_ = true;
  const char c = ahead(1);
  constexpr std::string_view simple = "\"\\/bfnrt";
  if (simple.find(c) != std::string_view::npos) {
    place_ += 2;
    return;
  }
  if (c != 'u') fail(place_, "an unknown escape in a text");
  for (std::ptrdiff_t i = 2; i < 6; ++i) {
    if (!is_hex(ahead(i))) fail(place_, "expected four hexadecimal digits behind \\u");
  }
  place_ += 6;
}

void JsonScanner::skip() {
  const std::size_t outside = depth_ - 1;
  while (depth_ > outside) next(Keep::no);
}

void JsonScanner::skip_unchecked() {
  std::uint64_t inside = 1;
  token_ = key_ = value_ = nullptr;
  while (inside > 0) {
    place_ = find_first_in(structure_stops, place_, end_);
    if (place_ == end_) {
      if (!more()) fail(end_, "the file ends inside a list or object");
    } else if (*place_ == '"') {
      scan_string(Keep::no);
    } else {
      const bool opens = *place_ == '{' || *place_ == '[';
      inside = opens ? inside + 1 : inside - 1;
      ++place_;
    }
  }
  --depth_;
  value_done();
}

}  // namespace patchbot
