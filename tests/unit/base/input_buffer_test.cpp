// SPDX-License-Identifier: Apache-2.0
#include "base/input_buffer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

std::string window(const InputBuffer& buffer) { return {buffer.begin(), buffer.end()}; }

TEST(InputBuffer, IsEmptyUntilTheFirstRefill) {
  const auto source = memory_source("abc");
  const InputBuffer buffer(*source, 2);

  EXPECT_EQ(window(buffer), "");
  EXPECT_FALSE(buffer.ended());
}

TEST(InputBuffer, MovesOnAndGrowsOnlyIfNothingIsForgotten) {
  const auto source = memory_source("abcdef", 1);
  InputBuffer buffer(*source, 2);

  const char* p = buffer.refill(buffer.begin());
  EXPECT_EQ(window(buffer), "ab");
  p = buffer.refill(p + 1);
  EXPECT_EQ(window(buffer), "bc");
  p = buffer.refill(p);
  EXPECT_EQ(window(buffer), "bcde");
  p = buffer.refill(p);

  EXPECT_EQ(window(buffer), "bcdef");
  EXPECT_TRUE(buffer.ended());
}

TEST(InputBuffer, DeliversEveryByteWithEveryChunkAndPieceSize) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char>('a' + i % 26);
  for (std::size_t chunk = 1; chunk <= 40; ++chunk) {
    for (std::size_t piece : {1U, 3U, 1000U}) {
      const auto source = memory_source(text, piece);
      InputBuffer buffer(*source, chunk);
      std::string got;
      while (!buffer.ended()) {
        buffer.refill(buffer.end());
        got += window(buffer);
      }
      ASSERT_EQ(got, text) << "chunk " << chunk << ", piece " << piece;
    }
  }
}

TEST(InputBuffer, RefusesARecordAboveItsLimitWithThePlaceWhereItBegins) {
  const auto source = memory_source("12\n345678901234567890");
  InputBuffer buffer(*source, 4, 8);
  const char* p = buffer.refill(buffer.begin());

  const auto read_on = [&] {
    p += 3;
    for (;;) p = buffer.refill(p);
  };

  EXPECT_EQ(fault_of(read_on), "input 2:1: one record is larger than 8 bytes");
}

class Broken : public ByteSource {
 public:
  std::size_t read(char* into, std::size_t size) override {
    const std::size_t got = source_->read(into, size);
    if (got == 0) throw Error(Blame::input, "broke " + std::to_string(++times_));
    return got;
  }

 private:
  std::unique_ptr<ByteSource> source_ = memory_source("abcde", 3);
  int times_ = 0;
};

TEST(InputBuffer, HandsOnWhatASourceGaveBeforeItBroke) {
  Broken source;
  InputBuffer buffer(source, 8);

  buffer.refill(buffer.begin());
  EXPECT_EQ(window(buffer), "abcde");
  EXPECT_FALSE(buffer.ended());
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(fault_of([&] { buffer.refill(buffer.end()); }), "input: broke 1");
  }
}

TEST(InputBuffer, CountsLinesAndCharactersAcrossRefills) {
  std::string text;
  for (unsigned line = 0; line < 900; ++line)
    text += "z\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80|" + std::string(line % 7, '-') + "\n";
  for (std::size_t chunk : {1U, 2U, 7U, 64U, 100000U}) {
    const auto source = memory_source(text);
    InputBuffer buffer(*source, chunk);
    Position expected;
    const char* p = buffer.begin();
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (p == buffer.end()) p = buffer.refill(p);
      if (i % 61 == 0) {
        ASSERT_EQ(buffer.position_of(p), expected) << "offset " << i << ", chunk " << chunk;
      }
      const char c = *p++;
      ++expected.offset;
      // The column of a place counts the characters that begin before it.
      if (c == '\n') {
        ++expected.line;
        expected.column = 1;
      } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80) {
        ++expected.column;
      }
    }
  }
}

TEST(InputBuffer, CountsLinesRightWhereBlockCountersWouldOverflow) {
  const std::string text(32 * 300, '\n');
  const auto source = memory_source(text);
  InputBuffer buffer(*source, text.size() + 1);
  buffer.refill(buffer.begin());

  EXPECT_EQ(buffer.position_of(buffer.end()), (Position{9600, 9601, 1}));
}

}  // namespace
}  // namespace patchbot
