// SPDX-License-Identifier: Apache-2.0
#include "model/environments.hpp"

#include "base/text.hpp"

namespace patchbot {
namespace {

std::map<std::string, std::string> usual_meanings() {
  return {{"prod", "production"},
          {"prd", "production"},
          {"live", "production"},
          {"stage", "staging"},
          {"stg", "staging"}};
}

}  // namespace

Environments::Environments(const Config& config) : meanings_(usual_meanings()) {
  // A meaning means itself, in its one spelling.
  for (const auto& [word, meaning] : usual_meanings()) meanings_[meaning] = meaning;
  for (const auto& [word, meaning] : config.environments) meanings_[to_lower(meaning)] = meaning;
  for (const auto& [word, meaning] : config.environments) meanings_[to_lower(word)] = meaning;
}

std::string Environments::meaning_of(std::string_view word) const {
  const auto known = meanings_.find(to_lower(word));
  return known == meanings_.end() ? std::string(word) : known->second;
}

std::string settle_environments(Config& config) {
  const Environments names(config);
  const auto settle = [&names](Condition& when) {
    for (std::string& word : when.environment) word = names.meaning_of(word);
  };
  for (Policy& policy : config.policies) {
    for (GateRule& rule : policy.rules) settle(rule.when);
    for (SlaRow& row : policy.sla) settle(row.when);
  }
  std::map<std::string, std::string> settled;
  for (const auto& [environment, policy] : config.environment_policies) {
    std::string meaning = names.meaning_of(environment);
    if (!settled.emplace(meaning, policy).second) return meaning;
  }
  config.environment_policies = std::move(settled);
  return {};
}

}  // namespace patchbot
