// SPDX-License-Identifier: Apache-2.0
#include "formats/records/node.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/byte_set.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/json_text.hpp"
#include "formats/xml_text.hpp"

namespace patchbot {

void Tape::clear() {
  cells.clear();
  extra.clear();
  base = nullptr;
}

std::string_view Node::bytes(std::uint32_t offset, std::uint32_t size, bool extra) const {
  if (size == 0) return {};
  return {(extra ? tape_->extra.data() : tape_->base) + offset, size};
}

std::string_view Node::key() const {
  if (cell_ == nullptr) return {};
  return bytes(cell_->key, cell_->key_size, cell_->is_key_extra);
}

bool Node::is_named(std::string_view name) const {
  switch (cell_->role) {
    case NodeRole::content: return name == "#text";
    case NodeRole::attribute: return name.starts_with('@') && key() == name.substr(1);
    default: return key() == name;
  }
}

Node Node::operator[](std::string_view name) const {
  if (!is_object()) return {};
  for (const Node member : items()) {
    if (member.is_named(name)) return member;
  }
  return {};
}

Node Node::first_of(std::initializer_list<std::string_view> names) const {
  for (std::string_view name : names) {
    const Node member = (*this)[name];
    const bool is_empty = member.type() == NodeType::text && member.raw().empty();
    if (member && !is_empty) return member;
  }
  return {};
}

NodeRange Node::items() const {
  if (!*this) return {tape_, cell_, cell_};
  if (is_list() || is_object()) return {tape_, cell_ + 1, cell_ + cell_->size};
  return {tape_, cell_, cell_ + 1};
}

std::vector<Node> Node::all(std::string_view name) const {
  std::vector<Node> found;
  if (!is_object()) return found;
  for (const Node member : items()) {
    if (member.cell_->role != NodeRole::member || member.key() != name || !member) continue;
    if (!member.is_list()) {
      found.push_back(member);
      continue;
    }
    for (const Node item : member.items()) found.push_back(item);
  }
  return found;
}

std::string_view Node::raw() const {
  if (!*this) return {};  // the word null is no text
  if (is_object()) return (*this)["#text"].raw();
  return is_list() ? std::string_view() : bytes(cell_->value, cell_->value_size, cell_->is_extra);
}

namespace {

// Eight bytes with the sign bit of each set where it is a control character, DEL or beyond ASCII,
// or begins an escape. A carry may find too much, never too little.
std::uint64_t marks_in(std::uint64_t bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t signs = 0x8080808080808080U;
  const auto equal = [&](std::uint64_t c) { return (bytes ^ (ones * c)) - ones; };
  return (bytes | (bytes - ones * 0x20) | equal('\\') | equal('&') | equal(0x7F)) & signs;
}

// What needs no cleaning, in JSON and XML alike, is most of what there is.
constexpr ByteSet marked = ByteSet("\\&\x7F", ByteSet::NonAscii::stop).with_controls();

std::uint64_t word_at(std::string_view bytes, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data() + at, sizeof word);
  return word;
}

// Most values are short, and a search that is made for long ones costs as much as they do.
bool is_clean(std::string_view bytes) {
  constexpr std::size_t word = sizeof(std::uint64_t);
  const char* const end = bytes.data() + bytes.size();
  if (bytes.size() > 8 * word) return find_first_in(marked, bytes.data(), end) == end;
  if (bytes.size() < word) {
    return std::none_of(
        bytes.begin(), bytes.end(), [](unsigned char c) { return marked.contains(c); });
  }
  std::uint64_t marks = marks_in(word_at(bytes, bytes.size() - word));
  for (std::size_t at = 0; at + word < bytes.size(); at += word)
    marks |= marks_in(word_at(bytes, at));
  return marks == 0;
}

// Of clean bytes: no blank at the ends, and none behind another.
bool is_one_line(std::string_view clean) {
  return !clean.starts_with(' ') && !clean.ends_with(' ') &&
         clean.find("  ") == std::string_view::npos;
}

}  // namespace

std::string Node::text() const {
  if (is_object()) return (*this)["#text"].text();
  if (is_clean(raw())) return std::string(raw());
  if (cell_->coding == NodeCoding::plain) return clean_text(raw());
  return cell_->coding == NodeCoding::xml ? clean_xml(raw()) : clean_text(decode_json(raw()));
}

std::string Node::whole_text() const {
  if (!is_object()) return text();
  std::string whole;
  for (const Cell* cell = cell_ + 1; cell != cell_ + cell_->size; ++cell) {
    if (cell->type != NodeType::text || cell->role == NodeRole::attribute) continue;
    const std::string part = Node(*tape_, *cell).text();
    const bool joins = whole.empty() || part.find_first_of(".,;:)") == 0;
    if (!joins && !part.empty()) whole += ' ';
    whole += part;
    if (whole.size() > max_whole_text) break;
  }
  return std::string(cut_utf8(whole, max_whole_text));
}

std::string Node::line() const {
  if (is_object()) return (*this)["#text"].line();
  const std::string_view bytes = raw();
  return is_clean(bytes) && is_one_line(bytes) ? std::string(bytes) : one_line(text());
}

std::string Node::line(std::size_t limit) const {
  // Trimmed again: the cut may fall behind a space, and what is written must read the same.
  const std::string whole = line();
  return std::string(trim(cut_utf8(whole, limit)));
}

bool Node::is(std::string_view word) const { return equals_nocase(trim(raw()), word); }

std::optional<double> Node::number() const {
  if (type() == NodeType::boolean) return {};
  return parse_number(raw());
}

std::optional<bool> Node::boolean() const {
  if (is("true") || is("yes") || is("1")) return true;
  if (is("false") || is("no") || is("0")) return false;
  return {};
}

namespace {

// Sizes before bytes: no text can look like the end of another.
void append_sized(std::string& to, std::string_view bytes) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  to.append(reinterpret_cast<const char*>(&size), sizeof size);
  to += bytes;
}

}  // namespace

std::size_t Node::offset() const {
  if (cell_ == nullptr) return 0;
  if (cell_->key_size > 0 && !cell_->is_key_extra) return cell_->key - 1;  // its quote
  return cell_->value - (type() == NodeType::text ? 1U : 0U);
}

std::string Node::print() const {
  std::string result;
  if (cell_ == nullptr) return result;
  for (const Cell* cell = cell_; cell != cell_ + cell_->size; ++cell) {
    result += {static_cast<char>(cell->type),
               static_cast<char>(cell->coding),
               static_cast<char>(cell->role)};
    append_sized(result, {reinterpret_cast<const char*>(&cell->size), sizeof cell->size});
    append_sized(result, Node(*tape_, *cell).key());
    append_sized(result, bytes(cell->value, cell->value_size, cell->is_extra));
  }
  return result;
}

KeptNode::KeptNode(Tape tape, std::size_t size) : bytes_(tape.base, size), tape_(std::move(tape)) {
  tape_.base = bytes_.data();
}

}  // namespace patchbot
