// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exchange.hpp"
#include "world.hpp"

namespace patchbot::test::fake {

/// What the server says of itself, to anybody. False where something else was asked.
bool answer_server(const World& world, Exchange& exchange);

}  // namespace patchbot::test::fake
