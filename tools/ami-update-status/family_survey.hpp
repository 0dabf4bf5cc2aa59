// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fleet_view.hpp"

namespace patchbot {

/// Lists the AMIs of families: one listing for every account and region whose servers run some. The
/// owners are never left open.
class FamilySurvey {
 public:
  FamilySurvey(aws::RegionWalk& walk, const Config& config) : walk_(walk), config_(config) {}

  /// Asks the owners of the AMIs that run for the tag that names families, if there is to be one.
  void read_tags(FleetView& view);

  void list(FleetView& view, const std::set<FamilyKey>& families);

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
  void apply_tags(FleetView& view);
  void apply_tag(Image& image) const;
  std::vector<std::string> owners_of(const FamilyKey& key) const;

  aws::RegionWalk& walk_;
  const Config& config_;
  std::mutex mutex_;
  std::map<std::string, std::string> tags_;              ///< families by AMI
  std::set<std::pair<std::string, std::string>> asked_;  ///< owners and regions
};

}  // namespace patchbot
