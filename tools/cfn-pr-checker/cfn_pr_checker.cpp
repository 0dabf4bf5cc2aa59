// SPDX-License-Identifier: Apache-2.0
#include "cfn_pr_checker.hpp"

#include "base/atomic_file.hpp"
#include "host_run.hpp"
#include "pr_output.hpp"
#include "template_files.hpp"

namespace patchbot {

cli::Exit exit_of(GateLevel worst) {
  if (worst == GateLevel::fail) return cli::Exit::gate_failed;
  return worst == GateLevel::warn ? cli::Exit::gate_warned : cli::Exit::clean;
}

void CfnPrChecker::write(const PullRequest& request, std::ostream& out) const {
  const std::string text = format == "json" ? to_json(request) : to_text(request);
  if (output == "-") {
    out << text;
  } else {
    AtomicFile file(output);
    file.write(text);
    file.commit();
  }
}

cli::Exit CfnPrChecker::run(cli::World& world) const {
  if (is_on_host(*this)) return run_on_host(*this, world);
  const TemplateFiles before = base.empty() ? TemplateFiles() : read_templates(base);
  const TemplateFiles after = read_templates(head);
  if (!base.empty() && before.contains("") != after.contains("")) {
    throw Error(Blame::usage, "--base and --head must both be files, or both folders");
  }
  const PullRequest request = compare(before, after);
  if (request.files.empty()) {
    throw Error(Blame::input,
                "--base and --head hold no CloudFormation template: nothing was checked");
  }
  write(request, world.out);
  return exit_of(request.worst());
}

}  // namespace patchbot
