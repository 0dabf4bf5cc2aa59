// SPDX-License-Identifier: Apache-2.0
#include "templates/deployed_changes.hpp"

#include <gmock/gmock.h>

#include "branch.hpp"
#include "templates/scopes.hpp"

namespace patchbot {
namespace {

using test::a;
using test::b;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const std::string c = "ami-0ccccccccccccccc3";
const std::string d = "ami-0ddddddddddddddd4";

std::string web(const std::string& track, const std::string& image) {
  return "Parameters: {Env: {Type: String, Default: s}, Track: {Type: String, Default: " + track +
         "}, Image: {Type: String, Default: " + image + "}}\nMappings: {M: {s-one: {ami: " + a +
         "}, s-two: {ami: " + b + "}, p-one: {ami: " + c + "}, p-two: {ami: " + d +
         "}}}\nResources:\n"
         "  Key: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, !Sub "
         "'${Env}-${Track}', ami]}}\n"
         "  Own: {Type: AWS::EC2::Instance, Properties: {ImageId: !Ref Image}}\n";
}

/// "production Key -ami-1 +ami-2": for each environment.
std::vector<std::string> told(const std::string& before,
                              const std::string& after,
                              const std::map<std::string, std::string>& values) {
  TemplateFiles base;
  TemplateFiles head;
  base["web.yaml"].read = read_template(before);
  head["web.yaml"].read = read_template(after);
  std::map<std::string, Template> read;
  ParameterFiles files;
  for (const auto& [path, text] : values) {
    files.emplace(path, &read.emplace(path, read_template(text)).first->second.root);
  }
  PullRequest request = compare(base, head);
  add_deployed_changes(request, base, head, {{"web.yaml", &head["web.yaml"].read->root}}, files);
  add_scopes(request, Scopes({}, ""));
  std::vector<std::string> lines;
  for (const AmiChange& one : request.files.at(0).review.ami_changes) {
    std::string line = one.environment;
    for (const AmiUse& use : one.uses) line += " " + use.resource;
    for (const MovedAmi& ami : one.leaving) line += " -" + ami.id;
    for (const MovedAmi& ami : one.arriving) line += " +" + ami.id;
    lines.push_back(line);
  }
  return lines;
}

TEST(DeployedChanges, ADefaultIsToldForThoseWhoLeaveItOut) {
  const std::string production = R"({"Parameters": {"Env": "p"}})";
  const std::string staging = R"({"Parameters": {"Env": "s", "Track": "two"}})";
  EXPECT_THAT(told(web("one", c), web("two", c), {{"p/prod.json", production}}),
              UnorderedElementsAre(" Key -" + a + " +" + b, "production Key -" + c + " +" + d));
  EXPECT_THAT(
      told(
          web("one", c), web("two", c), {{"p/prod.json", production}, {"p/staging.json", staging}}),
      UnorderedElementsAre(" Key -" + a + " +" + b, "production Key -" + c + " +" + d));
}

TEST(DeployedChanges, WhatTheySayIsNotSaidAgain) {
  EXPECT_THAT(
      told(web("one", c), web("one", d), {{"p/prod.json", R"({"Parameters": {"Env": "p"}})"}}),
      ElementsAre("production Own -" + c + " +" + d));
  EXPECT_THAT(
      told(web("one", c), web("one", d), {{"p/prod.json", R"({"Parameters": {"Image": "x"}})"}}),
      ElementsAre(" Own -" + c + " +" + d))
      << "it has a value of its own";
}

// A file for another template says nothing of this one.
TEST(DeployedChanges, FilesOfOtherTemplatesDoNot) {
  EXPECT_THAT(
      told(web("one", c), web("one", d), {{"p/prod.json", R"({"Parameters": {"Other": "p"}})"}}),
      ElementsAre(" Own -" + c + " +" + d));
  EXPECT_THAT(told(web("one", c), web("one", c), {}), IsEmpty());
}

// A cell is told once; that production is among those who get it counts.
TEST(DeployedChanges, AMapCellIsProductionsWhereItsFileChoosesIt) {
  const auto cell = [](const std::string& id) {
    return "Parameters: {Track: {Type: String, Default: one}}\nMappings: {M: {one: {ami: " + a +
           "}, two: {ami: " + id +
           "}}}\nResources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, "
           "!Ref "
           "Track, ami]}}}\n";
  };
  const std::string two = R"({"Parameters": {"Track": "two"}})";
  const std::string moves = " W -" + b + " +" + c;
  EXPECT_THAT(told(cell(b), cell(c), {{"production/web.json", two}, {"staging/web.json", two}}),
              ElementsAre("production" + moves));
  EXPECT_THAT(told(cell(b), cell(c), {{"staging/web.json", two}}), ElementsAre(moves));
  const std::string one = R"({"Parameters": {"Track": "one"}})";
  EXPECT_THAT(told(cell(b), cell(c), {{"production/web.json", one}}), ElementsAre(moves));
}

TEST(DeployedChanges, ATemplateIsToldForThoseThatNestIt) {
  const auto inner = [](const std::string& standard) {
    return "Parameters: {Track: {Type: String, Default: " + standard +
           "}}\nMappings: {M: {one: {ami: " + a + "}, two: {ami: " + b +
           "}}}\nResources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, "
           "!Ref "
           "Track, ami]}}}\n";
  };
  TemplateFiles base;
  TemplateFiles head;
  base["in.yaml"].read = read_template(inner("one"));
  head["in.yaml"].read = read_template(inner("two"));
  const Template outer = read_template(
      "Parameters: {Size: {Type: String}}\nResources: {Web: {Type: AWS::CloudFormation::Stack, "
      "Properties: {TemplateURL: in.yaml}}}\n");
  const Template values = read_template(R"({"Parameters": {"Size": "small"}})");
  PullRequest request = compare(base, head);
  add_deployed_changes(request,
                       base,
                       head,
                       {{"in.yaml", &head["in.yaml"].read->root}, {"main.yaml", &outer.root}},
                       {{"production/main.json", &values.root}});
  const auto& changes = request.files.at(0).review.ami_changes;
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].deployment.file, "production/main.json");
  EXPECT_EQ(changes[0].uses.at(0).resource, "Web/W");
  EXPECT_EQ(changes[0].arriving.at(0).id, b);
}

TEST(DeployedChanges, AStackThatNobodyCanReadIsNotChecked) {
  const auto outer = [](const std::string& track) {
    return "Resources: {Web: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "
           "'https://bucket/in.yaml', Parameters: {Track: " +
           track + "}}}}\n";
  };
  const auto unchecked = [&](const std::string& before, const std::string& after) {
    TemplateFiles base;
    TemplateFiles head;
    base["main.yaml"].read = read_template(outer(before) + "Description: one\n");
    head["main.yaml"].read = read_template(outer(after) + "Description: two\n");
    PullRequest request = compare(base, head);
    add_deployed_changes(request, base, head, {{"main.yaml", &head["main.yaml"].read->root}}, {});
    return request.unchecked;
  };
  EXPECT_THAT(unchecked("one", "two"),
              ElementsAre("main.yaml: the template of the nested stack Web is not in the "
                          "repository, or nested too deep: "
                          "which AMIs come of what it is given"));
  EXPECT_THAT(unchecked("one", "one"), IsEmpty());
}

}  // namespace
}  // namespace patchbot
