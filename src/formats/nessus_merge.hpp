// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/shard.hpp"

namespace patchbot {

/// The mark at the end of a report. Throws Error(input) for a file that cannot be read or has none.
Shard read_shard(const std::string& file);

/// One report with the hosts of all these, byte for byte and in this order. Its policy is that of
/// the first report that has one, and its TARGET preference names the targets of all: readers take
/// it for the list of what had to be scanned. `write` gets the pieces. Throws Error(input) with
/// file and position before the first piece where a report is not whole.
void merge_reports(const std::vector<std::string>& files,
                   const std::function<void(std::string_view)>& write);

}  // namespace patchbot
