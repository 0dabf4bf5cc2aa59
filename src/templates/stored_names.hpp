// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "templates/ami_sources.hpp"
#include "templates/conditions.hpp"

namespace patchbot {

/// What servers get in place of AMIs.
struct StoredNames {
  std::vector<std::string> names;  ///< "/acme/ami/web", with the version or label if one is named
  bool is_open = false;            ///< the values do not decide about another name
};

/// The names by which Systems Manager knows the AMIs of servers, with these values for the
/// parameters of the template. Throws as ExpressionTexts does.
std::map<AmiUse, StoredNames> stored_names(const TemplateNode& root, const ParameterValues& values);

}  // namespace patchbot
