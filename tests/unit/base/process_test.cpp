// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using Words = std::vector<std::string>;

ProcessResult shell(const std::string& script, const ProcessLimits& limits = {}) {
  return run_program({"/bin/sh", "-c", script}, limits);
}

TEST(Process, HandsBackWhatAProgramWritesAndItsStatus) {
  const ProcessResult result = shell("echo out; echo err >&2; exit 3");

  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.output, "out\n");
  EXPECT_EQ(result.errors, "err\n");
}

// More than a pipe holds, and read only at the end.
TEST(Process, GivesAProgramItsInput) {
  const std::string input(300'000, 'x');
  ProcessLimits limits;
  limits.max_output = 400'000;
  ProcessPlace place;
  place.input = input;
  EXPECT_EQ(run_program({"cat"}, limits, place).output, input);
  EXPECT_EQ(run_program({"cat"}).output, "");
}

TEST(Process, FindsProgramsByThePath) { EXPECT_EQ(run_program({"echo", "a"}).output, "a\n"); }

TEST(Process, UsesNoShell) {
  EXPECT_EQ(run_program({"echo", "$HOME", "a b", ";", "*"}).output, "$HOME a b ; *\n");
}

TEST(Process, GivesEmptyStandardInput) { EXPECT_EQ(shell("cat; echo end").output, "end\n"); }

TEST(Process, SaysWhichSignalEndedIt) { EXPECT_EQ(shell("kill -TERM $$").exit_code, 128 + 15); }

TEST(Process, LetsAPipeEndItsWriter) {
  EXPECT_EQ(shell("(yes; echo $? >&2) | head -n 1; exit 0").errors, "141\n");
}

TEST(Process, WaitsForAProgramThatClosesItsOutputEarly) {
  EXPECT_EQ(shell("exec >&- 2>&-; sleep 0.05; exit 4").exit_code, 4);
}

TEST(Process, KillsWhatTakesTooLong) {
  const ProcessLimits limits{std::chrono::milliseconds(50)};

  EXPECT_EQ(fault_of([&] {
              run_program({"sleep", "60"}, limits);
            }),
            "remote: has not ended in time");
  EXPECT_EQ(fault_of([&] { shell("exec >&- 2>&-; exec sleep 60", limits); }),
            "remote: has not ended in time");
}

TEST(Process, KillsWhatWritesTooMuch) {
  ProcessLimits limits;
  limits.max_output = 1000;

  EXPECT_EQ(fault_of([&] { run_program({"yes"}, limits); }), "remote: writes more than 1000 bytes");
}

TEST(Process, KeepsTheBeginningOfLongErrors) {
  ProcessLimits limits;
  limits.kept_errors = 5;

  const ProcessResult result =
      shell("i=0; while [ $i -lt 5000 ]; do echo abc >&2; i=$((i+1)); done", limits);

  EXPECT_EQ(result.errors, "abc\na");
  EXPECT_EQ(result.exit_code, 0);
}

TEST(Process, SaysWhyItCannotStart) {
  EXPECT_EQ(fault_of([] { run_program({"/no/such/program"}); }),
            "usage: cannot be started: No such file or directory");
  EXPECT_EQ(fault_of([] { run_program({}); }), "usage: names no program to run");
  EXPECT_EQ(fault_of([] { run_program({""}); }), "usage: names no program to run");
}

TEST(SplitCommand, SplitsAsAShell) {
  EXPECT_EQ(split_command("  a  b\tc\n"), (Words{"a", "b", "c"}));
  EXPECT_EQ(split_command(R"(/opt/my\ tool 'a b' "c d"e'f')"),
            (Words{"/opt/my tool", "a b", "c def"}));
  EXPECT_EQ(split_command(R"("a\"b\\c\d" 'x\y' '')"), (Words{R"(a"b\c\d)", R"(x\y)", ""}));
  EXPECT_EQ(split_command("a $HOME `x` * # ;"), (Words{"a", "$HOME", "`x`", "*", "#", ";"}));
  EXPECT_EQ(split_command(" "), Words{});
}

TEST(SplitCommand, RefusesOpenQuotes) {
  for (const char* text : {"a 'b", "a \"b", "a\\", "\"a\\"}) {
    EXPECT_EQ(fault_of([&] { split_command(text); }),
              "usage: the command ends inside a quote or after a backslash")
        << text;
  }
}

}  // namespace
}  // namespace patchbot
