// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/nessus_fields.hpp"

namespace patchbot {

/// A report repeats each plugin's texts for every host. The memo keeps the bytes of a plugin's
/// fields once they were scanned and found well-formed; the same bytes need no second scan, only a
/// comparison. Bounded in memory, and off by itself where plugins do not repeat.
class PluginMemo {
 public:
  struct Entry {
    std::string text;
    std::vector<NessusField> fields;   ///< views into text
    std::unique_ptr<Finding> finding;  ///< what the fields come to, made when first wanted
  };

  /// The entry whose bytes `ahead` begins with, or null.
  Entry* find(std::string_view plugin_id, std::string_view ahead);

  /// Offers scanned bytes; they are kept on second sight. The fields' views lie inside `text`.
  void learn(std::string_view plugin_id,
             std::string_view text,
             std::span<const NessusField> fields);

 private:
  struct Slot {
    std::uint64_t plugin = 0;
    std::uint32_t sightings = 0;
    std::uint32_t mismatches = 0;
    std::unique_ptr<Entry> entry;
  };

  Slot& slot_of(std::uint64_t plugin);
  bool pays() const;

  std::vector<Slot> slots_;
  std::size_t bytes_ = 0;
  std::uint64_t lookups_ = 0;
  std::uint64_t hits_ = 0;
};

}  // namespace patchbot
