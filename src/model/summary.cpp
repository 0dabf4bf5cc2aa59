// SPDX-License-Identifier: Apache-2.0
#include "model/summary.hpp"

#include <algorithm>

namespace patchbot {

GateLevel Summary::verdict() const {
  GateLevel worst = GateLevel::none;
  for (const GateReason& reason : reasons) worst = std::max(worst, reason.level);
  return worst;
}

std::string_view verdict_text(GateLevel worst) {
  if (worst == GateLevel::fail) return "fail";
  return worst == GateLevel::warn ? "warn" : "pass";
}

}  // namespace patchbot
