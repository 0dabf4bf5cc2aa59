// SPDX-License-Identifier: Apache-2.0
#include "formats/scan_state_json.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

TEST(ScanStateJson, ComesBackAsItWas) {
  ScanState state;
  state.step = ScanState::Step::launching;
  state.url = "https://nessus.acme.example:8834";
  state.name = "weekly \"web\" [1a2b]";
  state.is_ours = true;
  state.scan = "7";
  state.known_runs = {"12", "9"};
  state.job = "1e";
  state.targets = "0f";
  state.part = 3;
  EXPECT_EQ(parse_scan_state(to_json(state)), state);
  state.step = ScanState::Step::launched;
  state.run_uuid = "run-13";
  state.run_id = "13";
  EXPECT_EQ(parse_scan_state(to_json(state)), state);
}

TEST(ScanStateJson, WhatIsNoStateIsRefused) {
  const auto fault = [](const std::string& text) {
    return fault_of([&] { parse_scan_state(text); });
  };
  EXPECT_EQ(fault(R"({"schema":"patchbot.scan/2"})"),
            "input: is no state of a scan (patchbot.scan/1); remove the file to begin anew");
  EXPECT_EQ(fault(R"({"schema":"patchbot.scan/1","step":"done"})"),
            "input: unknown step 'done'; remove the file to begin anew");
  EXPECT_EQ(
      fault(
          R"({"schema":"patchbot.scan/1","step":"made","url":"https://n","name":"a","job":"1e"})"),
      "input: lacks the server or the scan; remove the file to begin anew");
  EXPECT_NE(fault("{\"schema\":"), "nothing");
}

}  // namespace
}  // namespace patchbot
