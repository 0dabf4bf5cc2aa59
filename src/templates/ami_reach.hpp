// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "templates/ami_sources.hpp"

namespace patchbot {

/// An AMI that a change brings, or takes away.
struct MovedAmi {
  std::string id;
  std::string region;       ///< that it is for; empty if its place does not say
  std::string path;         ///< where it is written
  std::string environment;  ///< that its place or file is of; see add_scopes
  bool was_used = false;    ///< arriving: the old version uses what is written there as well
};

/// The ids that a value holds: one, several with commas between them, or none.
std::vector<std::string> ami_ids(std::string_view value);

/// The region that a path names: "eu-west-1" for Mappings/Images/eu-west-1/web; empty if it names
/// none.
std::string region_of(std::string_view path);

/// Which AMIs that are written in a template each property may get.
class AmiReach {
 public:
  /// `sources` must outlive this.
  explicit AmiReach(const AmiSources& sources);

  /// Path and text of every value that holds ids.
  using Written = std::vector<const std::pair<const std::string, std::string>*>;
  const Written& of(const AmiUse& use) const;

  /// The properties that get any.
  std::vector<AmiUse> uses() const;

 private:
  std::map<AmiUse, Written> by_use_;
};

/// Adds the ids of `these` that are none of `others`, 200 at most and each once.
void add_moved(const AmiReach::Written& these,
               const AmiReach::Written& others,
               std::vector<MovedAmi>& moved);

}  // namespace patchbot
