// SPDX-License-Identifier: Apache-2.0
#include "formats/records/context.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace patchbot {
namespace {

constexpr std::array<RecordPath, 1> records{{{1, "/a/{}/r"}}};
constexpr std::array<ContextPath, 3> contexts{{{5, "/c"}, {6, "/a/{}/c"}, {7, "/a/{}/d"}}};

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

TEST_F(ContextOfAWalk, WhatStoodBehindRecordsWhereAReportBreaksOffIsForeseen) {
  stack_.enter(PathTree::root);
  stack_.lead();
  stack_.keep(5, number("1"));
  enter_item("2");
  stack_.lead();
  stack_.keep(7, number("3"));

  ContextStack second(tree_);
  second.foresee(std::move(stack_));
  second.enter(PathTree::root);
  EXPECT_EQ(second.context()[5].raw(), "1");
  second.enter(item());
  EXPECT_EQ(second.context()[7].raw(), "3");
}

TEST_F(ContextOfAWalk, ObjectsInsideEachOtherHaveTheirOwn) {
  constexpr std::array<RecordPath, 1> nested{{{1, "/g+/r"}}};
  constexpr std::array<ContextPath, 1> names{{{5, "/g/n"}}};
  const PathTree tree(nested, names);
  const std::uint16_t group = tree.child(PathTree::root, "g");
  ContextStack first(tree, ContextStack::Memory::remember);
  const auto go = [&](const std::string& name, auto&& inside) {
    first.enter(group);
    first.lead();
    inside();
    first.keep(5, number(name));
    first.leave();
  };
  first.enter(PathTree::root);
  go("1", [&] {
    go("11", [] {});
    go("12", [] {});
  });
  go("2", [&] { go("21", [] {}); });
  first.leave();

  ContextStack second(tree);
  second.foresee(std::move(first));
  second.enter(PathTree::root);
  std::string told;
  const auto tell = [&](auto&& inside) {
    second.enter(group);
    told += std::string(second.context()[5].raw()) + " ";
    inside();
    second.leave();
  };
  tell([&] {
    tell([] {});
    tell([] {});
  });
  tell([&] { tell([] {}); });
  EXPECT_EQ(told, "1 11 12 2 21 ");
}

}  // namespace
}  // namespace patchbot
