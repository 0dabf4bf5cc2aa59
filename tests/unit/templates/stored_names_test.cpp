// SPDX-License-Identifier: Apache-2.0
#include "templates/stored_names.hpp"

#include <gmock/gmock.h>

#include "formats/template_reader.hpp"
#include "templates/open_text.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(const std::string& text, const ParameterValues& values = {}) {
  const Template read = read_template(text);
  std::vector<std::string> all;
  for (const auto& [use, found] : stored_names(read.root, values)) {
    all.insert(all.end(), found.names.begin(), found.names.end());
    if (found.is_open) all.emplace_back("?");
  }
  return all;
}

std::string server(const std::string& image) {
  return "Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: " +
         image + "\n";
}

std::string parameter(const std::string& type) {
  return "Parameters:\n  Ami: { Type: '" + type + "', Default: /ami/web }\n" + server("!Ref Ami");
}

TEST(StoredNames, OfEveryForm) {
  EXPECT_THAT(names(server("'{{resolve:ssm:/ami/web}}'")), ElementsAre("/ami/web"));
  EXPECT_THAT(names(server("'{{resolve:ssm:/ami/web:3}}'")), ElementsAre("/ami/web:3"));
  EXPECT_THAT(names(server("'resolve:ssm:/ami/web:live'")), ElementsAre("/ami/web:live"));
  EXPECT_THAT(names(parameter("AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>")),
              ElementsAre("/ami/web"));
  EXPECT_THAT(
      names(server("!Sub 'resolve:ssm:/ami/${AWS::Region}/web'"), {{"AWS::Region", "eu-west-1"}}),
      ElementsAre("/ami/eu-west-1/web"));
}

TEST(StoredNames, AreThoseThatAreGiven) {
  const std::string text = parameter("AWS::SSM::Parameter::Value<String>");
  EXPECT_THAT(names(text, {{"Ami", "/ami/other"}}), ElementsAre("/ami/other"));
  EXPECT_THAT(names(text, {{"Ami", std::nullopt}}), ElementsAre("?")) << "only the stack knows it";
}

TEST(StoredNames, NothingElseIsOne) {
  EXPECT_THAT(names(server("ami-0aaaaaaaaaaaaaaa1")), IsEmpty());
  EXPECT_THAT(names(parameter("String")), IsEmpty());
  EXPECT_THAT(names(parameter("AWS::SSM::Parameter::Name")), IsEmpty()) << "it stays the name";
  EXPECT_THAT(names(server("'{{resolve:secretsmanager:ami}}'")), IsEmpty());
}

TEST(StoredNames, WhatIsNotDecidedIsOpen) {
  EXPECT_THAT(names(server("!If [New, '{{resolve:ssm:/a}}', '{{resolve:ssm:/b}}']")),
              ElementsAre("?"));
  EXPECT_THAT(names(server("!Sub 'resolve:ssm:/ami/${AWS::Region}/web'")), ElementsAre("?"));
}

TEST(StoredNames, OverridesHaveOneEach) {
  EXPECT_THAT(names("Resources: {G: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: "
                    "{MixedInstancesPolicy: {LaunchTemplate: {Overrides: [{ImageId: "
                    "'{{resolve:ssm:/x86}}'}, {ImageId: ami-0aaaaaaaaaaaaaaa1}, {ImageId: "
                    "'{{resolve:ssm:/arm}}'}]}}}}}\n"),
              ElementsAre("/x86", "/arm"));
}

TEST(StoredNames, OutputsAreForOthers) {
  EXPECT_THAT(names(server("ami-0aaaaaaaaaaaaaaa1") +
                    "Outputs: {Ami: {Value: '{{resolve:ssm:/ami/web}}'}}\n"),
              IsEmpty());
}

TEST(StoredName, StandsForAllOfTheText) {
  EXPECT_EQ(stored_name("{{resolve:ssm:}}"), std::nullopt);
  EXPECT_EQ(stored_name("resolve:ssm:"), std::nullopt);
  EXPECT_EQ(stored_name("a {{resolve:ssm:/b}}"), std::nullopt);
  EXPECT_EQ(stored_name("{{resolve:ssm:/b}} c"), std::nullopt);
}

}  // namespace
}  // namespace patchbot
