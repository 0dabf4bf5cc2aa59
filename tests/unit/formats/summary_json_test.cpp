// SPDX-License-Identifier: Apache-2.0
#include "formats/summary_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace patchbot {
namespace {

using nlohmann::json;

TEST(SummaryJson, WritesEveryField) {
  Summary s;
  s.findings[Severity::critical] = 1;
  s.findings[Severity::unknown] = 2;
  s.compliance = {9, 1, 2, 3, 4};
  s.waived = 5;
  s.hosts_expected = 6;
  s.hosts_scanned = 7;
  s.hosts_unauthenticated = 8;
  s.inputs = {{"a.nessus", "nessus-v2", true, 1, 2, ""}, {"b", "unknown", false, 0, 0, "is empty"}};
  s.teams["we\"b"].findings[Severity::high] = 3;
  s.teams["we\"b"].waived = 1;
  s.teams["we\"b"].worst = GateLevel::warn;
  s.levels = {1, 2, 3, 4};
  s.reasons = {{"fail-on-critical", GateLevel::fail, 1, "id"}};

  const std::string text = to_summary_json(s);

  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(json::parse(text), json::parse(R"({"schema":"patchbot.summary/1",
    "findings":{"critical":1,"high":0,"medium":0,"low":0,"info":0,"unknown":2},
    "compliance":{"passed":1,"failed":2,"warning":3,"error":4},"waived":5,"hosts_expected":6,
    "hosts_scanned":7,"hosts_gone":0,"hosts_unauthenticated":8,"inputs":[
    {"file":"a.nessus","format":"nessus-v2","complete":true,"hosts":1,"items":2,"problem":null},
    {"file":"b","format":"unknown","complete":false,"hosts":0,"items":0,"problem":"is empty"}],
    "teams":{"we\"b":{"findings":{"critical":0,"high":3,"medium":0,"low":0,"info":0,"unknown":0},
    "waived":1,"verdict":"warn"}},"gate":{"verdict":"fail","reasons":[
    {"rule":"fail-on-critical","level":"fail","count":1,"example":"id"}],
    "levels":{"fail":4,"warn":3,"note":2,"none":1}}})"));
}

TEST(SummaryJson, NamesWhatIsRepairedOrWasNotCheckedWhereThereIsSuch) {
  Summary s;
  EXPECT_FALSE(json::parse(to_summary_json(s)).contains("fixed"));
  s.compliance = {0, 0, 0, 0, 0, 7};
  s.fixed = 3;

  const json parsed = json::parse(to_summary_json(s));
  EXPECT_EQ(parsed["fixed"], 3);
  EXPECT_EQ(parsed["compliance"]["skipped"], 7);
}

TEST(SummaryJson, OfNothingPasses) {
  const json parsed = json::parse(to_summary_json({}));

  EXPECT_EQ(parsed["gate"]["verdict"], "pass");
  EXPECT_EQ(parsed["gate"]["reasons"], json::array());
  EXPECT_EQ(parsed["inputs"], json::array());
  EXPECT_EQ(parsed["teams"], json::object());
}

}  // namespace
}  // namespace patchbot
