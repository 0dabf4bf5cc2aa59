// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "templates/deployments.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// What changes in a template and gives servers of a deployment other AMIs, whatever it is (a
/// default, a condition, a key, what a nested stack is handed), is a change of AMIs of that
/// deployment, with the other values of its file. What the template's defaults choose is told where
/// no file of parameters is known that it changes something for. A changed AMI itself is told once,
/// and knows which deployments get it.
void add_deployed_changes(PullRequest& request,
                          const TemplateFiles& base,
                          const TemplateFiles& head,
                          const TemplatesByPath& templates,
                          const ParameterFiles& files);

/// Whether it matters for a file who deploys it: it changes, and has servers or nests stacks.
bool is_deployed_change(const ReviewedFile& file, const TemplateNode& root);

}  // namespace patchbot
