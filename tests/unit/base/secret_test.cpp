// SPDX-License-Identifier: Apache-2.0
#include "base/secret.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <concepts>
#include <sstream>
#include <string_view>
#include <type_traits>

namespace patchbot {
namespace {

template <class Stream, class Value>
concept Printable = requires(Stream& out, const Value& value) {
  out << value;
};

static_assert(Printable<std::ostringstream, std::string>, "the concept sees what can be printed");
static_assert(!Printable<std::ostream, Secret>);
static_assert(!Printable<std::ostringstream, Secret>);

static_assert(fmt::is_formattable<std::string>::value);
static_assert(!fmt::is_formattable<Secret>::value);

static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret>, "nothing becomes secret by accident");

TEST(Secret, GivesItsTextOnlyWhenAsked) {
  const Secret secret("word");

  EXPECT_EQ(secret.reveal(), "word");
  EXPECT_FALSE(secret.empty());
  EXPECT_TRUE(Secret().empty());
  EXPECT_TRUE(secret == Secret("word"));
  EXPECT_FALSE(secret == Secret("sword"));
}

}  // namespace
}  // namespace patchbot
