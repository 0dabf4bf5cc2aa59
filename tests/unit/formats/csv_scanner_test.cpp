// SPDX-License-Identifier: Apache-2.0
#include "formats/csv_scanner.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

// Each row in brackets with its cells between bars.
std::string rows(std::string_view text, std::size_t chunk = 4096) {
  const auto source = memory_source(text);
  InputBuffer buffer(*source, chunk);
  CsvScanner scanner(buffer);
  std::string told;
  CsvRow row;
  while (scanner.next(row)) {
    told += "[";
    for (std::size_t i = 0; i < row.size(); ++i) told += (i == 0 ? "" : "|") + row[i];
    told += "]";
  }
  return told + (scanner.ends_with_line_end() ? "" : "...");
}

TEST(CsvScanner, ReadsPlainAndQuotedCells) {
  EXPECT_EQ(rows("a,b,c\n1,\"x, y\",\n"), "[a|b|c][1|x, y|]");
  EXPECT_EQ(rows("a\n\"say \"\"hi\"\"\"\n"), "[a][say \"hi\"]");
  EXPECT_EQ(rows("a,b\n\"\",\"\"\"\"\n"), "[a|b][|\"]");
}

TEST(CsvScanner, ReadsCellsOfSeveralLines) {
  EXPECT_EQ(rows("a,b\r\n\"1\r\n2\n3\",x\r\n"), "[a|b][1\r\n2\n3|x]");
}

TEST(CsvScanner, AcceptsEveryLineEnd) {
  EXPECT_EQ(rows("a,b\r\n1,2\r\n"), "[a|b][1|2]");
  EXPECT_EQ(rows("a,b\n1,2"), "[a|b][1|2]...");
  EXPECT_EQ(rows("a,b\r1,2\r"), "[a|b][1|2]");
}

TEST(CsvScanner, TakesTheSeparatorOfTheFirstLine) {
  EXPECT_EQ(rows("a;b;c,d\n1;2,3;4\n"), "[a|b|c,d][1|2,3|4]");
  EXPECT_EQ(rows("a,b\n1;2,3\n"), "[a|b][1;2|3]");
}

TEST(CsvScanner, PassesOverBlankRowsAndAByteOrderMark) {
  EXPECT_EQ(rows("\xEF\xBB\xBF"
                 "a,b\n\n1,2\n,\n\r\n,\n"),
            "[a|b][1|2]");
  EXPECT_EQ(rows(""), "");
  EXPECT_EQ(rows("\n\n"), "");
}

TEST(CsvScanner, KeepsAStrayQuoteOfACarelessWriter) {
  EXPECT_EQ(rows("a,b\n\"x\"y\",2\n"), "[a|b][x\"y|2]");
  EXPECT_EQ(rows("a,b\n5\" disk,2\n"), "[a|b][5\" disk|2]");
}

TEST(CsvScanner, RefusesAQuotedCellThatNeverEnds) {
  EXPECT_EQ(fault_of([] { rows("a,b\n1,\"cut off\n"); }), "input 2:3: a quoted cell never ends");
}

TEST(CsvScanner, RefusesEndlessRows) {
  EXPECT_EQ(fault_of([] { rows("a\n" + std::string(999, ',')); }), "nothing");
  EXPECT_EQ(fault_of([] { rows("a\n" + std::string(1000, ',') + "x"); }),
            "input 2:1: more than 1000 cells in a row");
}

TEST(CsvScanner, TellsWhereARowBegins) {
  const auto source = memory_source("a\n\n\"1\n2\"\nx\n");
  InputBuffer buffer(*source, 2);
  CsvScanner scanner(buffer);
  CsvRow row;

  scanner.next(row);
  scanner.next(row);
  EXPECT_EQ(scanner.row_position(), (Position{3, 3, 1}));
  scanner.next(row);
  EXPECT_EQ(scanner.row_position(), (Position{9, 5, 1}));
}

TEST(CsvScanner, ReadsTheSameWithEveryChunkSize) {
  const std::string text =
      "\xEF\xBB\xBFid,name,text\r\n1,\"a \"\"b\"\"\",\"x\r\ny\"\r\n\r\n2,,\"\"\r\n3,ü,\"€,\"";
  const std::string whole = rows(text);
  EXPECT_EQ(whole, "[id|name|text][1|a \"b\"|x\r\ny][2||][3|ü|€,]...");

  for (std::size_t chunk = 1; chunk <= 64; ++chunk) EXPECT_EQ(rows(text, chunk), whole) << chunk;
}

TEST(CsvScanner, AStrayQuoteMustNotSwallowTheNextLine) {
  const auto read = [](std::string_view text) {
    const auto source = memory_source(text);
    InputBuffer buffer(*source, 4096);
    CsvScanner scanner(buffer);
    CsvRow row;
    while (scanner.next(row)) {
    }
  };
  EXPECT_NO_THROW(read("a,\"b \"c\" d\",e\n1,2,3\n"));
  EXPECT_NO_THROW(read("a,\"two\nlines\",e\n"));
  EXPECT_THROW(read("a,\"b\"x,1\n2,\"c\",3\n"), Error);
}

}  // namespace
}  // namespace patchbot
