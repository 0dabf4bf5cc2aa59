// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "templates/parameter_templates.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// Gives the AMIs that change in a parameter file the resources that they reach in its template,
/// where its conditions hold for the values of their set, and whether deploying it replaces the
/// servers; values that only choose among AMIs become changes of AMIs (add_choices), as do another
/// template and another region. `base` and
/// `head` are what the pull request changes.
void add_parameter_uses(PullRequest& request,
                        const TemplateFiles& base,
                        const TemplateFiles& head,
                        const TemplatesByPath& templates);

}  // namespace patchbot
