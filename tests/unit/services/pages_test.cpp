// SPDX-License-Identifier: Apache-2.0
#include "services/aws/pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "support.hpp"

namespace patchbot::aws {
namespace {

using test::fault_of;
using testing::ElementsAre;

std::vector<std::string> tokens_asked(const std::vector<std::string>& answers) {
  std::vector<std::string> asked;
  each_page("toy List", [&](const std::string& token) {
    asked.push_back(token);
    return answers.at(asked.size() - 1);
  });
  return asked;
}

TEST(Pages, EndWithoutAToken) {
  EXPECT_THAT(tokens_asked({""}), ElementsAre(""));
  EXPECT_THAT(tokens_asked({"a", "b", ""}), ElementsAre("", "a", "b"));
}

TEST(Pages, WithTheSameTokenTwiceWouldNeverEnd) {
  EXPECT_EQ(fault_of([] {
              tokens_asked({"a", "a", ""});
            }),
            "remote: toy List: the service gave the same page token twice");
}

TEST(Pages, ThatGoInARingWouldNeverEnd) {
  int asked = 0;
  const auto ring = [&](const std::string&) { return std::to_string(++asked % 7); };

  EXPECT_EQ(fault_of([&] { each_page("toy List", ring); }),
            "remote: toy List: the service gave the same page token twice");
  EXPECT_LT(asked, 100);

  asked = 0;
  const auto late = [&](const std::string&) {
    ++asked;
    return "t" + std::to_string(asked <= 50 ? asked : 50 + asked % 7);
  };
  EXPECT_EQ(fault_of([&] { each_page("toy List", late); }),
            "remote: toy List: the service gave the same page token twice");
  EXPECT_LT(asked, 200);
}

TEST(Pages, AreBounded) {
  int asked = 0;
  const auto endless = [&](const std::string&) { return "t" + std::to_string(++asked); };

  EXPECT_EQ(fault_of([&] { each_page("toy List", endless); }),
            "remote: toy List: more than 100,000 pages");
  EXPECT_EQ(asked, 100'000);
}

TEST(Pages, LetErrorsPass) {
  EXPECT_EQ(fault_of([] {
              each_page("toy List", [](const std::string&) -> std::string {
                throw Error(Blame::remote, "down");
              });
            }),
            "remote: down");
}

}  // namespace
}  // namespace patchbot::aws
