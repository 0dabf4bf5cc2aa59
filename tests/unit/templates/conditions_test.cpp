// SPDX-License-Identifier: Apache-2.0
#include "templates/conditions.hpp"

#include <gtest/gtest.h>

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
