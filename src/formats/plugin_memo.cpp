// SPDX-License-Identifier: Apache-2.0
#include "formats/plugin_memo.hpp"

#include <functional>

namespace patchbot {
namespace {

constexpr std::size_t slot_count = 16384;
constexpr std::size_t max_bytes = std::size_t{12} * 1024 * 1024;
constexpr std::uint32_t needed_sightings = 2;
constexpr std::uint32_t tolerated_mismatches = 4;

std::uint64_t hash_of(std::string_view plugin_id) {
  return std::hash<std::string_view>{}(plugin_id) | 1U;  // never 0, which marks a free slot
}

std::string_view moved(std::string_view part, std::string_view from, const std::string& to) {
  if (part.empty()) return {};  // of <element/>, which lies nowhere
  return {to.data() + (part.data() - from.data()), part.size()};
}

}  // namespace

PluginMemo::Slot& PluginMemo::slot_of(std::uint64_t plugin) {
  if (slots_.empty()) slots_.resize(slot_count);
  return slots_[(plugin >> 1U) % slot_count];
}

// After a fair trial, fewer hits than one in eight cost more than they save.
bool PluginMemo::pays() const { return lookups_ < 2048 || hits_ > lookups_ / 8; }

PluginMemo::Entry* PluginMemo::find(std::string_view plugin_id, std::string_view ahead) {
  if (!pays()) return nullptr;
  ++lookups_;
  const std::uint64_t plugin = hash_of(plugin_id);
  Slot& slot = slot_of(plugin);
  if (slot.plugin != plugin || !slot.entry) return nullptr;
  if (ahead.starts_with(slot.entry->text)) {
    ++hits_;
    return slot.entry.get();
  }
  if (ahead.size() >= slot.entry->text.size()) ++slot.mismatches;
  return nullptr;
}

void PluginMemo::learn(std::string_view plugin_id,
                       std::string_view text,
                       std::span<const NessusField> fields) {
  if (!pays()) return;
  const std::uint64_t plugin = hash_of(plugin_id);
  Slot& slot = slot_of(plugin);
  if (slot.plugin != plugin) {
    if (slot.entry) return;
    slot = {plugin, 0, 0, nullptr};
  }
  const bool wanted = ++slot.sightings >= needed_sightings && !slot.entry &&
                      slot.mismatches <= tolerated_mismatches;
  if (slot.entry && slot.mismatches > tolerated_mismatches) {
    bytes_ -= slot.entry->text.size();
    slot.entry.reset();
  }
  if (!wanted || bytes_ + text.size() > max_bytes) return;
  auto entry = std::make_unique<Entry>();
  entry->text = text;
  for (const NessusField& field : fields) {
    entry->fields.push_back(
        {moved(field.name, text, entry->text), moved(field.value, text, entry->text)});
  }
  bytes_ += text.size();
  slot.entry = std::move(entry);
}

}  // namespace patchbot
