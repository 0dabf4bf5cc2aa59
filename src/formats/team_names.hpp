// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "model/config.hpp"

namespace YAML {
class Node;
}

namespace patchbot {

/// Refuses what cannot be the name of a team; `node` is where it stands.
void check_team_name(const std::string& name, const YAML::Node& node);

/// The teams that other sections name. They can stand before the teams, so they are checked last.
class TeamReferences {
 public:
  /// The team that the node names.
  std::string read(const YAML::Node& node);

  /// The teams of a condition; globs are not looked at.
  void note(const std::vector<std::string>& globs, const YAML::Node& node);

  /// Every team that was read must be configured, if any are: a misspelt one would own nothing.
  void check(const Config& config) const;

 private:
  std::vector<std::pair<std::string, Position>> teams_;
};

}  // namespace patchbot
