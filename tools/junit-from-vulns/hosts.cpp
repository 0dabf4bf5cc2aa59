// SPDX-License-Identifier: Apache-2.0
#include "hosts.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/hash.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

std::string label_key(const Target& target) {
  return target.team + '\n' + target.service + '\n' + target.environment + '\n' + target.region +
         '\n' + target.account;
}

// A service is called by its name in production, and with its environment elsewhere: a rule that
// does not depend on what else happens to run this week. Only where a team runs it in several
// regions or accounts of one environment do these follow.
std::string label_of(const Target& target, const std::vector<const Target*>& same_service) {
  std::string label = target.service;
  const bool production = target.environment.empty() || target.environment == "production";
  if (!production) label += "-" + target.environment;
  bool regions = false;
  bool accounts = false;
  for (const Target* other : same_service) {
    if (other->environment != target.environment) continue;
    regions = regions || other->region != target.region;
    accounts = accounts || (other->region == target.region && other->account != target.account);
  }
  if (regions) label += "-" + target.region;
  if (accounts) label += "-" + target.account;
  return label;
}

std::unordered_map<std::string, std::string> label_services(const Inventory& inventory) {
  std::map<std::pair<std::string, std::string>, std::vector<const Target*>> groups;
  std::set<std::string> seen;
  for (const Target& target : inventory.targets) {
    if (target.service.empty() || !seen.insert(label_key(target)).second) continue;
    groups[{target.team, target.service}].push_back(&target);
  }
  std::unordered_map<std::string, std::string> labels;
  for (const auto& [group, targets] : groups) {
    for (const Target* target : targets) labels[label_key(*target)] = label_of(*target, targets);
  }
  return labels;
}

// CSV often has one column for both; scans by address call the host by it.
const std::string& address_of(const ScannedHost& host) {
  return host.address.empty() && parse_address(host.name) ? host.name : host.address;
}

}  // namespace

std::string class_name_part(std::string_view text) {
  constexpr std::size_t max_part = 200;
  std::string part(text);
  if (part.size() > max_part) {
    part = std::string(cut_utf8(text, max_part)) + "~" +
           Hasher().add(text).digest().hex().substr(0, 8);
  }
  std::replace(part.begin(), part.end(), '.', '_');
  return part.empty() ? "unknown" : part;
}

std::string_view HostRecord::team() const {
  return itself == nullptr || itself->team.empty() ? unowned : std::string_view(itself->team);
}

std::string_view HostRecord::service() const {
  return itself == nullptr ? std::string_view() : std::string_view(itself->service);
}

std::string_view HostRecord::environment() const {
  return itself == nullptr ? std::string_view() : std::string_view(itself->environment);
}

Asset HostRecord::asset() const {
  Asset asset{asset_id, name, address, instance, account, region};
  if (target != nullptr) {
    if (asset.instance.empty()) asset.instance = target->id;
    if (!target->account.empty()) asset.account = target->account;
    if (!target->region.empty()) asset.region = target->region;
  }
  return asset;
}

HostTable::HostTable(const Inventory& inventory, GroupBy group_by, const Ownership* ownership)
    : inventory_(inventory),
      directory_(inventory),
      group_by_(group_by),
      ownership_(ownership),
      service_labels_(label_services(inventory)),
      reached_(inventory.targets.size()) {}

std::uint32_t HostTable::note(const ScannedHost& host) {
  const HostDirectory::Match match = directory_.find(host);
  const bool exact = match.target && !inventory_.targets[*match.target].is_range;
  const std::string own_name = host_key(host.name) + " " + host_key(address_of(host));
  const std::string key = exact                   ? "#" + std::to_string(*match.target)
                          : host.instance.empty() ? own_name
                                                  : "i " + host_key(host.instance);
  const auto [place, added] = by_key_.try_emplace(key, static_cast<std::uint32_t>(records_.size()));
  if (added) records_.push_back(make_record(host, match));
  if (exact) reached_[*match.target] = true;
  update(place->second, host);
  return place->second;
}

void HostTable::update(std::uint32_t index, const ScannedHost& host) {
  HostRecord& record = records_[index];
  if (host.authenticated) {
    record.authenticated = record.authenticated.value_or(false) || *host.authenticated;
  }
  if (host.seen_at)
    record.seen_at = std::max(record.seen_at.value_or(*host.seen_at), *host.seen_at);
  if (host.finished) record.finished = record.finished.value_or(true) && *host.finished;
  names_.insert(host_key(host.name));
  if (!host.address.empty()) names_.insert(host_key(host.address));
  for (const std::string& alias : host.aliases) names_.insert(host_key(alias));
}

// What a report shows of a machine that no inventory knows, with its owner by the rules.
const Target* HostTable::describe(const ScannedHost& host) {
  if (ownership_ == nullptr) return nullptr;
  Target target;
  target.id = host.instance;
  target.account = host.account;
  target.region = host.region;
  target.name = host.name;
  target.ami = host.ami;
  target.tags = host.tags;
  for (const std::string* text : {&host.address, &host.name}) {
    if (parse_address(*text)) target.addresses.push_back(*text);
  }
  for (const std::string& alias : host.aliases) {
    if (parse_address(alias)) target.addresses.push_back(alias);
  }
  ownership_->apply(target);
  return &strangers_.emplace_back(std::move(target));
}

HostRecord HostTable::make_record(const ScannedHost& host, const HostDirectory::Match& match) {
  HostRecord record;
  record.name = host.name;
  record.address = host.address;
  record.instance = host.instance;
  record.account = host.account;
  record.region = host.region;
  record.ambiguous = match.ambiguous;
  if (match.target) record.target = &inventory_.targets[*match.target];
  record.itself = record.target != nullptr ? record.target : describe(host);
  const bool exact = record.target != nullptr && !record.target->is_range;
  const std::string& named = host.name.empty() ? host.address : host.name;
  const std::string own = host_key(host.instance.empty() ? named : host.instance);
  // An agent tells account, region and tags: enough for what survives the weekly replacement.
  const bool known_service = record.target == nullptr && record.itself != nullptr &&
                             !host.instance.empty() && !record.itself->service.empty();
  if ((exact || known_service) && group_by_ == GroupBy::asset) {
    record.asset_id = asset_id(*record.itself);
  } else {
    record.asset_id = exact && !record.target->id.empty() ? record.target->id : own;
  }
  record.class_part = class_part_of(record);
  return record;
}

std::string HostTable::class_part_of(const HostRecord& record) const {
  const bool exact = record.target != nullptr && !record.target->is_range;
  if (!exact && group_by_ == GroupBy::asset && record.itself != nullptr &&
      record.target == nullptr && !record.instance.empty() && !record.itself->service.empty()) {
    return class_name_part(label_of(*record.itself, {}));
  }
  if (!exact || group_by_ == GroupBy::host) return class_name_part(host_key(record.name));
  if (!record.target->service.empty()) {
    return class_name_part(service_labels_.at(label_key(*record.target)));
  }
  const bool single =
      record.asset_id == record.target->id ||
      record.asset_id ==
          (record.target->addresses.empty() ? std::string() : record.target->addresses.front());
  return class_name_part(single ? host_key(record.name) : record.asset_id);
}

}  // namespace patchbot
