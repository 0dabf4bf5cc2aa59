// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "templates/branch_history.hpp"
#include "templates/pull_request.hpp"
#include "templates/scopes.hpp"

namespace patchbot {

/// What the templates of staging on the target branch tell of an AMI. An empty service is that of
/// any file.
class StagingBranch {
 public:
  StagingBranch(BranchHistory& history, const Scopes& scopes)
      : history_(history), scopes_(scopes) {}

  struct Stay {
    std::chrono::seconds time{};  ///< the longest of any file
    bool goes_on = false;         ///< staging has it still
    bool taken_back = false;      ///< it ended with what had been there before
  };

  /// How long staging has the AMI, or had it; nothing if it never did.
  std::optional<Stay> stay_of(const std::string& id, const std::string& service, Time now) const;

  /// Whether the repository keeps staging of this service: in other files, or in this one, be it as
  /// an environment inside of a file. Chosen: all that is there of it is settings of SAM that write
  /// no AMI; unknown: there are too many files to look into.
  enum class Keeping : std::uint8_t { none, written, chosen, unknown };
  Keeping keeping_for(const ReviewedFile& file) const;

  /// Whether AMIs of staging stand under names of regions, and never under this one. A copy of an
  /// AMI in another region has another id.
  bool is_elsewhere(const ReviewedFile& file, const std::string& region) const;

 private:
  using Moments = std::vector<BranchHistory::Moment>;

  bool may_hold_staging(const std::string& path, const std::string& service) const;
  bool is_of_staging(const std::string& path, const std::string& service) const;
  Keeping keeping_inside(const std::vector<std::string>& paths, const std::string& service) const;
  bool has_settings_of_staging(const TemplateNode& root, const std::string& path) const;
  std::optional<Stay> stay_in(const std::string& path,
                              const Moments& moments,
                              const std::string& id,
                              Time now) const;
  bool is_taken_back(const std::string& path,
                     const BranchHistory::Moment& came,
                     const BranchHistory::Moment& went,
                     const std::string& id) const;
  bool came_elsewhere(const std::string& path,
                      const BranchHistory::Moment& went,
                      const std::string& text) const;
  bool has(const std::string& path,
           const std::string& version,
           const std::string& id,
           BranchHistory::When when = BranchHistory::When::after) const;
  static void add(std::optional<Stay>& all, const std::optional<Stay>& one);

  /// The AMIs of staging by their places.
  using Values = std::map<std::string, std::string>;
  Values values_in(const TemplateNode* root, const std::string& path) const;

  BranchHistory& history_;
  const Scopes& scopes_;
};

}  // namespace patchbot
