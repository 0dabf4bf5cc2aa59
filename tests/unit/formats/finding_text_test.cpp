// SPDX-License-Identifier: Apache-2.0
#include "formats/finding_text.hpp"

#include <gtest/gtest.h>

#include "formats/rich_finding.hpp"

namespace patchbot {
namespace {

TEST(FindingText, TellsWhatWhereAndWhatRepairsIt) {
  EXPECT_EQ(headline(rich_finding()),
            "Ring buffer overflow (CVE-2031-1, GHSA-aaaa) on web-7, port 443/tcp: ring 1.0, fixed "
            "in 1.1, 2.0; exploited in the wild");
}

TEST(FindingText, OfAFindingThatSaysNothingIsStillALine) {
  Finding f;
  f.native_id = "7";
  f.asset.id = "a";

  EXPECT_EQ(headline(f), "7 on a");
}

TEST(FindingText, NamesVersionsWithoutAPackage) {
  Finding f;
  f.title = "t";
  f.asset.id = "a";
  f.fix.versions = {"2"};
  EXPECT_EQ(headline(f), "t on a: fixed in 2");

  f.location.installed = "1";
  EXPECT_EQ(headline(f), "t on a: installed 1, fixed in 2");
}

TEST(FindingText, DoesNotRepeatAnIdThatTheTitleHas) {
  Finding f;
  f.title = "CVE-1 in ring";
  f.vuln_ids = {"CVE-1"};
  f.asset.id = "a";

  EXPECT_EQ(headline(f), "CVE-1 in ring on a");
}

TEST(FindingText, HeadlineIsOneLineOfBoundedLength) {
  Finding f = rich_finding();
  f.title = std::string(5000, 'x') + "\nsecond";
  f.location.package = std::string(5000, 'y');
  f.fix.versions = {std::string(5000, 'z')};
  f.asset.name = "a\nb";

  const std::string line = headline(f);

  EXPECT_LE(line.size(), 1000U);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_NE(line.find(" on a b, port"), std::string::npos);
}

TEST(FindingText, CutsAtCharactersAndSaysSo) {
  EXPECT_EQ(short_line("abc", 3), "abc");
  EXPECT_EQ(short_line("abcdef", 5), "ab...");
  EXPECT_EQ(short_line("äöü", 5), "ä...");
  EXPECT_EQ(short_text("a\nb", 5), "a\nb");
}

TEST(FindingText, CountsIdsThatItDoesNotList) {
  Finding f;
  EXPECT_EQ(id_list(f, 2), "");
  f.vuln_ids = {"A", "B", "C"};
  EXPECT_EQ(id_list(f, 3), "A, B, C");
  EXPECT_EQ(id_list(f, 2), "A, B and 1 more");
}

TEST(FindingText, RuleNamesTellComplianceChecksApart) {
  Finding f;
  f.source = "nessus";
  f.native_id = "21156";
  EXPECT_EQ(rule_name(f), "nessus/21156");

  f.kind = Kind::compliance;
  f.location.check = "1.1 Something";
  EXPECT_EQ(rule_name(f), "nessus/21156/1.1 Something");
  f.location.check_id = "1.1";
  EXPECT_EQ(rule_name(f), "nessus/21156/1.1");
}

TEST(FindingText, LongRuleNamesStayDifferent) {
  Finding a;
  a.native_id = std::string(300, 'x') + "a";
  Finding b;
  b.native_id = std::string(300, 'x') + "b";

  EXPECT_LE(rule_name(a).size(), 240U);
  EXPECT_NE(rule_name(a), rule_name(b));
}

TEST(FindingText, WhatIsRepairedOrPassedIsNoWeakness) {
  Finding f;
  EXPECT_TRUE(is_weakness(f));
  f.status = Status::fixed;
  EXPECT_FALSE(is_weakness(f));
  f.status = Status::reopened;
  EXPECT_TRUE(is_weakness(f));
  for (const CheckResult result : {CheckResult::passed, CheckResult::skipped}) {
    f.check_result = result;
    EXPECT_FALSE(is_weakness(f));
  }
  for (const CheckResult result : {CheckResult::failed, CheckResult::warning, CheckResult::error}) {
    f.check_result = result;
    EXPECT_TRUE(is_weakness(f));
  }
}

TEST(FindingText, TheNewestVersionOfCvssLeads) {
  Finding f;
  EXPECT_EQ(leading_cvss(f), nullptr);
  f.cvss = {{"4.0", "CVSS:4.0/AV:N", {}, "", {}, ""}, {"2.0", "", 10.0, "", {}, ""}};
  EXPECT_EQ(leading_cvss(f), &f.cvss[1]);
  f.cvss.push_back({"3.0", "", 5.0, "", {}, ""});
  f.cvss.push_back({"3.1", "", 6.0, "", {}, ""});
  EXPECT_EQ(leading_cvss(f), &f.cvss[3]);
}

TEST(FindingText, OnlyWebAddressesAreLinked) {
  EXPECT_EQ(web_address("https://a.example/x?y=1&z=%20#t"), "https://a.example/x?y=1&z=%20#t");
  EXPECT_EQ(web_address("https://a.example/<b> \"c\" 100%"),
            "https://a.example/%3Cb%3E%20%22c%22%20100%25");
  EXPECT_EQ(web_address("https://a.example/ä"), "https://a.example/%C3%A4");
  EXPECT_EQ(web_address("javascript:alert(1)"), "");
  EXPECT_EQ(web_address("http://"), "");
  EXPECT_EQ(web_addresses(rich_finding(), 5),
            std::vector<std::string>{"https://ring.example/a%20b"});
}

TEST(FindingText, WaiversAreToldWithOwnerAndEnd) {
  Finding f;
  EXPECT_EQ(waiver_text(f), "");
  f.waiver = some_waiver();
  EXPECT_EQ(waiver_text(f), "waived until 2031-02-01 by Ann: gone soon (W-1)");
}

}  // namespace
}  // namespace patchbot
