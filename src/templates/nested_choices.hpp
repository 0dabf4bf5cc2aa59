// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "templates/parameter_templates.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// What a template hands down to nested stacks may choose among AMIs there: a literal, a default, a
/// condition, or another template for the stack. Where it changes, and with the defaults of the
/// template servers in the stacks get other AMIs, it becomes a change of AMIs, and stays another
/// change: it may do more there. Where a template that is named anew is not there, the change is
/// open. `base` and `head` are what the pull request changes.
void add_nested_choices(PullRequest& request,
                        const TemplateFiles& base,
                        const TemplateFiles& head,
                        const TemplatesByPath& templates);

}  // namespace patchbot
