// SPDX-License-Identifier: Apache-2.0
#include "formats/feeds/ssvc.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

SsvcFeed parse(std::initializer_list<std::string> texts) {
  SsvcReader reader;
  for (const std::string& text : texts) reader.add(text);
  SsvcFeed feed = reader.finish();
  std::sort(feed.entries.begin(), feed.entries.end(), [](const auto& a, const auto& b) {
    return a.first < b.first;
  });
  return feed;
}

std::string fault(const std::string& text) {
  return fault_of([&] { parse({text}); });
}

std::string metric(const std::string& options, const std::string& time) {
  return R"({"other":{"type":"ssvc","content":{"id":"x","options":)" + options +
         R"(,"timestamp":")" + time + R"("}}})";
}

std::string record(const std::string& cve, const std::string& metrics) {
  return R"({"dataType":"CVE_RECORD","containers":{"adp":[{"title":"CVE Program Container"},)"
         R"({"title":"CISA ADP Vulnrichment","metrics":[)" +
         metrics + R"(]}],"cna":{}},"cveMetadata":{"cveId":")" + cve + R"(","state":"PUBLISHED"}})";
}

const std::string all =
    R"([{"Exploitation":"Active"},{"Automatable":"Yes"},{"Technical Impact":"Total"}])";

TEST(SsvcReader, ReadsCveRecords) {
  const SsvcFeed feed = parse(
      {record("CVE-2021-44228",
              R"({"other":{"type":"kev","content":{"dateAdded":"2021-12-10"}}},)" +
                  metric(all, "2024-04-02T04:00:23.138684Z")),
       record("CVE-2024-0002", metric(R"([{"Exploitation":"poc"},{"Automatable":"no"}])", ""))});

  EXPECT_EQ(feed.info.kind, FeedKind::ssvc);
  EXPECT_EQ(feed.info.entries, 2U);
  EXPECT_EQ(feed.info.published, parse_rfc3339("2024-04-02T04:00:23Z"));
  ASSERT_EQ(feed.entries.size(), 2U);
  EXPECT_EQ(feed.entries[0].first, "CVE-2021-44228");
  EXPECT_EQ(feed.entries[0].second, (Ssvc{"active", true, "total"}));
  EXPECT_EQ(feed.entries[1].second, (Ssvc{"poc", false, ""}));
}

TEST(SsvcReader, ReadsRecordsBehindEachOther) {
  EXPECT_EQ(parse({record("CVE-2021-44228", metric(all, "")) + "\n" +
                   record("CVE-2024-0002", metric(all, ""))})
                .entries.size(),
            2U);
}

TEST(SsvcReader, KnowsNothingOfWhatWasNotAssessed) {
  EXPECT_EQ(parse({record("CVE-2021-44228", "")}).entries.size(), 0U);
  EXPECT_EQ(parse({R"({"cveMetadata":{"cveId":"CVE-2021-44228","state":"REJECTED"},)"
                   R"("containers":{"cna":{}}})"})
                .entries.size(),
            0U);
  EXPECT_EQ(parse({record("CVE-2021-44228", metric(R"([{"Exploitation":"perhaps"}])", ""))})
                .entries.size(),
            0U);
}

TEST(SsvcReader, TakesTheLatestAssessmentInAnyOrder) {
  const std::string old = metric(R"([{"Exploitation":"none"}])", "2024-01-01T00:00:00Z");
  const std::string recent = metric(all, "2025-01-01T00:00:00Z");
  for (const std::string& metrics : {old + "," + recent, recent + "," + old}) {
    EXPECT_EQ(parse({record("CVE-2021-44228", metrics)}).entries.at(0).second,
              (Ssvc{"active", true, "total"}));
  }
}

TEST(SsvcReader, ReadsTheTable) {
  const SsvcFeed feed =
      parse({"cve\texploitation\tautomatable\ttechnical_impact\tssvc_timestamp\n"
             "CVE-1999-0006\tnone\tyes\ttotal\t2024-08-01T18:51:01.909711Z\r\n"
             "\n"
             "cve-2011-0611\tPoC\tNo\tPartial\t\n"
             "CVE-2012-0001\t\t\t\t\n"});

  EXPECT_EQ(feed.info.published, parse_rfc3339("2024-08-01T18:51:01Z"));
  ASSERT_EQ(feed.entries.size(), 2U);
  EXPECT_EQ(feed.entries[0].second, (Ssvc{"none", true, "total"}));
  EXPECT_EQ(feed.entries[1].first, "CVE-2011-0611");
  EXPECT_EQ(feed.entries[1].second, (Ssvc{"poc", false, "partial"}));
}

TEST(SsvcReader, RefusesAColumnOrAnAnswerThatItDoesNotKnow) {
  EXPECT_EQ(
      fault("cve\texploitation\tautomatible\ttechnical_impact\nCVE-2021-44228\tpoc\tyes\ttotal\n"),
      "input: has no column automatable");
  EXPECT_EQ(
      fault("cve\texploitation\tautomatable\ttechnical_impact\nCVE-2021-44228\tpoc\tY\ttotal\n"),
      "input: line 2: 'Y' is no known answer for automatable");
}

TEST(SsvcReader, RefusesOtherTexts) {
  const std::string head = "cve\texploitation\tautomatable\ttechnical_impact\n";
  const std::string neither =
      "input: is neither a CVE record nor a tab-separated table that begins with the column cve";
  EXPECT_EQ(fault(" \n"), "input: is empty");
  EXPECT_EQ(fault("<html>"), neither);
  EXPECT_EQ(fault("cve\n"), neither);
  EXPECT_EQ(fault("{}"), "input: is no CVE record: has no cveMetadata with a cveId");
  EXPECT_EQ(fault(R"({"vulnerabilities":[]})"),
            "input: is no CVE record: has no cveMetadata with a cveId");
  EXPECT_EQ(fault(head + "CVE-2021-44228\n"), "input: line 2: expected a CVE id and 4 cells");
  EXPECT_EQ(fault(head + "Log4Shell\tactive\tyes\ttotal\n"),
            "input: line 2: expected a CVE id and 4 cells");
}

TEST(SsvcReader, RefusesARecordThatIsCutOff) {
  const std::string whole = record("CVE-2021-44228", metric(all, ""));
  EXPECT_THROW(parse({whole.substr(0, whole.size() - 1)}), Error);
  EXPECT_THROW(parse({whole.substr(0, whole.size() / 2)}), Error);
}

}  // namespace
}  // namespace patchbot
