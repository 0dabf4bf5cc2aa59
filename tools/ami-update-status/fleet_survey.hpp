// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fleet_view.hpp"

namespace patchbot {

/// Asks EC2, Auto Scaling and CloudFormation: one listing of each kind for every account and
/// region, all at once.
class FleetSurvey {
 public:
  FleetSurvey(aws::RegionWalk& walk, const Config& config)
      : walk_(walk), config_(config), ownership_(config) {}

  FleetView look(const std::vector<aws::Access>& accounts);

  /// The AMIs of these families wherever their servers run; the owners are never left open.
  void list_families(FleetView& view, const std::set<FamilyKey>& families);

 private:
  struct Wanted {
    std::set<FamilyKey> families;
    std::set<std::string> owners;
    std::set<std::string> patterns;  ///< of names
  };

  Wanted wanted_in(const RegionView& region, const std::set<FamilyKey>& families) const;
  void keep(const Wanted& wanted, const Image& image, FleetView& view) const;
  void list_in(const aws::Unit& unit,
               aws::Client& client,
               const RegionView& region,
               const Wanted& wanted,
               FleetView& view);
  void read(const aws::Unit& unit, aws::Client& client, RegionView& view);
  void read_instances(const aws::Unit& unit, aws::Client& client, RegionView& view);
  static void read_groups(aws::Client& client, RegionView& view);
  static void resolve(aws::Client& client, RegionView& view);
  static void read_refreshes(aws::Client& client, RegionView& view);
  std::vector<std::string> owners_of(const FamilyKey& key) const;
  void read_stacks(const aws::Unit& unit, aws::Client& client, RegionView& view);
  void attempt(const aws::Unit& unit,
               RegionView& view,
               const char* kind,
               const std::function<void()>& work);

  aws::RegionWalk& walk_;
  const Config& config_;
  Ownership ownership_;
  std::mutex mutex_;
};

}  // namespace patchbot
