// SPDX-License-Identifier: Apache-2.0
#include "bake_survey.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "formats/packer_manifest.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_runs = 20;
constexpr std::size_t most_bytes = std::size_t{16} * 1024 * 1024;

}  // namespace

const FamilySettings* settings_of(const Config& config, const std::string& family) {
  for (const FamilySettings& one : config.status.families) {
    const bool fits = std::any_of(one.family.begin(), one.family.end(), [&](const auto& glob) {
      return matches_glob(glob, family);
    });
    if (fits) return &one;
  }
  return nullptr;
}

BakeEvidence BakeSurvey::look(const std::string& family) {
  BakeEvidence bake;
  const FamilySettings* const settings = settings_of(config_, family);
  if (settings == nullptr) return bake;
  bake.every_days = settings->every_days;
  bake.has_job = !settings->job.empty() || !settings->manifest.empty();
  try {
    if (!settings->manifest.empty()) {
      bake.runs = {parse_packer_manifest(read_all(*open_file(settings->manifest), most_bytes))};
    } else if (!settings->job.empty()) {
      if (jenkins_ == nullptr) throw Error(Blame::usage, "Jenkins was not asked");
      auto known = runs_.find(settings->job);
      if (known == runs_.end()) {
        known = runs_.emplace(settings->job, jenkins_->builds(settings->job, most_runs)).first;
      }
      bake.runs = known->second;
    }
  } catch (const Error& error) {
    const std::string what = settings->job.empty() ? settings->manifest : "job " + settings->job;
    bake.unknown = what + ": " + error.what();
    problems_.push_back(bake.unknown);
  }
  return bake;
}

}  // namespace patchbot
