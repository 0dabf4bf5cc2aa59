// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.hpp"
#include "model/config.hpp"
#include "model/inventory.hpp"

namespace patchbot {

/// What rules ask of a target and what takes a moment to find out: once, for all rules.
struct OwnerFacts {
  explicit OwnerFacts(const Target& of, std::string_view finding_path = {});

  const Target& target;
  std::vector<std::pair<Address, Address>> addresses;  ///< first and last of each address or range
  std::string ami_family;
  std::string_view path;  ///< of a finding; empty for the machine as a whole
};

/// The conditions of one owner rule, ready for many targets. What is unknown of a target meets no
/// condition, not even the glob "*".
class OwnerMatch {
 public:
  explicit OwnerMatch(const OwnerRule& rule);

  bool holds(const OwnerFacts& facts) const;

  /// Whether the rule speaks of findings at some path, and not of machines.
  bool is_by_path() const { return !rule_.path.empty(); }

 private:
  struct TagCondition {
    std::string key;
    std::optional<std::string> glob;
  };

  bool holds_by_tag(const Target& target) const;
  bool holds_by_address(const OwnerFacts& facts) const;

  OwnerRule rule_;
  std::vector<TagCondition> tags_;
  std::vector<std::pair<Address, Address>> ranges_;
};

}  // namespace patchbot
