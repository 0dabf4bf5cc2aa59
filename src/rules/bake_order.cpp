// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

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

struct Known {
  BakeOrder::Entry entry;
  bool is_usable = false;
};

using Family = std::tuple<std::string, std::string, std::string>;

Family family_of(const Image& image) { return {image.owner, image.family(), image.architecture}; }

// The newest first; each AMI gets the number of those before it.
std::vector<BakeOrder::Entry> ranked(std::map<std::string, Known>& by_name,
                                     std::map<std::string, std::uint32_t>& ranks) {
  std::vector<Known> all;
  all.reserve(by_name.size());
  for (auto& [name, known] : by_name) all.push_back(std::move(known));
  std::stable_sort(all.begin(), all.end(), [](const Known& a, const Known& b) {
    return std::tie(a.entry.created, a.entry.name) > std::tie(b.entry.created, b.entry.name);
  });
  std::vector<BakeOrder::Entry> entries;
  for (Known& known : all) {
    // What was taken back, and is newer than all that may be used, is no bake to be behind of.
    if (!known.is_usable && entries.empty()) continue;
    auto& ids = known.entry.ids;
    for (const std::string& id : ids) ranks.emplace(id, static_cast<std::uint32_t>(entries.size()));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (known.is_usable) entries.push_back(std::move(known.entry));
  }
  return entries;
}

}  // namespace

BakeOrder::BakeOrder(const std::vector<Image>& images, const Image& main, Time now) {
  std::map<Family, std::map<std::string, Known>> families;
  for (const Image& image : images) {
    if (!image.created || image.id.empty()) continue;
    const auto [place, is_new] = families[family_of(image)].try_emplace(image.name);
    add(image, place->second.entry, is_new);
    place->second.is_usable = place->second.is_usable || is_usable(image, now);
  }
  for (auto& [family, by_name] : families) {
    std::vector<Entry> entries = ranked(by_name, ranks_);
    if (family == family_of(main)) entries_ = std::move(entries);
  }
}

std::optional<std::uint32_t> BakeOrder::rank_of(const std::string& ami) const {
  const auto found = ranks_.find(ami);
  return found == ranks_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace patchbot
