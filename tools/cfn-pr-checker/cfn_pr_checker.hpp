// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/run.hpp"
#include "host_flags.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// The flags of cfn-pr-checker.
struct CfnPrChecker {
  static constexpr auto name = "cfn-pr-checker";
  static constexpr auto summary =
      "Tell what a pull request changes in CloudFormation templates: which AMI becomes which, "
      "where, and whether anything else changed. Both versions are read from files, or from the "
      "host of the pull request; nothing is asked of AWS.";
  static constexpr auto examples =
      "  git worktree add ../base main && cfn-pr-checker --base ../base --head .\n"
      "  cfn-pr-checker --base old/web.yaml --head new/web.yaml --format json\n"
      "  cfn-pr-checker --pr https://github.com/acme/web/pull/7 --dry-run --comment --status\n"
      "  cfn-pr-checker --config patchbot.yaml --comment --status   # in Jenkins: CHANGE_URL\n";

  std::string base;
  std::string head;
  std::string format = "text";
  std::string output = "-";
  HostFlags host;

  void declare(CLI::App& app);
  cli::Exit run(cli::World& world) const;

  /// The review in --format to --output. Throws Error(usage) where that cannot be written.
  void write(const PullRequest& request, std::ostream& out) const;
};

cli::Exit exit_of(GateLevel worst);

}  // namespace patchbot
