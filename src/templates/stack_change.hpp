// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "templates/ami_changes.hpp"
#include "templates/stack_amis.hpp"

namespace patchbot {

/// A deployment before and after: whatever differs in what its servers get, by whatever way.
class StackChange {
 public:
  /// Both must outlive it.
  StackChange(const StackAmis& before, const StackAmis& after);

  /// The properties that differ, and come of what stands at a place, in either version: that of a
  /// changed value, or of what is around it, such as "Parameters/Track".
  std::vector<AmiUse> uses_behind(const std::string& place) const;

  /// All properties that differ.
  const std::vector<AmiUse>& uses() const { return uses_; }

  /// Whether all of these properties come to known ids, and to the same ones in both versions.
  bool are_kept(const std::vector<AmiUse>& uses) const;

  /// Whether an AMI is no news to any of these properties: it comes to that in both versions, or is
  /// new itself, and other servers had the AMI.
  bool had(const std::vector<AmiUse>& uses, const std::string& id) const;

  /// What arrives and leaves by these, and whether that is open: of `one` nothing else is set.
  void tell(const std::vector<AmiUse>& uses, AmiChange& one) const;

 private:
  void find_ids() const;
  bool add_told(const AmiUse& use,
                std::vector<std::string>& arriving,
                std::vector<std::string>& leaving) const;
  static std::vector<MovedAmi> moved(const std::vector<std::string>& ids,
                                     const std::vector<AmiUse>& uses,
                                     const StackAmis& amis);

  const StackAmis& before_;
  const StackAmis& after_;
  std::vector<AmiUse> uses_;
  mutable std::vector<std::set<std::string>> places_;  ///< of uses_, once they are asked for
  mutable std::set<std::string> ids_before_;  ///< that any server is known to get, likewise
  mutable std::set<std::string> ids_after_;
  mutable std::optional<std::set<std::string>> used_;  ///< by any server before, likewise
};

}  // namespace patchbot
