// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace patchbot {
namespace {

using State = Utf8Sequence::State;
using namespace std::string_literals;

State state_of(const std::string& bytes) {
  return decode_utf8(bytes.data(), bytes.data() + bytes.size()).state;
}

TEST(DecodeUtf8, ReadsTheFirstAndLastCharacterOfEachLength) {
  struct Case {
    std::string bytes;
    char32_t character;
  };
  for (const Case& c : {Case{"\xC2\x80", 0x80},
                        Case{"\xDF\xBF", 0x7FF},
                        Case{"\xE0\xA0\x80", 0x800},
                        Case{"\xED\x9F\xBF", 0xD7FF},
                        Case{"\xEE\x80\x80", 0xE000},
                        Case{"\xEF\xBF\xBF", 0xFFFF},
                        Case{"\xF0\x90\x80\x80", 0x10000},
                        Case{"\xF4\x8F\xBF\xBF", 0x10FFFF}}) {
    const auto s = decode_utf8(c.bytes.data(), c.bytes.data() + c.bytes.size());

    EXPECT_EQ(s.state, State::valid);
    EXPECT_EQ(s.length, c.bytes.size());
    EXPECT_EQ(s.character, c.character);
  }
}

TEST(DecodeUtf8, RefusesOverlongForms) {
  EXPECT_EQ(state_of("\xC0\x80"), State::invalid);
  EXPECT_EQ(state_of("\xC1\xBF"), State::invalid);
  EXPECT_EQ(state_of("\xE0\x9F\xBF"), State::invalid);
  EXPECT_EQ(state_of("\xF0\x8F\xBF\xBF"), State::invalid);
}

TEST(DecodeUtf8, RefusesSurrogatesAndWhatIsAboveUnicode) {
  EXPECT_EQ(state_of("\xED\xA0\x80"), State::invalid);
  EXPECT_EQ(state_of("\xED\xBF\xBF"), State::invalid);
  EXPECT_EQ(state_of("\xF4\x90\x80\x80"), State::invalid);
  EXPECT_EQ(state_of("\xF5\x80\x80\x80"), State::invalid);
  EXPECT_EQ(state_of("\xFF"), State::invalid);
}

TEST(DecodeUtf8, RefusesAContinuationWithoutLeadAndALeadWithoutContinuation) {
  EXPECT_EQ(state_of("\x80"), State::invalid);
  EXPECT_EQ(state_of("\xBF"), State::invalid);
  EXPECT_EQ(state_of("\xC3("), State::invalid);
  EXPECT_EQ(state_of("\xE2\x82("), State::invalid);
  EXPECT_EQ(state_of("\xF0\x9F\x98("), State::invalid);
}

TEST(DecodeUtf8, SaysCutOnlyIfTheSequenceCouldStillBecomeValid) {
  EXPECT_EQ(state_of("\xC3"), State::cut);
  EXPECT_EQ(state_of("\xE2\x82"), State::cut);
  EXPECT_EQ(state_of("\xF0\x9F\x98"), State::cut);
  EXPECT_EQ(state_of("\xE0\x9F"), State::invalid);
  EXPECT_EQ(state_of("\xF4\x90"), State::invalid);
}

TEST(AppendUtf8, UndoesDecodingForEveryScalarValueThatXmlAllows) {
  for (char32_t c = 0x80; c <= 0x10FFFF; ++c) {
    if (!is_xml_character(c)) continue;
    std::string text;

    append_utf8(text, c);

    const auto s = decode_utf8(text.data(), text.data() + text.size());
    ASSERT_TRUE(s.state == State::valid && s.character == c && s.length == text.size())
        << std::hex << static_cast<unsigned>(c);
  }
}

TEST(XmlCharacter, FollowsProductionTwo) {
  for (unsigned c :
       {0x9U, 0xAU, 0xDU, 0x20U, 0xD7FFU, 0xE000U, 0xFFFDU, 0x10000U, 0x10FFFFU, 0x1FFFEU})
    EXPECT_TRUE(is_xml_character(c)) << c;
  for (unsigned c :
       {0x0U, 0x8U, 0xBU, 0xCU, 0xEU, 0x1FU, 0xD800U, 0xDFFFU, 0xFFFEU, 0xFFFFU, 0x110000U})
    EXPECT_FALSE(is_xml_character(c)) << c;
}

TEST(CleanText, DropsC0ButTabAndLineFeed) {
  EXPECT_EQ(clean_text("a\0b\x01\x08\x0B\x0C\x0E\x1B\x1F\tc\nd"s), "ab\tc\nd");
}

TEST(CleanText, TurnsCrLfIntoLf) { EXPECT_EQ(clean_text("a\r\nb\r\n"), "a\nb\n"); }

TEST(CleanText, DropsDelAndC1) {
  EXPECT_EQ(clean_text("a\x7F"
                       "b\xC2\x80"
                       "c\xC2\x9B"
                       "d\xC2\x9F"
                       "e\xC2\xA0"
                       "f"),
            "abcde\xC2\xA0"
            "f");
}

TEST(CleanText, DropsBidirectionalOverridesAndIsolates) {
  EXPECT_EQ(clean_text("a\xE2\x80\xAA\xE2\x80\xAB\xE2\x80\xAC\xE2\x80\xAD\xE2\x80\xAE"
                       "b\xE2\x81\xA6\xE2\x81\xA7\xE2\x81\xA8\xE2\x81\xA9"
                       "c"),
            "abc");
}

TEST(CleanText, ReplacesWhatIsNotUtf8ByteByByte) {
  EXPECT_EQ(clean_text("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(clean_text("a\xC0\x80z"), "a\xEF\xBF\xBD\xEF\xBF\xBDz");
  EXPECT_EQ(clean_text("cut\xE2\x82"), "cut\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(CleanText, ReplacesNoncharactersThatXmlForbids) {
  EXPECT_EQ(clean_text("\xEF\xBF\xBE|\xEF\xBF\xBF"), "\xEF\xBF\xBD|\xEF\xBF\xBD");
}

TEST(CleanText, KeepsLettersOfAllScripts) {
  const std::string text = "Grüße, Здравствуй, 你好, 😀 <&>";

  EXPECT_EQ(clean_text(text), text);
}

TEST(CleanLine, JoinsRunsOfBlanksAndTrims) {
  EXPECT_EQ(clean_line(" \t a \r\n\n b\t\tc \n"), "a b c");
  EXPECT_EQ(clean_line("\x1B[31mred\x1B[0m"), "[31mred[0m");
  EXPECT_EQ(clean_line(" \n\t "), "");
  const std::string word(40, 'x');
  EXPECT_EQ(clean_line(word), word);
  EXPECT_EQ(clean_line(word + " " + word), word + " " + word);
  EXPECT_EQ(clean_line(word + "  " + word + "\n"), word + " " + word);
  EXPECT_EQ(clean_line(" " + word), word);
}

TEST(CutUtf8, NeverSplitsACharacter) {
  const std::string text = "a\xE2\x82\xAC\xF0\x9F\x98\x80";  // 1 + 3 + 4 bytes

  EXPECT_EQ(cut_utf8(text, 0), "");
  EXPECT_EQ(cut_utf8(text, 1), "a");
  EXPECT_EQ(cut_utf8(text, 3), "a");
  EXPECT_EQ(cut_utf8(text, 4), "a\xE2\x82\xAC");
  EXPECT_EQ(cut_utf8(text, 7), "a\xE2\x82\xAC");
  EXPECT_EQ(cut_utf8(text, 8), text);
  EXPECT_EQ(cut_utf8(text, 100), text);
}

}  // namespace
}  // namespace patchbot
