// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "template_files.hpp"
#include "templates/ami_changes.hpp"
#include "templates/pr_rules.hpp"

namespace patchbot {

/// One file of the pull request.
struct ReviewedFile {
  std::string name;
  bool is_template = false;
  bool is_parameter_file = false;
  bool unread = false;  ///< it is broken, so nothing is known of what changes in it
  std::size_t problems = 0;
  TemplateReview review;
  std::vector<RuleHit> hits;
};

struct PullRequest {
  std::vector<ReviewedFile> files;  ///< in the order of their names

  std::size_t bumps() const;  ///< values where one AMI becomes another
  std::size_t ami_changes() const;
  std::size_t other_changes() const;
  std::size_t unread() const;
  GateLevel worst() const;
};

/// Compares every file. Files that are neither templates nor values for their parameters count only
/// where an AMI changes in them.
PullRequest compare(const TemplateFiles& base, const TemplateFiles& head);

/// For people: one line a change, then the rules, then whether anything else changed.
std::string to_text(const PullRequest& request);

/// patchbot.pr/1.
std::string to_json(const PullRequest& request);

}  // namespace patchbot
