// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "templates/parameter_templates.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// Files of parameters by their paths in the repository.
using ParameterFiles = std::map<std::string, const TemplateNode*>;

/// Whether a default of a parameter changes in the template.
bool changes_default(const ReviewedFile& file);

/// Another default is another value for every deployment whose parameter file leaves it out: where
/// servers get other AMIs by it, that is told for each of these, with its other values. What the
/// defaults alone choose is told besides only where it is something else. `files` are those of the
/// new version, the pull request's and others; `base` and `head` what it changes.
void add_default_uses(PullRequest& request,
                      const TemplateFiles& base,
                      const TemplateFiles& head,
                      const TemplatesByPath& templates,
                      const ParameterFiles& files);

}  // namespace patchbot
