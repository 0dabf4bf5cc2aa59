// SPDX-License-Identifier: Apache-2.0
#include "rules/waivers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Finding finding() {
  Finding f;
  f.id = {1, 2};
  f.native_id = "201194";
  f.vuln_ids = {"CVE-2024-1", "CVE-2024-2"};
  f.asset.id = "1/eu/shop";
  f.team = "web";
  f.environment = "staging";
  f.location.package = "openssh";
  f.location.purl = "pkg:deb/openssh";
  f.source = "nessus";
  f.location.check = "5.2.1 PermitRootLogin";
  return f;
}

Waiver waiver(const std::string& id, const char* expires) {
  Waiver w;
  w.id = id;
  w.owner = "Ann";
  w.match.id = {"201194"};
  w.expires = parse_date(expires).value();
  return w;
}

Time at(const char* text) { return parse_rfc3339(text).value(); }

TEST(CheckWaiver, MatchesTheScannersIdOrTheFindingsOwn) {
  EXPECT_TRUE(check_waiver({.id = {"201194"}}, finding()));
  EXPECT_TRUE(check_waiver({.id = {"2011*"}}, finding()));
  EXPECT_TRUE(check_waiver({.id = {finding().id.hex()}}, finding()));
  EXPECT_FALSE(check_waiver({.id = {"20119"}}, finding()));
}

TEST(CheckWaiver, ForCvesMustCoverEveryCveOfTheFinding) {
  EXPECT_FALSE(check_waiver({.cve = {"CVE-2024-1"}}, finding()));
  EXPECT_TRUE(check_waiver({.cve = {"CVE-2024-1", "cve-2024-2"}}, finding()));
  EXPECT_TRUE(check_waiver({.cve = {"CVE-2024-*"}}, finding()));
}

TEST(CheckWaiver, ForCvesSaysNothingOfAFindingWithoutCve) {
  Finding f = finding();
  f.vuln_ids.clear();

  EXPECT_FALSE(check_waiver({.cve = {"*"}}, f));
}

TEST(CheckWaiver, OtherIdsBesideACveNameTheSameWeakness) {
  Finding f = finding();
  f.vuln_ids = {"GHSA-1", "CVE-2024-1", "DSA-5"};
  EXPECT_TRUE(check_waiver({.cve = {"CVE-2024-1"}}, f));
  f.vuln_ids = {"GHSA-1", "GHSA-2"};
  EXPECT_FALSE(check_waiver({.cve = {"GHSA-1"}}, f));
  EXPECT_TRUE(check_waiver({.cve = {"GHSA-*"}}, f));
}

TEST(CheckWaiver, TakesPackageUrlsWithOrWithoutQualifiers) {
  Finding f = finding();
  f.location.purl = "pkg:deb/debian/curl@7.88?arch=amd64";
  EXPECT_TRUE(check_waiver({.purl = {"pkg:deb/debian/curl@7.88"}}, f));
  EXPECT_TRUE(check_waiver({.purl = {"pkg:deb/*/curl@*arch=amd64"}}, f));
  EXPECT_FALSE(check_waiver({.purl = {"pkg:deb/debian/curl"}}, f));
  f.location.purl.clear();
  EXPECT_FALSE(check_waiver({.purl = {"pkg:deb/debian/curl@7.88"}}, f));
}

TEST(CheckWaiver, NeedsEveryConditionToHold) {
  WaiverMatch match{.id = {"201194"},
                    .cve = {"CVE-*"},
                    .check = {"5.2.1 *"},
                    .package = {"open*"},
                    .asset = {"*/shop"},
                    .team = {"web", "pay"},
                    .environment = {"staging"},
                    .purl = {"pkg:*/openssh"},
                    .source = {"nessus"},
                    .kind = {"vulnerability"}};
  EXPECT_TRUE(check_waiver(match, finding()));

  for (auto* condition : {&match.id,
                          &match.cve,
                          &match.check,
                          &match.package,
                          &match.asset,
                          &match.team,
                          &match.environment,
                          &match.purl,
                          &match.source,
                          &match.kind}) {
    const auto kept = *condition;
    *condition = {"other"};
    EXPECT_FALSE(check_waiver(match, finding()));
    *condition = kept;
  }
}

TEST(Waivers, HoldThroughTheirWholeLastDay) {
  Waivers last_second({{waiver("w", "2026-11-23")}, {}}, at("2026-11-23T23:59:59Z"));
  Waivers next_day({{waiver("w", "2026-11-23")}, {}}, at("2026-11-24T00:00:00Z"));

  ASSERT_TRUE(last_second.find(finding()));
  EXPECT_EQ(last_second.find(finding())->id, "w");
  EXPECT_FALSE(next_day.find(finding()));
}

TEST(Waivers, ExpiryIsInUtc) {
  Waivers waivers({{waiver("w", "2026-11-23")}, {}}, at("2026-11-23T23:30:00-01:00"));

  EXPECT_FALSE(waivers.find(finding()));
}

TEST(Waivers, TheFirstValidOneCounts) {
  Waivers waivers(
      {{waiver("old", "2026-01-01"), waiver("a", "2027-01-01"), waiver("b", "2027-01-01")}, {}},
      at("2026-11-23T00:00:00Z"));

  EXPECT_EQ(waivers.find(finding())->id, "a");
}

TEST(Waivers, RemarkOnWhatIsExpiredUnusedOrSoonExpiring) {
  Waiver unused = waiver("unused", "2027-06-01");
  unused.match.id = {"1"};
  Waivers waivers({{waiver("old", "2026-11-22"), waiver("soon", "2026-12-07"), unused}, {}},
                  at("2026-11-23T12:00:00Z"));
  waivers.find(finding());

  EXPECT_THAT(waivers.remarks(),
              ElementsAre("waiver old (Ann) expired on 2026-11-22 and no longer applies",
                          "waiver soon (Ann) expires on 2026-12-07",
                          "waiver unused (Ann) matches no finding of this scan"));
}

TEST(Waivers, SayNothingOfOneThatHoldsLongerThanTwoWeeks) {
  Waivers waivers({{waiver("fine", "2026-12-08")}, {}}, at("2026-11-23T12:00:00Z"));
  waivers.find(finding());

  EXPECT_THAT(waivers.remarks(), IsEmpty());
}

TEST(Waivers, AreEmptyWithoutAny) {
  Waivers none;

  EXPECT_TRUE(none.empty());
  EXPECT_FALSE(none.find(finding()));
}

}  // namespace
}  // namespace patchbot
