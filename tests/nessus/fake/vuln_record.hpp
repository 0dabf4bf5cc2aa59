// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exchange.hpp"
#include "world.hpp"

namespace patchbot::test::fake {

/// The findings of a chunk of a bulk export, one asset a chunk: those in a state that is asked for.
json vuln_records(const World& world, long chunk, const json& filters);

}  // namespace patchbot::test::fake
