// SPDX-License-Identifier: Apache-2.0
#include "templates/nested_stacks.hpp"

#include <gmock/gmock.h>

#include "formats/template_reader.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string a = "ami-0aaaaaaaaaaaaaaa1";
const std::string b = "ami-0bbbbbbbbbbbbbbb2";

std::string parent(const std::string& image, const std::string& url) {
  return "Parameters: {Image: {Type: String, Default: " + image +
         "}}\nResources: {Web: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: '" +
         url + "', Parameters: {Image: !Ref Image}}}}\n";
}

const std::string server =
    "Parameters: {Image: {Type: String}}\n"
    "Resources: {Server: {Type: AWS::EC2::Instance, Properties: {ImageId: !Ref Image}}}\n";
const std::string idle =
    "Parameters: {Image: {Type: String}}\nResources: {Topic: {Type: AWS::SNS::Topic}}\n";

/// The uses of the AMI that changes, and "unused-ami" if that is said.
std::vector<std::string> told(const std::string& url, const std::map<std::string, Template>& read) {
  TemplateFiles base;
  TemplateFiles head;
  base["app/main.yaml"].read = read_template(parent(a, url));
  head["app/main.yaml"].read = read_template(parent(b, url));
  TemplatesByPath templates;
  for (const auto& [path, one] : read) templates.emplace(path, &one.root);
  PullRequest request = compare(base, head);
  add_nested_uses(request, head, templates);
  std::vector<std::string> lines;
  for (const AmiUse& use : request.files.at(0).review.ami_changes.at(0).uses) {
    lines.push_back(use.resource + " " + use.property);
  }
  for (const RuleHit& hit : request.files.at(0).hits) {
    if (hit.id == "unused-ami") lines.emplace_back(hit.id);
  }
  return lines;
}

TEST(NestedStacks, AnAmiIsFollowedIntoTheirTemplates) {
  std::map<std::string, Template> read;
  read["stacks/web.yaml"] = read_template(server);
  EXPECT_THAT(told("../stacks/web.yaml", read), ElementsAre("Web/Server ImageId"));
  read["app/mid.yaml"] = read_template(
      "Parameters: {Image: {Type: String}}\nResources: {In: {Type: AWS::CloudFormation::Stack, "
      "Properties: {TemplateURL: ../stacks/web.yaml, Parameters: {Image: !Ref Image}}}}\n");
  EXPECT_THAT(told("./mid.yaml", read), ElementsAre("Web/In/Server ImageId"));
}

TEST(NestedStacks, WhatTheirTemplatesMakeNothingOfIsUnused) {
  std::map<std::string, Template> read;
  read["app/idle.yaml"] = read_template(idle);
  EXPECT_THAT(told("idle.yaml", read), ElementsAre("unused-ami"));
  read["app/idle.yaml"] = read_template(idle + "Outputs: {O: {Value: !Sub 'x-${Image}'}}\n");
  EXPECT_THAT(told("idle.yaml", read), ElementsAre("Web Parameters.Image"))
      << "it may matter there";
}

// What is not in the repository may use it.
TEST(NestedStacks, WhatIsElsewhereIsNotFollowed) {
  std::map<std::string, Template> read;
  read["app/idle.yaml"] = read_template(idle);
  for (const char* url :
       {"https://s3.example/app/idle.yaml", "/app/idle.yaml", "../../idle.yaml", "other.yaml"}) {
    EXPECT_THAT(told(url, read), ElementsAre("Web Parameters.Image")) << url;
  }
}

// What a macro, an include or a loop makes of a parameter cannot be seen.
TEST(NestedStacks, WhatIsWrittenByOthersMayUseIt) {
  for (const char* more : {"Transform: [Golden]\n",
                           "Outputs: {O: {'Fn::Transform': {Name: Include}}}\n",
                           "Outputs: {O: {Value: !Ref '${Role}Image'}}\n"}) {
    std::map<std::string, Template> read;
    read["app/idle.yaml"] = read_template(idle + more);
    EXPECT_THAT(told("idle.yaml", read), ElementsAre("Web Parameters.Image")) << more;
  }
}

// Sixty stacks of a template that nests itself, and sixty of one that has sixty, stay what they
// are.
TEST(NestedStacks, DoNotMultiplyWithoutEnd) {
  const auto many = [](const std::string& url) {
    std::string text = "Parameters: {Image: {Type: String}}\nResources:\n";
    for (int i = 0; i < 60; ++i) {
      text += "  S" + std::to_string(i) +
              ": {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: " + url +
              ", Parameters: {Image: !Ref Image}}}\n";
    }
    return text;
  };
  std::map<std::string, Template> read;
  read["app/self.yaml"] = read_template(many("self.yaml"));
  EXPECT_LE(told("self.yaml", read).size(), 60U);
  read["app/wide.yaml"] = read_template(many("deep.yaml"));
  read["app/deep.yaml"] = read_template(many("web.yaml"));
  read["app/web.yaml"] = read_template(server);
  EXPECT_LE(told("wide.yaml", read).size(), 5000U);
}

TEST(NestedStacks, CirclesEnd) {
  std::map<std::string, Template> read;
  read["app/main.yaml"] = read_template(parent(b, "main.yaml"));
  EXPECT_THAT(told("main.yaml", read), ElementsAre("Web Parameters.Image"));
}

}  // namespace
}  // namespace patchbot
