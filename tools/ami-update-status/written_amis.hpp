// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "aws_place.hpp"
#include "model/template_node.hpp"
#include "stored_amis.hpp"
#include "templates/conditions.hpp"

namespace patchbot {

/// The AMIs that servers get from a template.
struct AmisOfTemplate {
  std::map<std::string, std::string> by_path;  ///< where they are written
  std::vector<std::string> amis;               ///< the same, each once
  std::string unknown;                         ///< why there are none, or more of them
  std::string unstored;       ///< why a name in Systems Manager is no AMI, whatever else there is
  std::optional<Time> since;  ///< the last of those that Systems Manager has came there
};

/// With these values for its parameters, deployed to these places; to any where none is named. What
/// the values do not decide is not decided: all of it is possible. Names in Systems Manager are
/// looked up in `stored`, if there is one. Throws Error(input) where the template combines to
/// millions of ways.
AmisOfTemplate amis_with(const TemplateNode& root,
                         ParameterValues values,
                         const std::set<AwsPlace>& places,
                         StoredAmis* stored);

}  // namespace patchbot
