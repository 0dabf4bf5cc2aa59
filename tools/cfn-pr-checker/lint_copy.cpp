// SPDX-License-Identifier: Apache-2.0
#include "lint_copy.hpp"

#include <charconv>

namespace patchbot {
namespace {

constexpr std::string_view key = "cfn-lint";

/// How many hexadecimal digits follow a backslash and this letter, in JSON and YAML.
std::size_t digits_of(char letter) {
  if (letter == 'x') return 2;
  if (letter == 'u') return 4;
  return letter == 'U' ? 8 : 0;
}

std::optional<char> ascii_of(std::string_view digits) {
  unsigned value = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value, 16);
  if (read.ec != std::errc() || read.ptr != end || value > 0x7F) return {};
  return static_cast<char>(value);
}

// A backslash at the end of a line joins it with the next one, without its indentation.
std::size_t behind_fold(std::string_view text, std::size_t at) {
  const auto next = text.find_first_not_of(" \t\r\n", at);
  return next == std::string_view::npos ? text.size() : next;
}

// As a reader of quoted texts would see it, wherever it stands: too much is found, never too
// little.
std::string without_escapes(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain += text[i];
      continue;
    }
    const char letter = text[++i];
    const std::size_t digits = digits_of(letter);
    const auto escaped = digits == 0 ? std::nullopt : ascii_of(text.substr(i + 1, digits));
    if (letter == '\n' || letter == '\r') {
      i = behind_fold(text, i) - 1;
    } else if (escaped) {
      plain += *escaped;
      i += digits;
    } else {
      plain += letter;
    }
  }
  return plain;
}

}  // namespace

std::optional<std::string> without_lint_settings(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos) return {};  // as in UTF-16
  std::string copy(bytes);
  for (auto at = copy.find(key); at != std::string::npos; at = copy.find(key, at))
    copy[at + 3] = '_';
  if (without_escapes(copy).find(key) != std::string::npos) return {};
  return copy;
}

}  // namespace patchbot
