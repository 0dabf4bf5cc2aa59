// SPDX-License-Identifier: Apache-2.0
#include "cfn_pr_checker.hpp"

#include <optional>

#include "base/atomic_file.hpp"
#include "base/parse_file.hpp"
#include "formats/config_yaml.hpp"
#include "host_run.hpp"
#include "images.hpp"
#include "lint.hpp"
#include "pr_output.hpp"
#include "versions.hpp"

namespace patchbot {
namespace {

// The pull request must not choose its own judge: the configuration is that of the target branch.
Config config_for(const std::string& file, const Versions& versions) {
  if (!file.empty()) return parse_settings_file(file, parse_config);
  if (!versions.config) return {};
  try {
    return parse_config(*versions.config);
  } catch (const Error& error) {
    throw Error(Blame::usage, error.in("patchbot.yaml of the version before").what());
  }
}

void write_file(const std::string& path, const std::string& text) {
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

PullRequest reviewed(const Versions& versions,
                     const Scopes& scopes,
                     unsigned soak_hours,
                     Time now) {
  PullRequest request = compare(versions.base, versions.head);
  if (request.files.empty() && !versions.are_differences) {
    throw Error(Blame::input,
                "--base and --head hold no CloudFormation template: nothing was checked");
  }
  add_scopes(request, scopes);
  add_parameter_uses(request, versions.head, templates_for(versions, request));
  if (versions.history) {
    add_history_rules(request, *versions.history, scopes, soak_hours, now);
  } else if (!versions.without_history.empty()) {
    request.unchecked.push_back("downgrade, staging-first: " + versions.without_history);
  }
  return request;
}

}  // namespace

// A service that failed is for somebody else to repair than the author of the pull request.
cli::Exit exit_of(const PullRequest& request) {
  if (lacks_answers(request)) return cli::Exit::remote;
  const GateLevel worst = request.worst();
  if (worst == GateLevel::fail) return cli::Exit::gate_failed;
  return worst == GateLevel::warn ? cli::Exit::gate_warned : cli::Exit::clean;
}

cli::Exit CfnPrChecker::run(cli::World& world) const {
  if (is_on_host(*this)) return run_on_host(*this, world);
  const PullRequest request = review_of(read_versions(base, head, keep_bytes()), repository, world);
  deliver(world, request);
  return exit_of(request);
}

KeepBytes CfnPrChecker::keep_bytes() const { return lint.empty() ? KeepBytes::no : KeepBytes::yes; }

PullRequest CfnPrChecker::review_of(const Versions& versions,
                                    const std::string& name_of_repository,
                                    cli::World& world,
                                    const cli::Net* net) const {
  const auto linter = lint.empty() ? std::nullopt : std::optional(LintTool::parse(lint));
  const Config settings = config_for(config, versions);
  const Scopes scopes(settings, name_of_repository);
  PullRequest request = reviewed(versions, scopes, settings.pull_requests.soak_hours, world.now);
  if (linter) add_lint(request, versions.base, versions.head, *linter, world.environment);
  check_images(*this, settings, world, net, request);
  apply_levels(request, settings.pull_requests);
  return request;
}

void CfnPrChecker::deliver(cli::World& world, const PullRequest& request) const {
  std::string text = to_text(request);
  if (format == "json") text = to_json(request);
  if (format == "markdown") text = to_markdown(request);
  if (output == "-") {
    world.out << text;
  } else {
    write_file(output, text);
  }
  if (!junit.empty()) write_junit(request, junit);
  if (!sarif.empty()) write_file(sarif, to_sarif(request, world.version));
}

}  // namespace patchbot
