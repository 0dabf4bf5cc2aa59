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

bool Stack::is_changing() const { return status.ends_with("_IN_PROGRESS"); }

}  // namespace patchbot
