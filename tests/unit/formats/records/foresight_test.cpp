// SPDX-License-Identifier: Apache-2.0
#include "formats/records/foresight.hpp"

#include <gtest/gtest.h>

#include <string>

namespace patchbot {
namespace {

// An object {"<key>": "<text>"} whose key lies beside the document.
ContextValue value(std::uint16_t id, const std::string& text) {
  Tape tape;
  tape.base = text.data();
  tape.extra = "key";
  tape.cells = {Cell{.type = NodeType::object, .size = 2},
                Cell{.type = NodeType::text,
                     .is_key_extra = true,
                     .key_size = 3,
                     .value_size = static_cast<std::uint32_t>(text.size())}};
  return {id, std::make_shared<KeptNode>(std::move(tape), text.size())};
}

std::string told(const std::vector<ContextValue>& values) {
  std::string all;
  for (const ContextValue& one : values) {
    all += std::to_string(one.id) + "=" + one.value->node()["key"].text() + ";";
  }
  return all;
}

TEST(Foresight, GivesWhatWasNotedPlaceByPlaceInItsOrder) {
  Foresight foresight;
  const std::vector<ContextValue> one{value(5, "a"), value(70, "b")};
  const std::vector<ContextValue> other{value(6, std::string(300, 'c'))};
  foresight.note({1, 1}, one);
  foresight.note({1, 2}, other);
  foresight.note({1, 1}, {});
  foresight.note({1, 1}, other);

  EXPECT_EQ(told(foresight.next({1, 2})), "6=" + std::string(300, 'c') + ";");
  EXPECT_EQ(told(foresight.next({1, 1})), "5=a;70=b;");
  EXPECT_EQ(told(foresight.next({1, 1})), "");
  EXPECT_EQ(told(foresight.next({1, 1})), "6=" + std::string(300, 'c') + ";");
  EXPECT_EQ(told(foresight.next({1, 1})), "");
  EXPECT_EQ(told(foresight.next({9, 9})), "");
}

TEST(Foresight, MayBeLargerThanMemoryShouldBe) {
  Foresight foresight;
  for (int i = 0; i < 20000; ++i) {
    const std::vector<ContextValue> values{value(5, std::to_string(i) + std::string(i % 100, 'x'))};
    foresight.note({1, 1}, values);
  }
  for (int i = 0; i < 20000; ++i) {
    ASSERT_EQ(told(foresight.next({1, 1})),
              "5=" + std::to_string(i) + std::string(i % 100, 'x') + ";");
  }
}

}  // namespace
}  // namespace patchbot
