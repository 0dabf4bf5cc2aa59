// SPDX-License-Identifier: Apache-2.0
#include "cfn_pr_checker.hpp"

#include <optional>
#include <set>

#include "base/atomic_file.hpp"
#include "base/parse_file.hpp"
#include "formats/config_yaml.hpp"
#include "host_run.hpp"
#include "images.hpp"
#include "lint.hpp"
#include "pr_output.hpp"
#include "staging.hpp"
#include "surroundings.hpp"
#include "templates/deployed_changes.hpp"
#include "templates/downgrade.hpp"
#include "templates/image_rules.hpp"
#include "templates/nested_stacks.hpp"
#include "templates/region_rule.hpp"
#include "templates/staging_first.hpp"
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

PullRequest compared(const Versions& versions, const Scopes& scopes) {
  PullRequest request = compare(versions.base, versions.head, scopes.environments());
  if (request.files.empty() && !versions.are_differences) {
    throw Error(Blame::input,
                "--base and --head hold no CloudFormation template: nothing was checked");
  }
  for (ReviewedFile& file : request.files) {
    const auto moved = versions.moved.find(file.path);
    const bool is_same = moved != versions.moved.end() && versions.base.contains(file.path);
    if (is_same) file.path = moved->second;  // the target branch knows it by this name
  }
  const Surroundings around = surroundings_of(versions, request);
  const TemplatesByPath& templates = around.templates;
  if (around.is_cut) {
    request.unchecked.emplace_back(
        "of the target branch 200 files near those of the pull request, and 50 templates of nested "
        "stacks: which deployments the rest of them have");
  }
  add_parameter_uses(request, versions.base, versions.head, templates);
  add_nested_uses(request, versions.head, templates);
  add_deployed_changes(request, versions.base, versions.head, templates, around.parameter_files);
  add_scopes(request, scopes);
  add_region_rule(request);
  return request;
}

// What arrives; where another way leads to it, it is compared with what leaves.
std::vector<std::string> expected_ids(const PullRequest& request) {
  constexpr std::size_t most = 200;  // as many as the rules judge
  std::set<std::string> ids;
  for (const ReviewedFile& file : request.files) {
    for (const AmiChange& change : file.review.ami_changes) {
      for (const MovedAmi& ami : change.arriving) {
        if (ids.size() < most) ids.insert(ami.id);
      }
      if (change.kind != AmiChange::Kind::form) continue;
      for (const MovedAmi& ami : change.leaving) {
        if (ids.size() < most) ids.insert(ami.id);
      }
    }
  }
  return {ids.begin(), ids.end()};
}

void judge_history(PullRequest& request,
                   const Versions& versions,
                   StagingEvidence evidence,
                   const PullRequestSettings& settings,
                   const Scopes& scopes) {
  std::optional<StagingBranch> branch;
  if (versions.history) {
    versions.history->expect(expected_ids(request));
    evidence.branch = &branch.emplace(*versions.history, scopes);
    add_downgrades(request, *versions.history);
  } else if (!versions.without_history.empty()) {
    const std::string rules = evidence.servers == nullptr
                                  ? "downgrade, staging-first: "
                                  : "downgrade, and for staging-first what is merged: ";
    request.unchecked.push_back(rules + versions.without_history);
  }
  if (!is_off("staging-first", settings)) add_staging_first(request, evidence);
}

}  // namespace

// A service that failed is for somebody else to repair than the author of the pull request.
cli::Exit exit_of(const PullRequest& request) {
  if (lacks_answers(request)) return cli::Exit::remote;
  const GateLevel worst = request.worst();
  if (worst == GateLevel::fail) return cli::Exit::gate_failed;
  // Whatever level a file has that nobody could read, it is not clean.
  return worst == GateLevel::warn || request.unread() > 0 ? cli::Exit::gate_warned
                                                          : cli::Exit::clean;
}

cli::Exit CfnPrChecker::run(cli::World& world) const {
  if (is_on_host(*this)) return run_on_host(*this, world);
  const PullRequest request = review_of(read_versions(base, head, keep_bytes()), repository, world);
  deliver(world, request);
  return exit_of(request);
}

KeepBytes CfnPrChecker::keep_bytes() const { return lint.empty() ? KeepBytes::no : KeepBytes::yes; }

PullRequest CfnPrChecker::review_of(Versions versions,
                                    const std::string& name_of_repository,
                                    cli::World& world,
                                    const cli::Net* net) const {
  const auto linter = lint.empty() ? std::nullopt : std::optional(LintTool::parse(lint));
  const Config settings = config_for(config, versions);
  const Scopes scopes(settings, name_of_repository);
  part_moved(versions, scopes);
  std::optional<StagingServers> staging;
  if (!inventory.empty()) staging = read_staging(inventory, settings);
  PullRequest request = compared(versions, scopes);
  request.unchecked.insert(
      request.unchecked.begin(), versions.unseen.begin(), versions.unseen.end());
  if (linter) add_lint(request, versions.base, versions.head, *linter, world.environment);
  const auto images_known = find_images(*this, settings, world, net, request);
  const ImageCatalogue* const catalogue = images_known ? &*images_known : nullptr;
  const std::chrono::hours soak(settings.pull_requests.soak_hours);
  judge_history(request,
                versions,
                {nullptr, staging ? &*staging : nullptr, catalogue, soak, world.now},
                settings.pull_requests,
                scopes);
  add_image_rules(request, catalogue, settings.pull_requests.images);
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
