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

}  // namespace
}  // namespace patchbot
