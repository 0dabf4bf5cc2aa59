// SPDX-License-Identifier: Apache-2.0
#include "formats/records/json_scanner.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "endless.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::Endless;
using test::fault_of;
using Token = JsonScanner::Token;

struct How {
  std::size_t chunk = 65536;
  bool reads_texts = true;
};

std::string value_of(JsonScanner& scanner, Token token, const How& how) {
  switch (token) {
    case Token::object: return "{";
    case Token::list: return "[";
    case Token::close: return "/";
    case Token::text:
      if (!how.reads_texts) return "?";
      scanner.read_text();
      return "'" + std::string(scanner.value()) + "'";
    default: return std::string(scanner.value());
  }
}

// The whole input as one line: {a=1 b=[ 'x' true / /
std::string scan(std::string_view text, How how = {}) {
  const auto source = memory_source(text);
  InputBuffer buffer(*source, how.chunk);
  JsonScanner scanner(buffer);
  std::string told;
  for (;;) {
    const Token token = scanner.next();
    if (token == Token::end) return told;
    if (!told.empty()) told += ' ';
    if (scanner.key().data() != nullptr) told += std::string(scanner.key()) + "=";
    told += value_of(scanner, token, how);
  }
}

std::string refusal(std::string_view text, How how = {}) {
  return fault_of([&] { scan(text, how); });
}

// With every escape, number form, blank and nesting that there is.
constexpr std::string_view everything =
    " {\"a\" : 1, \"b\":[true,false , null,-0,12.5e+3,1E-2],\r\n\t\"\":{}, \"\\u0063\\\"\":\"\", "
    "\"d\":[[],[ ],{\"e\":\"x\\\\y\\/\\b\\f\\n\\r\\t\\\"\\u00e9\\uD83D\\uDE00 \xC3\xA9\"}]} ";

TEST(JsonScanner, TellsValuesWithTheirNames) {
  EXPECT_EQ(scan(everything),
            "{ a=1 b=[ true false null -0 12.5e+3 1E-2 / ={ / \\u0063\\\"='' d=[ [ / [ / { "
            "e='x\\\\y\\/\\b\\f\\n\\r\\t\\\"\\u00e9\\uD83D\\uDE00 \xC3\xA9' / / /");
}

TEST(JsonScanner, TellsTheSameWhateverTheWindowsSize) {
  for (std::size_t chunk = 1; chunk <= 64; ++chunk) {
    EXPECT_EQ(scan(everything, {chunk}), scan(everything)) << chunk;
    EXPECT_EQ(scan(everything, {chunk, false}), scan(everything, {65536, false})) << chunk;
  }
}

TEST(JsonScanner, AcceptsDocumentsOneBehindTheOther) {
  EXPECT_EQ(scan("{\"a\":1}\n{\"b\":2}{}[]"), "{ a=1 / { b=2 / { / [ /");
  EXPECT_EQ(scan("1 \"a\"\nnull"), "1 'a' null");
  EXPECT_EQ(scan(""), "");
  EXPECT_EQ(scan(" \r\n\t"), "");
}

TEST(JsonScanner, AcceptsAByteOrderMarkAtTheStartOnly) {
  for (std::size_t chunk : {1U, 2U, 3U, 64U}) {
    EXPECT_EQ(scan("\xEF\xBB\xBF [1]", {chunk}), "[ 1 /") << chunk;
    EXPECT_EQ(scan("\xEF\xBB\xBF", {chunk}), "") << chunk;
  }
  EXPECT_EQ(refusal(" \xEF\xBB\xBF[1]"),
            "input 1:2: expected a value: text, number, list, object, true, false or null");
  EXPECT_EQ(refusal("\xEF\xBB"),
            "input 1:1: expected a value: text, number, list, object, true, false or null");
}

TEST(JsonScanner, AcceptsTheNumbersOfTheStandard) {
  for (std::string_view number : {"0",
                                  "-0",
                                  "7",
                                  "-7",
                                  "10",
                                  "1234567890123456789012345678901234",
                                  "0.0",
                                  "-0.10",
                                  "1e5",
                                  "1E5",
                                  "1e+5",
                                  "1e-05",
                                  "0e0",
                                  "1.25E+99"}) {
    EXPECT_EQ(scan(number), number);
  }
}

TEST(JsonScanner, RefusesOtherNumbersWhereTheyBegin) {
  for (std::string_view number : {"01",
                                  "-01",
                                  "+1",
                                  ".5",
                                  "-.5",
                                  "1.",
                                  "1.e5",
                                  "1e",
                                  "1e+",
                                  "-",
                                  "--1",
                                  "1-1",
                                  "1.2.3",
                                  "1e5.5",
                                  "1ee5",
                                  "e5",
                                  "Infinity",
                                  "inf"}) {
    EXPECT_EQ(refusal("[ " + std::string(number) + ", 2]"),
              "input 1:3: expected a value: text, number, list, object, true, false or null")
        << number;
  }
  EXPECT_EQ(refusal("[0x10]"), "input 1:3: expected ',' or the end of a list or object");
}

TEST(JsonScanner, RefusesWhatTheGrammarForbidsWithThePlace) {
  constexpr std::string_view value =
      "expected a value: text, number, list, object, true, false or null";
  const std::string at = "input ";
  for (const auto& [text, place, what] : std::initializer_list<std::array<std::string_view, 3>>{
           {"[1,]", "1:4", value},
           {"[,1]", "1:2", value},
           {"[1 2]", "1:4", "expected ',' or the end of a list or object"},
           {"[1}", "1:3", "expected ']' and not '}'"},
           {"{\"a\":1]", "1:7", "expected '}' and not ']'"},
           {"{\"a\":1,}", "1:8", "expected a name in quotes"},
           {"{,}", "1:2", "expected a name in quotes"},
           {"{a:1}", "1:2", "expected a name in quotes"},
           {"{'a':1}", "1:2", "expected a name in quotes"},
           {"{1:1}", "1:2", "expected a name in quotes"},
           {"{\"a\" 1}", "1:6", "expected ':' behind a name"},
           {"{\"a\":}", "1:6", value},
           {"{\"a\"::1}", "1:6", value},
           {"{\n \"\xC3\xA9\": 1\n \"b\": 2}",
            "3:2",
            "expected ',' or the end of a list or object"},
           {"]", "1:1", value},
           {"{}}", "1:3", value},
           {"{} ,{}", "1:4", value},
           {"// no\n1", "1:1", value},
           {"[tru]", "1:5", value},
           {"[True]", "1:2", value},
           {"[truee]", "1:6", "expected ',' or the end of a list or object"},
           {"[nil]", "1:3", value},
           {"[\"a\nb\"]",
            "1:4",
            "a line end or control character inside a text; is its quote missing?"},
           {"[\"a\tb\"]",
            "1:4",
            "a line end or control character inside a text; is its quote missing?"},
           {"[\"\\x\"]", "1:3", "an unknown escape in a text"},
           {"[\"\\U0041\"]", "1:3", "an unknown escape in a text"},
           {"[\"\\'\"]", "1:3", "an unknown escape in a text"},
           {"[\"\\u12g4\"]", "1:3", "expected four hexadecimal digits behind \\u"},
           {"[\"\\u12\"]", "1:3", "expected four hexadecimal digits behind \\u"},
           {"{\"a\\q\":1}", "1:4", "an unknown escape in a text"},
       }) {
    const std::string expected = at + std::string(place) + ": " + std::string(what);
    for (std::size_t chunk : {1U, 3U, 7U, 1000U}) {
      EXPECT_EQ(refusal(text, {chunk}), expected) << text << " in windows of " << chunk;
      EXPECT_EQ(refusal(text, {chunk, false}), expected) << text << " in windows of " << chunk;
    }
  }
}

TEST(JsonScanner, RefusesEveryControlCharacterInATextAndNoOther) {
  for (int c = 1; c < 0x100; ++c) {
    const std::string text = std::string("\"") + static_cast<char>(c) + "\"";
    const bool refused = c < 0x20 || c == '"' || c == '\\';
    EXPECT_EQ(refusal(text) != "nothing", refused) << c;
  }
  EXPECT_NE(refusal(std::string("\"\0\"", 3)), "nothing");
  EXPECT_NE(refusal(std::string("[\0]", 3)), "nothing");
}

TEST(JsonScanner, NestsSixtyFourDeepAndNoDeeper) {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += i % 3 == 0 ? "[" : "{\"a\":";
    text += "1";
    for (std::size_t i = depth; i-- > 0;) text += i % 3 == 0 ? "]" : "}";
    return text;
  };
  EXPECT_EQ(refusal(nested(64)), "nothing");
  EXPECT_EQ(refusal(nested(64) + nested(64)), "nothing");
  EXPECT_EQ(refusal(std::string(65, '[')), "input 1:65: nested more than 64 deep");
  EXPECT_EQ(refusal(nested(65)).substr(0, 8), "input 1:");
  EXPECT_EQ(refusal(std::string(10000000, '[')), "input 1:65: nested more than 64 deep");
}

TEST(JsonScanner, ADocumentThatEndsAnywhereIsBroken) {
  const std::string_view whole = everything.substr(0, everything.size() - 1);
  for (std::size_t size = 2; size < whole.size(); ++size) {
    for (const bool reads : {true, false}) {
      for (std::size_t chunk : {1U, 5U, 4096U}) {
        const std::string fault = refusal(whole.substr(0, size), {chunk, reads});
        EXPECT_NE(fault.find(": the file ends "), std::string::npos)
            << fault << " behind " << whole.substr(0, size);
      }
    }
  }
}

TEST(JsonScanner, SaysWhereAndInWhatTheFileEnds) {
  EXPECT_EQ(refusal("[\n"), "input 2:1: the file ends early, expected a value or ']'");
  EXPECT_EQ(refusal("{\"a"), "input 1:4: the file ends inside a text");
  EXPECT_EQ(refusal("{\"a\\"), "input 1:5: the file ends inside a text");
  EXPECT_EQ(refusal("{\"a\\u00"), "input 1:8: the file ends inside a text");
  EXPECT_EQ(refusal("{\"a\""), "input 1:5: the file ends early, expected ':'");
  EXPECT_EQ(refusal("[-"), "input 1:3: the file ends inside a number");
  EXPECT_EQ(refusal("[1.5e"), "input 1:6: the file ends inside a number");
  EXPECT_EQ(refusal("[nul"), "input 1:5: the file ends inside a word");
}

TEST(JsonScanner, SkipsWhatHasBegun) {
  const std::string text = R"({"a":{"b":[1,{"c":"\"]}"}],"d":"}"},"e":[],"f":[[{}],"\\"],"g":2})";
  for (std::size_t chunk = 1; chunk <= 64; ++chunk) {
    const auto source = memory_source(text);
    InputBuffer buffer(*source, chunk);
    JsonScanner scanner(buffer);
    ASSERT_EQ(scanner.next(), Token::object);
    for (std::string_view name : {"a", "e", "f"}) {
      scanner.next();
      ASSERT_EQ(scanner.key(), name) << chunk;
      scanner.skip();
      ASSERT_EQ(scanner.depth(), 1U);
    }
    ASSERT_EQ(scanner.next(), Token::number);
    EXPECT_EQ(scanner.key(), "g");
    EXPECT_EQ(scanner.value(), "2");
    EXPECT_EQ(scanner.next(), Token::close);
    EXPECT_EQ(scanner.next(), Token::end);
  }
}

TEST(JsonScanner, FindsWhatIsWrongInWhatIsSkipped) {
  const auto skip = [](std::string_view text) {
    const auto source = memory_source(text);
    InputBuffer buffer(*source, 4);
    JsonScanner scanner(buffer);
    scanner.next();
    scanner.skip();
  };
  EXPECT_EQ(fault_of([&] { skip("[1,\n {\"a\":\"\\q\"}]"); }),
            "input 2:8: an unknown escape in a text");
  EXPECT_EQ(fault_of([&] { skip("[1,[2]"); }),
            "input 1:7: the file ends early, expected ',' or the end of a list or object");
  EXPECT_EQ(fault_of([&] { skip("[[[]}"); }), "input 1:5: expected ']' and not '}'");
}

TEST(JsonScanner, WhatNobodyReadsTakesNoMemory) {
  constexpr std::size_t limit = 4096;
  const std::string filler(1000, 'x');
  struct Large {
    std::string head, middle, tail;
  };
  for (const Large& large : {Large{"[\"", filler, "\"]"},
                             Large{"{\"", filler, "\":1}"},
                             Large{"[\"", "\\u00e9\\n", "\"]"},
                             Large{"[0", ",[1],{\"a\":\"b\"}", "]"},
                             Large{"[{\"a\":", "   \n\t  ", "1}]"},
                             Large{"[", "\n         ", "]"}}) {
    const bool blanks_behind_name = large.head.ends_with(':');
    Endless source("{\"skipped\":" + large.head,
                   large.middle,
                   blanks_behind_name ? 100 : 200000000 / large.middle.size() / 50,
                   large.tail + ",\"text\":\"" + filler + filler + filler + filler + filler +
                       "\",\"next\":7}");
    InputBuffer buffer(source, 256, limit);
    JsonScanner scanner(buffer);
    scanner.next();
    scanner.next();
    scanner.skip();
    EXPECT_EQ(scanner.next(), Token::text);  // not read
    EXPECT_EQ(scanner.next(), Token::number) << large.head;
    EXPECT_EQ(scanner.key(), "next");
  }
}

TEST(JsonScanner, SkipsTwoHundredMegabytesInASmallWindow) {
  Endless source("[[\"", std::string(1000000, 'x'), 200, "\"],1]");
  InputBuffer buffer(source, 1024, 1024);
  JsonScanner scanner(buffer);
  scanner.next();
  scanner.next();
  scanner.skip();
  EXPECT_EQ(scanner.next(), Token::number);
}

TEST(JsonScanner, WhatIsReadIsBoundedByTheWindowsLimit) {
  Endless source("[1,\n\"", "xxxxxxxxxx", 1000, "\"]");
  InputBuffer buffer(source, 16, 4096);
  JsonScanner scanner(buffer);
  scanner.next();
  scanner.next();
  scanner.next();
  EXPECT_EQ(fault_of([&] { scanner.read_text(); }),
            "input 2:1: one record is larger than 4096 bytes");
}

TEST(JsonScanner, HoldsATokenAndWhatFollowsOverManyRefills) {
  const std::string record = "\"r\" : {\"a\":\"" + std::string(300, 'x') + "\",\"b\":[1,2,{}]}";
  const std::string text = "{ \"before\":\"xxxxxxxxxxxx\", " + record + " ,\"c\":3}";
  for (std::size_t chunk = 1; chunk <= 64; ++chunk) {
    const auto source = memory_source(text);
    InputBuffer buffer(*source, chunk);
    JsonScanner scanner(buffer);
    scanner.next();
    scanner.next();
    scanner.next();
    ASSERT_EQ(scanner.key(), "r");
    scanner.hold();
    while (scanner.depth() > 1) {
      if (scanner.next() == Token::text) scanner.read_text();
    }
    EXPECT_EQ(std::string(scanner.held(), scanner.place()), record) << chunk;
    scanner.release();
    EXPECT_EQ(scanner.next(), Token::number);
    EXPECT_EQ(scanner.key(), "c");
  }
}

TEST(JsonScanner, KnowsWhichNamesAreEscaped) {
  const auto source = memory_source(R"({"a\u0062":1,"b":"\n"})");
  InputBuffer buffer(*source);
  JsonScanner scanner(buffer);
  scanner.next();
  EXPECT_FALSE(scanner.is_key_escaped());
  scanner.next();
  EXPECT_TRUE(scanner.is_key_escaped());
  scanner.next();
  scanner.read_text();
  EXPECT_FALSE(scanner.is_key_escaped());
}

TEST(JsonScanner, SkipsUncheckedWhatIsReadAgain) {
  const std::string text = R"([{"a":"}]\"{","b":[{},[1,{"c":null}]]},7])";
  for (const std::size_t chunk : {1U, 3U, 64U}) {
    const auto source = memory_source(text);
    InputBuffer buffer(*source, chunk);
    JsonScanner scanner(buffer);
    ASSERT_EQ(scanner.next(), Token::list);
    ASSERT_EQ(scanner.next(), Token::object);
    scanner.skip_unchecked();
    EXPECT_EQ(scanner.depth(), 1U);
    EXPECT_EQ(scanner.next(), Token::number);
    EXPECT_EQ(scanner.value(), "7");
    EXPECT_EQ(scanner.next(), Token::close);
    EXPECT_EQ(scanner.next(), Token::end);
  }
}

TEST(JsonScanner, SkippingUncheckedEndsWithTheFile) {
  for (const char* text : {"[[1,[2]", "[[1,\"a", "[{\"a\":[]"}) {
    const auto source = memory_source(text);
    InputBuffer buffer(*source, 4);
    JsonScanner scanner(buffer);
    scanner.next();
    scanner.next();
    EXPECT_THROW(scanner.skip_unchecked(), Error) << text;
  }
}

}  // namespace
}  // namespace patchbot
