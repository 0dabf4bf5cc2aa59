// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <tuple>

#include "rules/patch_evidence.hpp"

namespace patchbot {
namespace {

bool is_usable(const Image& image, Time now) {
  const bool is_deprecated = image.deprecated_at && *image.deprecated_at <= now;
  return image.state == "available" && image.created && !is_deprecated && !image.id.empty();
}

}  // namespace

BakeOrder::BakeOrder(const std::vector<Image>& images, Time now) {
  std::map<std::string, Entry> by_name;
  for (const Image& image : images) {
    if (!is_usable(image, now)) continue;
    const auto [place, is_new] = by_name.try_emplace(image.owner + "\n" + image.name);
    Entry& entry = place->second;
    const bool is_first = is_new || *image.created < entry.created;
    if (is_first) entry.created = *image.created;
    entry.name = image.name;
    entry.ids.push_back(image.id);
    if (is_first && !image.source.empty()) entry.source = image.source;
  }
  for (auto& [name, entry] : by_name) {
    std::sort(entry.ids.begin(), entry.ids.end());
    entries_.push_back(std::move(entry));
  }
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.created, a.name) > std::tie(b.created, b.name);
  });
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    for (const std::string& id : entries_[i].ids) {
      ranks_.emplace(id, static_cast<std::uint32_t>(i));
    }
  }
}

std::optional<std::uint32_t> BakeOrder::rank_of(const std::string& ami) const {
  const auto found = ranks_.find(ami);
  return found == ranks_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace patchbot
