// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "exchange.hpp"
#include "folders.hpp"
#include "scans.hpp"

namespace patchbot::test::fake {

/// What is said of scans. "empty" is the status of one that never ran.
std::string status_word(const World& world, const Scan& scan);
json made_answer(const World& world, const Scan& scan);
json list_answer(const World& world,
                 const std::map<long, Scan>& scans,
                 const Folders& folders,
                 long folder);  ///< 0 for all but those in the trash
json details_answer(const World& world, const Scan& scan, const Exchange& exchange);
json history_answer(const World& world, const Scan& scan, const Exchange& exchange);

}  // namespace patchbot::test::fake
