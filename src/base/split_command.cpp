// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "base/error.hpp"
#include "base/process.hpp"

namespace patchbot {
namespace {

constexpr std::string_view blanks = " \t\r\n";

class WordReader {
 public:
  explicit WordReader(std::string_view text) : text_(text) {}

  std::optional<std::string> next() {
    const auto start = text_.find_first_not_of(blanks);
    if (start == std::string_view::npos) return std::nullopt;
    text_.remove_prefix(start);
    std::string word;
    while (!text_.empty() && blanks.find(text_.front()) == std::string_view::npos) {
      take_part(word);
    }
    return word;
  }

 private:
  void take_part(std::string& word) {
    const char c = take();
    if (c == '\'') {
      take_single_quoted(word);
    } else if (c == '"') {
      take_double_quoted(word);
    } else {
      word += c == '\\' ? take() : c;
    }
  }

  void take_single_quoted(std::string& word) {
    for (char c = take(); c != '\''; c = take()) word += c;
  }

  // Inside double quotes a backslash is only one before a quote or another backslash.
  void take_double_quoted(std::string& word) {
    for (char c = take(); c != '"'; c = take()) {
      const bool escapes = c == '\\' && (text_.starts_with('"') || text_.starts_with('\\'));
      word += escapes ? take() : c;
    }
  }

  char take() {
    if (text_.empty()) {
      throw Error(Blame::usage, "the command ends inside a quote or after a backslash");
    }
    const char c = text_.front();
    text_.remove_prefix(1);
    return c;
  }

  std::string_view text_;
};

}  // namespace

std::vector<std::string> split_command(std::string_view text) {
  WordReader reader(text);
  std::vector<std::string> words;
  while (auto word = reader.next()) words.push_back(std::move(*word));
  return words;
}

}  // namespace patchbot
