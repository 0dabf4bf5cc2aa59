// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/input_buffer.hpp"

namespace patchbot {

/// A pull scanner for JSON (RFC 8259) with every check of its grammar; bytes that are not UTF-8 are
/// let through, since every text is cleaned later. Documents may follow each other, as in JSON
/// Lines. Nesting above 64 is refused.
///
/// It works inside the window of an InputBuffer and refills it by itself. The token's views live
/// until the next call, or while they are held. What nobody reads takes no memory, however long it
/// is. Errors are Error(input) with the position.
class JsonScanner {
 public:
  enum class Token : std::uint8_t {
    object,  ///< begins
    list,    ///< begins
    close,   ///< the end of the innermost object or list
    text,    ///< begins; see read_text()
    number,
    boolean,
    null,
    end  ///< of the input
  };

  explicit JsonScanner(InputBuffer& buffer);

  Token next();

  /// Reads the text that has just begun into value(); otherwise next() passes over it.
  void read_text();

  /// Reads to the end of the object or list that has just begun.
  void skip();

  /// The same, quickly, for a file that is read again: only texts are checked, and how deep and by
  /// which brackets it nests is not.
  void skip_unchecked();

  std::string_view key() const { return {key_, key_size_}; }        ///< as written
  bool has_key() const { return key_ != nullptr; }                  ///< else an item of a list
  bool is_key_escaped() const { return key_escaped_; }              ///< else it means itself
  std::string_view value() const { return {value_, value_size_}; }  ///< as written, no quotes
  std::size_t depth() const { return depth_; }

  /// From the current token on, its key included, bytes stay in the window until release().
  void hold() { held_ = token_; }
  void release() { held_ = nullptr; }
  const char* held() const { return held_; }
  const char* place() const { return place_; }

  [[noreturn]] void fail(const char* place, const std::string& what) const;

 private:
  enum class Expect : std::uint8_t { document, first_key, first_item, text_end, comma };
  enum class Keep : std::uint8_t { no, yes };

  static constexpr std::size_t max_depth = 64;

  bool more();
  bool skip_blank();
  void skip_byte_order_mark();
  Token next(Keep keep);
  char peek(const char* expected);
  Token value_token();
  Token open(Token token);
  Token close(char bracket);
  Token scan_word(std::string_view word, Token token);
  Token scan_number();
  void scan_key(Keep keep);
  void scan_string(Keep keep);
  char ahead(std::ptrdiff_t distance);
  void escape();
  bool in_object() const { return ((kinds_ >> (depth_ - 1)) & 1U) != 0; }
  void value_done() { expect_ = depth_ == 0 ? Expect::document : Expect::comma; }

  InputBuffer& buffer_;
  const char* place_;
  const char* end_;
  const char* token_ = nullptr;
  const char* held_ = nullptr;
  const char* key_ = nullptr;
  std::size_t key_size_ = 0;
  const char* value_ = nullptr;
  std::size_t value_size_ = 0;
  Expect expect_ = Expect::document;
  bool at_start_ = true;
  bool escaped_ = false;  ///< the string that was scanned last
  bool key_escaped_ = false;
  std::size_t depth_ = 0;
  std::uint64_t kinds_ = 0;  ///< one bit for each open bracket: 1 for an object
};

}  // namespace patchbot
