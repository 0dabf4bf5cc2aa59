// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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

  /// The ids that changes_of() will be asked for, so that one look at the past does for many.
  virtual void expect(const std::vector<std::string>& ids) = 0;

  /// What a file is now; null if it is none that can be read.
  virtual const TemplateNode* read(const std::string& path) = 0;

  struct Moment {
    Time time;
    std::string version;
  };

  /// By path, when lines with an id came to a file, went from it or changed; the newest first.
  /// There may be moments of other ids among them: what a file held, read_at() tells.
  using Changes = std::map<std::string, std::vector<Moment>>;
  virtual const Changes& changes_of(const std::string& text) = 0;

  /// The moments of a file, whatever changed in it; the newest first.
  virtual std::vector<Moment> moments_of(const std::string& path) = 0;

  /// What a file was right after such a moment, or right before it; null if it was none that can be
  /// read.
  enum class When : std::uint8_t { after, before };
  virtual const TemplateNode* read_at(const std::string& path,
                                      const std::string& version,
                                      When when) = 0;

  /// All files that may be templates.
  virtual std::vector<std::string> template_paths() = 0;
};

}  // namespace patchbot
