// SPDX-License-Identifier: Apache-2.0
#include "formats/template_toml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/line_index.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::HasSubstr;

const TemplateNode& at(const TemplateNode& root, std::initializer_list<std::string_view> keys) {
  const TemplateNode* node = &root;
  for (const std::string_view key : keys) {
    node = node->find(key);
    if (node == nullptr) throw std::runtime_error("no " + std::string(key));
  }
  return *node;
}

std::string place(const Position& position) {
  return std::to_string(position.line) + ":" + std::to_string(position.column);
}

Position fault_place(const std::string& text) {
  try {
    read_toml(text);
  } catch (const Error& error) {
    return error.position().value_or(Position());
  }
  return {0, 0, 0};
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string whole;
  for (std::size_t i = 0; i < times; ++i) whole += text;
  return whole;
}

TEST(TemplateToml, ScalarsAreTheirSourceText) {
  const TemplateNode root = read_toml(
      "version = 0.10\nhex = 0xFF\nbig = 1_000\ntruth = true\nday = 2026-11-27\n"
      "basic = \"a\\tb\\u00e9\"\nliteral = 'a\\tb'\nblock = \"\"\"\none\ntwo\"\"\"\n");
  EXPECT_EQ(at(root, {"version"}).text, "0.10");
  EXPECT_EQ(at(root, {"hex"}).text, "0xFF");
  EXPECT_EQ(at(root, {"big"}).text, "1_000");
  EXPECT_EQ(at(root, {"truth"}).text, "true");
  EXPECT_EQ(at(root, {"day"}).text, "2026-11-27");
  EXPECT_FALSE(at(root, {"day"}).quoted);
  EXPECT_EQ(at(root, {"basic"}).text, "a\tb\u00e9");
  EXPECT_EQ(at(root, {"literal"}).text, "a\\tb");
  EXPECT_EQ(at(root, {"block"}).text, "one\ntwo");
  EXPECT_TRUE(at(root, {"block"}).quoted);
}

TEST(TemplateToml, TablesAreMapsInTheOrderOfTheFile) {
  const TemplateNode root = read_toml(
      "\xEF\xBB\xBF[z.deploy.parameters]\nb = 1\na = [1, {c = 2}]\n[[y]]\nd = 3\n[[y]]\nd = 4\n");
  ASSERT_EQ(root.members.size(), 2U);
  EXPECT_EQ(root.members[0].key, "z");
  const TemplateNode& parameters = at(root, {"z", "deploy", "parameters"});
  EXPECT_EQ(parameters.members[0].key, "b");
  EXPECT_EQ(at(parameters, {"a"}).items.at(1).find("c")->text, "2");
  EXPECT_EQ(at(root, {"y"}).items.at(1).find("d")->text, "4");
  EXPECT_EQ(read_toml("").members.size(), 0U);
  EXPECT_TRUE(read_toml("# nothing\n").is_map());
}

TEST(TemplateToml, EveryValueKnowsItsPlace) {
  const TemplateNode root =
      read_toml("# \u00e9\n[a]\n\"\u00e9\" = 1\nb.c  =  'x'\r\nd = [ 7,\n 8 ]\n");
  EXPECT_EQ(place(at(root, {"a"}).members.at(0).place), "3:1");
  EXPECT_EQ(place(at(root, {"a", "\u00e9"}).place), "3:7");
  EXPECT_EQ(place(at(root, {"a", "b", "c"}).place), "4:9");
  EXPECT_EQ(at(root, {"a", "b", "c"}).place.offset, 26U);
  EXPECT_EQ(place(at(root, {"a", "d"}).items.at(1).place), "6:2");
}

TEST(TemplateToml, WhatIsBrokenHasAPlace) {
  EXPECT_THAT(fault_of([] { read_toml("a = 1\nb = \n"); }), HasSubstr("is no TOML: "));
  EXPECT_EQ(fault_place("a = 1\nb = \n").line, 2U);
  EXPECT_EQ(fault_place("a = 1\na = 2\n").line, 2U) << "a key stands twice";
  EXPECT_EQ(fault_place("[a]\n[a]\n").line, 2U);
  EXPECT_EQ(place(fault_place("a = 1\nb = 'x\n")), "2:7");
  EXPECT_EQ(fault_place("a = \"\xFF\"\n").line, 1U);
  EXPECT_EQ(fault_place("a: 1\n").line, 1U) << "that is YAML";
  EXPECT_EQ(fault_place("a = 1\n\n[[@b]]\nc = 2\n").line, 3U);
  EXPECT_EQ(fault_place("[[").line, 1U);
}

TEST(TemplateToml, OtherAlphabetsStandInStringsAndComments) {
  const TemplateNode root = read_toml(
      "# \u00e9\n'\u00e9`' = \"\"\"\u20ac\\\"\u00e9\\\n  e\u00e9\"\"\"\nb.'\u00e9' = ['x', "
      "'\u00e9'] # \u00e9\n");
  EXPECT_EQ(at(root, {"\u00e9`"}).text, "\u20ac\"\u00e9e\u00e9");
  EXPECT_EQ(at(root, {"b", "\u00e9"}).items.at(1).text, "\u00e9");
  EXPECT_EQ(place(at(root, {"b", "\u00e9"}).items.at(1).place), "4:15");
  EXPECT_EQ(place(fault_place("a = 1\nb\u00e9 = 1\n")), "2:2");
  EXPECT_EQ(place(fault_place("\uFEBF")), "1:1");
  EXPECT_EQ(place(fault_place("a = '\u00e9\xFF'\n")), "1:7");
  EXPECT_EQ(read_toml("a = '`~^@$%&|;<>?!*()/'").members[0].value.text, "`~^@$%&|;<>?!*()/");
  EXPECT_THAT(fault_of([] { read_toml("a = '`~^@$%&|;<>?!*()/\u00e9'"); }),
              HasSubstr("every sign of ASCII"));
  EXPECT_THAT(fault_of([] { read_toml("a = \"\\u0060\u00e9\""); }), HasSubstr("write ` itself"));
}

// Tables in tables are freed one in the other: a file must not choose how deep the stack gets.
TEST(TemplateToml, HostileTextsAreRefused) {
  EXPECT_THAT(fault_of([] { read_toml("[a" + repeated(".a", 300'000) + "]\n"); }),
              HasSubstr("more than 50 parts"));
  EXPECT_THAT(fault_of([] { read_toml("x = 1\na" + repeated(" . 'a'", 100'000) + " = 1\n"); }),
              HasSubstr("more than 50 parts"));
  EXPECT_THAT(fault_of([] { read_toml("'\"'" + repeated(".\"=\"", 1000) + " = 1\n"); }),
              HasSubstr("more than 50 parts"))
      << "what separates keys may stand in quotes";
  EXPECT_THAT(fault_of([] { read_toml("a = " + repeated("[", 100'000)); }), HasSubstr("no TOML"));
  EXPECT_THAT(fault_of([] { read_toml("a = " + repeated("{a=", 100'000)); }), HasSubstr("no TOML"));
  const std::string wide = repeated("a.", 45) + "a = ";
  EXPECT_THAT(
      fault_of([&] { read_toml("[" + repeated("x.", 45) + "x]\n" + wide + "{" + wide + "1}\n"); }),
      HasSubstr("nests deeper than 100 levels"));
  EXPECT_THAT(fault_of([] { read_toml("#" + repeated("x", std::size_t{1} << 20U)); }),
              HasSubstr("larger than 1 MiB"));
  EXPECT_NO_THROW(read_toml("a = \"" + repeated("1.2.", 1000) + "\" # " + repeated("a.", 1000)));
  EXPECT_NO_THROW(read_toml("a = \"\"\"\n" + repeated("1.2.", 1000) + "\"\"\"\"\"\nb = 1.5\n"));
  EXPECT_NO_THROW(read_toml("a = '''\n\"" + repeated("1.2.", 1000) + "'''\n"));
  EXPECT_NO_THROW(read_toml("a = [" + repeated("1.5, ", 1000) + "]"));
}

TEST(LineIndex, FindsPlacesAndBytes) {
  const LineIndex index("ab\n\u00e9c\n");
  EXPECT_EQ(index.offset_of(1, 2), 1U);
  EXPECT_EQ(index.offset_of(2, 2), 5U);
  EXPECT_EQ(place(index.position_of(5)), "2:2");
  EXPECT_EQ(place(index.position_of(4)), "2:1") << "inside of a character";
  EXPECT_EQ(index.offset_of(9, 1), 7U);
  EXPECT_EQ(index.offset_of(3, 99), 7U);
  EXPECT_EQ(place(index.position_of(7)), "3:1");
  EXPECT_EQ(place(LineIndex("").position_of(0)), "1:1");
}

}  // namespace
}  // namespace patchbot
