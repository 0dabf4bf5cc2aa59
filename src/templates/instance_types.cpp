// SPDX-License-Identifier: Apache-2.0
#include "templates/instance_types.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view digits = "0123456789";

// The map that the property stands in; null where the way to it is not plain.
const TemplateNode* owner_of(const TemplateNode& resource, std::string_view property) {
  const TemplateNode* node = resource.find("Properties");
  const auto steps = split(property, '.');
  for (std::size_t i = 0; node != nullptr && i + 1 < steps.size(); ++i) node = node->find(steps[i]);
  return node;
}

void add_types(const TemplateNode& owner, std::set<std::string>& types) {
  const TemplateNode* const one = owner.find("InstanceType");
  if (one != nullptr && one->is_scalar()) types.insert(one->text);
  const TemplateNode* const list = owner.find("InstanceTypes");
  if (list == nullptr) return;
  for (const TemplateNode& item : list->items) {
    if (item.is_scalar()) types.insert(item.text);
  }
}

}  // namespace

void InstanceTypes::index() {
  is_indexed_ = true;
  const TemplateNode* const resources = root_ == nullptr ? nullptr : root_->find("Resources");
  if (resources == nullptr) return;
  for (const TemplateNode::Member& member : resources->members) {
    resources_.emplace(member.key, &member.value);
  }
}

std::vector<std::string> InstanceTypes::beside(const std::vector<AmiUse>& uses) {
  constexpr std::size_t most_uses = 1000;
  if (!uses.empty() && !is_indexed_) index();
  std::set<std::string> types;
  for (std::size_t i = 0; i < std::min(uses.size(), most_uses); ++i) {
    const auto resource = resources_.find(uses[i].resource);
    if (resource == resources_.end()) continue;
    if (const TemplateNode* const owner = owner_of(*resource->second, uses[i].property)) {
      add_types(*owner, types);
    }
  }
  return {types.begin(), types.end()};
}

std::string_view architecture_of_type(std::string_view instance_type) {
  const auto dot = instance_type.find('.');
  if (dot == std::string_view::npos || dot + 1 == instance_type.size()) return {};
  std::string_view family = instance_type.substr(0, dot);
  if (family.ends_with("-flex")) family.remove_suffix(5);
  const auto number = family.find_first_not_of(letters);
  if (number == std::string_view::npos || number == 0) return {};
  const auto behind = family.find_first_not_of(digits, number);
  if (behind == number) return {};
  const std::string_view series = family.substr(0, number);
  const std::string_view options =
      behind == std::string_view::npos ? std::string_view() : family.substr(behind);
  if (series == "mac" || options.find_first_not_of(letters) != std::string_view::npos) return {};
  const bool is_arm = family == "a1" || options.find('g') != std::string_view::npos;
  return is_arm ? "arm64" : "x86_64";
}

}  // namespace patchbot
