// SPDX-License-Identifier: Apache-2.0
#include "model/deployment.hpp"

namespace patchbot {

bool LaunchTemplateReference::means(const LaunchTemplateVersion& one) const {
  const bool is_same = id.empty() ? !name.empty() && name == one.name : id == one.id;
  if (!is_same) return false;
  if (version == "$Latest") return one.is_latest;
  if (version.empty() || version == "$Default") return one.is_default;
  return version == std::to_string(one.number);
}

// Baking is the time of watching behind the replacement: it may still roll back.
bool InstanceRefresh::goes_forward() const {
  return status == "Pending" || status == "InProgress" || status == "Baking";
}

}  // namespace patchbot
