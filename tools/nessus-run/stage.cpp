// SPDX-License-Identifier: Apache-2.0
#include "stage.hpp"

#include "base/interruption.hpp"

namespace patchbot {

bool is_over(const Stage& stage) {
  return Interruption::signal() != 0 || stage.client.clock().elapsed() >= stage.deadline;
}

std::string why_over() { return Interruption::signal() != 0 ? "interrupted" : "the time is over"; }

}  // namespace patchbot
