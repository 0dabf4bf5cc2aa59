// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.hpp"
#include "base/spool.hpp"
#include "ec2_targets.hpp"
#include "model/inventory.hpp"
#include "rules/ownership.hpp"

namespace patchbot {

/// What the summary tells of the machines that were listed.
struct SheetCounts {
  struct Team {
    std::uint64_t machines = 0;
    std::uint64_t unseen = 0;  ///< that neither Inspector nor SSM sees
  };
  std::map<std::string, Team> teams;
  std::uint64_t machines = 0;
  std::uint64_t exposed = 0;  ///< or not known to be closed
  std::uint64_t coverage_known = 0;
  std::uint64_t without_address = 0;
  std::vector<std::string> addressless_names;  ///< of some machines without any address
  std::vector<std::string> unowned_names;      ///< of some machines of nobody
  std::vector<std::string> unseen_names;
};

/// Collects the machines from all sides at once: gives them owners, filters them and keeps them
/// ready to be written, outside of memory, so that its size hardly grows with the fleet.
class TargetSheet {
 public:
  TargetSheet(const Ec2Targets& flags, const Config& config);

  /// May be called from several threads.
  void add(std::vector<Target> targets);

  /// Hands the document over in the order of account, region, VPC and id; addresses in theirs.
  void write(const InventoryHead& head, const std::function<void(std::string_view)>& sink);

  const SheetCounts& counts() const { return counts_; }

  /// "10.0.1.5 is i-1 in vpc-1 and i-2 in vpc-2", for addresses that several machines have.
  std::vector<std::string> shared_addresses();

  /// Empty for any state.
  const std::vector<std::string>& states() const { return states_; }

 private:
  using Place = std::array<std::string, 3>;  // account, region, VPC

  struct Row {
    std::uint32_t place;  // index in the order of first sight
    std::string id;
    Spool::Slice text;
  };

  bool is_wanted(const Target& target) const;
  bool keep(const Target& target);  // false: it is there already
  void note_addresses(const Target& target);
  void count(const Target& target);
  std::vector<const Row*> rows_in_order() const;
  void write_rows(const std::function<void(std::string_view)>& sink);
  void write_addresses(const std::function<void(std::string_view)>& sink);

  const Ec2Targets& flags_;
  Ownership ownership_;
  std::vector<std::string> states_;
  std::string environment_;  // in its one spelling
  std::mutex mutex_;
  Spool spool_;
  std::map<Place, std::uint32_t> places_;
  std::vector<Row> rows_;
  // A machine may be on two pages when others come and go between them.
  std::set<std::pair<std::uint32_t, std::string>> seen_;
  std::vector<std::pair<Address, std::uint32_t>> addresses_;  // and the index of its row
  std::set<std::string> names_;                               // what is given by name or range
  SheetCounts counts_;
};

}  // namespace patchbot
