// SPDX-License-Identifier: Apache-2.0
#include "formats/baseline_json.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

const std::string id = "00000000000000010000000000000002";
const std::string entry =
    R"({"schema":"patchbot.baseline/1","id":")" + id + R"(","since":"2026-11-23","title":"t"})";

TEST(BaselineJson, ComesBackAsItWasWritten) {
  Baseline baseline;
  baseline.entries[{1, 2}] = {*parse_date("2026-11-23"), "old \"kernel\"", "web"};
  baseline.entries[{0, 9}] = {*parse_date("2026-10-01"), "", ""};

  const Baseline read = parse_baseline(to_baseline(baseline));

  ASSERT_EQ(read.entries.size(), 2U);
  EXPECT_EQ(read.entries.at({1, 2}).since, *parse_date("2026-11-23"));
  EXPECT_EQ(read.entries.at({1, 2}).title, "old \"kernel\"");
  EXPECT_EQ(read.entries.at({1, 2}).team, "web");
  EXPECT_EQ(to_baseline(read), to_baseline(baseline));
  EXPECT_EQ(to_baseline(baseline).substr(0, 70),
            R"({"schema":"patchbot.baseline/1","id":"00000000000000000000000000000009)");
}

TEST(BaselineJson, AnEmptyFileHasNoEntry) {
  EXPECT_TRUE(parse_baseline("").entries.empty());
  EXPECT_TRUE(parse_baseline("\n\n").entries.empty());
}

TEST(BaselineJson, NamesTheLineThatIsWrong) {
  const auto fault = [](const std::string& line) {
    return fault_of([&] { parse_baseline(entry + "\n" + line + "\n"); });
  };
  EXPECT_EQ(fault("{"),
            "input 2:1: expected an entry of a baseline, as --write-baseline writes it");
  EXPECT_EQ(fault("{}"), "input 2:1: \"schema\": expected \"patchbot.baseline/1\"");
  EXPECT_EQ(fault(R"({"schema":"patchbot.baseline/1","id":"12"})"),
            "input 2:1: \"id\": expected the 32 digits of a finding's id");
  EXPECT_EQ(fault(R"({"schema":"patchbot.baseline/1","id":")" + id + R"(","since":"2026-13-01"})"),
            "input 2:1: \"since\": expected a day such as 2026-11-23");
}

}  // namespace
}  // namespace patchbot
