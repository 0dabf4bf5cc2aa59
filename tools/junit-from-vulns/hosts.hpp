// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/finding.hpp"
#include "model/inventory.hpp"
#include "model/scan.hpp"
#include "rules/host_directory.hpp"
#include "rules/ownership.hpp"

namespace patchbot {

enum class GroupBy : std::uint8_t { asset, host };

/// A scanned machine, whatever number of reports tell of it.
struct HostRecord {
  std::string name;
  std::string address;
  std::string instance;
  std::string account;
  std::string region;
  std::optional<Time> seen_at;     ///< the latest that any report tells of
  const Target* target = nullptr;  ///< the inventory's entry, or null
  const Target* itself = nullptr;  ///< the same or, without inventory, what the report shows of it
  bool ambiguous = false;
  std::optional<bool> authenticated;
  std::optional<bool> finished;  ///< false as soon as one report shows an aborted scan
  std::string asset_id;
  std::string class_part;  ///< the last part of its JUnit class name

  std::string_view team() const;
  std::string_view service() const;
  std::string_view environment() const;
  Asset asset() const;
};

/// The scanned machines of a run, and which targets they are.
class HostTable {
 public:
  /// Machines that the inventory does not know belong to whom `ownership` says, which may be null.
  HostTable(const Inventory& inventory, GroupBy group_by, const Ownership* ownership = nullptr);

  /// The record's index; new evidence is merged into it.
  std::uint32_t note(const ScannedHost& host);
  void update(std::uint32_t index, const ScannedHost& host);

  const HostRecord& operator[](std::uint32_t index) const { return records_[index]; }
  const std::vector<HostRecord>& all() const { return records_; }

  /// Which targets of the inventory were scanned, by index.
  const std::vector<bool>& reached() const { return reached_; }

  /// Whether any scanned machine goes by this name or address.
  bool knows(const std::string& name) const { return names_.contains(host_key(name)); }

 private:
  HostRecord make_record(const ScannedHost& host, const HostDirectory::Match& match);
  const Target* describe(const ScannedHost& host);
  std::string class_part_of(const HostRecord& record) const;

  const Inventory& inventory_;
  HostDirectory directory_;
  GroupBy group_by_;
  const Ownership* ownership_;
  std::deque<Target> strangers_;  ///< machines that no inventory knows
  std::unordered_map<std::string, std::string> service_labels_;
  std::vector<HostRecord> records_;
  std::unordered_map<std::string, std::uint32_t> by_key_;
  std::unordered_set<std::string> names_;
  std::vector<bool> reached_;
};

/// A part of a JUnit class name: Jenkins takes dots as separators.
std::string class_name_part(std::string_view text);

}  // namespace patchbot
