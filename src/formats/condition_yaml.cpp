// SPDX-License-Identifier: Apache-2.0
#include "formats/condition_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/strict_yaml.hpp"

namespace patchbot {
namespace {

using Words = std::vector<std::string_view>;

std::string read_word(const YAML::Node& node, std::string_view what, const Words& words) {
  std::string word = StrictYaml::text(node, what);
  if (std::find(words.begin(), words.end(), word) == words.end()) {
    StrictYaml::fail(node,
                     std::string(what) + ": '" + word + "' is not known; " +
                         StrictYaml::suggestion(word, words));
  }
  return word;
}

bool read_truth(const YAML::Node& node, std::string_view what) {
  const std::string word = StrictYaml::text(node, what);
  if (word != "true" && word != "false") {
    StrictYaml::fail(node, std::string(what) + " must be true or false");
  }
  return word == "true";
}

double read_fraction(const YAML::Node& node, std::string_view what) {
  const auto number = parse_number(StrictYaml::text(node, what));
  if (!number || *number < 0 || *number > 1) {
    StrictYaml::fail(node, std::string(what) + " must be a number from 0 to 1, such as 0.5");
  }
  return *number;
}

int read_days(const YAML::Node& node, std::string_view what) {
  const auto days = parse_integer(StrictYaml::text(node, what));
  if (!days || *days < 0 || *days > 36500) {
    StrictYaml::fail(node, std::string(what) + " must be a whole number of days");
  }
  return static_cast<int>(*days);
}

std::vector<std::string> read_words(const YAML::Node& node,
                                    std::string_view what,
                                    const Words& words) {
  return StrictYaml::texts(
      node, what, [&](const YAML::Node& item) { return read_word(item, what, words); });
}

// Reads the keys of one mapping into one condition.
class ConditionReader {
 public:
  ConditionReader(Condition& condition, TeamReferences& references)
      : c_(condition), references_(references) {}

  static StrictYaml::Key truth(std::string_view name, std::optional<bool>& into) {
    return {name, [name, &into](const YAML::Node& n) { into = read_truth(n, name); }};
  }
  static StrictYaml::Key fraction(std::string_view name, std::optional<double>& into) {
    return {name, [name, &into](const YAML::Node& n) { into = read_fraction(n, name); }};
  }
  static StrictYaml::Key word(std::string_view name, std::string& into, const Words& words) {
    return {name, [name, &into, words](const YAML::Node& n) { into = read_word(n, name, words); }};
  }
  static StrictYaml::Key words(std::string_view name,
                               std::vector<std::string>& into,
                               const Words& words) {
    return {name, [name, &into, words](const YAML::Node& n) { into = read_words(n, name, words); }};
  }
  static StrictYaml::Key globs(std::string_view name, std::vector<std::string>& into) {
    return {name, [name, &into](const YAML::Node& n) { into = StrictYaml::texts(n, name); }};
  }

  StrictYaml::Key severity() {
    const Words known{"critical", "high", "medium", "low", "info", "unknown"};
    return {"severity", [this, known](const YAML::Node& n) {
              c_.severity = parse_severity(read_word(n, "severity", known));
            }};
  }

  StrictYaml::Key ssvc() {
    return {"ssvc", [this](const YAML::Node& node) {
              StrictYaml::mapping(
                  node,
                  "ssvc",
                  {word("exploitation", c_.exploitation, {"none", "poc", "active"}),
                   truth("automatable", c_.automatable),
                   word("technical_impact", c_.technical_impact, {"partial", "total"})});
            }};
  }

  StrictYaml::Key team() {
    return {"team", [this](const YAML::Node& n) {
              c_.team = StrictYaml::texts(n, "team");
              references_.note(c_.team, n);
            }};
  }

  StrictYaml::Key age() {
    return {"age_days", [this](const YAML::Node& n) { c_.age_days = read_days(n, "age_days"); }};
  }

  std::vector<StrictYaml::Key> keys() {
    return {
        severity(),
        truth("kev", c_.kev),
        truth("kev_ransomware", c_.kev_ransomware),
        fraction("epss", c_.epss),
        fraction("epss_percentile", c_.epss_percentile),
        ssvc(),
        word("exploit", c_.exploit, {"none", "poc", "functional", "active"}),
        truth("fix_available", c_.fix_available),
        truth("exposed", c_.exposed),
        age(),
        truth("sla_overdue", c_.sla_overdue),
        truth("new", c_.is_new),
        words("status", c_.status, {"open", "fixed", "reopened"}),
        words("kind",
              c_.kind,
              {"vulnerability", "compliance", "misconfiguration", "secret", "license", "exposure"}),
        globs("environment", c_.environment),
        team(),
        globs("service", c_.service),
        globs("source", c_.source),
        globs("title", c_.title),
        globs("id", c_.id)};
  }

 private:
  Condition& c_;
  TeamReferences& references_;
};

}  // namespace

Condition read_condition(const YAML::Node& node,
                         const std::string& what,
                         TeamReferences& references) {
  Condition condition;
  StrictYaml::mapping(node, what, ConditionReader(condition, references).keys());
  return condition;
}

}  // namespace patchbot
