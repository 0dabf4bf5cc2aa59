// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_uses.hpp"

#include <gmock/gmock.h>

#include "formats/template_reader.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string a = "ami-0aaaaaaaaaaaaaaa1";
const std::string b = "ami-0bbbbbbbbbbbbbbb2";

// A group in production, one instance elsewhere.
const std::string web =
    "Parameters: {Image: {Type: AWS::EC2::Image::Id}, Env: {Type: String}}\n"
    "Conditions: {Prod: !Equals [!Ref Env, prod], Other: !Not [!Condition Prod]}\n"
    "Resources:\n"
    "  LT: {Type: AWS::EC2::LaunchTemplate, Condition: Prod, Properties: {LaunchTemplateData: "
    "{ImageId: !Ref Image}}}\n"
    "  Group: {Type: AWS::AutoScaling::AutoScalingGroup, Condition: Prod, Properties: "
    "{LaunchTemplate: {LaunchTemplateId: !Ref LT, Version: $Latest}}}\n"
    "  One: {Type: AWS::EC2::Instance, Condition: Other, UpdateReplacePolicy: Retain, Properties: "
    "{ImageId: !Ref Image}}\n";

std::string values(const std::string& image, const std::string& environment) {
  return R"([{"ParameterKey":"Env","ParameterValue":")" + environment +
         R"("},{"ParameterKey":"Image","ParameterValue":")" + image + R"("}])";
}

PullRequest bump(const std::string& environment, const TemplatesByPath& templates) {
  TemplateFiles base;
  TemplateFiles head;
  base["params/web-x.json"].read = read_template(values(a, environment));
  head["params/web-x.json"].read = read_template(values(b, environment));
  PullRequest request = compare(base, head);
  add_parameter_uses(request, head, templates);
  return request;
}

std::vector<std::string> users(const PullRequest& request) {
  std::vector<std::string> names;
  for (const AmiUse& use : request.files.at(0).review.ami_changes.at(0).uses) {
    names.push_back(use.resource + " " + use.property);
  }
  return names;
}

TEST(ParameterUses, TellsTheServersOfTheEnvironment) {
  const Template read = read_template(web);
  const TemplatesByPath templates{{"web.yaml", &read.root}};
  const PullRequest production = bump("prod", templates);
  EXPECT_THAT(users(production), ElementsAre("LT LaunchTemplateData.ImageId"));
  ASSERT_EQ(production.files.at(0).hits.size(), 1U);
  EXPECT_EQ(production.files.at(0).hits.at(0).id, "does-not-roll");
  EXPECT_THAT(production.files.at(0).hits.at(0).message,
              HasSubstr("Group: its version is $Latest"));
  EXPECT_THAT(users(bump("test", templates)), ElementsAre("One ImageId"));
}

TEST(ParameterUses, OfSeveralTemplatesTheNameDecides) {
  const Template read = read_template(web);
  const Template file = read_template(values(a, "prod"));
  const Template other = read_template("Parameters: {Image: {Type: String}}\nResources: {}\n");
  const auto found = [&](const std::string& path, const TemplatesByPath& templates) {
    return template_of(path, file.root, templates);
  };
  EXPECT_EQ(found("x.json", {{"web.yaml", &read.root}, {"b.yaml", &other.root}}), "web.yaml");
  EXPECT_EQ(found("web-prod.json", {{"web.yaml", &read.root}, {"app.yaml", &read.root}}),
            "web.yaml");
  EXPECT_EQ(found("x.json", {{"web.yaml", &read.root}, {"app.yaml", &read.root}}), "");
  EXPECT_EQ(found("x.json", {{"b.yaml", &other.root}}), "");
  const Template sync = read_template(
      "template-file-path: ./cfn/app.yaml\nparameters: {Image: " + a + ", Env: prod}\n");
  EXPECT_EQ(template_of(
                "deploy.yaml", sync.root, {{"cfn/app.yaml", &read.root}, {"web.yaml", &read.root}}),
            "cfn/app.yaml");
}

}  // namespace
}  // namespace patchbot
