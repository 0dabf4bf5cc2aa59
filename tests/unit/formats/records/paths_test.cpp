// SPDX-License-Identifier: Apache-2.0
#include "formats/records/paths.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

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

std::shared_ptr<const KeptNode> number(const std::string& text) {
  Tape tape;
  tape.base = text.data();
  tape.cells = {Cell{
      .type = NodeType::number, .value = 0, .value_size = static_cast<std::uint32_t>(text.size())}};
  return std::make_shared<KeptNode>(tape, text.size());
}

class ContextOfAWalk : public testing::Test {
 protected:
  std::uint16_t item() const { return tree_.child(tree_.child(PathTree::root, "a"), "y"); }
  std::string raw(std::uint16_t id) const { return std::string(stack_.context()[id].raw()); }
  std::size_t count(std::uint16_t id) const { return stack_.context().all(id).size(); }

  void enter_item(const std::string& c) {
    stack_.enter(item());
    stack_.keep(6, number(c));
  }

  PathTree tree_{records, contexts};
  ContextStack stack_{tree_, ContextStack::Memory::remember};
};

TEST_F(ContextOfAWalk, TheInnermostAndLastValueCounts) {
  stack_.enter(PathTree::root);
  stack_.keep(5, number("1"));
  stack_.keep(6, number("2"));
  enter_item("3");
  stack_.keep(6, number("4"));
  EXPECT_EQ(raw(5), "1");
  EXPECT_EQ(raw(6), "4");
  EXPECT_EQ(count(6), 3U);
  EXPECT_EQ(stack_.context().all(6)[1].raw(), "3");
  EXPECT_FALSE(stack_.context().has(7));
  EXPECT_FALSE(stack_.context().has(1000));
  EXPECT_EQ(stack_.context().all(1000).size(), 0U);
  stack_.leave();
  EXPECT_EQ(raw(6), "2");
  stack_.leave();
  EXPECT_FALSE(stack_.context().has(5));
  EXPECT_TRUE(stack_.empty());
}

TEST_F(ContextOfAWalk, TheGenerationChangesWithTheValues) {
  const auto all = [this] { return stack_.context().generation(); };
  const auto of = [this](std::uint16_t id) { return stack_.context().generation(id); };
  EXPECT_EQ(of(5), 0U);
  stack_.enter(PathTree::root);
  stack_.keep(5, number("1"));
  const auto before = all();
  const auto five = of(5);
  enter_item("2");
  EXPECT_NE(all(), before);
  EXPECT_EQ(of(5), five);
  const auto inside = all();
  const auto six = of(6);
  stack_.leave();
  EXPECT_NE(all(), inside);
  EXPECT_NE(of(6), six);
  EXPECT_EQ(of(5), five);
  const auto outside = all();
  stack_.enter(item());
  stack_.leave();
  EXPECT_EQ(all(), outside);
}

TEST_F(ContextOfAWalk, AnotherWalkForeseesWhatStandsBehindRecords) {
  stack_.enter(PathTree::root);
  stack_.lead();
  enter_item("2");
  stack_.leave();
  enter_item("3");
  stack_.lead();
  stack_.keep(7, number("4"));
  stack_.leave();
  stack_.keep(5, number("1"));
  stack_.leave();

  ContextStack second(tree_);
  second.foresee(std::move(stack_));
  const auto tell = [&second](std::uint16_t id) { return std::string(second.context()[id].raw()); };
  EXPECT_TRUE(second.foresees());
  EXPECT_TRUE(second.empty());
  second.enter(PathTree::root);
  EXPECT_EQ(tell(5), "1");
  second.lead();
  second.enter(item());
  EXPECT_EQ(tell(6), "") << "it comes before the records, so it is read again";
  EXPECT_TRUE(second.wants_context());
  second.keep(6, number("2"));
  EXPECT_EQ(tell(6), "2");
  second.lead();
  EXPECT_FALSE(second.wants_context());
  second.keep(7, number("9"));
  EXPECT_EQ(tell(7), "") << "what stands behind is known already";
  second.leave();
  second.enter(item());
  EXPECT_EQ(tell(7), "4");
  second.leave();
  second.enter(item());  // was not there at the first walk
  EXPECT_EQ(tell(7), "");
}

}  // namespace
}  // namespace patchbot
