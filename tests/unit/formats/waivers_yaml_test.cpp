// SPDX-License-Identifier: Apache-2.0
#include "formats/waivers_yaml.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

std::string refusal(const std::string& text, const Config& config = {}) {
  return fault_of([&] { parse_waivers(text, config); });
}

const std::string head = "schema: patchbot.waivers/1\nwaivers:\n";

// A waiver whose lines can be replaced; it begins in line 3.
std::string waiver(const std::string& match = "{id: 1}",
                   const std::string& expires = "2026-12-31",
                   const std::string& id = "w1") {
  return "- id: " + id + "\n  match: " + match +
         "\n  owner: Ann\n  reason: later\n  expires: " + expires + "\n";
}

TEST(WaiversYaml, ReadsAWholeWaiver) {
  const auto waivers = parse_waivers(head +
                                         "- id: w1\n"
                                         "  match:\n"
                                         "    id: 201194\n"
                                         "    cve: [CVE-2024-1, CVE-2024-2]\n"
                                         "    check: 5.2*\n"
                                         "    package: openssh\n"
                                         "    asset: '*/shop'\n"
                                         "    team: web\n"
                                         "    environment: [staging]\n"
                                         "  owner: Ann\n"
                                         "  reason: waiting\n"
                                         "  expires: 2026-12-31\n"
                                         "  ticket: SEC-1\n"
                                         "  approver: Bob\n",
                                     {});
  ASSERT_EQ(waivers.size(), 1U);
  const Waiver& w = waivers[0];
  EXPECT_EQ(w.id, "w1");
  EXPECT_EQ(w.match,
            (WaiverMatch{{"201194"},
                         {"CVE-2024-1", "CVE-2024-2"},
                         {"5.2*"},
                         {"openssh"},
                         {"*/shop"},
                         {"web"},
                         {"staging"}}));
  EXPECT_EQ(w.owner + w.reason + w.ticket + w.approver, "AnnwaitingSEC-1Bob");
  EXPECT_EQ(w.expires, parse_date("2026-12-31"));
  EXPECT_EQ(w.position.line, 3U);
}

TEST(WaiversYaml, MayBeEmpty) {
  EXPECT_TRUE(parse_waivers("schema: patchbot.waivers/1\nwaivers: []\n", {}).empty());
}

TEST(WaiversYaml, NeedsItsKeys) {
  EXPECT_EQ(refusal("schema: patchbot.waivers/1\n"),
            "usage 1:1: the waivers file needs the key 'waivers'");
  EXPECT_EQ(refusal("schema: patchbot.waivers/9\nwaivers: []\n"),
            "usage 1:9: schema 'patchbot.waivers/9' is not known; expected patchbot.waivers/1");
  const std::string whole = head + waiver();
  for (const std::string key : {"owner", "reason", "expires", "match"}) {
    const auto start = whole.find("  " + key);
    const std::string without = whole.substr(0, start) + whole.substr(whole.find('\n', start) + 1);
    EXPECT_EQ(refusal(without), "usage 3:3: a waiver needs the key '" + key + "'");
  }
}

TEST(WaiversYaml, NeedsADayOfExpiry) {
  EXPECT_EQ(refusal(head + waiver("{id: 1}", "never")),
            "usage 7:12: expires: 'never' is no date; expected YYYY-MM-DD");
  EXPECT_EQ(refusal(head + waiver("{id: 1}", "2026-02-30")),
            "usage 7:12: expires: '2026-02-30' is no date; expected YYYY-MM-DD");
  EXPECT_EQ(refusal(head + waiver("{id: 1}", "~")), "usage 7:12: expires must be a text");
}

TEST(WaiversYaml, NeedsAKnownRiskToAccept) {
  const std::string refused =
      "usage 4:10: match needs at least one of id, cve, check, package: a waiver accepts a known "
      "risk, not everything";
  EXPECT_EQ(refusal(head + waiver("{}")), refused);
  EXPECT_EQ(refusal(head + waiver("{team: web, asset: '*'}")), refused);
  EXPECT_EQ(refusal(head + waiver("{cve: []}")), "usage 4:16: cve must not be an empty list");
}

TEST(WaiversYaml, RefusesUnknownKeys) {
  EXPECT_EQ(refusal(head + waiver("{cves: CVE-1}")),
            "usage 4:11: unknown key 'cves' in match; did you mean 'cve'?");
  EXPECT_EQ(refusal(head + waiver() + "  tickets: X\n"),
            "usage 8:3: unknown key 'tickets' in a waiver; did you mean 'ticket'?");
}

TEST(WaiversYaml, RefusesWrongTypes) {
  EXPECT_EQ(refusal("schema: patchbot.waivers/1\nwaivers: {}\n"),
            "usage 2:10: waivers must be a list (- item)");
  EXPECT_EQ(refusal(head + "- text\n"), "usage 3:3: a waiver must be a mapping (key: value)");
  EXPECT_EQ(refusal(head + waiver("{id: {a: b}}")), "usage 4:15: id must be a list (- item)");
  EXPECT_EQ(refusal(head + waiver("{id: [[a]]}")), "usage 4:16: id must be a text");
}

TEST(WaiversYaml, RefusesAnIdGivenTwice) {
  EXPECT_EQ(refusal(head + waiver() + waiver()),
            "usage 8:3: waiver id 'w1' is given twice; first in line 3");
}

TEST(WaiversYaml, RefusesTeamsThatTheConfigurationDoesNotName) {
  Config config;
  config.teams["web"];
  config.teams["payment"];
  EXPECT_EQ(refusal(head + waiver("{id: 1, team: paymnt}"), config),
            "usage 4:10: team 'paymnt' is not in the configuration; did you mean 'payment'?");
  EXPECT_EQ(refusal(head + waiver("{id: 1, team: [web, pay*, unowned]}"), config), "nothing");
  EXPECT_EQ(refusal(head + waiver("{id: 1, team: anything}")), "nothing");
}

}  // namespace
}  // namespace patchbot
