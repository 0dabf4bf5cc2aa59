// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/config.hpp"
#include "model/environments.hpp"
#include "model/inventory.hpp"
#include "rules/owner_match.hpp"

namespace patchbot {

/// Whose machines are: team, service and environment of targets.
class Ownership {
 public:
  explicit Ownership(const Config& config);

  /// For each of the three, in this order: what the source already said, unless that is "unowned";
  /// the first rule that holds and gives a value; what the configuration says of the account. Then
  /// teams and environments take their one spelling, and a machine without a team is "unowned". No
  /// tag can make a machine one of the reserved team. Doing it again changes nothing.
  void apply(Target& target) const;

  /// The team of a finding at that path, on a machine that no inventory knows: by the first rule
  /// with a path that holds; empty if there is none.
  std::string team_at(const Target& machine, std::string_view path) const;

  /// Whether any rule speaks of paths.
  bool has_paths() const;

  /// The one spelling of an environment: "production" for "prod", say.
  std::string meaning_of(const std::string& environment) const {
    return environments_.meaning_of(environment);
  }

 private:
  struct Rule {
    OwnerMatch match;
    std::string team;
    std::string service;
    std::string environment;
  };

  std::string team_called(std::string_view name) const;
  void apply_rules(Target& target) const;

  std::vector<Rule> rules_;
  std::map<std::string, AccountSettings> accounts_;
  std::map<std::string, std::string> teams_;  ///< lower case to the spelling
  Environments environments_;
};

}  // namespace patchbot
