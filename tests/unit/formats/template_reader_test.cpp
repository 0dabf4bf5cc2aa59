// SPDX-License-Identifier: Apache-2.0
#include "formats/template_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = TemplateNode::Kind;

// A compact form in which equal trees look equal: maps in braces, lists in brackets.
std::string shown(const TemplateNode& node) {
  if (node.is_scalar()) return node.text;
  std::string text;
  for (const TemplateNode& item : node.items) text += (text.empty() ? "" : ",") + shown(item);
  for (const TemplateNode::Member& member : node.members) {
    text += (text.empty() ? "" : ",") + member.key + ":" + shown(member.value);
  }
  return node.is_map() ? "{" + text + "}" : "[" + text + "]";
}

std::string read(std::string_view text) { return shown(read_template(text).root); }

std::vector<std::string> problems_of(std::string_view text) {
  std::vector<std::string> problems;
  for (const TemplateProblem& problem : read_template(text).problems) {
    problems.push_back(std::to_string(problem.place.line) + ":" +
                       std::to_string(problem.place.column) + " " + problem.message);
  }
  return problems;
}

TEST(TemplateReader, ShortTagsBecomeTheLongFunctions) {
  EXPECT_EQ(read("a: !Ref X"), "{a:{Ref:X}}");
  EXPECT_EQ(read("a: !Condition X"), "{a:{Condition:X}}");
  EXPECT_EQ(read("a: !GetAtt A.B.C"), "{a:{Fn::GetAtt:[A,B.C]}}");
  EXPECT_EQ(read("a: !GetAtt [A, B]"), "{a:{Fn::GetAtt:[A,B]}}");
  EXPECT_EQ(read("a: !FindInMap [M, !Ref AWS::Region, ami]"),
            "{a:{Fn::FindInMap:[M,{Ref:AWS::Region},ami]}}");
  EXPECT_EQ(read("a: !Sub ['x${A}']"), "{a:{Fn::Sub:x${A}}}");
  EXPECT_EQ(read("a: {Fn::Sub: ['x${A}']}"), "{a:{Fn::Sub:x${A}}}");
  EXPECT_EQ(read("a: {Fn::GetAtt: A.B}"), "{a:{Fn::GetAtt:[A,B]}}");
  EXPECT_EQ(read("a: !If\n  - C\n  - !Ref B\n  - !Ref AWS::NoValue"),
            "{a:{Fn::If:[C,{Ref:B},{Ref:AWS::NoValue}]}}");
}

TEST(TemplateReader, ScalarsAreTheirSourceText) {
  EXPECT_EQ(read("[1.10, 0123, yes, ~, 2012-10-17, '1.10', \"a\\tb\", !!str 7]"),
            "[1.10,0123,yes,~,2012-10-17,1.10,a\tb,7]");
  EXPECT_TRUE(read_template("'1'").root.quoted);
  EXPECT_FALSE(read_template("1").root.quoted);
}

TEST(TemplateReader, JsonAndYamlAreTheSameTree) {
  const std::string yaml =
      "Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n"
      "      ImageId: !GetAtt Look.Id\n      Tags: []\n      Count: 1.0\n";
  const std::string json =
      R"({"Resources":{"Web":{"Type":"AWS::EC2::Instance","Properties":{)"
      "\n\t\"ImageId\":{\"Fn::GetAtt\":\"Look.Id\"},\"Tags\":[],\"Count\":1.0}}}}";
  EXPECT_EQ(read(json), read(yaml));
  EXPECT_EQ(read(R"({"a":"\u00e9\ud83d\ude00\/"})"), "{a:\xC3\xA9\xF0\x9F\x98\x80/}");
  EXPECT_EQ(read("{a: b, c: [d]}"), "{a:b,c:[d]}") << "flow YAML begins like JSON";
}

TEST(TemplateReader, EveryValueHasItsPlace) {
  for (const char* text : {"a:\n  bb: [x, ami-1]\n", "{\"a\":\n {\"bb\": [\"x\", \"ami-1\"]}}"}) {
    const Template read = read_template(text);
    const TemplateNode* const list = read.root.find("a")->find("bb");
    EXPECT_EQ(list->items[1].place.line, 2U) << text;
    EXPECT_GT(list->items[1].place.column, list->items[0].place.column);
  }
  EXPECT_EQ(read_template("\xC3\xA9: x").root.members[0].value.place.column, 4U);
  EXPECT_EQ(read_template("{\"\xC3\xA9\":\"x\",\"n\":12}").root.members[1].value.place.column, 14U);
}

TEST(TemplateReader, OfDuplicateKeysTheLastWinsAndBothLinesAreTold) {
  for (const char* text : {"a: 1\nb: 2\na: 3\n", "{\"a\":1,\n\"b\":2,\n\"a\":3}"}) {
    EXPECT_EQ(read(text), "{b:2,a:3}");
    EXPECT_THAT(problems_of(text),
                ElementsAre("3:1 the key a stands in line 1 already; the last one counts"));
  }
}

TEST(TemplateReader, WhatTheServiceRefusesIsReadAndTold) {
  EXPECT_EQ(read("a: &x [1]\nb: *x\n"), "{a:[1],b:[1]}");
  EXPECT_THAT(problems_of("a: &x [1]\nb: *x\n"),
              ElementsAre(HasSubstr("does not know aliases (*x)")));
  EXPECT_THAT(problems_of("a: &x [1]\n"), IsEmpty()) << "an unused anchor is harmless";
  EXPECT_THAT(problems_of("<<: {a: 1}"), ElementsAre(HasSubstr("merge key")));
  EXPECT_THAT(problems_of("a: !Reff x"),
              ElementsAre("1:4 CloudFormation does not know the tag !Reff"));
  for (const std::string& name :
       std::vector<std::string>{"Length", "ToJsonString", "ForEach", "Include"}) {
    EXPECT_THAT(problems_of("A: !" + name + " [a]\n"),
                ElementsAre("1:4 CloudFormation does not know the tag !" + name))
        << "these have a long form only";
  }
  EXPECT_THAT(problems_of("a: !Equals: x"), ElementsAre(HasSubstr("!Equals:")));
  EXPECT_EQ(read("---\na: 1\n---\nb: 2\n"), "{a:1}");
  EXPECT_THAT(problems_of("---\na: 1\n---\nb: 2\n"), ElementsAre("3:1 a second document begins"));
}

TEST(TemplateReader, LineEndsAndByteOrderMarksAreNoPartOfIt) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a: 1\r\nb: 2\r\n"),
            "{a:1,b:2}");
  EXPECT_EQ(read("\xEF\xBB\xBF{\"a\":1}"), "{a:1}");
}

TEST(TemplateReader, SaysWhereAFileIsBroken) {
  EXPECT_THAT(fault_of([] { read("a: 1\n b: 2\n"); }), HasSubstr("input 2:3: mapping values"));
  EXPECT_THAT(fault_of([] { read("{\"a\": 1,\n \"b\" 2}"); }), HasSubstr("input 2:6: "));
  EXPECT_THAT(fault_of([] { read("a: \"\xFF\""); }), HasSubstr("input 1:5: "));
  EXPECT_THAT(fault_of([] { read("? [a]\n: b\n"); }), HasSubstr("input 1:3: a key must be a text"));
  EXPECT_THAT(fault_of([] { read({}); }), HasSubstr("is empty"));
  EXPECT_THAT(fault_of([] { read(" \n"); }), HasSubstr("is empty"));
  EXPECT_THAT(fault_of([] { read("# nothing\n"); }), HasSubstr("is empty"));
  EXPECT_THAT(fault_of([] { read("a: *nothing"); }), HasSubstr("without its anchor"));
}

TEST(TemplateReader, RefusesWhatIsMadeToHurt) {
  EXPECT_THAT(fault_of([] { read(std::string(2000, '[')); }), HasSubstr("nested more than 64"));
  EXPECT_THAT(fault_of([] { read("a: " + std::string(2000, '[')); }),
              HasSubstr("nests deeper than"));
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 0; k < 9; ++k) bomb += "," + before;
    bomb += "]\n";
  }
  EXPECT_THAT(fault_of([&] { read(bomb); }), HasSubstr("more than 500,000 values"));
  EXPECT_THAT(fault_of([] { read("a: " + std::string(5'000'000, 'x')); }), HasSubstr("4 MiB"));
}

}  // namespace
}  // namespace patchbot
