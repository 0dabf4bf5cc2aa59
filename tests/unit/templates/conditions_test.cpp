// SPDX-License-Identifier: Apache-2.0
#include "templates/conditions.hpp"

#include <gmock/gmock.h>

#include "formats/template_reader.hpp"

namespace patchbot {
namespace {

const std::string conditions =
    "Parameters: {Env: {Type: String}, Size: {Type: String, Default: big}}\n"
    "Mappings: {Kinds: {prod: {real: 'yes'}, stage: {real: 'no'}}}\n"
    "Conditions:\n"
    "  Prod: !Equals [!Ref Env, prod]\n"
    "  Big: !Equals [big, !Ref Size]\n"
    "  Not: !Not [!Condition Prod]\n"
    "  Both: !And [!Condition Prod, !Condition Big]\n"
    "  Either: !Or [!Condition Prod, !Condition Big]\n"
    "  Real: !Equals [!FindInMap [Kinds, !Ref Env, real], 'yes']\n"
    "  Region: !Equals [!Ref 'AWS::Region', eu-west-1]\n"
    "  Odd: !Equals [!ImportValue x, 'y']\n"
    "  Circle: !Or [!Condition Circle, !Condition Prod]\n";

std::string all(const ParameterValues& values) {
  const Template read = read_template(conditions);
  const Conditions known(read.root, values);
  std::string told;
  for (const TemplateNode::Member& one : read.root.find("Conditions")->members) {
    const auto holds = known.holds(one.key);
    told += one.key + (holds ? (*holds ? "+ " : "- ") : "? ");
  }
  return told;
}

TEST(Conditions, HoldByTheValuesOfAnEnvironment) {
  EXPECT_EQ(all({{"Env", "prod"}}), "Prod+ Big+ Not- Both+ Either+ Real+ Region? Odd? Circle+ ");
  EXPECT_EQ(all({{"Env", "stage"}, {"AWS::Region", "eu-west-1"}}),
            "Prod- Big+ Not+ Both- Either+ Real- Region+ Odd? Circle? ");
  EXPECT_EQ(all({{"Env", "stage"}, {"Size", "small"}}),
            "Prod- Big- Not+ Both- Either- Real- Region? Odd? Circle? ");
}

TEST(Conditions, WhatIsNotKnownIsNeitherTrueNorFalse) {
  EXPECT_EQ(all({}), "Prod? Big+ Not? Both? Either+ Real? Region? Odd? Circle? ");
  const Template read = read_template(conditions);
  EXPECT_EQ(Conditions(read.root, {}).holds("Absent"), std::nullopt);
}

TEST(Conditions, TextsArePutTogether) {
  const Template read = read_template(
      "Parameters: {Env: {Type: String}, All: {Type: CommaDelimitedList, Default: 'a, b'},\n"
      "  Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /x}, Kept: {Type: String,\n"
      "  Default: d}}\n"
      "Texts:\n"
      "  - !Sub '${Env}-${!Env}'\n"
      "  - !Sub ['${Own}/${Env}', {Own: !Ref Env}]\n"
      "  - !Sub '${AWS::Region}-${Env}'\n"
      "  - !Sub '${Env'\n"
      "  - !Join ['-', [x, !Ref Env]]\n"
      "  - !Select [1, !Ref All]\n"
      "  - !Select [!Ref Env, [x]]\n"
      "  - !Select ['2', !Split ['.', a.b.c]]\n"
      "  - !Select [-1, [x]]\n"
      "  - !Select [7, [x]]\n"
      "  - !Ref Image\n"
      "  - !Ref Kept\n"
      "  - !ImportValue x\n");
  const Conditions known(read.root, {{"Env", "prod"}, {"Kept", std::nullopt}, {"Image", "/y"}});
  std::vector<std::string> texts;
  for (const TemplateNode& item : read.root.find("Texts")->items) {
    texts.push_back(known.text_of(item).value_or("?"));
  }
  EXPECT_THAT(
      texts,
      testing::ElementsAre(
          "prod-${Env}", "prod/prod", "?", "?", "x-prod", "b", "?", "c", "?", "?", "?", "?", "?"));
}

TEST(Conditions, TextsDoNotGrowWithoutEnd) {
  const Template read =
      read_template("Parameters: {A: {Type: String, Default: " + std::string(4000, 'x') +
                    "}}\nTexts: [!Sub '${A}${A}', !Join ['', [!Ref A, !Ref A]], !Sub '${A}']\n");
  const Conditions known(read.root, {});
  const auto& texts = read.root.find("Texts")->items;
  EXPECT_EQ(known.text_of(texts[0]), std::nullopt);
  EXPECT_EQ(known.text_of(texts[1]), std::nullopt);
  EXPECT_EQ(known.text_of(texts[2])->size(), 4000U);
}

// Each twice the one before: asked for once each, or for longer than anybody waits.
TEST(Conditions, AreEvaluatedOnceEach) {
  std::string text = "Conditions:\n  C0: !Equals [a, a]\n";
  for (int i = 1; i < 90; ++i) {
    const std::string before = "!Condition C" + std::to_string(i - 1);
    text += "  C" + std::to_string(i) + ": !And [" + before + ", " + before + "]\n";
  }
  const Template read = read_template(text);
  EXPECT_EQ(Conditions(read.root, {}).holds("C89"), true);
}

}  // namespace
}  // namespace patchbot
