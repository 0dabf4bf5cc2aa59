// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "templates/parameter_templates.hpp"
#include "templates/pull_request.hpp"
#include "templates/stacks.hpp"

namespace patchbot {

/// The templates as they were before: `templates` are those of the pull request, and others that it
/// leaves as they are.
TemplatesByPath templates_before(const TemplateFiles& base,
                                 const TemplateFiles& head,
                                 const TemplatesByPath& templates);

/// A template of the pull request that is there in both versions, among all others of these.
struct ChangedTemplate {
  ReviewedFile& file;
  const Template& before;
  const Template& after;
  Stacks& stacks_before;
  Stacks& stacks;
};

/// Calls `judge` for each of them, which says whether the review has something new; then the rules
/// that look at all changes, and those for what is unresolved, judge again. Where it throws Error,
/// `what` of the file is unchecked.
void each_changed_template(PullRequest& request,
                           const TemplateFiles& base,
                           const TemplateFiles& head,
                           const TemplatesByPath& templates,
                           const std::string& what,
                           const std::function<bool(const ChangedTemplate&)>& judge);

}  // namespace patchbot
