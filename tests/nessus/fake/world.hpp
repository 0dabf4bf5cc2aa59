// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/clock.hpp"
#include "settings.hpp"

namespace patchbot::test::fake {

using std::chrono::milliseconds;

/// What the parts of the server have in common.
struct World {
  Flavour flavour;
  Clock& clock;
  Settings& settings;
  long next_id = 7;

  bool is_cloud() const { return flavour == Flavour::cloud; }
  milliseconds now() const { return clock.elapsed(); }
  Time time(milliseconds moment) const;  ///< on the wall, to the second
  long epoch(milliseconds moment) const { return time(moment).time_since_epoch().count(); }
};

/// Always the same for the same thing; none of a real server's.
std::string uuid_of(const std::string& kind, long id);

/// 52 characters, as Nessus has them for templates, schedules and servers.
std::string long_uuid_of(const std::string& kind, long id);

}  // namespace patchbot::test::fake
