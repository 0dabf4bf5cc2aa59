// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/net_flags.hpp"
#include "cli/run.hpp"
#include "host_flags.hpp"
#include "templates/pull_request.hpp"
#include "versions.hpp"

namespace patchbot {

/// The flags of cfn-pr-checker.
struct CfnPrChecker {
  static constexpr auto name = "cfn-pr-checker";
  static constexpr auto summary =
      "Tell what a pull request changes in CloudFormation templates: which AMI becomes which, "
      "where, and whether anything else changed. Both versions are read from files, from "
      "revisions of git, or from the host of the pull request; with --images aws EC2 is asked what "
      "the AMIs are.";
  static constexpr auto examples =
      "  cfn-pr-checker --base origin/main --head HEAD --junit TEST-pull-request.xml\n"
      "  cfn-pr-checker --base origin/main --head .\n"
      "  cfn-pr-checker --base old/web.yaml --head new/web.yaml --format json\n"
      "  cfn-pr-checker --base origin/main --head HEAD --images aws\n"
      "  cfn-pr-checker --pr https://github.com/acme/web/pull/7 --dry-run --comment --status\n"
      "  cfn-pr-checker --config /etc/patchbot.yaml --comment --status   # in Jenkins: "
      "CHANGE_URL\n";

  std::string base;
  std::string head;
  std::string format = "text";
  std::string output = "-";
  std::string junit;
  std::string sarif;
  std::string config;
  std::string repository;
  std::string lint;
  std::string images;
  std::string save_images;
  std::string inventory;
  HostFlags host;

  void declare(CLI::App& app);
  cli::Exit run(cli::World& world) const;

  /// What the rules say of two versions, at the levels of --config or of the target branch. Throws
  /// Error(usage) for a configuration that is wrong, and Error(input) where nothing was compared;
  /// with --images also what find_images throws. `net`: the way to the services, if it is open.
  PullRequest review_of(Versions versions,
                        const std::string& name_of_repository,
                        cli::World& world,
                        const cli::Net* net = nullptr) const;

  /// Whether the bytes of templates are needed besides.
  KeepBytes keep_bytes() const;

  /// Writes all outputs that flags ask for. Throws Error(usage) where one cannot be written.
  void deliver(cli::World& world, const PullRequest& request) const;
};

/// The gate's part of the exit status, or that AWS did not answer.
cli::Exit exit_of(const PullRequest& request);

}  // namespace patchbot
