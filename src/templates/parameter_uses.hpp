// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "templates/pull_request.hpp"

namespace patchbot {

/// Templates by their paths in the repository.
using TemplatesByPath = std::map<std::string, const TemplateNode*>;

/// Which template the values of a parameter file are for: the one that it names, else the only one
/// that has all of its parameters; of several that do, the only one whose name the file's name
/// begins with. Empty if that is not clear.
std::string template_of(const std::string& path,
                        const TemplateNode& file,
                        const TemplatesByPath& templates);

/// Gives the AMIs that change in a parameter file the resources that they reach in its template,
/// where its conditions hold for these values, and whether deploying it replaces the servers;
/// values that only choose among AMIs become changes of AMIs (add_choices). `base` and `head` are
/// what the pull request changes.
void add_parameter_uses(PullRequest& request,
                        const TemplateFiles& base,
                        const TemplateFiles& head,
                        const TemplatesByPath& templates);

}  // namespace patchbot
