// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/address.hpp"
#include "model/inventory.hpp"
#include "model/scan.hpp"

namespace patchbot {

/// Finds the inventory's target for a scanned host.
class HostDirectory {
 public:
  struct Match {
    std::optional<std::uint32_t> target;  ///< index into the inventory
    bool ambiguous =
        false;  ///< the same private address in several VPCs, and nothing else to go by
  };

  explicit HostDirectory(const Inventory& inventory);

  /// By instance id, else by address, else by name. Targets that share an address are told apart by
  /// what else the report says of the host; if it says nothing, they must agree on their owner.
  Match find(const ScannedHost& host) const;

 private:
  using Indexes = std::vector<std::uint32_t>;

  struct Range {
    Address first;
    Address last;
    std::uint32_t target;
  };

  void add(const std::string& key, std::uint32_t target);
  const Indexes* targets_at(const std::string& key) const;
  std::optional<std::uint32_t> find_range(const ScannedHost& host) const;
  Match choose(const Indexes& candidates, const ScannedHost& host) const;

  const Inventory& inventory_;
  std::unordered_map<std::string, Indexes> by_key_;
  std::vector<Range> ranges_;
};

/// How addresses and names are compared: addresses in their usual spelling, names in lower case
/// without a final dot.
std::string host_key(const std::string& text);

}  // namespace patchbot
