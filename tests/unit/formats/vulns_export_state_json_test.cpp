// SPDX-License-Identifier: Apache-2.0
#include "formats/vulns_export_state_json.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

TEST(VulnsExportStateJson, ComesBackAsItWas) {
  VulnsExportState state;
  state.url = "https://cloud.tenable.com";
  EXPECT_EQ(parse_vulns_export_state(to_json(state)), state);
  state.last_success = parse_rfc3339("2026-11-16T06:00:00Z");
  EXPECT_EQ(parse_vulns_export_state(to_json(state)), state);
  state.uuid = "b8f7f2da-0000-4585-bbf2-000000000001";
  state.since = parse_rfc3339("2026-11-16T05:00:00Z");
  state.started = parse_rfc3339("2026-11-23T06:00:00Z");
  EXPECT_EQ(parse_vulns_export_state(to_json(state)), state);
  EXPECT_EQ(to_json(state),
            R"({"schema":"patchbot.vulns-export/1","url":"https://cloud.tenable.com",)"
            R"("uuid":"b8f7f2da-0000-4585-bbf2-000000000001","since":"2026-11-16T05:00:00Z",)"
            R"("started":"2026-11-23T06:00:00Z","last_success":"2026-11-16T06:00:00Z"})"
            "\n");
}

TEST(VulnsExportStateJson, WhatIsNoStateIsRefused) {
  const auto fault = [](const std::string& text) {
    return fault_of([&] { parse_vulns_export_state(text); });
  };
  const std::string head = R"({"schema":"patchbot.vulns-export/1")";
  const std::string hint = "; remove the file to begin anew";
  EXPECT_EQ(fault(R"({"schema":"patchbot.scan/1","url":"https://n"})"),
            "input: is no state of a bulk export (patchbot.vulns-export/1)" + hint);
  EXPECT_EQ(fault(head + "}"), "input: lacks the server" + hint);
  EXPECT_EQ(fault(head + R"(,"url":"https://n","uuid":"a"})"),
            "input: lacks when the export was started" + hint);
  EXPECT_EQ(
      fault(head + R"(,"url":"https://n","uuid":"../../x","started":"2026-11-16T05:00:00Z"})"),
      "input: 'uuid' is none" + hint);
  EXPECT_EQ(fault(head + R"(,"url":"https://n","since":"yesterday"})"),
            "input: 'since' is no time" + hint);
}

}  // namespace
}  // namespace patchbot
