// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "templates/ami_sources.hpp"
#include "templates/conditions.hpp"

namespace patchbot {

/// The names by which Systems Manager knows the AMIs of servers, with these values for the
/// parameters of the template: "/acme/ami/web", with the version or label if one is named. Where
/// the values do not decide about a name, it is not there. Throws as ExpressionTexts does.
std::map<AmiUse, std::string> stored_names(const TemplateNode& root, const ParameterValues& values);

}  // namespace patchbot
