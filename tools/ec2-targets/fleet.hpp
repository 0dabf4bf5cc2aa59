// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/aws/region_walk.hpp"
#include "target_sheet.hpp"

namespace patchbot {

/// Reads the machines of one region of an account into the sheet; what else cannot be read is a
/// problem of the walk.
void read_machines(const Ec2Targets& flags,
                   aws::RegionWalk& walk,
                   const aws::Unit& unit,
                   aws::Client& client,
                   TargetSheet& sheet);

}  // namespace patchbot
