// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "templates/conditions.hpp"
#include "templates/parameter_uses.hpp"
#include "templates/pull_request.hpp"
#include "templates/resources.hpp"

namespace patchbot {

/// The templates of nested stacks that a template names by a path in the repository, before `aws
/// cloudformation package` makes addresses of them: TemplateURL and Location, from the folder of
/// the template at `path`. Addresses, and what leads out of the repository, are left out.
std::vector<std::string> nested_templates(const TemplateNode& root, const std::string& path);

/// Follows AMIs that change and are handed down as parameters into the templates of nested stacks,
/// four deep: the properties that get them there become uses ("Web/Server" is the server of the
/// stack Web), and an AMI of which every such template makes nothing is not reached. A template
/// that is not there may use it. `head` is what the pull request changes.
void add_nested_uses(PullRequest& request,
                     const TemplateFiles& head,
                     const TemplatesByPath& templates);

}  // namespace patchbot
