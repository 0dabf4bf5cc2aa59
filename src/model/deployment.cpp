// SPDX-License-Identifier: Apache-2.0
#include "model/deployment.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace patchbot {

// Baking is the time of watching behind the replacement: it may still roll back.
bool InstanceRefresh::is_active() const {
  constexpr std::array<std::string_view, 5> active{
      "Pending", "InProgress", "Cancelling", "RollbackInProgress", "Baking"};
  return std::find(active.begin(), active.end(), status) != active.end();
}

bool LaunchTemplateReference::means(const LaunchTemplateVersion& one) const {
  const bool is_same = id.empty() ? !name.empty() && name == one.name : id == one.id;
  if (!is_same) return false;
  if (version == "$Latest") return one.is_latest;
  if (version.empty() || version == "$Default") return one.is_default;
  return version == std::to_string(one.number);
}

bool InstanceRefresh::goes_forward() const {
  return status == "Pending" || status == "InProgress" || status == "Baking";
}

}  // namespace patchbot
