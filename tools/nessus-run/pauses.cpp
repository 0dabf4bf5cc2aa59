// SPDX-License-Identifier: Apache-2.0
#include "pauses.hpp"

#include <algorithm>

#include "base/interruption.hpp"

namespace patchbot {

using std::chrono::milliseconds;

void pause_between_polls(Clock& clock,
                         std::chrono::seconds poll,
                         milliseconds until,
                         bool heeds_signals) {
  const milliseconds time(poll);
  const auto jitter =
      static_cast<long>(static_cast<double>(time.count()) * (clock.chance() - 0.5) / 2);
  milliseconds left = std::min(time + milliseconds(jitter), until - clock.elapsed());
  // In short steps, so that a signal is heeded soon.
  while (left > milliseconds(0) && !(heeds_signals && Interruption::signal() != 0)) {
    const milliseconds step = std::min<milliseconds>(left, std::chrono::seconds(1));
    clock.sleep(step);
    left -= step;
  }
}

}  // namespace patchbot
