// SPDX-License-Identifier: Apache-2.0
#include "rules/ownership.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace patchbot {
namespace {

// Who has no rules of their own usually tags like this.
std::vector<OwnerRule> usual_rules() {
  return {{.team = "tag:team", .service = "tag:service", .environment = "tag:environment"},
          {.team = "tag:owner", .service = "tag:app", .environment = "tag:env"},
          {.service = "tag:application", .environment = "tag:stage"}};
}

std::string value_of(const std::string& value, const Tags& tags) {
  constexpr std::string_view from_tag = "tag:";
  if (!value.starts_with(from_tag)) return value;
  const std::string* found = find_tag(tags, std::string_view(value).substr(from_tag.size()));
  return found == nullptr ? std::string() : std::string(trim(*found));
}

}  // namespace

Ownership::Ownership(const Config& config) : environments_(config) {
  for (const OwnerRule& rule : config.owners.empty() ? usual_rules() : config.owners) {
    rules_.push_back({OwnerMatch(rule), rule.team, rule.service, rule.environment});
  }
  if (config.aws) {
    for (const AccountSettings& account : config.aws->accounts) {
      accounts_.emplace(account.id, account);
    }
  }
  teams_.emplace(unowned, unowned);
  for (const auto& [name, settings] : config.teams) teams_[to_lower(name)] = name;
}

void Ownership::apply(Target& target) const {
  target.team = team_called(target.team);
  if (target.team == unowned) target.team.clear();
  apply_rules(target);
  const auto account = accounts_.find(target.account);
  if (account != accounts_.end()) {
    if (target.team.empty()) target.team = team_called(account->second.team);
    if (target.environment.empty()) target.environment = account->second.environment;
  }
  target.environment = environments_.meaning_of(target.environment);
  if (target.team.empty()) target.team = unowned;
}

void Ownership::apply_rules(Target& target) const {
  const OwnerFacts facts(target);
  const auto is_complete = [&target] {
    return !target.team.empty() && !target.service.empty() && !target.environment.empty();
  };
  for (const Rule& rule : rules_) {
    if (is_complete()) return;
    if (!rule.match.holds(facts)) continue;
    if (target.team.empty()) target.team = team_called(value_of(rule.team, target.tags));
    if (target.service.empty()) target.service = value_of(rule.service, target.tags);
    if (target.environment.empty()) target.environment = value_of(rule.environment, target.tags);
  }
}

bool Ownership::has_paths() const {
  return std::any_of(
      rules_.begin(), rules_.end(), [](const Rule& rule) { return rule.match.is_by_path(); });
}

std::string Ownership::team_at(const Target& machine, std::string_view path) const {
  if (path.empty()) return {};
  const OwnerFacts facts(machine, path);
  for (const Rule& rule : rules_) {
    if (!rule.match.is_by_path() || rule.team.empty() || !rule.match.holds(facts)) continue;
    return team_called(value_of(rule.team, machine.tags));
  }
  return {};
}

// A tag may hold anything, also the one name that no team may have: that is no owner.
std::string Ownership::team_called(std::string_view name) const {
  if (equals_nocase(name, reserved_team)) return {};
  const auto known = teams_.find(to_lower(name));
  return known == teams_.end() ? std::string(name) : known->second;
}

}  // namespace patchbot
