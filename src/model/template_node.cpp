// SPDX-License-Identifier: Apache-2.0
#include "model/template_node.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace patchbot {

std::size_t TemplateNode::count() const {
  std::size_t whole = 1;
  for (const TemplateNode& item : items) whole += item.count();
  for (const Member& member : members) whole += member.value.count();
  return whole;
}

std::string_view TemplateNode::value() const {
  if (quoted) return text;
  for (const std::string_view boolean : {"true", "false"}) {
    if (equals_nocase(text, boolean)) return boolean;
  }
  return text;
}

const TemplateNode* TemplateNode::find(std::string_view key) const {
  const auto member = std::find_if(
      members.begin(), members.end(), [&](const Member& one) { return one.key == key; });
  return member == members.end() ? nullptr : &member->value;
}

const TemplateNode* TemplateNode::argument_of(std::string_view function) const {
  return members.size() == 1 ? find(function) : nullptr;
}

}  // namespace patchbot
