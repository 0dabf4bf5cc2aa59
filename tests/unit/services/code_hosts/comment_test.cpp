// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/comment.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

TEST(MarkedComment, BeginsWithTheMarkerOnce) {
  EXPECT_EQ(marked_comment("text\n", 1000), "<!-- patchbot:cfn -->\ntext\n");
  EXPECT_EQ(marked_comment("<!-- patchbot:cfn -->\ntext", 1000), "<!-- patchbot:cfn -->\ntext");
  EXPECT_TRUE(is_marked("\n<!-- patchbot:cfn -->\r\nx"));
  EXPECT_FALSE(is_marked("> <!-- patchbot:cfn -->"));
  EXPECT_FALSE(is_marked("see <!-- patchbot:cfn -->"));
}

TEST(MarkedComment, IsCutAtALineAndSaysSo) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "a line with \xC3\xBC " + std::to_string(i) + "\n";
  const std::string cut = marked_comment(text, 2000);
  EXPECT_LE(cut.size(), 2000U);
  EXPECT_GT(cut.size(), 1500U);
  EXPECT_NE(cut.find("This comment is cut"), std::string::npos);
  const std::string whole = "<!-- patchbot:cfn -->\n" + text;
  EXPECT_EQ(whole.compare(0, cut.find("\n\n**"), cut.substr(0, cut.find("\n\n**"))), 0);
}

TEST(MarkedComment, ClosesTheBlockThatTheCutLeavesOpen) {
  std::string text = "````text\n```\n";
  for (int i = 0; i < 500; ++i) text += "line\n";
  const std::string cut = marked_comment(text + "````\n", 1500);
  EXPECT_NE(cut.find("line\n````\n\n**This comment"), std::string::npos) << cut;
}

}  // namespace
}  // namespace patchbot
