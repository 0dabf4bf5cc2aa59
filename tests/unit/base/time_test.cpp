// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

std::string round_trip(std::string_view text) {
  const auto time = parse_rfc3339(text);
  return time ? to_rfc3339(*time) : "none";
}

TEST(Rfc3339, IsWrittenInUtc) {
  EXPECT_EQ(round_trip("2026-11-23T06:00:00Z"), "2026-11-23T06:00:00Z");
  EXPECT_EQ(round_trip("2026-11-23T06:00:00+02:30"), "2026-11-23T03:30:00Z");
  EXPECT_EQ(round_trip("2026-12-31T23:30:00-01:00"), "2027-01-01T00:30:00Z");
  EXPECT_EQ(round_trip("1969-12-31T23:59:59Z"), "1969-12-31T23:59:59Z");
}

TEST(Rfc3339, AcceptsFractionsLowerCaseAndABlankBetween) {
  EXPECT_EQ(round_trip("2026-11-23 06:00:00.123456z"), "2026-11-23T06:00:00Z");
  EXPECT_EQ(round_trip("2026-11-23t06:00:00.9-00:00"), "2026-11-23T06:00:00Z");
}

TEST(Rfc3339, CountsALeapSecondAsTheNextOne) {
  EXPECT_EQ(round_trip("2016-12-31T23:59:60Z"), "2017-01-01T00:00:00Z");
}

TEST(Rfc3339, RefusesEverythingElse) {
  for (const char* text : {"",
                           "2026-11-23",
                           "2026-11-23T06:00:00",
                           "2026-11-23T06:00Z",
                           "2026-11-23T24:00:00Z",
                           "2026-11-23T06:60:00Z",
                           "2026-11-23T06:00:61Z",
                           "2026-02-29T06:00:00Z",
                           "2026-13-01T06:00:00Z",
                           "2026-00-01T06:00:00Z",
                           "2026/11/23T06:00:00Z",
                           "2026-11-23T06:00:00.Z",
                           "2026-11-23T06:00:00.5",
                           "2026-11-23T06:00:00+0100",
                           "2026-11-23T06:00:00+24:00",
                           "2026-11-23T06:00:00+01:60",
                           "2026-11-23T06:00:00 01:00",
                           "2026-11-23T06:00:00ZZ",
                           " 2026-11-23T06:00:00Z",
                           "2026-11-23x06:00:00Z",
                           "+026-11-23T06:00:00Z"}) {
    EXPECT_EQ(round_trip(text), "none") << text;
  }
}

TEST(ParseDate, TakesRealDaysOnly) {
  EXPECT_EQ(to_date_text(parse_date("2024-02-29").value()), "2024-02-29");
  for (const char* text : {"2023-02-29", "2024-2-9", "2024/02/29", "2024-02-29T", "", "2024-04-31"})
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
}

TEST(ParseScannerDate, ReadsSlashesAndIsoForms) {
  EXPECT_EQ(parse_scanner_date("2024/07/01"), parse_date("2024-07-01"));
  EXPECT_EQ(parse_scanner_date(" 2024-07-01 "), parse_date("2024-07-01"));
  EXPECT_EQ(parse_scanner_date("2024-07-01T12:00:00.000Z"), parse_date("2024-07-01"));
}

TEST(ParseScannerDate, RefusesWhatIsNoDate) {
  for (const char* text : {"", "Jul 1, 2024", "2024/07", "2024-07-01 12:00", "2024/07/32"})
    EXPECT_EQ(parse_scanner_date(text), std::nullopt) << text;
}

}  // namespace
}  // namespace patchbot
