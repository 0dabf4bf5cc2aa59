// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "model/inventory.hpp"

namespace patchbot {

/// The inventory as a table (RFC 4180, lines end with LF): the line of column names ...
constexpr std::string_view inventory_csv_header =
    "id,account,region,vpc,addresses,public_addresses,ami,ami_name,launched_at,state,asg,stack,"
    "team,service,environment,platform,exposed,inspector,ssm,name\n";

/// ... and one line per target. Addresses are joined with a blank; unknown is an empty cell. A cell
/// that a spreadsheet would take for a formula begins with an apostrophe: people open such files.
std::string to_csv(const Target& target);

}  // namespace patchbot
