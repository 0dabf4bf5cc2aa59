// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <optional>

#include "formats/parameter_overrides.hpp"

namespace patchbot {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool is_quote(char c) { return c == '"' || c == '\''; }
bool is_key_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || is_quote(c);
}

// Without quotes around it, and without the backslashes in front of blanks and quotes.
std::string plain(std::string_view text) {
  const bool is_quoted = text.size() > 1 && is_quote(text.front()) && text.front() == text.back();
  if (is_quoted) text = text.substr(1, text.size() - 2);
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == ' ' || is_quote(text[i + 1]));
    if (!is_escape) value += text[i];
  }
  return value;
}

std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == text[at]) return i + 1;
    if (text[i] == '\\') ++i;
  }
  return npos;
}

std::size_t end_of_bare(std::string_view text, std::size_t at) {
  std::size_t i = at;
  while (i < text.size() && text[i] != '"' && !is_blank(text[i])) {
    const bool is_escape = text[i] == '\\';
    if (is_escape && i + 1 == text.size()) break;
    i += is_escape ? 2 : 1;
  }
  return i == at ? npos : i;
}

// A quote that nothing closes may begin a bare value if it is a single one.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  if (at >= text.size()) return npos;
  const std::size_t end = is_quote(text[at]) ? end_of_quoted(text, at) : npos;
  return end == npos ? end_of_bare(text, at) : end;
}

// One where it begins at `at`: `before` in front of the name, `between` behind it.
std::optional<Override> override_at(std::string_view text,
                                    std::size_t& at,
                                    std::string_view before,
                                    std::string_view between) {
  if (text.substr(at, before.size()) != before) return std::nullopt;
  const std::size_t name = at + before.size();
  std::size_t name_end = name;
  while (name_end < text.size() && is_key_letter(text[name_end])) ++name_end;
  if (name_end == name || text.substr(name_end, between.size()) != between) return std::nullopt;
  const std::size_t value = name_end + between.size();
  const std::size_t end = end_of_value(text, value);
  if (end == npos) return std::nullopt;
  at = end;
  return Override{plain(text.substr(name, name_end - name)),
                  plain(text.substr(value, end - value)),
                  name,
                  value};
}

}  // namespace

// Where the long form stands anywhere, SAM looks for no other.
std::vector<Override> parse_sam_overrides(std::string_view text) {
  std::vector<Override> found;
  for (std::size_t at = 0; at < text.size();) {
    auto one = override_at(text, at, "ParameterKey=", ",ParameterValue=");
    if (one) found.push_back(std::move(*one));
    if (!one) ++at;
  }
  if (!found.empty()) return found;
  for (std::size_t at = 0; at < text.size();) {
    const bool may_begin = at == 0 || is_blank(text[at - 1]);
    auto one = may_begin ? override_at(text, at, "", "=") : std::nullopt;
    if (one) found.push_back(std::move(*one));
    if (!one) ++at;
  }
  return found;
}

}  // namespace patchbot
