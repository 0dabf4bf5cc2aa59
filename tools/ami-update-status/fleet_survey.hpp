// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fleet_view.hpp"

namespace patchbot {

/// Asks EC2, Auto Scaling and CloudFormation: one listing of each kind for every account and
/// region, all at once.
class FleetSurvey {
 public:
  FleetSurvey(aws::RegionWalk& walk, const Config& config) : walk_(walk), ownership_(config) {}

  FleetView look(const std::vector<aws::Access>& accounts);

 private:
  void read(const aws::Unit& unit, aws::Client& client, RegionView& view);
  void read_instances(const aws::Unit& unit, aws::Client& client, RegionView& view);
  static void read_groups(aws::Client& client, RegionView& view);
  static void resolve(aws::Client& client, RegionView& view);
  static void read_refreshes(aws::Client& client, RegionView& view);
  void read_stacks(const aws::Unit& unit, aws::Client& client, RegionView& view);
  void attempt(const aws::Unit& unit,
               RegionView& view,
               const char* kind,
               const std::function<void()>& work);

  aws::RegionWalk& walk_;
  Ownership ownership_;
  std::mutex mutex_;
};

}  // namespace patchbot
