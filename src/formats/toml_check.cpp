// SPDX-License-Identifier: Apache-2.0
#include "formats/toml_check.hpp"

#include <algorithm>

#include "formats/line_index.hpp"

namespace patchbot {
namespace {

constexpr auto npos = std::string_view::npos;

/// Goes through a text as far as it is TOML; behind what is not, the parser stops anyway.
class TomlCheck {
 public:
  explicit TomlCheck(std::string_view text) : text_(text) {}

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' || c == '\'') {
        skip_string(c);
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        check_key(c);
        ++at_;
      }
    }
  }

 private:
  [[noreturn]] void fail(const char* what) const {
    throw Error(Blame::input, what, LineIndex(text_).position_of(at_));
  }

  bool is_at(std::string_view word) const { return text_.substr(at_, word.size()) == word; }

  void check_key(char c) {
    constexpr std::string_view between_keys = "=,{[\n";
    constexpr std::size_t most_dots = 49;
    if (between_keys.find(c) != npos) dots_ = 0;
    if (c == '.' && ++dots_ > most_dots) fail("a key has more than 50 parts; settings need four");
    if (static_cast<unsigned char>(c) >= 0x80U)
      fail("is no TOML: such a character must stand in quotes or a comment");
  }

  void skip_string(char quote) {
    if (is_at(R"(""")") || is_at("'''")) return skip_block(quote);
    for (++at_; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == quote) return void(++at_);
      if (text_[at_] == '\\' && quote == '"') ++at_;
    }
  }

  // Up to two quotes may stand in front of the three that end it.
  void skip_block(char quote) {
    const std::string_view mark = text_.substr(at_, 3);
    at_ += mark.size();
    while (at_ < text_.size() && !is_at(mark)) {
      const bool is_escape = text_[at_] == '\\' && quote == '"';
      at_ += is_escape ? 2 : 1;
    }
    for (int quotes = 0; quotes < 5 && at_ < text_.size() && text_[at_] == quote; ++quotes) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t dots_ = 0;  ///< of the key that is looked at
};

}  // namespace

void check_toml(std::string_view text) { TomlCheck(text).run(); }

}  // namespace patchbot
