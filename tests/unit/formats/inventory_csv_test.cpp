// SPDX-License-Identifier: Apache-2.0
#include "formats/inventory_csv.hpp"

#include <gtest/gtest.h>

#include "formats/csv_scanner.hpp"

namespace patchbot {
namespace {

std::vector<CsvRow> rows_of(const std::string& text) {
  const auto source = memory_source(text);
  InputBuffer buffer(*source, 4096);
  CsvScanner scanner(buffer);
  std::vector<CsvRow> rows;
  for (CsvRow row; scanner.next(row);) rows.push_back(row);
  return rows;
}

TEST(InventoryCsv, HasACellForEveryColumn) {
  Target t;
  t.id = "i-1";
  t.account = "111122223333";
  t.region = "eu-west-1";
  t.vpc = "vpc-1";
  t.addresses = {"10.0.0.1", "2001:db8::5"};
  t.public_addresses = {"203.0.113.1"};
  t.ami = "ami-1";
  t.ami_name = "web-1";
  t.launched_at = parse_rfc3339("2026-11-23T06:00:00Z");
  t.state = "running";
  t.asg = "group";
  t.stack = "stack";
  t.team = "web";
  t.service = "shop";
  t.environment = "staging";
  t.platform = "linux";
  t.exposed = false;
  t.coverage = {"active", "online"};
  t.name = "web-7";

  EXPECT_EQ(to_csv(t),
            "i-1,111122223333,eu-west-1,vpc-1,10.0.0.1 2001:db8::5,203.0.113.1,ami-1,web-1,"
            "2026-11-23T06:00:00Z,running,group,stack,web,shop,staging,linux,false,active,online,"
            "web-7\n");
  EXPECT_EQ(rows_of(std::string(inventory_csv_header) + to_csv(t)).at(0).size(), 20U);
}

TEST(InventoryCsv, LeavesUnknownCellsEmptyAlsoTheFirst) {
  Target t;
  t.addresses = {"10.0.0.1"};
  EXPECT_EQ(to_csv(t), ",,,,10.0.0.1,,,,,,,,,,,,,,,\n");
  t.exposed = true;
  EXPECT_EQ(to_csv(t), ",,,,10.0.0.1,,,,,,,,,,,,true,,,\n");
}

TEST(InventoryCsv, QuotesWhatWouldEndACell) {
  Target t;
  t.id = "i-1";
  t.name = "web, \"blue\"\nand green";
  const auto rows = rows_of(to_csv(t));

  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].back(), "web, \"blue\"\nand green");
}

TEST(InventoryCsv, DisarmsFormulas) {
  const auto name_cell = [](const std::string& name) {
    Target t;
    t.id = "i-1";
    t.name = name;
    return rows_of(to_csv(t)).at(0).back();
  };

  for (const char* evil :
       {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"a\",\"b\")"}) {
    EXPECT_EQ(name_cell(evil), "'" + std::string(evil));
  }
  EXPECT_EQ(name_cell("web-1=2"), "web-1=2");
}

}  // namespace
}  // namespace patchbot
