// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace patchbot {
namespace {

using testing::ElementsAre;

TEST(Trim, TakesBlanksOffBothEnds) {
  EXPECT_EQ(trim(" \t\r\n a b \r\n"), "a b");
  EXPECT_EQ(trim(" \n "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(ToLower, ChangesAsciiLettersOnly) { EXPECT_EQ(to_lower("AZ[@\xC3\x84"), "az[@\xC3\x84"); }

TEST(NoCase, ComparesWithoutCaseButWholly) {
  EXPECT_TRUE(equals_nocase("Passed", "PASSED"));
  EXPECT_FALSE(equals_nocase("Passed", "PASSED "));
  EXPECT_FALSE(equals_nocase("[", "{"));
  EXPECT_TRUE(starts_with_nocase("HTTPS://x", "https://"));
  EXPECT_FALSE(starts_with_nocase("http", "https"));
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_THAT(split("a,,b,", ','), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(split("", ','), ElementsAre(""));
}

TEST(ParseNumber, TakesWholeFiniteNumbersOnly) {
  EXPECT_EQ(parse_number(" 9.8 "), 9.8);
  EXPECT_EQ(parse_number("-1"), -1.0);
  for (const char* text : {"", "9,8", "9.8x", "nan", "inf", "0x10", "1e999", "9 8"})
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
}

TEST(ParseInteger, TakesWholeIntegersOnly) {
  EXPECT_EQ(parse_integer(" 65535\n"), 65535);
  for (const char* text : {"", "1.0", "12a", "99999999999999999999", "+"})
    EXPECT_EQ(parse_integer(text), std::nullopt) << text;
}

TEST(Glob, MatchesRunsAndSingleCharactersWithoutCase) {
  EXPECT_TRUE(matches_glob("CVE-2024-*", "cve-2024-6387"));
  EXPECT_TRUE(matches_glob("*", ""));
  EXPECT_TRUE(matches_glob("a?c", "abc"));
  EXPECT_TRUE(matches_glob("*b*d", "abcbd"));
  EXPECT_TRUE(matches_glob("**", "x"));
  EXPECT_TRUE(matches_glob("", ""));
}

TEST(Glob, MustMatchTheWholeText) {
  EXPECT_FALSE(matches_glob("CVE-2024", "CVE-2024-1"));
  EXPECT_FALSE(matches_glob("a?c", "ac"));
  EXPECT_FALSE(matches_glob("?", ""));
  EXPECT_FALSE(matches_glob("", "x"));
  EXPECT_FALSE(matches_glob("*b", "abc"));
}

// The plain definition, exponential, for short texts.
bool matches_by_definition(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return matches_by_definition(pattern.substr(1), text) ||
           (!text.empty() && matches_by_definition(pattern, text.substr(1)));
  }
  return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
         matches_by_definition(pattern.substr(1), text.substr(1));
}

TEST(Glob, AgreesWithItsDefinitionOnRandomPatterns) {
  std::mt19937 random(1);
  std::uniform_int_distribution<std::size_t> length(0, 7);
  std::uniform_int_distribution<std::size_t> kind(0, 3);
  for (int i = 0; i < 20000; ++i) {
    std::string pattern;
    std::string text;
    for (std::size_t n = length(random); n > 0; --n) pattern += "ab*?"[kind(random)];
    for (std::size_t n = length(random); n > 0; --n) text += "ab"[kind(random) % 2];
    ASSERT_EQ(matches_glob(pattern, text), matches_by_definition(pattern, text))
        << pattern << " on " << text;
  }
}

TEST(Glob, IsNotExponential) {
  std::string pattern;
  for (int i = 0; i < 50; ++i) pattern += "*a";
  pattern += "*b";
  const std::string text(20000, 'a');

  EXPECT_FALSE(matches_glob(pattern, text));  // an exponential form never comes back
}

TEST(Closest, PrefersTheNearestCandidate) {
  EXPECT_EQ(closest("fail_onn", {"warn_on", "fail_on"}), "fail_on");
  EXPECT_EQ(closest("HIHG", {"critical", "high", "low"}), "high");
}

TEST(Closest, SaysNothingIfAllAreFarOff) {
  EXPECT_EQ(closest("zebra", {"critical", "high"}), std::nullopt);
  EXPECT_EQ(closest("x", {}), std::nullopt);
}

}  // namespace
}  // namespace patchbot
