// SPDX-License-Identifier: Apache-2.0
#include "rules/enrichment.hpp"

#include <gtest/gtest.h>

#include <map>

namespace patchbot {
namespace {

template <class Entry>
using Entries = std::map<std::string, Entry, std::less<>>;

template <class Entry>
std::optional<Entry> found(const Entries<Entry>& entries, std::string_view cve) {
  const auto entry = entries.find(cve);
  return entry == entries.end() ? std::nullopt : std::optional(entry->second);
}

class Fake : public ThreatFeeds {
 public:
  std::optional<Kev> kev(std::string_view cve) const override { return found(kevs, cve); }
  std::optional<Epss> epss(std::string_view cve) const override { return found(scores, cve); }
  std::optional<Ssvc> ssvc(std::string_view cve) const override { return found(ssvcs, cve); }
  const FeedInfo* info(FeedKind) const override { return nullptr; }

  Entries<Kev> kevs;
  Entries<Epss> scores;
  Entries<Ssvc> ssvcs;
};

const auto day = [](const char* text) { return parse_date(text); };

class Enrichment : public testing::Test {
 protected:
  Finding enriched(std::vector<std::string> ids) {
    finding.vuln_ids = std::move(ids);
    enrich(finding, feeds);
    return finding;
  }

  Fake feeds;
  Finding finding;
};

TEST_F(Enrichment, WhatNoFeedListsStaysUnknown) {
  const Finding result = enriched({"CVE-2024-0001", "GHSA-jfh8-c2jp-5v3q"});
  EXPECT_EQ(result.kev, std::nullopt);
  EXPECT_EQ(result.epss, std::nullopt);
  EXPECT_EQ(result.ssvc, std::nullopt);
}

TEST_F(Enrichment, OneKnownExploitedVulnerabilityIsEnoughAndTheEarliestDatesHold) {
  feeds.kevs["CVE-2024-0001"] = {day("2024-02-01"), day("2024-02-22"), {}};
  feeds.kevs["CVE-2024-0002"] = {day("2024-03-01"), day("2024-02-10"), true};
  feeds.kevs["CVE-2024-0003"] = {day("2024-04-01"), {}, {}};
  EXPECT_EQ(enriched({"CVE-2024-0009", "CVE-2024-0003", "CVE-2024-0001", "CVE-2024-0002"}).kev,
            (Kev{day("2024-02-01"), day("2024-02-10"), true}));
}

TEST_F(Enrichment, ADateThatIsMissingDoesNotHideOneThatIsThere) {
  feeds.kevs["CVE-2024-0003"] = {day("2024-04-01"), {}, {}};
  feeds.kevs["CVE-2024-0004"] = {day("2024-05-01"), day("2024-05-22"), {}};
  EXPECT_EQ(enriched({"CVE-2024-0003", "CVE-2024-0004"}).kev,
            (Kev{day("2024-04-01"), day("2024-05-22"), {}}));
}

TEST_F(Enrichment, TheHighestScoreCountsWithItsOwnPercentile) {
  feeds.scores["CVE-2024-0001"] = {0.5, 0.9, "v5", day("2026-11-22")};
  feeds.scores["CVE-2024-0002"] = {0.7, 0.8, "v5", day("2026-11-22")};
  feeds.scores["CVE-2024-0003"] = {0.6, 0.99, "v5", day("2026-11-22")};
  EXPECT_EQ(enriched({"CVE-2024-0001", "CVE-2024-0002", "CVE-2024-0003"}).epss,
            (Epss{0.7, 0.8, "v5", day("2026-11-22")}));
}

TEST_F(Enrichment, AScoreOfZeroIsAScore) {
  feeds.scores["CVE-2024-0001"] = {0, 0, "v5", {}};
  EXPECT_EQ(enriched({"CVE-2024-0001"}).epss, (Epss{0, 0, "v5", {}}));
}

TEST_F(Enrichment, TheWorstOfEachAnswerOfSsvcCounts) {
  feeds.ssvcs["CVE-2024-0001"] = {"poc", false, "total"};
  feeds.ssvcs["CVE-2024-0002"] = {"active", {}, "partial"};
  feeds.ssvcs["CVE-2024-0003"] = {"none", true, ""};
  const std::vector<std::string> ids{"CVE-2024-0001", "CVE-2024-0002", "CVE-2024-0003"};
  EXPECT_EQ(enriched(ids).ssvc, (Ssvc{"active", true, "total"}));
  EXPECT_EQ(enriched({ids.rbegin(), ids.rend()}).ssvc, (Ssvc{"active", true, "total"}));
}

TEST_F(Enrichment, TheFeedReplacesWhatTheScannerSaid) {
  finding.kev = Kev{{}, day("2020-01-01"), true};
  finding.epss = Epss{0.9, 0.9, "v4", {}};
  feeds.kevs["CVE-2024-0001"] = {day("2024-02-01"), day("2024-02-22"), {}};
  feeds.scores["CVE-2024-0001"] = {0.1, 0.2, "v5", {}};
  const Finding result = enriched({"CVE-2024-0001"});
  EXPECT_EQ(result.kev, (Kev{day("2024-02-01"), day("2024-02-22"), {}}));
  EXPECT_EQ(result.epss, (Epss{0.1, 0.2, "v5", {}}));
}

TEST_F(Enrichment, TheScannersWordStandsWhereTheFeedHasNoEntry) {
  finding.kev = Kev{{}, day("2020-01-01"), true};
  finding.epss = Epss{0.9, 0.9, "v4", {}};
  finding.ssvc = Ssvc{"poc", {}, ""};
  const Finding before = finding;
  const Finding result = enriched({"CVE-2024-0001"});
  EXPECT_EQ(result.kev, before.kev);
  EXPECT_EQ(result.epss, before.epss);
  EXPECT_EQ(result.ssvc, before.ssvc);
}

TEST_F(Enrichment, IdsAreUnderstoodInAnyCase) {
  feeds.kevs["CVE-2024-0001"] = {day("2024-02-01"), {}, {}};
  EXPECT_TRUE(enriched({"cve-2024-0001"}).kev);
}

TEST_F(Enrichment, TellsWhereAFeedKnowsSomeCvesOnly) {
  feeds.scores["CVE-2024-0001"] = {0.1, {}, "", {}};
  finding.vuln_ids = {"CVE-2024-0001", "CVE-2024-0002", "GHSA-jfh8-c2jp-5v3q"};
  EXPECT_TRUE(enrich(finding, feeds).epss);
  EXPECT_FALSE(enrich(finding, feeds).ssvc) << "it knows none";
  finding.vuln_ids.erase(finding.vuln_ids.begin() + 1);
  EXPECT_FALSE(enrich(finding, feeds).epss);
}

}  // namespace
}  // namespace patchbot
