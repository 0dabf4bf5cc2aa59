// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "branch.hpp"
#include "templates/deployed_changes.hpp"
#include "templates/nested_stacks.hpp"

namespace patchbot {
namespace {

using test::a;
using test::b;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Chooses by its parameter; what it is given, and where it is, the parent says.
const std::string chooser =
    "Parameters: {Track: {Type: String}}\nMappings: {M: {one: {ami: " + a + "}, two: {ami: " + b +
    "}}}\nResources: {Server: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, !Ref "
    "Track, ami]}}}\n";

std::string parent(const std::string& track,
                   const std::string& url = "in.yaml",
                   const std::string& standard = "one",
                   const std::string& more = "") {
  return "Parameters: {T: {Type: String, Default: " + standard +
         "}}\nConditions: {IsTwo: !Equals [!Ref T, two]}\n"
         "Resources: {Web: {Type: AWS::CloudFormation::Stack, " +
         more + "Properties: {TemplateURL: '" + url + "', Parameters: {Track: " + track + "}}}}\n";
}

/// "path for Web/Server -ami-1 +ami-2", and "open" where that is not known.
std::vector<std::string> told(const std::string& before, const std::string& after) {
  TemplateFiles base;
  TemplateFiles head;
  base["main.yaml"].read = read_template(before);
  head["main.yaml"].read = read_template(after);
  const Template in = read_template(chooser);
  const Template other = read_template(test::server(b));
  const TemplatesByPath templates{{"main.yaml", &head["main.yaml"].read->root},
                                  {"in.yaml", &in.root},
                                  {"other.yaml", &other.root}};
  PullRequest request = compare(base, head);
  add_deployed_changes(request, base, head, templates, {});
  add_nested_uses(request, head, templates);
  std::vector<std::string> lines;
  for (const AmiChange& one : request.files.at(0).review.ami_changes) {
    std::string line = one.change.path.substr(one.change.path.rfind('/') + 1) + " for";
    for (const AmiUse& use : one.uses) line += " " + use.resource;
    for (const MovedAmi& ami : one.leaving) line += " -" + ami.id;
    for (const MovedAmi& ami : one.arriving) line += " +" + ami.id;
    lines.push_back(line + (one.is_open ? " open" : ""));
  }
  const std::size_t others = request.files[0].review.other_changes.size();
  EXPECT_GE(others, lines.size()) << "it may do more there";
  return lines;
}

TEST(NestedChoices, ALiteralOrADefaultChoosesThere) {
  const std::string moves = " for Web/Server -" + a + " +" + b;
  EXPECT_THAT(told(parent("one"), parent("two")), ElementsAre("Track" + moves));
  EXPECT_THAT(told(parent("!Ref T"), parent("!Ref T", "in.yaml", "two")),
              ElementsAre("Default" + moves));
  EXPECT_THAT(
      told(parent("!If [IsTwo, two, one]"), parent("!If [IsTwo, two, one]", "in.yaml", "two")),
      ElementsAre("Default" + moves));
  EXPECT_THAT(told(parent("one"), parent("three")), ElementsAre("Track for Web/Server -" + a));
}

TEST(NestedChoices, WhatIsKnownAtDeploymentOnlyIsOpen) {
  EXPECT_THAT(told(parent("one"), parent("!GetAtt X.Y")),
              ElementsAre(HasSubstr("for Web/Server open"),
                          HasSubstr("for Web/Server open"),
                          HasSubstr("for Web/Server open")));
}

// Whether the stack is there decides about its servers.
TEST(NestedChoices, AConditionOfAStackIsOne) {
  const std::string condition = "Condition: IsTwo, ";
  EXPECT_THAT(
      told(parent("two", "in.yaml", "one", condition), parent("two", "in.yaml", "two", condition)),
      ElementsAre("Default for Web/Server +" + b));
  const auto idle = [](const std::string& standard) {
    return "Parameters: {T: {Type: String, Default: " + standard +
           "}}\nConditions: {IsTwo: !Equals [!Ref T, two]}\nResources: {Web: {Type: "
           "AWS::CloudFormation::Stack, Condition: IsTwo, Properties: {TemplateURL: "
           "other.yaml}}}\n";
  };
  EXPECT_THAT(told(idle("one"), idle("two")), ElementsAre("Default for Web/Web +" + b));
  EXPECT_THAT(told(idle("two"), idle("one")), ElementsAre("Default for Web/Web -" + b));
}

TEST(NestedChoices, AnotherTemplateBringsItsAmis) {
  EXPECT_THAT(told(parent("one"), parent("one", "other.yaml")),
              ElementsAre("TemplateURL for Web/Web Web/Server -" + a + " +" + b));
  EXPECT_THAT(told(parent("two"), parent("two", "other.yaml")), IsEmpty()) << "the same AMI";
}

TEST(NestedChoices, AParameterMayNameTheTemplate) {
  const auto named = [](const std::string& standard) {
    return "Parameters: {T: {Type: String, Default: " + standard +
           "}}\nConditions: {IsTwo: !Equals [!Ref T, two]}\nResources: {Web: {Type: "
           "AWS::CloudFormation::Stack, Properties: {TemplateURL: !If [IsTwo, other.yaml, "
           "in.yaml], "
           "Parameters: {Track: one}}}}\n";
  };
  EXPECT_THAT(told(named("one"), named("two")),
              ElementsAre("Default for Web/Web Web/Server -" + a + " +" + b));
}

TEST(NestedChoices, ATemplateThatIsNotThereIsOpen) {
  EXPECT_THAT(told(parent("one"), parent("one", "gone.yaml")),
              ElementsAre("TemplateURL for Web Web/Server -" + a + " open"));
  EXPECT_THAT(told(parent("one", "https://x/1.yaml"), parent("one", "https://x/2.yaml")),
              ElementsAre("TemplateURL for Web open"));
}

}  // namespace
}  // namespace patchbot
