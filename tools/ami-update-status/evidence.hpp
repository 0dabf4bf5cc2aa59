// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bake_survey.hpp"
#include "fleet_view.hpp"
#include "repositories.hpp"
#include "rules/patch_evidence.hpp"

namespace patchbot {

/// The families of each service; the main one is that of the AMIs which most of its servers run.
std::map<ServiceKey, ServiceFamilies> families_of(const FleetView& view);

/// Joins what AWS, templates and bakes say, by service. `view` is used up.
std::vector<ServiceEvidence> join(FleetView& view,
                                  const std::map<ServiceKey, ServiceFamilies>& families,
                                  const Repositories::Seen& repositories,
                                  BakeSurvey& bakes,
                                  const Config& config,
                                  Time now);

}  // namespace patchbot
