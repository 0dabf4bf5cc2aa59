// SPDX-License-Identifier: Apache-2.0
#include "cfn_pr_checker.hpp"

#include "base/atomic_file.hpp"
#include "base/parse_file.hpp"
#include "formats/config_yaml.hpp"
#include "images.hpp"
#include "pr_output.hpp"
#include "template_files.hpp"

namespace patchbot {
namespace {

// A service that failed is for somebody else to repair than the author of the pull request.
cli::Exit exit_of(const PullRequest& request) {
  if (lacks_answers(request)) return cli::Exit::remote;
  const GateLevel worst = request.worst();
  if (worst == GateLevel::fail) return cli::Exit::gate_failed;
  return worst == GateLevel::warn ? cli::Exit::gate_warned : cli::Exit::clean;
}

}  // namespace

cli::Exit CfnPrChecker::run(cli::World& world) const {
  const TemplateFiles before = base.empty() ? TemplateFiles() : read_templates(base);
  const TemplateFiles after = read_templates(head);
  if (!base.empty() && before.contains("") != after.contains("")) {
    throw Error(Blame::usage, "--base and --head must both be files, or both folders");
  }
  PullRequest request = compare(before, after);
  if (request.files.empty()) {
    throw Error(Blame::input,
                "--base and --head hold no CloudFormation template: nothing was checked");
  }
  const Config settings = config.empty() ? Config() : parse_settings_file(config, parse_config);
  check_images(*this, settings, world, request);
  apply_levels(request, settings.pull_requests);
  const std::string text = format == "json" ? to_json(request) : to_text(request);
  if (output == "-") {
    world.out << text;
  } else {
    AtomicFile file(output);
    file.write(text);
    file.commit();
  }
  return exit_of(request);
}

}  // namespace patchbot
