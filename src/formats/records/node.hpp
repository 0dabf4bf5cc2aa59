// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

// One record of a report in one shape, whether it was written in JSON, XML or CSV: readers of
// scanners' formats know names and not syntax. An XML element is an object whose attributes are
// members with an @ before their name and whose own text is "#text"; a CSV row is an object too.

namespace patchbot {

enum class NodeType : std::uint8_t { null, text, number, boolean, list, object };

/// How the bytes of a text are written.
enum class NodeCoding : std::uint8_t { plain, json, xml };

/// What a value is to the object around it.
enum class NodeRole : std::uint8_t { member, attribute, content };

/// A value in the order of the document; what it contains follows it directly.
struct Cell {
  NodeType type = NodeType::null;
  NodeCoding coding = NodeCoding::plain;
  NodeRole role = NodeRole::member;
  bool is_extra : 1 = false;      ///< the value lies in `extra`, not in the document
  bool is_key_extra : 1 = false;  ///< the same for the key
  std::uint32_t size = 1;         ///< of itself and all that it contains, in cells
  std::uint32_t key = 0;          ///< where it starts, from the beginning of the record
  std::uint32_t key_size = 0;
  std::uint32_t value = 0;
  std::uint32_t value_size = 0;
};

/// A record as it was read: cells, and the bytes that they speak of.
struct Tape {
  /// More is no record but an attack on the reader's memory.
  static constexpr std::size_t max_cells = std::size_t{1} << 22U;

  std::vector<Cell> cells;
  const char* base = nullptr;  ///< the first byte of the record
  std::string extra;           ///< what does not stand in the document as it is meant

  void clear();
};

class NodeRange;

/// A value inside a record. What is absent is a null node, so look-ups chain without checks. A
/// view: good until the reader goes on to the next record.
class Node {
 public:
  Node() = default;
  Node(const Tape& tape, const Cell& cell) : tape_(&tape), cell_(&cell) {}

  NodeType type() const { return cell_ == nullptr ? NodeType::null : cell_->type; }
  explicit operator bool() const { return type() != NodeType::null; }
  bool is_object() const { return type() == NodeType::object; }
  bool is_list() const { return type() == NodeType::list; }
  std::string_view key() const;  ///< its name in the object around it

  /// The first member of that name; a null node if there is none or this is no object. "@name" is
  /// an attribute in XML and a member in JSON, as programs write it that turn one into the other.
  Node operator[](std::string_view name) const;

  /// The first member that is there and not empty.
  Node first_of(std::initializer_list<std::string_view> names) const;

  /// What a list or an object contains. A single value is taken for a list of one, since XML does
  /// not tell these apart; nothing for null.
  NodeRange items() const;

  /// Every member of that name, and every item where such a member is a list.
  std::vector<Node> all(std::string_view name) const;

  /// As written in the document: escapes and references not replaced.
  std::string_view raw() const;

  /// The text, or the number or word as written; decoded, and cleaned as clean_text does. Empty
  /// for lists, objects without text of their own, and null.
  std::string text() const;
  /// The same, with the text of all that is inside, as in <p>run <code>id</code> first</p>.
  std::string whole_text() const;
  std::string line() const;                   ///< the same on one line
  std::string line(std::size_t limit) const;  ///< at most so many bytes of it
  bool is(std::string_view word) const;       ///< equal without regard to case
  std::optional<double> number() const;       ///< of a number, or of a text that is one
  std::optional<bool> boolean() const;        ///< true, false, yes, no, 1, 0

  /// Where it begins in a record of JSON: its name if it has one, else its value.
  std::size_t offset() const;

  /// Names, types and values of it and all that it contains, as written: what has the same print
  /// says the same, and need not be understood again.
  std::string print() const;

 private:
  friend class NodeRange;
  static constexpr std::size_t max_whole_text = std::size_t{64} * 1024;
  bool is_named(std::string_view name) const;
  std::string_view bytes(std::uint32_t offset, std::uint32_t size, bool extra) const;

  const Tape* tape_ = nullptr;
  const Cell* cell_ = nullptr;
};

/// Walks the values of a list or an object.
class NodeRange {
 public:
  class Iterator {
   public:
    Iterator(const Tape* tape, const Cell* cell) : tape_(tape), cell_(cell) {}
    Node operator*() const { return {*tape_, *cell_}; }
    Iterator& operator++() {
      cell_ += cell_->size;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return cell_ != other.cell_; }

   private:
    const Tape* tape_;
    const Cell* cell_;
  };

  NodeRange(const Tape* tape, const Cell* first, const Cell* last)
      : tape_(tape), first_(first), last_(last) {}
  Iterator begin() const { return {tape_, first_}; }
  Iterator end() const { return {tape_, last_}; }
  bool empty() const { return first_ == last_; }

 private:
  const Tape* tape_;
  const Cell* first_;
  const Cell* last_;
};

/// A value that outlives the place where it was read.
class KeptNode {
 public:
  /// `size` bytes from `tape.base` on are kept with it.
  KeptNode(Tape tape, std::size_t size);
  Node node() const { return {tape_, tape_.cells.front()}; }
  const Tape& tape() const { return tape_; }
  std::string_view bytes() const { return bytes_; }

 private:
  std::string bytes_;
  Tape tape_;

 public:
  KeptNode(const KeptNode&) = delete;
  KeptNode& operator=(const KeptNode&) = delete;
};

}  // namespace patchbot
