// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace patchbot {
namespace {

std::string all_lines_at(Log::Level level) {
  std::ostringstream out;
  Log log(out);
  log.set_level(level);
  log.error("e");
  log.warning("w");
  log.info("i");
  log.detail("d");
  log.block("b\n");
  return out.str();
}

TEST(Log, ShowsWhatItsLevelAsksFor) {
  EXPECT_EQ(all_lines_at(Log::Level::quiet), "error: e\n");
  EXPECT_EQ(all_lines_at(Log::Level::normal), "error: e\nwarning: w\ni\nb\n");
  EXPECT_EQ(all_lines_at(Log::Level::verbose), "error: e\nwarning: w\ni\nd\nb\n");
}

TEST(Log, LetsNoTextMakeALineOfItsOwn) {
  std::ostringstream out;
  Log log(out);

  log.warning("host\x1B[2J\r\nerror: all is well\x07");

  EXPECT_EQ(out.str(), "warning: host[2J error: all is well\n");
}

TEST(Log, ShowsAStatusThatTheNextTextReplaces) {
  std::ostringstream out;
  Log log(out);
  log.set_terminal(true);

  log.status("1 of 2\nread");
  log.status("2 of 2 read");
  log.warning("w");
  log.status("late");
  log.block("b\n");
  log.info("i");

  EXPECT_EQ(out.str(), "1 of 2 read\r\x1B[K2 of 2 read\r\x1B[Kwarning: w\nlate\r\x1B[Kb\ni\n");
}

TEST(Log, ShowsNoStatusWhereItWouldStay) {
  std::ostringstream out;
  Log log(out);

  log.status("into a file");
  log.set_terminal(true);
  log.set_level(Log::Level::quiet);
  log.status("but quiet");
  log.error("e");

  EXPECT_EQ(out.str(), "error: e\n");
}

}  // namespace
}  // namespace patchbot
