// SPDX-License-Identifier: Apache-2.0
#include "base/byte_set.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <random>
#include <string>
#include <vector>

namespace patchbot {

// Without it GoogleTest prints the bytes of the object, padding and all, into the test's name.
void PrintTo(const ByteSet& set, std::ostream* out);
void PrintTo(const ByteSet& set, std::ostream* out) {
  int members = 0;
  for (unsigned c = 0; c < 256; ++c) members += set.contains(static_cast<unsigned char>(c)) ? 1 : 0;
  *out << members << " members";
}

namespace {

using enum ByteSet::NonAscii;

TEST(ByteSet, HoldsItsMembersAndNothingElse) {
  constexpr ByteSet set("<&]", skip);

  for (unsigned c = 0; c < 256; ++c) {
    const bool member = c == '<' || c == '&' || c == ']';
    EXPECT_EQ(set.contains(static_cast<unsigned char>(c)), member) << c;
  }
}

TEST(ByteSet, StopsAtEveryByteFrom0x80OnIfAsked) {
  constexpr ByteSet set("", stop);

  for (unsigned c = 0; c < 256; ++c) {
    EXPECT_EQ(set.contains(static_cast<unsigned char>(c)), c >= 0x80) << c;
  }
}

TEST(ByteSet, ForbiddenControlsLeaveOutTabLineFeedAndCarriageReturn) {
  constexpr ByteSet set = ByteSet("", skip).with_forbidden_controls();

  for (unsigned c = 0; c < 256; ++c) {
    const bool allowed = c == '\t' || c == '\n' || c == '\r' || c >= 0x20;
    EXPECT_EQ(set.contains(static_cast<unsigned char>(c)), !allowed) << c;
  }
}

TEST(ByteSet, ControlsAreAllBelowBlank) {
  constexpr ByteSet set = ByteSet("x", skip).with_controls();

  for (unsigned c = 0; c < 256; ++c) {
    EXPECT_EQ(set.contains(static_cast<unsigned char>(c)), c < 0x20 || c == 'x') << c;
  }
}

class FindFirstIn : public testing::TestWithParam<ByteSet> {};

TEST_P(FindFirstIn, AgreesWithThePortableFormForEveryLengthAndAlignment) {
  std::mt19937 random(20261123);
  // Few distinct bytes make both hits at every place and long runs without a hit.
  std::uniform_int_distribution<int> any(0, 255);
  std::uniform_int_distribution<int> letter('a', 'z');
  std::uniform_int_distribution<int> rare(0, 39);
  for (std::size_t length = 0; length <= 100; ++length) {
    for (std::size_t alignment = 0; alignment < 33; ++alignment) {
      // Exactly as long as needed: a read behind the end is seen by AddressSanitizer.
      std::vector<char> bytes(alignment + length);
      for (char& c : bytes) c = static_cast<char>(rare(random) == 0 ? any(random) : letter(random));
      const char* const begin = bytes.data() + alignment;
      const char* const end = bytes.data() + bytes.size();

      const char* const found = find_first_in(GetParam(), begin, end);

      ASSERT_EQ(found - begin, find_first_in_portable(GetParam(), begin, end) - begin)
          << "length " << length << ", alignment " << alignment;
    }
  }
}

TEST_P(FindFirstIn, FindsEachMemberAtEachPlace) {
  for (unsigned c = 0; c < 256; ++c) {
    for (std::size_t place = 0; place < 70; ++place) {
      std::string text(70, 'm');
      text[place] = static_cast<char>(c);
      const char* const end = text.data() + text.size();
      const bool member = GetParam().contains(static_cast<unsigned char>(c));

      const char* const found = find_first_in(GetParam(), text.data(), end);

      ASSERT_EQ(found, member ? text.data() + place : end) << c << " at " << place;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sets,
                         FindFirstIn,
                         testing::Values(ByteSet("", skip),
                                         ByteSet("", stop),
                                         ByteSet("<&]", stop).with_forbidden_controls(),
                                         ByteSet("\"\\\x7F", skip).with_controls(),
                                         ByteSet(" \t\r\n/>=<&\"'!?;,()[]{}*+|\\^`~@#$%", skip)));

}  // namespace
}  // namespace patchbot
