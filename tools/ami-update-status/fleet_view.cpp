// SPDX-License-Identifier: Apache-2.0
#include "fleet_view.hpp"

namespace patchbot {

void name_service(Target& target) {
  if (target.service.empty()) target.service = target.asg;
  if (target.service.empty()) target.service = ami_family(target.ami_name);
  if (target.service.empty()) target.service = "unnamed";
  if (target.environment.empty()) target.environment = "unnamed";
  // The bakes are a stage, too.
  if (target.environment == "baked") target.environment = "environment baked";
}

}  // namespace patchbot
