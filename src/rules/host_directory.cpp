// SPDX-License-Identifier: Apache-2.0
#include "rules/host_directory.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace patchbot {
namespace {

std::vector<std::string> keys_of(const ScannedHost& host) {
  std::vector<std::string> keys;
  for (const std::string& text : {host.address, host.name}) {
    if (!text.empty()) keys.push_back(host_key(text));
  }
  for (const std::string& alias : host.aliases)
    keys.push_back(host_key(alias));
  return keys;
}

}  // namespace

std::string host_key(const std::string& text) {
  if (const auto address = parse_address(text)) return to_text(*address);
  std::string key = to_lower(trim(text));
  if (!key.empty() && key.back() == '.') key.pop_back();
  return key;
}

HostDirectory::HostDirectory(const Inventory& inventory) : inventory_(inventory) {
  for (std::uint32_t i = 0; i < inventory.targets.size(); ++i) {
    const Target& target = inventory.targets[i];
    if (target.is_range) {
      if (const auto range = parse_range(target.addresses.front())) {
        ranges_.push_back({range->first, range->second, i});
      }
      continue;
    }
    add(target.id, i);
    for (const std::string& address : target.addresses)
      add(address, i);
    for (const std::string& address : target.public_addresses)
      add(address, i);
    add(target.name, i);
  }
}

void HostDirectory::add(const std::string& key, std::uint32_t target) {
  if (key.empty()) return;
  Indexes& indexes = by_key_[host_key(key)];
  if (indexes.empty() || indexes.back() != target) indexes.push_back(target);
}

const HostDirectory::Indexes* HostDirectory::targets_at(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : &found->second;
}

HostDirectory::Match HostDirectory::find(const ScannedHost& host) const {
  if (!host.instance.empty()) {
    const Indexes* exact = targets_at(host_key(host.instance));
    if (exact != nullptr) return {exact->front(), false};
  }
  for (const std::string& key : keys_of(host)) {
    if (const Indexes* candidates = targets_at(key)) return choose(*candidates, host);
  }
  return {find_range(host), false};
}

HostDirectory::Match HostDirectory::choose(const Indexes& candidates,
                                           const ScannedHost& host) const {
  if (candidates.size() == 1) return {candidates.front(), false};
  Indexes left = candidates;
  for (const std::string& key : keys_of(host)) {
    const Indexes* same = targets_at(key);
    if (same == nullptr) continue;
    Indexes both;
    std::set_intersection(
        left.begin(), left.end(), same->begin(), same->end(), std::back_inserter(both));
    if (!both.empty()) left = std::move(both);
  }
  const Target& first = inventory_.targets[left.front()];
  const bool one_owner = std::all_of(left.begin(), left.end(), [&](std::uint32_t index) {
    const Target& other = inventory_.targets[index];
    return other.team == first.team && asset_id(other) == asset_id(first) &&
           other.environment == first.environment;
  });
  if (one_owner) return {left.front(), false};
  return {std::nullopt, true};
}

std::optional<std::uint32_t> HostDirectory::find_range(const ScannedHost& host) const {
  const auto address = parse_address(host.address.empty() ? host.name : host.address);
  if (!address) return {};
  for (const Range& range : ranges_) {
    if (range.first <= *address && *address <= range.last) return range.target;
  }
  return {};
}

}  // namespace patchbot
