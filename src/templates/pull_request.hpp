// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "model/pull_request_settings.hpp"
#include "model/template_node.hpp"
#include "templates/ami_changes.hpp"
#include "templates/pr_rules.hpp"

namespace patchbot {

/// A file that may be a template. One that is none, gives no values to parameters and holds no AMI
/// is as if it were empty.
struct TemplateFile {
  std::optional<Template> read;
  std::optional<Error> fault;   ///< why it could not be read
  bool looks_like_one = false;  ///< though it could not be read
  std::string bytes;  ///< of one that could be read, if they were to be kept; of a pointer to it
};

/// Files by their path below a folder; a single file has the name "".
using TemplateFiles = std::map<std::string, TemplateFile>;

/// One file of the pull request.
struct ReviewedFile {
  std::string name;  ///< for people
  std::string path;  ///< as it is
  bool is_template = false;
  bool is_parameter_file = false;
  bool unread = false;  ///< it is broken, so nothing is known of what changes in it
  std::size_t problems = 0;
  TemplateScope scope;  ///< whose it is, as far as that is known
  TemplateReview review;
  std::vector<RuleHit> hits;
};

/// Where it is known from what the AMIs are.
struct ImageOrigin {
  enum class Kind : std::uint8_t { none, aws, file };

  Kind kind = Kind::none;
  std::optional<Time> generated_at;  ///< of the file
  Time as_of{};                      ///< the time that ages are counted to
};

struct PullRequest {
  std::vector<ReviewedFile> files;     ///< in the order of their names
  std::vector<std::string> unchecked;  ///< which rules could not be asked, and why
  ImageOrigin images;

  std::size_t bumps() const;  ///< values where one AMI becomes another
  std::size_t ami_changes() const;
  std::size_t other_changes() const;
  std::size_t unread() const;
  GateLevel worst() const;
};

/// Compares every file. Files that are neither templates nor values for their parameters count only
/// where an AMI changes in them.
/// Environments are told apart by the words of the configuration.
PullRequest compare(const TemplateFiles& base,
                    const TemplateFiles& head,
                    const Environments& environments = Environments(Config()));

/// Asks these rules again, where more is known of a file than there was at first; `before` is null
/// for one that is new.
void judge_again(ReviewedFile& file,
                 const Template* before,
                 const Template& after,
                 const std::vector<std::string_view>& rules);

/// Tells what is unresolved behind the first `known` of the new version.
void judge_unresolved(ReviewedFile& file, const TemplateNode& root, std::size_t known);

/// Adds a line to what is unchecked, once.
void tell_unchecked(PullRequest& request, std::string line);

/// The version of a file; null if there is none, or none that could be read.
const Template* template_of(const TemplateFiles& files, const std::string& name);

/// Whether the settings switch a rule off.
bool is_off(std::string_view rule, const PullRequestSettings& settings);

/// Gives every hit the level that the settings say. What a rule itself made milder ("as before")
/// stays so; those of rules without a level are left out.
void apply_levels(PullRequest& request, const PullRequestSettings& settings);

}  // namespace patchbot
