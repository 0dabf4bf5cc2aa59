// SPDX-License-Identifier: Apache-2.0
#include "templates/list_items.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "templates/resources.hpp"

namespace patchbot {

std::string identity_of(const TemplateNode& item) {
  constexpr std::array<std::string_view, 8> names{
      "Key", "Sid", "Name", "DeviceName", "Id", "OptionName", "ParameterKey", "PolicyName"};
  for (std::string_view name : names) {
    const TemplateNode* const value = item.find(name);
    if (value == nullptr || !value->is_scalar()) continue;
    const TemplateNode* const space = item.find("Namespace");  // of Elastic Beanstalk's options
    return (space == nullptr ? std::string() : space->text + ":") + value->text;
  }
  return {};
}

// By identity; empty if an item has none or shares it with another.
std::unordered_map<std::string, std::size_t> index_of(const TemplateItems& items) {
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string identity = identity_of(items[i]);
    if (identity.empty() || !index.emplace(std::move(identity), i).second) return {};
  }
  return index;
}

bool is_ordered(const TemplateItems& items) {
  return std::any_of(items.begin(), items.end(), [](const TemplateNode& item) {
    const bool named = item.find("Name") != nullptr || item.find("Id") != nullptr;
    return named && item.find("Value") == nullptr && item.members.size() > 1;
  });
}

std::vector<std::string> item_paths(const TemplateItems& items, const std::string& path) {
  std::vector<std::string> paths;
  const bool identified = !items.empty() && index_of(items).size() == items.size();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string name = identified ? identity_of(items[i]) : std::to_string(i);
    paths.push_back(item_path(path, name));
  }
  return paths;
}

}  // namespace patchbot
