// SPDX-License-Identifier: Apache-2.0
#include "formats/records/json_text.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"

namespace patchbot {
namespace {

using namespace std::string_literals;

TEST(DecodeJson, LeavesPlainTextAsItIs) {
  EXPECT_EQ(decode_json(""), "");
  EXPECT_EQ(decode_json("a \xC3\xA9 \xFF/"), "a \xC3\xA9 \xFF/");
}

TEST(DecodeJson, ReplacesEveryEscape) {
  EXPECT_EQ(decode_json(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(decode_json(R"(\\n\\u0041)"), "\\n\\u0041");
  EXPECT_EQ(decode_json(R"(a\u0041b\u00e9\u20AC)"), "aAb\xC3\xA9\xE2\x82\xAC");
  EXPECT_EQ(decode_json(R"(\u0000)"), "\0"s);
}

TEST(DecodeJson, PutsSurrogatePairsTogether) {
  EXPECT_EQ(decode_json(R"(\uD83D\uDE00)"), "\xF0\x9F\x98\x80");
  EXPECT_EQ(decode_json(R"(\ud800\udc00\uDBFF\uDFFF)"), "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

TEST(DecodeJson, HalfAPairIsNoCharacter) {
  const std::string r = "\xEF\xBF\xBD";
  EXPECT_EQ(decode_json(R"(\uD83D)"), r);
  EXPECT_EQ(decode_json(R"(\uD83Dx)"), r + "x");
  EXPECT_EQ(decode_json(R"(\uD83D\n)"), r + "\n");
  EXPECT_EQ(decode_json(R"(\uDE00\uD83D)"), r + r);
  EXPECT_EQ(decode_json(R"(\uD83D\u0041)"), r + "A");
  EXPECT_EQ(decode_json(R"(\uD83D\uD83D\uDE00)"), r + "\xF0\x9F\x98\x80");
}

// Whatever the escapes say, the text that comes out of a node is valid.
TEST(DecodeJson, NeverMakesTextThatIsNotUtf8) {
  for (unsigned c = 0; c <= 0xFFFF; c += 0x3F) {
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", c);
    const std::string text = decode_json(escape);
    const bool ascii = static_cast<unsigned char>(text[0]) < 0x80;
    EXPECT_TRUE(ascii || decode_utf8(text.data(), text.data() + text.size()).state ==
                             Utf8Sequence::State::valid)
        << escape;
  }
}

}  // namespace
}  // namespace patchbot
