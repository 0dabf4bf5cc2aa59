// SPDX-License-Identifier: Apache-2.0
#include "templates/changed_templates.hpp"

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

void judge_one(const ChangedTemplate& one,
               const std::function<bool(const ChangedTemplate&)>& judge) {
  const std::size_t known = one.file.review.new_unresolved.size();
  if (!judge(one)) return;
  judge_again(one.file, &one.before, one.after, {"other-changes", "old-ami"});
  judge_unresolved(one.file, one.after.root, known);
}

}  // namespace

TemplatesByPath templates_before(const TemplateFiles& base,
                                 const TemplateFiles& head,
                                 const TemplatesByPath& templates) {
  TemplatesByPath before = templates;
  for (const auto& [path, file] : head) before.erase(path);
  for (const auto& [path, file] : base) {
    if (file.read && is_template(file.read->root)) before[path] = &file.read->root;
  }
  return before;
}

void each_changed_template(PullRequest& request,
                           const TemplateFiles& base,
                           const TemplateFiles& head,
                           const TemplatesByPath& templates,
                           const std::string& what,
                           const std::function<bool(const ChangedTemplate&)>& judge) {
  const TemplatesByPath old_templates = templates_before(base, head, templates);
  Stacks stacks_before(old_templates);
  Stacks stacks(templates);
  for (ReviewedFile& file : request.files) {
    const Template* const before = template_of(base, file.name);
    const Template* const after = template_of(head, file.name);
    const bool are_both = old_templates.contains(file.name) && templates.contains(file.name);
    if (!are_both || before == nullptr || after == nullptr) continue;
    try {
      judge_one({file, *before, *after, stacks_before, stacks}, judge);
    } catch (const Error& error) {
      request.unchecked.push_back(file.name + ": " + what + ": " + clean_line(error.what()));
    }
  }
}

}  // namespace patchbot
