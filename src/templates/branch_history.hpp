// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "model/template_node.hpp"

namespace patchbot {

/// What the target branch of a pull request holds and held.
class BranchHistory {
 public:
  BranchHistory() = default;
  BranchHistory(const BranchHistory&) = delete;
  BranchHistory& operator=(const BranchHistory&) = delete;
  virtual ~BranchHistory() = default;

  /// The files that hold a text now.
  virtual std::vector<std::string> files_with(const std::string& text) = 0;

  /// What a file is now; null if it is none that can be read.
  virtual const TemplateNode* read(const std::string& path) = 0;

  /// By path, the times when a text came to a file or went from it, the newest first.
  using Changes = std::map<std::string, std::vector<Time>>;
  virtual const Changes& changes_of(const std::string& text) = 0;

  /// All files that may be templates.
  virtual std::vector<std::string> template_paths() = 0;
};

}  // namespace patchbot
