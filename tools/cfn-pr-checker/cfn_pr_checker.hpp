// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/run.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// The flags of cfn-pr-checker.
struct CfnPrChecker {
  static constexpr auto name = "cfn-pr-checker";
  static constexpr auto summary =
      "Tell what a pull request changes in CloudFormation templates: which AMI becomes which, "
      "where, and whether anything else changed. Both versions are read from files or from "
      "revisions of git.";
  static constexpr auto examples =
      "  cfn-pr-checker --base origin/main --head HEAD --junit TEST-pull-request.xml\n"
      "  cfn-pr-checker --base origin/main --head .\n"
      "  cfn-pr-checker --base old/web.yaml --head new/web.yaml --format json\n";

  std::string base;
  std::string head;
  std::string format = "text";
  std::string output = "-";
  std::string junit;
  std::string sarif;
  std::string config;
  std::string repository;
  std::string lint;

  void declare(CLI::App& app);
  cli::Exit run(cli::World& world) const;

 private:
  void deliver(cli::World& world, const PullRequest& request) const;
};

}  // namespace patchbot
