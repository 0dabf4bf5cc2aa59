// SPDX-License-Identifier: Apache-2.0
#include "formats/vex/readers.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

// In bytes.
constexpr std::size_t max_reason = 600;
constexpr std::size_t max_product_text = 300;

// The parts of "cpe:2.3:a:haxx:curl:7.88.1:*" and "cpe:/a:haxx:curl:7.88.1", decoded.
std::vector<std::string> parts_of_cpe(std::string_view text) {
  text.remove_prefix(text.starts_with("cpe:/") ? 5 : 8);
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ':') {
      parts.emplace_back();
    } else {
      if (text[i] == '\\' && i + 1 < text.size()) ++i;
      parts.back() += text[i];
    }
  }
  return parts;
}

bool says_something(const std::string& part) { return !part.empty() && part != "*" && part != "-"; }

// Operating systems and hardware are nothing that a finding's package is called by.
void add_cpe(VexProduct& product, std::string_view text) {
  const std::vector<std::string> parts = parts_of_cpe(text);
  const bool is_plain = text.find('%') == std::string_view::npos;
  if (parts.size() < 3 || !equals_nocase(parts[0], "a") || !says_something(parts[2]) || !is_plain)
    return;
  if (is_glob(parts[2])) return;
  product.name = clean_line(parts[2]);
  product.version = parts.size() > 3 && says_something(parts[3]) ? clean_line(parts[3]) : "";
  const auto narrower = [](const std::string& part) { return says_something(part); };
  product.is_vague = is_glob(product.version) ||
                     (parts.size() > 4 && std::any_of(parts.begin() + 4, parts.end(), narrower));
}

}  // namespace

void refuse_vex(const std::string& place, const std::string& what) {
  throw Error(Blame::input, place + ": " + what);
}

std::string vex_place(const std::string& within, std::string_view name) {
  return within + "/" + std::string(name);
}

std::string vex_place(const std::string& within, std::size_t index) {
  return within + "/" + std::to_string(index);
}

Node vex_member(const Node& object, std::string_view name) {
  for (const Node member : object.items()) {
    if (object.is_object() && member.key() == name) return member;
  }
  return {};
}

std::optional<Time> read_vex_time(const Node& node, const std::string& place) {
  if (!node) return {};
  const std::string text = node.line();
  const auto time = parse_rfc3339(text);
  if (!time) refuse_vex(place, "'" + text + "' is no time such as 2026-11-23T06:00:00Z");
  return time;
}

void add_vex_names(std::vector<std::string>& names, const Node& node) {
  for (const Node name : node.items()) add_text(names, name.line());
}

std::string vex_reason(const Node& node) { return node.line(max_reason); }

void add_identifier(VexProduct& product, const Node& identifier) {
  const std::string text = identifier.line();
  if (product.text.empty()) product.text = cut_utf8(text, max_product_text);
  if (auto purl = parse_purl(text)) {
    if (std::find(product.purls.begin(), product.purls.end(), *purl) == product.purls.end()) {
      product.purls.push_back(*std::move(purl));
    }
  } else if (product.name.empty() && (text.starts_with("cpe:/") || text.starts_with("cpe:2.3:"))) {
    add_cpe(product, text);
  }
}

const VexWord* find_vex_word(std::string_view word, const VexWord* begin, const VexWord* end) {
  const VexWord* const found =
      std::find_if(begin, end, [word](const VexWord& known) { return known.word == word; });
  return found == end ? nullptr : found;
}

}  // namespace patchbot
