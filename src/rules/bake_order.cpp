// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <tuple>

#include "rules/patch_evidence.hpp"

namespace patchbot {
namespace {

bool is_usable(const Image& image, Time now) {
  const bool is_deprecated = image.deprecated_at && *image.deprecated_at <= now;
  return image.state == "available" && !is_deprecated;
}

void add(const Image& image, BakeOrder::Entry& entry, bool is_new) {
  const bool is_first = is_new || *image.created < entry.created;
  if (is_first) entry.created = *image.created;
  entry.name = image.name;
  entry.ids.push_back(image.id);
  if (is_first && !image.source.empty()) entry.source = image.source;
}

}  // namespace

BakeOrder::BakeOrder(const std::vector<Image>& images, Time now) {
  struct Known {
    Entry entry;
    bool is_usable = false;
  };
  std::map<std::string, Known> by_name;
  for (const Image& image : images) {
    if (!image.created || image.id.empty()) continue;
    const auto [place, is_new] = by_name.try_emplace(image.owner + "\n" + image.name);
    add(image, place->second.entry, is_new);
    place->second.is_usable = place->second.is_usable || is_usable(image, now);
  }
  std::vector<Known> all;
  for (auto& [name, known] : by_name) all.push_back(std::move(known));
  std::stable_sort(all.begin(), all.end(), [](const Known& a, const Known& b) {
    return std::tie(a.entry.created, a.entry.name) > std::tie(b.entry.created, b.entry.name);
  });
  for (Known& known : all) {
    // What was taken back, and is newer than all that may be used, is no bake to be behind of.
    if (!known.is_usable && entries_.empty()) continue;
    const auto rank = static_cast<std::uint32_t>(entries_.size());
    for (const std::string& id : known.entry.ids) ranks_.emplace(id, rank);
    std::sort(known.entry.ids.begin(), known.entry.ids.end());
    known.entry.ids.erase(std::unique(known.entry.ids.begin(), known.entry.ids.end()),
                          known.entry.ids.end());
    if (known.is_usable) entries_.push_back(std::move(known.entry));
  }
}

std::optional<std::uint32_t> BakeOrder::rank_of(const std::string& ami) const {
  const auto found = ranks_.find(ami);
  return found == ranks_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace patchbot
