// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/config.hpp"
#include "rules/patch_evidence.hpp"
#include "services/jenkins.hpp"

namespace patchbot {

/// The first of the settings whose globs fit the family; null if none does.
const FamilySettings* settings_of(const Config& config, const std::string& family);

/// What is known of the bakes of families: of Jenkins' job or Packer's manifest.
class BakeSurvey {
 public:
  /// `jenkins` may be null: then a job is unknown.
  BakeSurvey(const Config& config, Jenkins* jenkins) : config_(config), jenkins_(jenkins) {}

  /// What cannot be asked is `unknown`, and a problem.
  BakeEvidence look(const std::string& family);

  const std::vector<std::string>& problems() const { return problems_; }

 private:
  const Config& config_;
  Jenkins* jenkins_;
  std::map<std::string, std::vector<Bake>> runs_;  ///< by job
  std::vector<std::string> problems_;
};

}  // namespace patchbot
