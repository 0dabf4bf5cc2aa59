// SPDX-License-Identifier: Apache-2.0
#include "formats/parameter_overrides.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace patchbot {
namespace {

bool is_name_letter(unsigned char c) { return std::isalnum(c) != 0; }

bool is_override(const TemplateNode& item) {
  const std::size_t end = item.text.find('=');
  return item.is_scalar() && end != std::string::npos && end > 0 &&
         std::all_of(item.text.begin(),
                     item.text.begin() + static_cast<std::ptrdiff_t>(end),
                     is_name_letter);
}

TemplateNode scalar(std::string text, const Position& place) {
  TemplateNode node;
  node.text = std::move(text);
  node.place = place;
  return node;
}

TemplateNode spelled_out(const TemplateNode& item) {
  const std::size_t end = item.text.find('=');
  Position value_place = item.place;
  value_place.column += end + 1;
  return override_pair(
      {item.text.substr(0, end), item.place, scalar(item.text.substr(end + 1), value_place)});
}

}  // namespace

TemplateNode override_pair(TemplateNode::Member named) {
  TemplateNode pair;
  pair.kind = TemplateNode::Kind::map;
  pair.place = named.place;
  pair.members.push_back({"ParameterKey", named.place, scalar(std::move(named.key), named.place)});
  pair.members.push_back({"ParameterValue", named.value.place, std::move(named.value)});
  return pair;
}

void spell_out_overrides(TemplateNode& root) {
  const bool is_list =
      !root.items.empty() && std::all_of(root.items.begin(), root.items.end(), is_override);
  if (!is_list) return;
  for (TemplateNode& item : root.items) item = spelled_out(item);
}

}  // namespace patchbot
