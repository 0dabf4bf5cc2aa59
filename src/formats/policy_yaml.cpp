// SPDX-License-Identifier: Apache-2.0
#include "formats/policy_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/condition_yaml.hpp"
#include "formats/preset_policies.hpp"
#include "formats/strict_yaml.hpp"

namespace patchbot {
namespace {

GateLevel read_level(const YAML::Node& node) {
  const std::string word = StrictYaml::text(node, "level");
  if (word == "fail") return GateLevel::fail;
  if (word == "warn") return GateLevel::warn;
  if (word == "note") return GateLevel::note;
  StrictYaml::fail(node, "level: '" + word + "' is none of fail, warn and note");
}

GateRule read_rule(const YAML::Node& node, const std::string& policy, TeamReferences& references) {
  GateRule rule;
  const std::string what = "a rule of " + policy;
  StrictYaml::mapping(
      node,
      what,
      {{"id", [&](const YAML::Node& n) { rule.id = StrictYaml::line(n, "id"); }, true},
       {"level", [&](const YAML::Node& n) { rule.level = read_level(n); }, true},
       {"when", [&](const YAML::Node& n) {
          rule.when = read_condition(n, "when of " + what, references);
        }}});
  return rule;
}

std::vector<GateRule> read_rules(const YAML::Node& node,
                                 const std::string& policy,
                                 TeamReferences& references) {
  std::vector<GateRule> rules;
  StrictYaml::each_item(node, "rules of " + policy, [&](const YAML::Node& item) {
    GateRule rule = read_rule(item, policy, references);
    const bool known = std::any_of(
        rules.begin(), rules.end(), [&rule](const GateRule& r) { return r.id == rule.id; });
    if (known) StrictYaml::fail(item, "rule '" + rule.id + "' is there twice in " + policy);
    rules.push_back(std::move(rule));
  });
  return rules;
}

// A number of days, or "upgrade": with the next system upgrade, without a day of its own.
std::optional<int> read_days(const YAML::Node& node) {
  const std::string word = StrictYaml::text(node, "days");
  if (word == "upgrade") return {};
  const auto days = parse_integer(word);
  if (!days || *days < 0 || *days > 36500) {
    StrictYaml::fail(node, "days must be a whole number of days, or 'upgrade'");
  }
  return static_cast<int>(*days);
}

bool read_forensics(const YAML::Node& node) {
  const std::string word = StrictYaml::text(node, "forensics");
  if (word != "true" && word != "false") StrictYaml::fail(node, "forensics must be true or false");
  return word == "true";
}

SlaRow read_row(const YAML::Node& node, const std::string& policy, TeamReferences& references) {
  SlaRow row;
  const std::string what = "a row of sla of " + policy;
  StrictYaml::mapping(
      node,
      what,
      {{"days", [&](const YAML::Node& n) { row.days = read_days(n); }, true},
       {"forensics", [&](const YAML::Node& n) { row.forensics = read_forensics(n); }},
       {"when", [&](const YAML::Node& n) {
          row.when = read_condition(n, "when of " + what, references);
        }}});
  const Condition& when = row.when;
  if (when.sla_overdue || when.age_days) {
    StrictYaml::fail(node, what + ": a deadline cannot depend on sla_overdue or age_days");
  }
  return row;
}

SlaClock read_clock(const YAML::Node& node) {
  const std::string word = StrictYaml::text(node, "clock");
  if (word == "detection") return SlaClock::detection;
  if (word == "earliest") return SlaClock::earliest;
  StrictYaml::fail(node, "clock: '" + word + "' is neither detection nor earliest");
}

Policy read_preset(const YAML::Node& node) {
  const std::string name = StrictYaml::text(node, "preset");
  if (auto preset = preset_policy(name)) return *std::move(preset);
  StrictYaml::fail(
      node, "preset '" + name + "' is not known; " + StrictYaml::suggestion(name, preset_names()));
}

template <class Row>
void put_before(std::vector<Row>& own, const std::vector<Row>& behind) {
  own.insert(own.end(), behind.begin(), behind.end());
}

// Else nobody could tell which of the two decided.
void check_ids_differ(const Policy& own, const Policy& preset, const YAML::Node& node) {
  for (const GateRule& rule : own.rules) {
    const bool taken = std::any_of(preset.rules.begin(),
                                   preset.rules.end(),
                                   [&rule](const GateRule& other) { return other.id == rule.id; });
    if (!taken) continue;
    StrictYaml::fail(node,
                     "rule '" + rule.id + "' of policy '" + own.name +
                         "' has the id of a rule of its preset; choose another");
  }
}

// What has no known severity meets no threshold, and must not pass because of that.
void warn_of_unknown_severity(Policy& policy) {
  constexpr std::string_view id = "unknown-severity";
  bool has_threshold = false;
  const auto look = [&has_threshold](const Condition& when) {
    if (when.severity == Severity::unknown) return true;
    has_threshold |= when.severity.has_value();
    return false;
  };
  for (const GateRule& rule : policy.rules) {
    if (look(rule.when) || rule.id == id) return;
  }
  for (const SlaRow& row : policy.sla) look(row.when);
  if (!has_threshold) return;
  GateRule rule{std::string(id), GateLevel::warn, {}};
  rule.when.severity = Severity::unknown;
  policy.rules.push_back(std::move(rule));
}

Policy read_policy(const std::string& name, const YAML::Node& node, TeamReferences& references) {
  Policy policy;
  policy.name = name;
  Policy preset;
  bool has_clock = false;
  const std::string what = "policy '" + name + "'";
  StrictYaml::mapping(
      node,
      what,
      {{"preset", [&](const YAML::Node& n) { preset = read_preset(n); }},
       {"rules", [&](const YAML::Node& n) { policy.rules = read_rules(n, what, references); }},
       {"clock",
        [&](const YAML::Node& n) {
          policy.clock = read_clock(n);
          has_clock = true;
        }},
       {"sla", [&](const YAML::Node& n) {
          StrictYaml::each_item(n, "sla of " + what, [&](const YAML::Node& item) {
            policy.sla.push_back(read_row(item, what, references));
          });
        }}});
  if (!has_clock) policy.clock = preset.clock;
  check_ids_differ(policy, preset, node);
  put_before(policy.rules, preset.rules);
  put_before(policy.sla, preset.sla);
  if (policy.rules.empty()) StrictYaml::fail(node, what + " has neither rules nor a preset");
  warn_of_unknown_severity(policy);
  return policy;
}

}  // namespace

std::vector<Policy> read_policies(const YAML::Node& node, TeamReferences& references) {
  std::vector<Policy> policies;
  StrictYaml::each_entry(node, "policies", [&](const std::string& name, const YAML::Node& entry) {
    const auto presets = preset_names();
    if (std::find(presets.begin(), presets.end(), name) != presets.end()) {
      StrictYaml::fail(entry, "policy '" + name + "' has the name of a preset; choose another");
    }
    policies.push_back(read_policy(name, entry, references));
  });
  return policies;
}

std::optional<Policy> preset_policy(std::string_view name) {
  for (const PresetPolicy& preset : preset_policies()) {
    if (preset.name != name) continue;
    Policy policy;
    TeamReferences none;
    StrictYaml::parse(preset.text, [&](const YAML::Node& root) {
      policy = read_policy(std::string(preset.name), root, none);
    });
    return policy;
  }
  return {};
}

std::vector<std::string_view> preset_names() {
  std::vector<std::string_view> names;
  for (const PresetPolicy& preset : preset_policies()) names.push_back(preset.name);
  return names;
}

}  // namespace patchbot
