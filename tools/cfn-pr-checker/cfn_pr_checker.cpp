// SPDX-License-Identifier: Apache-2.0
#include "cfn_pr_checker.hpp"

#include <optional>

#include "base/atomic_file.hpp"
#include "lint.hpp"
#include "pr_output.hpp"
#include "template_files.hpp"

namespace patchbot {
namespace {

cli::Exit exit_of(GateLevel worst) {
  if (worst == GateLevel::fail) return cli::Exit::gate_failed;
  return worst == GateLevel::warn ? cli::Exit::gate_warned : cli::Exit::clean;
}

}  // namespace

cli::Exit CfnPrChecker::run(cli::World& world) const {
  const auto linter = lint.empty() ? std::nullopt : std::optional(LintTool::parse(lint));
  const KeepBytes keep = linter ? KeepBytes::yes : KeepBytes::no;
  const TemplateFiles before = base.empty() ? TemplateFiles() : read_templates(base, keep);
  const TemplateFiles after = read_templates(head, keep);
  if (!base.empty() && before.contains("") != after.contains("")) {
    throw Error(Blame::usage, "--base and --head must both be files, or both folders");
  }
  PullRequest request = compare(before, after);
  if (request.files.empty()) {
    throw Error(Blame::input,
                "--base and --head hold no CloudFormation template: nothing was checked");
  }
  if (linter) add_lint(request, before, after, *linter, world.environment);
  const std::string text = format == "json" ? to_json(request) : to_text(request);
  if (output == "-") {
    world.out << text;
  } else {
    AtomicFile file(output);
    file.write(text);
    file.commit();
  }
  return exit_of(request.worst());
}

}  // namespace patchbot
