// SPDX-License-Identifier: Apache-2.0
#include "case_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Outcome = TestCase::Outcome;

Finding finding(std::uint64_t id, GateLevel level, Severity severity = Severity::high) {
  Finding f;
  f.id = {0, id};
  f.title = "T" + std::to_string(id);
  f.native_id = std::to_string(id);
  f.team = "web";
  f.severity = severity;
  f.gate.level = level;
  return f;
}

class CaseBookTest : public testing::Test {
 protected:
  CaseBookTest() : hosts(inventory, GroupBy::asset) {
    for (const char* name : {"h0", "h1", "h2"}) {
      ScannedHost host;
      host.name = name;
      hosts.note(host);
    }
  }

  void add(CaseBook& book, const Finding& f, std::uint32_t host = 0) {
    book.add(f, hosts[host], host, [&] {
      ++rendered;
      return to_test_case(f, hosts[host], Evidence::keep);
    });
  }

  std::vector<TestCase> cases_of(CaseBook& book) {
    std::vector<TestCase> cases;
    book.for_each(hosts, [&cases](const TestCase& test) { cases.push_back(test); });
    return cases;
  }

  static std::string told(const std::vector<TestCase>& cases) {
    std::string text;
    for (const TestCase& test : cases) {
      text += test.class_name + " " + test.name +
              (test.outcome == Outcome::failed    ? " failed"
               : test.outcome == Outcome::skipped ? " skipped"
                                                  : "") +
              "; ";
    }
    return text;
  }

  Inventory inventory;
  HostTable hosts;
  Spool spool;
  int rendered = 0;
};

TEST_F(CaseBookTest, GivesBackWhatWasAddedInOrder) {
  CaseBook book("patchbot.web", spool, 100);
  Finding waived = finding(3, GateLevel::fail);
  waived.waiver = WaiverNote{"w", "Ann", "r", {}};
  add(book, finding(2, GateLevel::none));
  add(book, finding(1, GateLevel::fail));
  add(book, waived);

  const auto cases = cases_of(book);

  EXPECT_EQ(told(cases),
            "patchbot.web.h0 T2 [-2]; patchbot.web.h0 T1 [-1] failed; "
            "patchbot.web.h0 T3 [-3] skipped; ");
  EXPECT_EQ(cases[1].message, "FAIL high: T1");
  EXPECT_EQ(cases[1].properties.size(), 2U);
  EXPECT_EQ(told(cases_of(book)), told(cases));
}

TEST_F(CaseBookTest, MakesOneCaseOfAFindingOnSeveralMachines) {
  CaseBook book("patchbot.web", spool, 100);
  for (std::uint32_t host : {0U, 1U, 2U}) add(book, finding(1, GateLevel::fail), host);

  const auto cases = cases_of(book);

  ASSERT_EQ(cases.size(), 1U);
  EXPECT_THAT(cases[0].text, testing::StartsWith("Seen on 3 machines: h0, h1, h2\n"));
  EXPECT_EQ(rendered, 1);
}

TEST_F(CaseBookTest, ShowsTheWorstRecordOfAFinding) {
  CaseBook book("patchbot.web", spool, 100);
  add(book, finding(1, GateLevel::none), 0);
  add(book, finding(1, GateLevel::fail), 1);
  add(book, finding(1, GateLevel::warn), 2);

  const auto cases = cases_of(book);

  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases[0].outcome, Outcome::failed);
  EXPECT_EQ(cases[0].message, "FAIL high: T1");
}

TEST_F(CaseBookTest, NamesFiftyMachinesAndCountsTheRest) {
  Inventory none;
  HostTable many(none, GroupBy::asset);
  CaseBook book("patchbot.web", spool, 100);
  const Finding f = finding(1, GateLevel::fail);
  for (std::uint32_t i = 0; i < 60; ++i) {
    ScannedHost host;
    host.name = "m" + std::to_string(i);
    const auto index = many.note(host);
    book.add(f, many[index], index, [&] { return to_test_case(f, many[0], Evidence::keep); });
  }
  std::string text;
  book.for_each(many, [&text](const TestCase& test) { text = test.text; });

  EXPECT_THAT(text, HasSubstr("Seen on 60 machines: m0, "));
  EXPECT_THAT(text, HasSubstr(", m49 and 10 more\n"));
}

TEST_F(CaseBookTest, GivesEqualNamesNumbers) {
  CaseBook book("patchbot.web", spool, 100);
  Finding twin = finding(2, GateLevel::none);
  twin.title = "T1";
  twin.native_id = "1";
  Finding triplet = twin;
  triplet.id = {0, 3};
  add(book, finding(1, GateLevel::none));
  add(book, twin);
  add(book, triplet);

  EXPECT_EQ(told(cases_of(book)),
            "patchbot.web.h0 T1 [-1]; patchbot.web.h0 T1 [-1] #2; patchbot.web.h0 T1 [-1] #3; ");
}

TEST_F(CaseBookTest, MakesOneCasePerAssetAboveItsLimit) {
  CaseBook book("patchbot.web", spool, 2);
  Finding waived = finding(5, GateLevel::fail);
  waived.waiver = WaiverNote{"w", "Ann", "r", {}};
  add(book, finding(1, GateLevel::none, Severity::low), 0);
  add(book, finding(2, GateLevel::warn), 1);
  add(book, finding(3, GateLevel::fail, Severity::critical), 1);
  add(book, finding(4, GateLevel::fail), 1);
  add(book, finding(4, GateLevel::fail), 1);
  add(book, waived, 1);

  const auto cases = cases_of(book);

  EXPECT_EQ(told(cases),
            "patchbot.web.all findings are listed one by one skipped; "
            "patchbot.web.h1 all findings failed; patchbot.web.h0 all findings; ");
  EXPECT_EQ(cases[1].message, "FAIL critical: 3 findings fail and 1 warn (1 critical, 4 high)");
  EXPECT_THAT(cases[1].text, HasSubstr("WARN high: T2 [-2]\nFAIL critical: T3 [-3]\n"));
  EXPECT_THAT(cases[1].properties,
              ElementsAre(testing::Pair("patchbot.findings", "1 critical, 4 high"),
                          testing::Pair("patchbot.waived", "1")));
}

TEST_F(CaseBookTest, GradesAnAssetByWhatTheGateActsOn) {
  CaseBook book("patchbot.web", spool, 1);
  Finding waived = finding(1, GateLevel::fail, Severity::critical);
  waived.waiver = WaiverNote{"w", "Ann", "r", {}};
  add(book, waived, 0);
  add(book, finding(2, GateLevel::warn, Severity::high), 0);

  EXPECT_EQ(cases_of(book).at(1).message,
            "WARN high: 0 findings fail and 1 warn (1 critical, 1 high)");
}

TEST_F(CaseBookTest, SaysThatAssetsAreNotListed) {
  Inventory none;
  HostTable many(none, GroupBy::asset);
  CaseBook book("patchbot.web", spool, 2);
  for (std::uint32_t i = 0; i < 5; ++i) {
    ScannedHost host;
    host.name = "m" + std::to_string(i);
    const Finding f = finding(i, i == 3 ? GateLevel::fail : GateLevel::none);
    const auto index = many.note(host);
    book.add(f, many[index], index, [&] { return to_test_case(f, many[index], Evidence::keep); });
  }
  std::vector<TestCase> cases;
  book.for_each(many, [&cases](const TestCase& test) { cases.push_back(test); });

  EXPECT_EQ(told(cases),
            "patchbot.web.all findings are listed one by one skipped; "
            "patchbot.web.m3 all findings failed; patchbot.web.all further assets skipped; ");
  EXPECT_EQ(cases[2].message, "4 assets are not listed; raise --max-cases");
}

}  // namespace
}  // namespace patchbot
