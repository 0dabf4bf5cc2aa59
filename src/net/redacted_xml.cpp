// SPDX-License-Identifier: Apache-2.0
#include "net/redacted_xml.hpp"

#include <array>
#include <optional>
#include <utility>

#include "net/secret_names.hpp"

namespace patchbot {
namespace {

constexpr auto npos = std::string_view::npos;

struct Markup {
  enum class Kind : unsigned char { aside, open, close, empty } kind = Kind::aside;
  std::string_view name;  ///< of a tag, without its prefix
  std::size_t end = 0;    ///< behind it
};

// Behind the '>' of the tag that begins the text; one inside quotes does not count, unless the
// quotes never end.
std::size_t end_of_tag(std::string_view text) {
  char quote = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == 0 && c == '>') return i + 1;
    if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    }
  }
  const auto stop = text.find('>');
  return stop == npos ? npos : stop + 1;
}

std::string_view local_name(std::string_view tag) {
  const std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/>"));
  return name.substr(name.rfind(':') + 1);
}

// What begins the text, at a '<'; none if it does not end.
std::optional<Markup> markup(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> asides{
      {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}}};
  for (const auto& [opening, closing] : asides) {
    if (!text.starts_with(opening)) continue;
    const auto stop = text.find(closing, opening.size());
    if (stop == npos) return std::nullopt;
    return Markup{Markup::Kind::aside, {}, stop + closing.size()};
  }
  const std::size_t end = end_of_tag(text);
  if (end == npos) return std::nullopt;
  if (text.starts_with("</")) return Markup{Markup::Kind::close, {}, end};
  const bool empty = text[end - 2] == '/';
  return Markup{
      empty ? Markup::Kind::empty : Markup::Kind::open, local_name(text.substr(1, end - 1)), end};
}

// Where the end tag begins of the element whose content begins the text; none if it has none.
std::optional<std::size_t> content_size(std::string_view text) {
  int depth = 1;
  std::size_t place = text.find('<');
  while (place != npos) {
    const auto found = markup(text.substr(place));
    if (!found) return std::nullopt;
    if (found->kind == Markup::Kind::open) ++depth;
    if (found->kind == Markup::Kind::close && --depth == 0) return place;
    place = text.find('<', place + found->end);
  }
  return std::nullopt;
}

}  // namespace

std::string redacted_xml(std::string_view text) {
  std::string out;
  for (auto place = text.find('<'); place != npos; place = text.find('<')) {
    const auto found = markup(text.substr(place));
    if (!found) break;
    out += text.substr(0, place + found->end);
    text.remove_prefix(place + found->end);
    if (found->kind != Markup::Kind::open || !is_secret_name(found->name)) continue;
    out += redaction_mark;
    const auto content = content_size(text);
    if (!content) return out;
    text.remove_prefix(*content);
  }
  return out + std::string(text);
}

}  // namespace patchbot
