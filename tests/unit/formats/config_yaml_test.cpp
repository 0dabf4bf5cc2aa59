// SPDX-License-Identifier: Apache-2.0
#include "formats/config_yaml.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

const std::string head = "schema: patchbot.config/1\n";

std::string refusal(const std::string& text) {
  return fault_of([&] { parse_config(text); });
}

TEST(ConfigYaml, ReadsTeamsAndGates) {
  const Config config = parse_config(head +
                                     "gate: {fail_on: High, warn_on: none}\n"
                                     "teams:\n"
                                     "  web:\n"
                                     "    description: The shop\n"
                                     "    contact: '#web'\n"
                                     "    gate:\n"
                                     "      fail_on: critical\n"
                                     "  pay-2_x: {}\n");

  Config expected;
  expected.gate = {Threshold(Severity::high), Threshold()};
  expected.teams["web"] = {"The shop", "#web", {Threshold(Severity::critical), std::nullopt}};
  expected.teams["pay-2_x"];
  EXPECT_EQ(config, expected);
}

TEST(ConfigYaml, TakesUnquotedNumbersWhereTextIsExpected) {
  const Config config = parse_config(head + "teams:\n  42:\n    contact: 0170\n");

  EXPECT_EQ(config.teams.at("42").contact, "0170");
}

TEST(ConfigYaml, NeedsItsSchema) {
  EXPECT_EQ(refusal(""), "usage: the file is empty");
  EXPECT_EQ(refusal("# nothing\n"), "usage: the file is empty");
  EXPECT_EQ(refusal("teams: {}\n"), "usage 1:1: the configuration needs the key 'schema'");
  EXPECT_EQ(refusal("schema: patchbot.config/2\n"),
            "usage 1:9: schema 'patchbot.config/2' is not known; expected patchbot.config/1");
}

TEST(ConfigYaml, RefusesUnknownKeysWithASuggestion) {
  EXPECT_EQ(refusal(head + "team: {}\n"),
            "usage 2:1: unknown key 'team' in the configuration; did you mean 'teams'?");
  EXPECT_EQ(refusal(head + "gate:\n  fail-on: high\n"),
            "usage 3:3: unknown key 'fail-on' in gate; did you mean 'fail_on'?");
  EXPECT_EQ(refusal(head + "teams:\n  web:\n    gate:\n      severity: high\n"),
            "usage 5:7: unknown key 'severity' in gate of team 'web'; expected one of: fail_on, "
            "warn_on, policy, environments");
  EXPECT_EQ(refusal(head + "teams:\n  web: {contakt: x}\n"),
            "usage 3:9: unknown key 'contakt' in team 'web'; did you mean 'contact'?");
}

TEST(ConfigYaml, RefusesWordsThatAreNoSeverity) {
  EXPECT_EQ(refusal(head + "gate:\n  fail_on: hihg\n"),
            "usage 3:12: fail_on: 'hihg' is no severity; did you mean 'high'?");
  EXPECT_EQ(refusal(head + "gate:\n  warn_on: everything\n"),
            "usage 3:12: warn_on: 'everything' is no severity; expected one of: critical, high, "
            "medium, low, info, none");
  EXPECT_EQ(refusal(head + "gate:\n  warn_on: unknown\n"),
            "usage 3:12: warn_on: 'unknown' is no severity; expected one of: critical, high, "
            "medium, low, info, none");
}

TEST(ConfigYaml, RefusesWrongTypes) {
  EXPECT_EQ(refusal("- a\n"), "usage 1:1: the configuration must be a mapping (key: value)");
  EXPECT_EQ(refusal("just text\n"), "usage 1:1: the configuration must be a mapping (key: value)");
  EXPECT_EQ(refusal(head + "gate: high\n"), "usage 2:7: gate must be a mapping (key: value)");
  EXPECT_EQ(refusal(head + "gate:\n  fail_on: [high]\n"), "usage 3:12: fail_on must be a text");
  EXPECT_EQ(refusal(head + "teams: [web]\n"), "usage 2:8: teams must be a mapping (key: value)");
  EXPECT_EQ(refusal(head + "teams:\n  [a, b]: {}\n"), "usage 3:3: a key must be a plain word");
}

TEST(ConfigYaml, RefusesMissingValuesWhereTheyStand) {
  EXPECT_EQ(refusal(head + "gate: ~\n"), "usage 2:7: gate must be a mapping (key: value)");
  EXPECT_EQ(refusal(head + "gate:\n  fail_on: ~\n"), "usage 3:12: fail_on must be a text");
  EXPECT_EQ(refusal(head + "gate:\n  fail_on: ''\n"), "usage 3:12: fail_on must not be empty");
  EXPECT_EQ(refusal(head + "gate:\n  fail_on: null\n"), "usage 3:12: fail_on must be a text");
}

TEST(ConfigYaml, RefusesTeamNamesThatCannotBeFiles) {
  EXPECT_EQ(refusal(head + "teams:\n  we b: {}\n"),
            "usage 3:9: team name 'we b': use letters, digits, '-' and '_' only");
  EXPECT_EQ(refusal(head + "teams:\n  ../x: {}\n"),
            "usage 3:9: team name '../x': use letters, digits, '-' and '_' only");
  EXPECT_EQ(refusal(head + "teams:\n  scan: {}\n"),
            "usage 3:9: team name 'scan' is taken: TEST-patchbot-scan.xml is about the scan");
}

TEST(ConfigYaml, RefusesDuplicatesAliasesAndSecondDocuments) {
  EXPECT_EQ(refusal(head + "gate: {}\ngate: {}\n"),
            "usage 3:1: key 'gate' is given twice in the configuration");
  EXPECT_EQ(refusal(head + "teams:\n  web: {}\n  web: {}\n"),
            "usage 4:3: key 'web' is given twice in teams");
  EXPECT_EQ(refusal(head + "teams:\n  Web: {}\n  web: {}\n"),
            "usage 4:8: teams: 'web' is the same as 'Web'");
  EXPECT_EQ(refusal(head + "gate: &g {fail_on: high}\nteams:\n  web: {gate: *g}\n"),
            "usage 4:15: aliases (*name) are not accepted here");
  EXPECT_EQ(refusal(head + "gate: {fail_on: low}\n---\n" + head),
            "usage: holds more than one document (---); only one would be read");
}

TEST(ConfigYaml, RefusesWhatIsNoYaml) {
  EXPECT_EQ(refusal(head + "gate: {fail_on: high\n").substr(0, 25), "usage 3:1: not valid YAML");
  EXPECT_EQ(refusal(head + "gate:\n\tfail_on: high\n").substr(0, 25), "usage 3:9: not valid YAML");
}

TEST(ConfigYaml, RefusesDeepNestingAndLargeFiles) {
  EXPECT_EQ(refusal(head + "gate: " + std::string(40, '[') + std::string(40, ']')),
            "usage 2:38: nested more than 32 deep");
  EXPECT_EQ(refusal(std::string(4 * 1024 * 1024 + 1, '#')), "usage: is larger than 4 MiB");
}

TEST(Threshold, IsASeverityOrNever) {
  EXPECT_EQ(parse_threshold("HIGH"), Threshold(Severity::high));
  EXPECT_EQ(parse_threshold("none"), std::optional<Threshold>(Threshold()));
  EXPECT_EQ(parse_threshold("moderate"), std::nullopt);
  EXPECT_EQ(parse_threshold("unknown"), std::nullopt);
  EXPECT_EQ(parse_threshold(""), std::nullopt);
}

}  // namespace
}  // namespace patchbot
