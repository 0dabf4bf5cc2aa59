// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/template_node.hpp"
#include "templates/conditions.hpp"

namespace patchbot {

/// The AMIs that servers get from a template.
struct AmisOfTemplate {
  std::map<std::string, std::string> by_path;  ///< where they are written
  std::vector<std::string> amis;               ///< the same, each once
  std::string unknown;                         ///< why there are none, or more of them
};

/// With these values for its parameters, in these regions; in any region where none is named. What
/// the values do not decide is not decided: all of it is possible. Throws Error(input) where the
/// template combines to millions of ways.
AmisOfTemplate amis_with(const TemplateNode& root,
                         ParameterValues values,
                         const std::set<std::string>& regions);

}  // namespace patchbot
