// SPDX-License-Identifier: Apache-2.0
#include "base/byte_source.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using test::TempDir;

TEST(OpenFile, ReadsWhatIsThere) {
  const TempDir dir;

  const auto source = open_file(dir.write("a", std::string("1\0\xFF", 3)));

  EXPECT_EQ(read_all(*source, 10), std::string("1\0\xFF", 3));
}

TEST(OpenFile, SaysWhyItCannot) {
  const TempDir dir;

  EXPECT_EQ(fault_of([&] { open_file(dir.file("none")); }),
            "input: cannot be opened: No such file or directory");
  EXPECT_EQ(fault_of([&] { open_file(dir.path().string()); }),
            "input: is a directory; expected a file");
}

TEST(MemorySource, HandsOutPiecesAndThenNothing) {
  const auto source = memory_source("abcde", 2);
  char bytes[10];

  EXPECT_EQ(source->read(bytes, 10), 2U);
  EXPECT_EQ(source->read(bytes, 1), 1U);
  EXPECT_EQ(source->read(bytes, 10), 2U);
  EXPECT_EQ(source->read(bytes, 10), 0U);
  EXPECT_EQ(source->read(bytes, 10), 0U);
}

TEST(WithHead, PutsTheHeadBeforeTheRest) {
  const auto source = with_head("abc", memory_source("def", 1));

  EXPECT_EQ(read_all(*source, 100), "abcdef");
}

TEST(ReadAll, TakesExactlyTheLimitAndRefusesOneByteMore) {
  const std::string text(100000, 'x');
  const auto enough = memory_source(text);
  const auto more = memory_source(text);

  EXPECT_EQ(read_all(*enough, 100000).size(), 100000U);
  EXPECT_EQ(fault_of([&] { read_all(*more, 99999); }), "input: is larger than 99999 bytes");
}

}  // namespace
}  // namespace patchbot
