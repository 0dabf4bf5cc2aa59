// SPDX-License-Identifier: Apache-2.0
#include "formats/waivers_yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

std::string refusal(const std::string& text, const Config& config = {}) {
  return fault_of([&] { parse_waivers(text, config); });
}

// What the documents say that a waivers file names.
std::string named(const std::string& file) {
  if (file == "missing.json") throw Error(Blame::input, "cannot be opened: gone");
  if (file == "broken.json") return "{\n  x";
  return R"({"@context":"https://openvex.dev/ns/v0.2.0","statements":[{"vulnerability":{"name":"CVE-1"},)"
         R"("products":[{"@id":"pkg:npm/a"}],"status":"fixed"}]})";
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
  const WaiverFile file = parse_waivers(head +
                                            "- id: w1\n"
                                            "  match:\n"
                                            "    id: 201194\n"
                                            "    cve: [CVE-2024-1001, CVE-2024-1002]\n"
                                            "    check: 5.2*\n"
                                            "    package: openssh\n"
                                            "    asset: '*/shop'\n"
                                            "    team: web\n"
                                            "    environment: [staging]\n"
                                            "    purl: pkg:deb/*\n"
                                            "    source: nessus\n"
                                            "    kind: [vulnerability, comp*]\n"
                                            "  owner: Ann\n"
                                            "  reason: waiting\n"
                                            "  expires: 2026-12-31\n"
                                            "  ticket: SEC-1\n"
                                            "  approver: Bob\n",
                                        {});
  ASSERT_EQ(file.waivers.size(), 1U);
  const Waiver& w = file.waivers[0];
  EXPECT_EQ(w.id, "w1");
  EXPECT_EQ(w.match,
            (WaiverMatch{{"201194"},
                         {"CVE-2024-1001", "CVE-2024-1002"},
                         {"5.2*"},
                         {"openssh"},
                         {"*/shop"},
                         {"web"},
                         {"staging"},
                         {"pkg:deb/*"},
                         {"nessus"},
                         {"vulnerability", "comp*"}}));
  EXPECT_EQ(w.owner + w.reason + w.ticket + w.approver, "AnnwaitingSEC-1Bob");
  EXPECT_EQ(w.expires, parse_date("2026-12-31"));
  EXPECT_EQ(w.position.line, 3U);
}

TEST(WaiversYaml, MayBeEmpty) {
  EXPECT_TRUE(parse_waivers("schema: patchbot.waivers/1\nwaivers: []\n", {}).empty());
  EXPECT_TRUE(parse_waivers("schema: patchbot.waivers/1\nvex: []\n", {}).empty());
}

TEST(WaiversYaml, NeedsItsKeys) {
  EXPECT_EQ(refusal("schema: patchbot.waivers/1\n"),
            "usage 1:1: the waivers file needs the key 'waivers', or 'vex'");
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
      "usage 4:10: match needs at least one of id, cve, check, package, purl: a waiver accepts a "
      "known risk, not everything";
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
  EXPECT_EQ(refusal(head + waiver() + waiver("{id: 2}")),
            "usage 8:3: waiver id 'w1' is given twice; first in line 3");
}

TEST(WaiversYaml, RefusesWhatWouldMatchEverythingOrNothing) {
  for (const char* glob : {"CVE-*", "'C*'", "'*-*'", "'*'", "'?VE-*-*'"}) {
    EXPECT_THAT(refusal(head + waiver("{cve: " + std::string(glob) + "}")),
                testing::HasSubstr("would match everything"))
        << glob;
  }
  EXPECT_EQ(refusal(head + waiver("{cve: CVE-2024-*}")), "nothing");
  EXPECT_THAT(refusal(head + waiver("{cve: CVE-24-1}")),
              testing::HasSubstr("cve 'CVE-24-1' is none"));
  EXPECT_THAT(refusal(head + waiver("{cve: 2024-0001}")), testing::HasSubstr("is none"));
  EXPECT_THAT(refusal(head + waiver("{purl: libx}")), testing::HasSubstr("purl 'libx' is none"));
}

TEST(WaiversYaml, RefusesAMatchGivenTwice) {
  EXPECT_EQ(refusal(head + waiver("{cve: [CVE-1, CVE-2], team: web}") +
                    waiver("{team: WEB, cve: [CVE-2, cve-1]}", "2027-01-01", "w2")),
            "usage 8:3: waiver 'w2' matches the same as another one; first in line 3");
  EXPECT_EQ(refusal(head + waiver("{cve: CVE-1}") + waiver("{id: CVE-1}", "2027-01-01", "w2")),
            "nothing");
}

TEST(WaiversYaml, RefusesWhatWouldMatchEverything) {
  EXPECT_EQ(refusal(head + waiver("{cve: '*'}")),
            "usage 4:10: '*' would match everything: name what is accepted");
  EXPECT_EQ(refusal(head + waiver("{purl: 'pkg:*/*'}")),
            "usage 4:10: 'pkg:*/*' would match everything: name what is accepted");
}

TEST(WaiversYaml, KnowsTheKindsOfFindings) {
  EXPECT_EQ(refusal(head + waiver("{id: 1, kind: secrets}")),
            "usage 4:10: kind 'secrets' is not known; did you mean 'secret'?");
}

const std::string vex_head = "schema: patchbot.waivers/1\nvex:\n";

TEST(WaiversYaml, ReadsVexDocuments) {
  const WaiverFile file = parse_waivers(vex_head +
                                            "- id: v1\n"
                                            "  file: sub/a.json\n"
                                            "  match: {team: web, package: [a, b*]}\n"
                                            "  runs_on: [host-1, '*/shop']\n"
                                            "  owner: Ann\n"
                                            "  reason: vendor says\n"
                                            "  expires: 2026-12-31\n"
                                            "  ticket: SEC-1\n"
                                            "  approver: Bob\n"
                                            "- {file: b.json, owner: Kim, expires: 2026-12-30}\n",
                                        {},
                                        named);
  ASSERT_EQ(file.vex.size(), 2U);
  const VexWaiver& v = file.vex[0];
  EXPECT_EQ(v.id + v.file + v.owner + v.reason + v.ticket + v.approver,
            "v1sub/a.jsonAnnvendor saysSEC-1Bob");
  EXPECT_EQ(v.match, (WaiverMatch{.package = {"a", "b*"}, .team = {"web"}}));
  EXPECT_EQ(v.runs_on, (std::vector<std::string>{"host-1", "*/shop"}));
  EXPECT_EQ(v.position.line, 3U);
  EXPECT_EQ(v.document.statements.size(), 1U);
  EXPECT_EQ(file.vex[1].id, "b.json");
}

TEST(WaiversYaml, AVexDocumentNeedsAnOwnerAndAnEnd) {
  const auto refused = [](const std::string& entry) {
    return fault_of([&] { parse_waivers(vex_head + "- " + entry + "\n", {}, named); });
  };
  EXPECT_EQ(refused("{file: a.json, owner: Ann}"),
            "usage 3:3: a vex entry needs the key 'expires'");
  EXPECT_EQ(refused("{file: a.json, owner: Ann, expires: soon}"),
            "usage 3:39: expires: 'soon' is no date; expected YYYY-MM-DD");
  EXPECT_EQ(refused("{file: a.json, expires: 2026-12-31}"),
            "usage 3:3: a vex entry needs the key 'owner'");
  EXPECT_EQ(refused("{owner: Ann, expires: 2026-12-31}"),
            "usage 3:3: a vex entry needs the key 'file'");
  EXPECT_EQ(
      refused("{file: a.json, owner: Ann, expires: 2026-12-31, match: {id: 1}}").substr(0, 37),
      "usage 3:59: unknown key 'id' in match");
}

TEST(WaiversYaml, SaysWhereADocumentIsNamedThatCannotBeUsed) {
  const auto refused = [](const std::string& file) {
    return fault_of([&] {
      parse_waivers(
          vex_head + "- {owner: A, expires: 2026-12-31, file: " + file + "}\n", {}, named);
    });
  };
  EXPECT_EQ(refused("missing.json"), "usage 3:41: missing.json: cannot be opened: gone");
  EXPECT_EQ(refused("broken.json"), "usage 3:41: broken.json:2:3: expected a name in quotes");
}

TEST(WaiversYaml, RefusesADocumentNamedTwice) {
  const std::string entry = "- {file: a.json, owner: Ann, expires: 2026-12-31";
  const auto refused = [&](const std::string& more) {
    return fault_of([&] { parse_waivers(vex_head + entry + "}\n" + entry + more, {}, named); });
  };
  EXPECT_EQ(refused("}"),
            "usage 4:3: 'a.json' is named twice with the same match; first in line 3");
  EXPECT_EQ(refused(", match: {team: b}}"),
            "usage 4:3: id 'a.json' is given twice; first in line 3");
  EXPECT_EQ(refused(", match: {team: b}, id: v2}"), "nothing");
}

TEST(WaiversYaml, FindsAllThatIsWrongIfAsked) {
  std::vector<Error> problems;
  const WaiverFile file = parse_waivers(
      head + waiver("{id: 1}", "never") + waiver() + waiver() + "- {}\n", {}, named, problems);

  EXPECT_EQ(file.waivers.size(), 1U);
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[0].position()->line, 7U);
  EXPECT_EQ(problems[1].position()->line, 13U);
  EXPECT_EQ(problems[2].position()->line, 18U);

  problems.clear();
  parse_waivers("schema: 1\nwaivers: [\n", {}, named, problems);
  EXPECT_EQ(problems.size(), 1U);
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
