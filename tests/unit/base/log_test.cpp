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

}  // namespace
}  // namespace patchbot
