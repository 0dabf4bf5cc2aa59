// SPDX-License-Identifier: Apache-2.0
#include "templates/ami_changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/parameter_overrides.hpp"
#include "formats/template_reader.hpp"
#include "support.hpp"
#include "templates/ami_id.hpp"
#include "templates/parameter_file.hpp"
#include "templates/parameter_sets.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view old_id = "ami-0aaaaaaaaaaaaaaa1";
constexpr std::string_view new_id = "ami-0bbbbbbbbbbbbbbb2";

TEST(RegionName, HasAPlaceADirectionAndANumber) {
  for (const char* text : {"eu-west-1", "us-gov-west-1", "ap-southeast-12", "eusc-de-east-1"}) {
    EXPECT_TRUE(is_region_name(text)) << text;
  }
  for (const char* text :
       {"eu-west", "eu-west-1a", "EU-WEST-1", "euro-west-1", "qa-web-1", "eu--1", "x", ""}) {
    EXPECT_FALSE(is_region_name(text)) << text;
  }
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

TemplateReview review_of(std::string_view base, std::string_view head) {
  const Template before = read_template(base);
  const Template after = read_template(head);
  return review(&before.root, &after.root);
}

std::vector<std::string> uses_of(const AmiChange& change) {
  std::vector<std::string> uses;
  for (const AmiUse& use : change.uses) uses.push_back(use.resource + "." + use.property);
  return uses;
}

// Every way from a value to a server, one resource each.
const std::string everything = R"(
Parameters:
  Image: {Type: AWS::EC2::Image::Id, Default: ami-0aaaaaaaaaaaaaaa1}
  Path: {Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>, Default: /golden/a}
Mappings:
  Images:
    eu-west-1: {ami: ami-0aaaaaaaaaaaaaaa1, other: ami-0aaaaaaaaaaaaaaa1}
    us-east-1: {ami: ami-0cccccccccccccccc}
Resources:
  Literal: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0aaaaaaaaaaaaaaa1}}
  ByRef: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: !Ref Image}}}
  ByMap:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties: {ImageId: !If [Big, !FindInMap [Images, !Ref AWS::Region, ami], !Sub '${Image}']}
  BySsm: {Type: AWS::EC2::Instance, Properties: {ImageId: '{{resolve:ssm:/golden/a}}'}}
  Mixed:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MixedInstancesPolicy: {LaunchTemplate: {Overrides: [{ImageId: ami-0aaaaaaaaaaaaaaa1}]}}
  Beanstalk:
    Type: AWS::ElasticBeanstalk::Environment
    Properties:
      OptionSettings:
        - {Namespace: 'aws:autoscaling:launchconfiguration', OptionName: ImageId, Value: ami-0aaaaaaaaaaaaaaa1}
        - {Namespace: 'aws:autoscaling:launchconfiguration', OptionName: InstanceType, Value: t3.large}
  Published: {Type: AWS::SSM::Parameter, Properties: {Type: String, DataType: 'aws:ec2:image', Value: !Ref Image}}
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Image}}
)";

TEST(AmiChanges, AreOneForEachPlaceWhereAnAmiIsWritten) {
  const TemplateReview review = review_of(everything, replaced(everything, old_id, new_id));
  EXPECT_EQ(review.resources, 8U);
  EXPECT_EQ(review.ami_bearing_resources, 7U);
  EXPECT_THAT(review.other_changes, IsEmpty());

  std::vector<std::string> told;
  for (const AmiChange& one : review.ami_changes) {
    EXPECT_TRUE(one.is_bump());
    told.push_back(std::string(to_text(one.kind)) + " " + one.change.path);
  }
  EXPECT_THAT(told,
              ElementsAre("parameter Parameters/Image/Default",
                          "mapping Mappings/Images/eu-west-1/ami",
                          "mapping Mappings/Images/eu-west-1/other",
                          "literal Resources/Literal/Properties/ImageId",
                          "literal Resources/Mixed/Properties/MixedInstancesPolicy/LaunchTemplate/"
                          "Overrides[0]/ImageId",
                          "literal Resources/Beanstalk/Properties/OptionSettings["
                          "aws:autoscaling:launchconfiguration:ImageId]/Value"));
  EXPECT_THAT(uses_of(review.ami_changes[0]),
              ElementsAre("ByRef.LaunchTemplateData.ImageId", "ByMap.ImageId", "Published.Value"));
  EXPECT_THAT(uses_of(review.ami_changes[1]), ElementsAre("ByMap.ImageId"));
  EXPECT_THAT(uses_of(review.ami_changes[5]), ElementsAre("Beanstalk.OptionSettings.[].Value"));
  EXPECT_EQ(review.ami_changes[1].region, "eu-west-1");
  EXPECT_THAT(uses_of(review.ami_changes[2]), IsEmpty()) << "nothing looks that cell up";
}

TEST(AmiChanges, AParameterStoreNameIsAnAmiWhereItLeadsToOne) {
  const TemplateReview review = review_of(
      everything, replaced(everything, "{{resolve:ssm:/golden/a}}", "{{resolve:ssm:/golden/b}}"));
  ASSERT_THAT(review.ami_changes, SizeIs(1));
  EXPECT_EQ(review.ami_changes[0].kind, AmiChange::Kind::ssm);
  EXPECT_FALSE(review.ami_changes[0].is_bump());
}

TEST(AmiChanges, AnIdThatBecomesSomethingElseChangesItsForm) {
  const std::string literal =
      "Resources: {A: {Type: AWS::EC2::Instance, Properties: {ImageId: X}}}";
  const TemplateReview review = review_of(replaced(literal, "X", old_id),
                                          replaced(literal, "X", "'{{resolve:ssm:/golden/a}}'"));
  ASSERT_THAT(review.ami_changes, SizeIs(1));
  EXPECT_EQ(review.ami_changes[0].kind, AmiChange::Kind::form);
}

TEST(AmiChanges, ValuesForParametersStandInFilesOfTheirOwn) {
  const std::string list = R"([{"ParameterKey":"Size","ParameterValue":"1"},)"
                           R"({"ParameterKey":"Image","ParameterValue":"ami-0aaaaaaaaaaaaaaa1"}])";
  const std::string pipeline = R"({"Parameters":{"Image":"ami-0aaaaaaaaaaaaaaa1"},"Tags":{}})";
  const std::string sync =
      "template-file-path: web.yaml\nparameters: {Image: ami-0aaaaaaaaaaaaaaa1}\n";
  for (const std::string& file : {list, pipeline, sync}) {
    EXPECT_TRUE(is_parameter_file(read_template(file).root)) << file;
    const TemplateReview review = review_of(file, replaced(file, old_id, new_id));
    ASSERT_THAT(review.ami_changes, SizeIs(1)) << file;
    EXPECT_EQ(to_text(review.ami_changes[0].kind), "parameter-file");
    EXPECT_THAT(review.other_changes, IsEmpty());
  }
  EXPECT_FALSE(is_parameter_file(read_template(everything).root));
  EXPECT_FALSE(is_parameter_file(read_template("[]").root));
  EXPECT_FALSE(is_parameter_file(read_template("Parameters: {A: {Type: String}}").root));
}

TEST(AmiChanges, OverridesOfTheCommandLineAreValuesToo) {
  TemplateNode root =
      read_template(R"(["Image=ami-0aaaaaaaaaaaaaaa1", "Flags=a=b", "Empty="])").root;
  spell_out_overrides(root);
  EXPECT_TRUE(is_parameter_file(root));
  ASSERT_THAT(parameter_sets(root), SizeIs(1));
  EXPECT_EQ(parameter_sets(root)[0].values,
            (ParameterValues{{"Image", std::string(old_id)}, {"Flags", "a=b"}, {"Empty", ""}}));
  for (const char* other : {R"(["a=b", 7])", R"(["a=b", "just a text"])", R"(["=b"])", "[]"}) {
    TemplateNode list = read_template(other).root;
    spell_out_overrides(list);
    EXPECT_FALSE(is_parameter_file(list)) << other;
  }
}

// Many values begin with a slash; names in Systems Manager do, too.
TEST(AmiChanges, NotEveryPathIsANameOfAnImage) {
  const auto changes = [](const std::string& key, const std::string& from, const std::string& to) {
    const auto file = [&](const std::string& value) {
      return R"([{"ParameterKey":")" + key + R"(","ParameterValue":")" + value + R"("}])";
    };
    return review_of(file(from), file(to)).ami_changes.size();
  };
  EXPECT_EQ(changes("HealthPath", "/health", "/status"), 0U);
  EXPECT_EQ(changes("DynamicPath", "/a", "/b"), 0U);
  EXPECT_EQ(changes("ImageTag", "/a", "/b"), 0U) << "of a container";
  EXPECT_EQ(changes("WebImage", "/golden/7", "/golden/8"), 1U);
  EXPECT_EQ(changes("Source", "/ami/web", "/ami/web2"), 1U);
}

// What the server gets changes, though no id does.
TEST(AmiChanges, AnotherWayToAnAmiIsAChange) {
  const std::string two =
      "Parameters: {Old: {Default: ami-0aaaaaaaaaaaaaaa1}, New: {Default: "
      "ami-0bbbbbbbbbbbbbbb2}}\nMappings: {M: {us-east-1: {a: "
      "ami-0aaaaaaaaaaaaaaa1, b: ami-0bbbbbbbbbbbbbbb2}}}\n"
      "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: X}}}\n";
  const auto with = [&](std::string_view image) { return replaced(two, "X", image); };
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"!Ref Old", "!Ref New"},
           {"!FindInMap [M, !Ref AWS::Region, a]", "!FindInMap [M, !Ref AWS::Region, b]"}}) {
    const TemplateReview review = review_of(with(from), with(to));
    ASSERT_THAT(review.ami_changes, SizeIs(1)) << from;
    EXPECT_EQ(review.ami_changes[0].kind, AmiChange::Kind::form);
    EXPECT_THAT(uses_of(review.ami_changes[0]), ElementsAre("W.ImageId"));
    EXPECT_THAT(review.other_changes, IsEmpty());
    ASSERT_THAT(review.ami_changes[0].arriving, SizeIs(1)) << from;
    EXPECT_EQ(review.ami_changes[0].arriving[0].id, new_id);
    ASSERT_THAT(review.ami_changes[0].leaving, SizeIs(1)) << from;
    EXPECT_EQ(review.ami_changes[0].leaving[0].id, old_id);
  }
}

// What decides which AMI it is need not be near the server.
TEST(AmiChanges, WhatDecidesOnTheAmiIsAWay) {
  const std::string text =
      "Parameters: {Env: {Default: ENV}, Size: {Default: SIZE}}\nMappings: {M: {production: {web: "
      "ami-0aaaaaaaaaaaaaaa1}, staging: {web: ami-0bbbbbbbbbbbbbbb2}}}\nConditions: {IsProd: "
      "!Equals [!Ref Env, WORD]}\nResources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: "
      "!If [IsProd, !FindInMap [M, !Ref Env, web], ami-0bbbbbbbbbbbbbbb2]}}, G: {Type: "
      "AWS::AutoScaling::AutoScalingGroup, Properties: {LaunchTemplate: {LaunchTemplateId: lt-1, "
      "Version: VERSION}}}, N: {Type: AWS::CloudFormation::Stack, Properties: {Parameters: "
      "{WebAmi: "
      "!FindInMap [M, KEY, web], Size: KIND}}}}\n";
  for (const auto& [word, resource] :
       std::vector<std::pair<std::string, std::string>>{{"ENV", "W.ImageId"},
                                                        {"WORD", "W.ImageId"},
                                                        {"VERSION", "G.LaunchTemplate"},
                                                        {"KEY", "N.Parameters.WebAmi"},
                                                        {"SIZE", ""},
                                                        {"KIND", ""}}) {
    const TemplateReview review = review_of(text, replaced(text, word, "other"));
    ASSERT_EQ(review.ami_changes.size() + review.other_changes.size(), 1U) << word;
    ASSERT_EQ(review.ami_changes.size(), resource.empty() ? 0U : 1U) << word;
    if (resource.empty()) continue;
    EXPECT_EQ(review.ami_changes[0].kind, AmiChange::Kind::form) << word;
    EXPECT_THAT(uses_of(review.ami_changes[0]), ElementsAre(resource)) << word;
  }
}

TEST(AmiChanges, WhatDecidesFromFurtherAwayIsAWayToo) {
  const std::string text =
      "Parameters: {A: {Default: ONE}, B: {Default: TWO}, C: {Default: THREE}, D: {Default: "
      "FOUR}}\n"
      "Mappings: {M: {x: {web: ami-0aaaaaaaaaaaaaaa1}}}\n"
      "Conditions: {New: !Equals [!Ref A, '1'], Here: !Equals [!Ref B, '1']}\n"
      "Resources: {LT: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: !If [New, "
      "{ImageId: ami-0aaaaaaaaaaaaaaa1}, {ImageId: ami-0bbbbbbbbbbbbbbb2}]}}, W: {Type: "
      "AWS::EC2::Instance, Condition: Here, Properties: {ImageId: ami-0aaaaaaaaaaaaaaa1}}, G: "
      "{Type: AWS::AutoScaling::AutoScalingGroup, Properties: {LaunchTemplate: {LaunchTemplateId: "
      "lt-1, Version: !Ref C}}}, N: {Type: AWS::CloudFormation::Stack, Properties: {Parameters: "
      "{WebAmi: !FindInMap [M, !Ref D, web]}}}}\n";
  for (const auto& [word, resource] :
       std::vector<std::pair<std::string, std::string>>{{"ONE", "LT.LaunchTemplateData.ImageId"},
                                                        {"TWO", "W.ImageId"},
                                                        {"THREE", "G.LaunchTemplate"},
                                                        {"FOUR", "N.Parameters.WebAmi"}}) {
    const TemplateReview review = review_of(text, replaced(text, word, "other"));
    ASSERT_THAT(review.ami_changes, SizeIs(1)) << word;
    EXPECT_THAT(uses_of(review.ami_changes[0]), testing::Contains(resource)) << word;
  }
}

std::vector<std::string> ids(const std::vector<MovedAmi>& amis) {
  std::vector<std::string> all;
  for (const MovedAmi& ami : amis) {
    all.push_back(ami.id + (ami.region.empty() ? "" : " " + ami.region) +
                  (ami.was_used ? " used" : ""));
  }
  return all;
}

TEST(AmiChanges, WhatArrivesByAnotherWayIsOfTheRegionOfItsPlace) {
  const std::string maps =
      "Mappings: {M: {us-east-1: {a: ami-0aaaaaaaaaaaaaaa1, b: ami-0bbbbbbbbbbbbbbb2}, eu-west-1: "
      "{a: ami-0aaaaaaaaaaaaaaa3, b: ami-0bbbbbbbbbbbbbbb4}}}\n"
      "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, !Ref "
      "AWS::Region, K]}}, V: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, "
      "eu-west-1, b]}}}\n";
  const TemplateReview review = review_of(replaced(maps, "K", "a"), replaced(maps, "K", "b"));
  ASSERT_THAT(review.ami_changes, SizeIs(1));
  EXPECT_THAT(
      ids(review.ami_changes[0].arriving),
      ElementsAre("ami-0bbbbbbbbbbbbbbb4 eu-west-1 used", "ami-0bbbbbbbbbbbbbbb2 us-east-1"));
  EXPECT_THAT(ids(review.ami_changes[0].leaving),
              ElementsAre("ami-0aaaaaaaaaaaaaaa3 eu-west-1", "ami-0aaaaaaaaaaaaaaa1 us-east-1"));
}

// Which cell it is the default says, for every stack that gives no other value.
TEST(AmiChanges, AnotherDefaultOfAKeyChoosesAnotherAmi) {
  const std::string text =
      "Parameters: {Track: {Type: String, Default: one}}\n"
      "Mappings: {M: {eu-west-1: {one: ami-0aaaaaaaaaaaaaaa1, two: ami-0bbbbbbbbbbbbbbb2}}}\n"
      "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, !Ref "
      "AWS::Region, !Ref Track]}}}\n";
  const TemplateReview review = review_of(text, replaced(text, "Default: one", "Default: two"));
  ASSERT_THAT(review.ami_changes, SizeIs(1));
  EXPECT_THAT(ids(review.ami_changes[0].arriving), ElementsAre("ami-0bbbbbbbbbbbbbbb2 eu-west-1"));
  EXPECT_THAT(ids(review.ami_changes[0].leaving), ElementsAre("ami-0aaaaaaaaaaaaaaa1 eu-west-1"));
}

TEST(AmiChanges, AParameterInThePlaceOfAnIdMayBringAnother) {
  const std::string two =
      "Parameters: {Image: {Default: ami-0bbbbbbbbbbbbbbb2}}\n"
      "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: X}}}\n";
  const auto arriving = [&](std::string_view before) {
    const TemplateReview review =
        review_of(replaced(two, "X", before), replaced(two, "X", "!Ref Image"));
    EXPECT_THAT(review.ami_changes, SizeIs(2));
    return ids(review.ami_changes.back().arriving);
  };
  EXPECT_THAT(arriving(old_id), ElementsAre(std::string(new_id)));
  EXPECT_THAT(arriving(new_id), IsEmpty()) << "the same AMI by another way";
}

TEST(AmiChanges, ListsAndStoreNamesOfParametersAreFollowed) {
  const std::string list =
      "Parameters: {I: {Type: List<AWS::EC2::Image::Id>, Default: "
      "'ami-0aaaaaaaaaaaaaaa1,ami-0cccccccccccccccc'}}\n"
      "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: "
      "!Select [0, !Ref I]}}}\n";
  const TemplateReview of_list = review_of(list, replaced(list, old_id, new_id));
  ASSERT_THAT(of_list.ami_changes, SizeIs(1));
  EXPECT_EQ(of_list.ami_changes[0].kind, AmiChange::Kind::parameter);
  const std::string store =
      "Parameters: {I: {Default: /golden/1}}\n"
      "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: "
      "!Ref I}}}\n";
  const TemplateReview of_store = review_of(store, replaced(store, "/golden/1", "/golden/2"));
  ASSERT_THAT(of_store.ami_changes, SizeIs(1));
  EXPECT_EQ(of_store.ami_changes[0].kind, AmiChange::Kind::ssm);
}

TEST(AmiChanges, LoopsAreFollowedToTheirValues) {
  const std::string values =
      "Resources: {'Fn::ForEach::X': [Img, [ami-0aaaaaaaaaaaaaaa1], "
      "{'W${Img}': {Type: AWS::EC2::Instance, Properties: {ImageId: !Ref "
      "Img}}}]}\n";
  const TemplateReview review = review_of(values, replaced(values, old_id, new_id));
  ASSERT_THAT(review.ami_changes, SizeIs(1));
  EXPECT_THAT(uses_of(review.ami_changes[0]), ElementsAre("W${Img}.ImageId"));
  const std::string keys =
      "Mappings: {M: {Web: {I: ami-0aaaaaaaaaaaaaaa1}}}\n"
      "Resources: {'Fn::ForEach::X': [R, [Web], {'W${R}': {Type: "
      "AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, '${R}', "
      "I]}}}]}\n";
  const TemplateReview of_keys = review_of(keys, replaced(keys, old_id, new_id));
  ASSERT_THAT(of_keys.ami_changes, SizeIs(1));
  EXPECT_THAT(uses_of(of_keys.ami_changes[0]), ElementsAre("W${R}.ImageId"));
}

TEST(AmiChanges, WhatCombinesToTooManyWaysIsRefused) {
  const auto fault_of_review = [](const std::string& text) {
    const Template head = read_template(text);
    return test::fault_of([&] { review(nullptr, &head.root); });
  };
  std::string maps = "Mappings:\n  M: {k: {a: ami-0aaaaaaaaaaaaaaa1}}\n";
  std::string servers = "Resources:\n";
  for (int i = 0; i < 100; ++i) {
    maps += "  M" + std::to_string(i) + ": {k0: {a: {}}, k1: {a: {}}, k2: {a: {}}}\n";
  }
  for (int i = 0; i < 5000; ++i) {
    servers += "  R" + std::to_string(i) +
               ": {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [!Ref X, !Ref X, "
               "!Ref X]}}\n";
  }
  EXPECT_THAT(fault_of_review(maps + servers), testing::HasSubstr("millions of ways"));
  std::string many;
  for (int i = 0; i < 20000; ++i) many += "${b}";
  EXPECT_THAT(fault_of_review("Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: "
                              "!Sub ['" +
                              many + "', {b: !Sub ['" + many + "', {b: !Ref Q}]}]}}}"),
              testing::Eq("nothing"))
      << "a name counts once, however often it stands there";
}

TEST(AmiChanges, ANewTemplateIsAllAdded) {
  const Template head = read_template(everything);
  const TemplateReview added = review(nullptr, &head.root);
  EXPECT_THAT(added.ami_changes, SizeIs(8)) << "six ids, one of another region, one of the store";
  const TemplateReview removed = review(&head.root, nullptr);
  EXPECT_THAT(removed.ami_changes, SizeIs(8));
  EXPECT_EQ(removed.resources, 0U);
}

}  // namespace
}  // namespace patchbot
