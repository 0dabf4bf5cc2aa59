// SPDX-License-Identifier: Apache-2.0
#include "formats/toml_keys.hpp"

#include <algorithm>

#include "formats/line_index.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_dots = 49;

// Behind the quote that ends a string of one line; a line's end ends it as well, for then it is
// broken, and whoever parses it stops there.
std::size_t behind_line_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == quote) return at + 1;
    if (text[at] == '\\' && quote == '"') ++at;
  }
  return std::min(at, text.size());
}

// Up to two quotes may stand in front of the three that end it.
std::size_t behind_block_string(std::string_view text, std::size_t at) {
  const std::string_view mark = text.substr(at, 3);
  for (at += 3; at < text.size(); ++at) {
    if (text[at] == '\\' && mark[0] == '"') {
      ++at;
    } else if (text.substr(at, 3) == mark) {
      at += 3;
      for (int more = 0; more < 2 && at < text.size() && text[at] == mark[0]; ++more) ++at;
      return at;
    }
  }
  return text.size();
}

std::size_t behind_string(std::string_view text, std::size_t at) {
  const std::string_view start = text.substr(at, 3);
  const bool is_block = start == R"(""")" || start == "'''";
  return is_block ? behind_block_string(text, at) : behind_line_string(text, at);
}

}  // namespace

void check_toml_keys(std::string_view text) {
  constexpr std::string_view between_keys = "=,{[\n";
  std::size_t dots = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = behind_string(text, at);
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (between_keys.find(c) != std::string_view::npos) dots = 0;
    if (c == '.' && ++dots > most_dots) {
      throw Error(Blame::input,
                  "a key has more than 50 parts; settings need four",
                  LineIndex(text).position_of(at));
    }
    ++at;
  }
}

}  // namespace patchbot
