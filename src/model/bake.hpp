// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace patchbot {

/// One run of the job that bakes AMIs.
struct Bake {
  enum class State : std::uint8_t { running, succeeded, failed };

  State state = State::failed;
  std::optional<Time> started_at;
  std::optional<Time> ended_at;             ///< none while it runs
  std::string name;                         ///< "#41", or the id of Packer's run
  std::string link;                         ///< for people; empty if there is none
  std::string reason;                       ///< why it is no success: "ABORTED", say
  std::map<std::string, std::string> amis;  ///< by region, where they are known
  bool operator==(const Bake&) const = default;
};

}  // namespace patchbot
