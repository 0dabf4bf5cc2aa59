// SPDX-License-Identifier: Apache-2.0
#include "rules/coverage.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include "base/text.hpp"
#include "rules/host_directory.hpp"

namespace patchbot {
namespace {

// What names a target: its instance id, and each address, since a plain list has nothing else.
std::vector<std::string> names_of(const Target& target) {
  std::vector<std::string> names;
  if (!target.id.empty()) names.push_back(target.id);
  for (const std::string& address : target.addresses) names.push_back(host_key(address));
  return names;
}

std::unordered_set<std::string> names_of(const Inventory& inventory) {
  std::unordered_set<std::string> names;
  for (const Target& target : inventory.targets) {
    if (!is_expected(target)) continue;
    if (!target.id.empty()) {
      names.insert(target.id);  // its address may be a recycled one
      continue;
    }
    for (std::string& name : names_of(target)) names.insert(std::move(name));
  }
  return names;
}

}  // namespace

bool is_expected(const Target& target) {
  constexpr std::array<std::string_view, 4> down{
      "stopping", "stopped", "shutting-down", "terminated"};
  const bool is_down = std::any_of(down.begin(), down.end(), [&target](std::string_view state) {
    return equals_nocase(state, target.state);
  });
  return !target.is_range && !is_down;
}

Coverage check_coverage(const Inventory& inventory,
                        const std::vector<bool>& reached,
                        const Inventory* after) {
  Coverage coverage;
  const std::unordered_set<std::string> still_there =
      after == nullptr ? std::unordered_set<std::string>() : names_of(*after);
  std::unordered_set<std::string> reached_ids;  // an inventory may list an instance twice
  for (std::size_t i = 0; i < inventory.targets.size(); ++i) {
    if (reached[i]) reached_ids.insert(inventory.targets[i].id);
  }
  const auto is_gone = [&](const Target& target) {
    const auto names = names_of(target);
    return after != nullptr && std::none_of(names.begin(), names.end(), [&](const auto& name) {
             return still_there.contains(name);
           });
  };
  for (std::size_t i = 0; i < inventory.targets.size(); ++i) {
    const Target& target = inventory.targets[i];
    if (!is_expected(target)) continue;
    ++coverage.expected;
    if (reached[i] || (!target.id.empty() && reached_ids.contains(target.id))) continue;
    (is_gone(target) ? coverage.gone : coverage.missing).push_back(&target);
  }
  return coverage;
}

}  // namespace patchbot
