// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "templates/ami_sources.hpp"
#include "templates/nests.hpp"

namespace patchbot {

/// What the parameters of a template do for AMIs, in it and in the stacks that it nests.
struct StackWays {
  std::unordered_map<std::string, std::vector<AmiUse>> giving;    ///< their values are AMIs
  std::unordered_map<std::string, std::vector<AmiUse>> deciding;  ///< they choose among AMIs
  std::unordered_set<std::string> beside;                         ///< they do something else, too
  std::unordered_set<std::string> relevant;                       ///< all that matter for AMIs
  std::vector<HandedDown> handed_down;
  std::vector<AmiParameters> behind;  ///< by the places in handed_down: what these depend on

  /// All that a parameter does for AMIs.
  std::vector<AmiUse> uses_of(const std::string& parameter) const;
};

/// Those of a template at `path`. Throws Error(input) where there is too much to follow.
StackWays ways_in(const TemplateNode& root, const std::string& path, Nests& nests);

}  // namespace patchbot
