// SPDX-License-Identifier: Apache-2.0
#include "formats/records/qualys_html.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/fields.hpp"
#include "formats/xml_text.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_tag = 2000;
constexpr std::size_t max_reference = 10;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

enum class Tag : std::uint8_t { none, inside_line, ends_line };

// Of what stands between < and >.
Tag kind_of(std::string_view inside) {
  constexpr std::array<std::string_view, 9> lines{
      "br", "p", "li", "ul", "ol", "dl", "dt", "dd", "pre"};
  constexpr std::array<std::string_view, 15> others{"a",
                                                    "b",
                                                    "i",
                                                    "u",
                                                    "strong",
                                                    "em",
                                                    "tt",
                                                    "code",
                                                    "font",
                                                    "span",
                                                    "div",
                                                    "table",
                                                    "tr",
                                                    "td",
                                                    "th"};
  if (inside.starts_with('/')) inside.remove_prefix(1);
  const auto* const end =
      std::find_if_not(inside.begin(), inside.end(), [](char c) { return is_letter(c); });
  const std::string name =
      to_lower(inside.substr(0, static_cast<std::size_t>(end - inside.begin())));
  if (std::find(lines.begin(), lines.end(), name) != lines.end()) return Tag::ends_line;
  return std::find(others.begin(), others.end(), name) == others.end() ? Tag::none
                                                                       : Tag::inside_line;
}

// A HREF="https://..."; exports to CSV leave out the quotes.
void add_link(std::string_view inside, Finding& finding) {
  const std::string lower = to_lower(inside);
  const auto found = lower.find("href=");
  if (found == std::string::npos) return;
  std::string_view address = trim(inside.substr(found + 5));
  if (address.starts_with('"') || address.starts_with('\'')) address.remove_prefix(1);
  add_ref(finding, std::string(address.substr(0, address.find_first_of("\"' >"))));
}

// Lines without blanks at their ends, and no more than one empty line between them.
std::string tidy(const std::string& text) {
  std::string tidied;
  std::size_t empty = 0;
  for (std::string_view line : split(text, '\n')) {
    while (line.ends_with(' ') || line.ends_with('\t') || line.ends_with('\r'))
      line.remove_suffix(1);
    empty = line.empty() ? empty + 1 : 0;
    if (line.empty() && (empty > 1 || tidied.empty())) continue;
    tidied += line;
    tidied += '\n';
  }
  return std::string(trim(tidied));
}

// Takes the tag or character reference at the start; returns its size, 0 if it is neither.
std::size_t take_markup(std::string_view rest, std::string& text, Finding& finding) {
  const bool tag = rest.front() == '<';
  const std::string_view ahead = rest.substr(1, tag ? max_tag : max_reference);
  const std::size_t end = ahead.find(tag ? '>' : ';');
  if (end == std::string_view::npos) return 0;
  const std::string_view inside = ahead.substr(0, end);
  const Tag kind = tag ? kind_of(inside) : Tag::none;
  const auto character = tag ? std::nullopt : parse_reference(inside);
  if (kind == Tag::none && !character) return 0;
  if (kind == Tag::ends_line) text += '\n';
  if (kind == Tag::inside_line) add_link(inside, finding);
  if (character) append_utf8(text, *character);
  return end + 2;
}

}  // namespace

std::string plain_text_of_html(const std::string& html, Finding& finding) {
  if (html.find_first_of("<&") == std::string::npos) return html;
  std::string text;
  for (std::string_view rest = html; !rest.empty();) {
    const std::size_t before = std::min(rest.find_first_of("<&"), rest.size());
    text += rest.substr(0, before);
    rest.remove_prefix(before);
    if (rest.empty()) break;
    const std::size_t taken = take_markup(rest, text, finding);
    if (taken == 0) text += rest.front();
    rest.remove_prefix(std::max<std::size_t>(taken, 1));
  }
  return clean_text(tidy(text));
}

}  // namespace patchbot
