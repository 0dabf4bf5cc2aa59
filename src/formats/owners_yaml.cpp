// SPDX-License-Identifier: Apache-2.0
#include "formats/owners_yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "base/address.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/aws_yaml.hpp"
#include "formats/strict_yaml.hpp"

namespace patchbot {
namespace {

std::string read_cidr(const YAML::Node& node) {
  std::string cidr = StrictYaml::line(node, "cidr");
  if (cidr.find('/') == std::string::npos || !parse_range(cidr)) {
    StrictYaml::fail(node, "cidr: '" + cidr + "' is none; expected one such as 10.30.0.0/16");
  }
  return cidr;
}

std::string read_tag_condition(const YAML::Node& node) {
  std::string condition = StrictYaml::line(node, "tag");
  if (condition.starts_with('=')) {
    StrictYaml::fail(node, "tag: '" + condition + "' names no key; expected key or key=value");
  }
  return condition;
}

bool takes_tag(std::string_view value) { return value.starts_with("tag:"); }

// A text of the rule's own, or the value of a tag.
std::string read_value(const YAML::Node& node, std::string_view what) {
  std::string value = StrictYaml::line(node, what);
  if (value == "tag:") {
    StrictYaml::fail(node,
                     std::string(what) + ": name the tag's key, as in tag:" + std::string(what));
  }
  return value;
}

StrictYaml::Read into(std::string& text, std::string_view what) {
  return [&text, what](const YAML::Node& node) { text = read_value(node, what); };
}

StrictYaml::Read into(std::vector<std::string>& texts,
                      std::string_view what,
                      std::string (*read)(const YAML::Node&)) {
  return
      [&texts, what, read](const YAML::Node& node) { texts = StrictYaml::texts(node, what, read); };
}

StrictYaml::Read into(std::vector<std::string>& globs, std::string_view what) {
  return [&globs, what](const YAML::Node& node) {
    globs = StrictYaml::texts(
        node, what, [what](const YAML::Node& n) { return StrictYaml::line(n, what); });
  };
}

OwnerRule read_rule(const YAML::Node& node, TeamReferences& references) {
  OwnerRule rule;
  const auto read_team = [&](const YAML::Node& n) {
    rule.team = read_value(n, "team");
    if (!takes_tag(rule.team)) rule.team = references.read(n);
  };
  StrictYaml::mapping(node,
                      "a rule of owners",
                      {{"tag", into(rule.tag, "tag", read_tag_condition)},
                       {"account", into(rule.account, "account", read_account_id)},
                       {"region", into(rule.region, "region", read_region)},
                       {"cidr", into(rule.cidr, "cidr", read_cidr)},
                       {"name", into(rule.name, "name")},
                       {"ami_family", into(rule.ami_family, "ami_family")},
                       {"ami", into(rule.ami, "ami")},
                       {"path", into(rule.path, "path")},
                       {"team", read_team},
                       {"service", into(rule.service, "service")},
                       {"environment", into(rule.environment, "environment")}});
  if (rule.team.empty() && rule.service.empty() && rule.environment.empty()) {
    StrictYaml::fail(node, "a rule of owners needs at least one of team, service, environment");
  }
  return rule;
}

// "prd" means "prod", which means "production"? The one or the other.
void check_meanings(const YAML::Node& node, const std::map<std::string, std::string>& meanings) {
  for (const auto& [word, meaning] : meanings) {
    for (const auto& [other, further] : meanings) {
      if (!equals_nocase(other, meaning) || further == meaning) continue;
      StrictYaml::fail(
          node,
          fmt::format("environments: '{}' means '{}', which means '{}': let both mean the same",
                      word,
                      meaning,
                      further));
    }
  }
}

}  // namespace

std::vector<OwnerRule> read_owners(const YAML::Node& node, TeamReferences& references) {
  std::vector<OwnerRule> rules;
  StrictYaml::each_item(node, "owners", [&](const YAML::Node& item) {
    rules.push_back(read_rule(item, references));
  });
  if (rules.empty()) {
    StrictYaml::fail(node, "owners must not be an empty list; without the key, usual tags decide");
  }
  return rules;
}

std::map<std::string, std::string> read_environments(const YAML::Node& node) {
  std::map<std::string, std::string> meanings;
  const auto read_entry = [&](const std::string& key, const YAML::Node& value) {
    const std::string word = clean_line(key);
    if (word.empty()) StrictYaml::fail(value, "environments: a word must not be empty");
    for (const auto& [known, meaning] : meanings) {
      if (!equals_nocase(known, word)) continue;
      StrictYaml::fail(value, fmt::format("environments: '{}' is the same as '{}'", word, known));
    }
    meanings.emplace(word, StrictYaml::line(value, "environment"));
  };
  StrictYaml::each_entry(node, "environments", read_entry);
  check_meanings(node, meanings);
  return meanings;
}

}  // namespace patchbot
