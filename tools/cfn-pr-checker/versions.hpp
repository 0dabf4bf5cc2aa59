// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/git.hpp"
#include "template_files.hpp"
#include "templates/branch_history.hpp"
#include "templates/parameter_uses.hpp"
#include "templates/scopes.hpp"

namespace patchbot {

/// What is compared, and what is known of the branch that it is for.
struct Versions {
  TemplateFiles base;
  TemplateFiles head;
  bool are_differences = false;              ///< files that are the same in both are not there
  std::map<std::string, std::string> moved;  ///< what a file of both was called before
  std::vector<std::string> unseen;           ///< what could not be compared, and why
  std::optional<std::string> config;         ///< the text of patchbot.yaml of the target branch
  std::unique_ptr<BranchHistory> history;    ///< none: files alone have no past
  std::string without_history;               ///< then: why
};

/// What the clone tells of the branch that ends with `commit`; a shallow one tells nothing.
void add_history(Versions& versions, const GitRepository& repository, const std::string& commit);

/// A file that moved to where another environment, service or account is counts as new there, and
/// as gone from where it was. What is unknown of its old place may be the same; where production is
/// concerned, that is said.
void part_moved(Versions& versions, const Scopes& scopes);

/// Reads both sides from files, folders or revisions of the git repository around the current
/// folder; an empty base is nothing. Two revisions are compared as a pull request is: from where
/// they parted, the whole repository. A folder as head may be compared with a revision: without
/// what git ignores. Throws as read_templates does, and Error(usage) for what is neither a path nor
/// a revision, or both: a pull request may bring a folder that is called like a branch.
Versions read_versions(const std::string& base,
                       const std::string& head,
                       KeepBytes keep = KeepBytes::no);

}  // namespace patchbot
