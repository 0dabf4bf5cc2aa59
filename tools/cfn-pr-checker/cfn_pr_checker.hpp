// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/run.hpp"

namespace patchbot {

/// The flags of cfn-pr-checker.
struct CfnPrChecker {
  static constexpr auto name = "cfn-pr-checker";
  static constexpr auto summary =
      "Tell what a pull request changes in CloudFormation templates: which AMI becomes which, "
      "where, and whether anything else changed. Both versions are read from files; nothing is "
      "asked of AWS or of the host.";
  static constexpr auto examples =
      "  git worktree add ../base main && cfn-pr-checker --base ../base --head .\n"
      "  cfn-pr-checker --base old/web.yaml --head new/web.yaml --format json\n";

  std::string base;
  std::string head;
  std::string format = "text";
  std::string output = "-";
  std::string lint;

  void declare(CLI::App& app);
  cli::Exit run(cli::World& world) const;
};

}  // namespace patchbot
