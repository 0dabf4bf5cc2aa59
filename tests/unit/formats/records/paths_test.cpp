// SPDX-License-Identifier: Apache-2.0
#include "formats/records/paths.hpp"

#include <gtest/gtest.h>

#include <array>

namespace patchbot {
namespace {

constexpr std::array<RecordPath, 2> records{{{1, "/a/{}/r"}, {2, "/a/x/r"}}};
constexpr std::array<ContextPath, 3> contexts{{{5, "/c"}, {6, "/a/{}/c"}, {7, "/a/{}/d"}}};

TEST(PathTree, FollowsNamesFirstAndAnyMemberElse) {
  const PathTree tree(records, contexts);
  const std::uint16_t a = tree.child(PathTree::root, "a");
  ASSERT_NE(a, PathTree::none);
  EXPECT_EQ(tree[tree.child(tree.child(a, "x"), "r")].record, 2);
  EXPECT_EQ(tree[tree.child(tree.child(a, "y"), "r")].record, 1);
  EXPECT_EQ(tree[a].any, PathTree::none) << "an object is no list";
  EXPECT_EQ(tree[tree.child(tree.child(a, "y"), "c")].context, 6);
  EXPECT_EQ(tree.child(tree.child(a, "y"), "z"), PathTree::none);
  EXPECT_EQ(tree.child(PathTree::root, "b"), PathTree::none);
}

TEST(PathTree, KnowsWhatHoldsContext) {
  const PathTree tree(records, contexts);
  const std::uint16_t a = tree.child(PathTree::root, "a");
  EXPECT_TRUE(tree[PathTree::root].has_context);
  EXPECT_FALSE(tree[a].has_context);
  EXPECT_TRUE(tree[tree.child(a, "y")].has_context);
  EXPECT_FALSE(tree[tree.child(a, "x")].has_context);
}

TEST(PathTree, AStarIsAnItemOfAListAndNoMember) {
  constexpr std::array<RecordPath, 1> items{{{1, "/a/*/r"}}};
  const PathTree tree(items, {});
  const std::uint16_t a = tree.child(PathTree::root, "a");
  EXPECT_EQ(tree.child(a, "y"), PathTree::none);
  EXPECT_EQ(tree[tree.child(tree[a].any, "r")].record, 1);
  EXPECT_TRUE(tree[a].leads_to_record);
}

TEST(PathTree, AnEmptyPathIsTheDocumentItself) {
  constexpr std::array<RecordPath, 1> whole{{{3, ""}}};
  const PathTree tree(whole, {});
  EXPECT_EQ(tree[PathTree::root].record, 3);
}

}  // namespace
}  // namespace patchbot
