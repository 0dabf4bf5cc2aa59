// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/world.hpp"
#include "model/config.hpp"
#include "target_sheet.hpp"

namespace patchbot {

/// The machines from the side that --source names, into the sheet. What could not be read comes
/// back as problems; Error is for what makes the whole list impossible.
std::vector<std::string> list_from_ec2(const Ec2Targets& flags,
                                       const Config& config,
                                       cli::World& world,
                                       TargetSheet& sheet);
std::vector<std::string> list_from_security_monkey(const Ec2Targets& flags,
                                                   const Config& config,
                                                   cli::World& world,
                                                   TargetSheet& sheet);
/// `as_of` becomes the time of an inventory that says it: filtering makes no list younger.
std::vector<std::string> list_from_file(const Ec2Targets& flags, TargetSheet& sheet, Time& as_of);

/// For --check: signs in and asks for the lists, but for no machine.
void check_security_monkey(const Ec2Targets& flags, const Config& config, cli::World& world);

}  // namespace patchbot
