// SPDX-License-Identifier: Apache-2.0
#include "base/parse_file.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using test::TempDir;

const auto whole = [](const std::string& text) { return text; };

std::string refuse(const std::string&) {
  throw Error(Blame::input, "expected more", Position{0, 3, 7});
}

TEST(ParseFile, HandsTheWholeTextOver) {
  const TempDir dir;

  EXPECT_EQ(parse_file(dir.write("a", std::string("x\0y\n", 4)), 4, whole),
            std::string("x\0y\n", 4));
  EXPECT_EQ(parse_file(dir.write("empty", ""), 1, whole), "");
  EXPECT_EQ(parse_settings_file(dir.write("b", "text"), whole), "text");
}

TEST(ParseFile, PutsNameAndPlaceBeforeWhatIsWrong) {
  const TempDir dir;
  const std::string path = dir.write("a", "x");

  EXPECT_EQ(fault_of([&] { parse_file(path, 10, refuse); }),
            "input: " + path + ":3:7: expected more");
}

TEST(ParseFile, RefusesWhatIsTooLarge) {
  const TempDir dir;
  const std::string path = dir.write("a", "12345");

  EXPECT_EQ(fault_of([&] { parse_file(path, 4, whole); }).find("input: " + path + ": "), 0U);
}

TEST(ParseFile, BlamesTheUserForSettings) {
  const TempDir dir;
  const std::string path = dir.write("a", "x");

  EXPECT_EQ(fault_of([&] { parse_settings_file(path, refuse); }),
            "usage: " + path + ":3:7: expected more");
  const std::string gone = fault_of([&] { parse_settings_file(dir.file("gone"), whole); });
  EXPECT_EQ(gone.find("usage: "), 0U) << gone;
  EXPECT_NE(gone.find(dir.file("gone")), std::string::npos) << gone;
}

TEST(ParseFile, LetsNoNameRewriteALog) {
  const TempDir dir;
  const std::string fault = fault_of([&] { parse_file(dir.file("a\x1B[2J\nb"), 4, whole); });

  EXPECT_EQ(fault.find('\x1B'), std::string::npos) << fault;
  EXPECT_EQ(fault.find('\n'), std::string::npos) << fault;
}

}  // namespace
}  // namespace patchbot
