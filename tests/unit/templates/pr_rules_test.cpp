// SPDX-License-Identifier: Apache-2.0
#include "templates/pr_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/template_reader.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> rules_of(const std::string& base, const std::string& head) {
  const Template before = read_template(base);
  const Template after = read_template(head);
  std::vector<std::string> told;
  for (const RuleHit& hit : offline_rules(&before, after, review(&before.root, &after.root))) {
    told.push_back(std::string(hit.id) + " " + std::string(to_text(hit.level)));
  }
  return told;
}

// Two regions and a server that looks them up.
std::string fleet(const std::string& ireland,
                  const std::string& virginia,
                  const std::string& size = "t3.large") {
  return "Mappings:\n  Images:\n    eu-west-1: {ami: " + ireland +
         "}\n    us-east-1: {ami: " + virginia +
         "}\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      "
         "InstanceType: " +
         size + "\n      ImageId: !FindInMap [Images, !Ref AWS::Region, ami]\n";
}

const std::string a = "ami-0aaaaaaaaaaaaaaa1";
const std::string b = "ami-0bbbbbbbbbbbbbbb2";
const std::string c = "ami-0ccccccccccccccc3";
const std::string d = "ami-0ddddddddddddddd4";

TEST(PrRules, APureBumpOfAllRegionsIsFine) {
  EXPECT_THAT(rules_of(fleet(a, b), fleet(c, d)), IsEmpty());
  EXPECT_THAT(rules_of(fleet(a, b), fleet(a, b)), IsEmpty());
}

TEST(PrRules, OneIdBelongsToOneRegion) {
  EXPECT_THAT(rules_of(fleet(a, b), fleet(c, c)), ElementsAre("one-ami-in-two-regions fail"));
  EXPECT_THAT(rules_of(fleet(a, a), fleet(a, a)), ElementsAre("one-ami-in-two-regions note"))
      << "what was there before does not fail another change";
}

TEST(PrRules, ARegionThatIsLeftBehindIsTold) {
  EXPECT_THAT(rules_of(fleet(a, b), fleet(c, b)), ElementsAre("partial-bump warn"));
}

TEST(PrRules, ANewRegionIsNoPartialBump) {
  const std::string both = fleet(a, b);
  const std::string one =
      both.substr(0, both.find("    us-east-1")) + both.substr(both.find("Resources"));
  EXPECT_THAT(rules_of(one, both), IsEmpty());
}

// Environments follow one after the other, whatever the configuration calls them.
TEST(PrRules, AnEnvironmentOfTheConfigurationIsNoPartialBump) {
  const auto images = [](const std::string& blue) {
    return "Mappings: {Images: {eu-west-1: {blue: " + blue + ", green: " + b +
           "}}}\nResources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap "
           "[Images, eu-west-1, !Ref Stage]}}}\n";
  };
  const Template before = read_template(images(a));
  const Template after = read_template(images(c));
  const auto hits = [&](const Config& config) {
    return offline_rules(&before, after, review(&before.root, &after.root), Environments(config))
        .size();
  };
  Config config;
  EXPECT_EQ(hits(config), 1U);
  config.environments = {{"blue", "staging"}, {"green", "production"}};
  EXPECT_EQ(hits(config), 0U);
}

TEST(PrRules, ALiteralElsewhereDoesNotFailForTheMapBefore) {
  const std::string other = "  Other: {Type: AWS::EC2::Instance, Properties: {ImageId: ";
  EXPECT_THAT(rules_of(fleet(a, a) + other + b + "}}\n", fleet(a, a) + other + a + "}}\n"),
              ElementsAre("one-ami-in-two-regions note"));
}

TEST(PrRules, AmisInListsAreSeenToo) {
  const auto listed = [](const std::string& id) {
    return "Mappings: {M: {us-east-1: {I: [" + id + "]}, us-west-2: {I: [" + id + "]}}}\n";
  };
  EXPECT_THAT(rules_of(listed(a), listed(b)), ElementsAre("one-ami-in-two-regions fail"));
}

TEST(PrRules, WhatANestedStackGetsIsUsed) {
  const auto nested = [](const std::string& id) {
    return "Parameters: {I: {Default: " + id +
           "}}\nResources: {N: {Type: AWS::CloudFormation::Stack, "
           "Properties: {TemplateURL: u, Parameters: {ImageId: !Ref I}}}}\n";
  };
  EXPECT_THAT(rules_of(nested(a), nested(b)), IsEmpty());
}

TEST(PrRules, AnIdOfTheOldFormIsADowngrade) {
  EXPECT_THAT(rules_of(fleet(a, b), fleet(c, "ami-0123abcd")), ElementsAre("old-ami fail"));
  EXPECT_THAT(rules_of(fleet(a, "ami-0123abcd"), fleet(c, "ami-0123abce")), IsEmpty());
}

TEST(PrRules, WhatElseChangesIsTold) {
  EXPECT_THAT(rules_of(fleet(a, b), fleet(c, d, "t3.small")), ElementsAre("other-changes warn"));
  EXPECT_THAT(rules_of(fleet(a, b), fleet(a, b, "t3.small")), IsEmpty()) << "no bump at all";
}

TEST(PrRules, AValueThatNothingUsesRollsNoServer) {
  const std::string unused =
      "Parameters: {Image: {Default: X}}\n"
      "Resources: {Web: {Type: AWS::S3::Bucket}}\n";
  std::string base = unused;
  std::string head = unused;
  base.replace(base.find('X'), 1, a);
  head.replace(head.find('X'), 1, b);
  EXPECT_THAT(rules_of(base, head), ElementsAre("unused-ami warn"));
  const auto only_parameters = [](std::string text) { return text.substr(0, text.find('\n')); };
  EXPECT_THAT(rules_of(only_parameters(base), only_parameters(head)), IsEmpty())
      << "a part of a template is used from elsewhere";
}

TEST(PrRules, ADuplicateKeyFailsTheChangeThatBringsIt) {
  const std::string twice = fleet(a, b) + "      ImageId: " + c + "\n";
  EXPECT_THAT(rules_of(fleet(a, b), twice), testing::Contains("duplicate-key fail"));
  EXPECT_THAT(rules_of(twice, twice), ElementsAre("duplicate-key note"));
}

}  // namespace
}  // namespace patchbot
