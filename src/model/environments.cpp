// SPDX-License-Identifier: Apache-2.0
#include "model/environments.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace patchbot {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// Calls see(word) for each: "web-prodAmi/x" has web, prod, Ami and x.
template <class See>
void each_word(std::string_view name, const See& see) {
  std::size_t start = 0;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const bool is_letter = i < name.size() && (is_lower(name[i]) || is_upper(name[i]));
    const bool is_hump = is_letter && i > start && is_upper(name[i]) && is_lower(name[i - 1]);
    if (is_letter && !is_hump) continue;
    if (i > start) see(name.substr(start, i - start));
    start = is_letter ? i : i + 1;
  }
}

constexpr std::array<std::string_view, 11> other_environments{"dev",
                                                              "development",
                                                              "test",
                                                              "testing",
                                                              "qa",
                                                              "uat",
                                                              "sandbox",
                                                              "nonprod",
                                                              "nonproduction",
                                                              "preprod",
                                                              "integration"};

bool is_other_environment(std::string_view word) {
  return std::find(other_environments.begin(), other_environments.end(), word) !=
         other_environments.end();
}

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

// Folders and keys that are an environment's name and nothing else say it plainly: the innermost
// counts, and only without any a word does, first of the name of the file. "live" is a word of many
// names, and "non-prod" is not what its second word says.
std::string Environments::named_in(std::string_view name) const {
  std::vector<std::string_view> parts = split(name, '/');
  std::reverse(parts.begin(), parts.end());
  bool is_negated = false;
  for (const std::string_view part : parts) {
    const bool is_file = part.find('.') != std::string_view::npos;
    std::string whole = to_lower(part);
    const auto known = meanings_.find(whole);
    if (!is_file && known != meanings_.end()) return known->second;
    if (!is_file && is_other_environment(whole)) return whole;
    (void)word_in(part, is_negated);
    if (is_negated) return {};
  }
  for (const std::string_view part : parts) {
    std::string found = word_in(part, is_negated);
    if (!found.empty()) return found;
  }
  return {};
}

// Empty where none is named, or several that differ.
std::string Environments::word_in(std::string_view part, bool& is_negated) const {
  std::string found;
  std::string last;
  bool differ = false;
  each_word(part, [&](std::string_view word) {
    const std::string before = std::exchange(last, to_lower(word));
    const auto known = meanings_.find(last);
    if (known == meanings_.end() || last == "live") return;
    if (before == "non" || before == "not" || before == "pre") {
      is_negated = true;
      return;
    }
    if (!found.empty() && found != known->second) differ = true;
    found = known->second;
  });
  return differ ? std::string() : found;
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
