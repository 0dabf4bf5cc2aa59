// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "walking.hpp"

namespace patchbot {
namespace {

using test::Plan;

constexpr std::array<RecordPath, 2> records{{{3, "/id"}, {3, "/main host"}}};
constexpr std::array<ContextPath, 1> preamble{{{1, "/#preamble"}}};
constexpr Plan plain{records, {}};

std::string walk(std::string_view text, const Plan& plan = plain) {
  return test::walk_in_all_windows(walk_csv, text, plan);
}

std::string problems_of(std::string_view text) {
  const auto source = memory_source(text);
  Records rows(*source, walk_csv, records, {}, 64);
  while (rows.next() != Walk::Event::end) {
  }
  std::string told;
  for (const std::string& problem : rows.problems()) told += problem + "|";
  return told;
}

TEST(CsvWalk, RowsAreObjectsWithTheHeadersNamesInLowerCase) {
  EXPECT_EQ(walk("\xEF\xBB\xBF"
                 "Main Host, ID ,\"Long\nText\"\r\na,1,\"x, \"\"y\"\"\nz\"\r\nb,2,\r\n"),
            "3 {main host='a' id='1' long text='x, \"y\"\nz'}\n"
            "3 {main host='b' id='2' long text=''}\nend\nnothing");
}

TEST(CsvWalk, WhatStandsAboveTheHeaderIsContext) {
  EXPECT_EQ(walk("Report;of;ID\n\nThe Shop\nid;main host\n1;a\n", {records, preamble}),
            "3 {id='1' main host='a'} 1:['Report' 'of' 'ID'] 1:['The Shop']\n"
            "end 1:['Report' 'of' 'ID'] 1:['The Shop']\nnothing");
}

TEST(CsvWalk, AHeaderWithoutRowsIsADocumentAndNoHeaderIsNone) {
  EXPECT_EQ(walk("id,main host"), "end\nnothing");
  EXPECT_EQ(walk("id,host\n1,a\n"), "input 1:1: no row names the columns id, main host");
  EXPECT_EQ(walk(""), "input 1:1: no row names the columns id, main host");
}

TEST(CsvWalk, ExportsBehindEachOtherMayDiffer) {
  EXPECT_EQ(walk("id,main host\n1,a\nmain host,id,more\nb,2,x\n"),
            "3 {id='1' main host='a'}\n3 {main host='b' id='2' more='x'}\nend\nnothing");
}

TEST(CsvWalk, TakesAwayTheGuardAgainstFormulas) {
  EXPECT_EQ(walk("id,main host,x,y\n'-,'=a,'quoted',-1\n"),
            "3 {id='-' main host='=a' x=''quoted'' y='-1'}\nend\nnothing");
}

TEST(CsvWalk, RowsOfAnotherWidthAreReadAsFarAsTheyGo) {
  constexpr auto text = "id,main host,x\n1,a\n2,b,x,more\nno more results\n3,c,x\n";
  EXPECT_EQ(walk(text),
            "3 {id='1' main host='a'}\n3 {id='2' main host='b' x='x'}\n"
            "3 {id='3' main host='c' x='x'}\nend\nnothing");
  EXPECT_EQ(problems_of(text),
            "3 rows have another number of cells than the header, which has 3: 2 in line 2|");
}

TEST(CsvWalk, ALastRowWithoutItsEndWasCutOff) {
  EXPECT_EQ(problems_of("id,main host,x\n1,a,x\n2,b"),
            "the last row is cut off: the export is truncated|");
  EXPECT_EQ(problems_of("id,main host,x\n1,a\n2,b"),
            "the last row is cut off: the export is truncated|"
            "1 row has another number of cells than the header, which has 3: 2 in line 2|");
  EXPECT_EQ(problems_of("id,main host,x\n1,a,x\n2,b,x"), "");
  EXPECT_EQ(walk("id,main host\n1,a\n2,\"b"),
            "3 {id='1' main host='a'}\ninput 3:3: a quoted cell never ends");
}

}  // namespace
}  // namespace patchbot
