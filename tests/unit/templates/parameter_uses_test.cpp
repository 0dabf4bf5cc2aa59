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
  add_parameter_uses(request, base, head, templates);
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

// All that a macro is given, and what an image of a foreign type comes of, is relevant.
TEST(ParameterUses, ValuesForMacrosAndForeignTypesCount) {
  const auto judged = [](const std::string& text) {
    const Template read = read_template("Parameters: {Track: {Type: String}}\n" + text);
    TemplateFiles base;
    TemplateFiles head;
    base["x.json"].read = read_template(R"({"Parameters": {"Track": "one"}})");
    head["x.json"].read = read_template(R"({"Parameters": {"Track": "two"}})");
    PullRequest request = compare(base, head);
    add_parameter_uses(request, base, head, {{"web.yaml", &read.root}});
    return request.files.at(0).review.ami_changes;
  };
  const auto macro = judged("Transform: Mine\nResources: {B: {Type: AWS::S3::Bucket}}\n");
  ASSERT_EQ(macro.size(), 1U);
  EXPECT_TRUE(macro[0].is_open);
  const auto foreign = judged("Mappings: {M: {one: {v: " + a + "}, two: {v: " + b +
                              "}}}\nResources: {S: {Type: Acme::Web::MODULE, Properties: {ImageId: "
                              "!FindInMap [M, !Ref Track, v]}}}\n");
  ASSERT_EQ(foreign.size(), 1U);
  EXPECT_EQ(foreign[0].arriving.at(0).id, b);
  EXPECT_TRUE(
      judged("Resources: {B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Track}}}\n")
          .empty());
}

// Both AMIs stand in the template; a key of a map and a condition say which one servers get.
const std::string tracks =
    "Parameters: {Track: {Type: String}, New: {Type: String}, Size: {Type: String}}\n"
    "Conditions: {IsNew: !Equals [!Ref New, 'yes']}\n"
    "Mappings: {M: {eu-west-1: {one: ami-0aaaaaaaaaaaaaaa1, two: ami-0bbbbbbbbbbbbbbb2}}}\n"
    "Resources:\n"
    "  Key: {Type: AWS::EC2::Instance, UpdateReplacePolicy: Retain, Properties: {ImageId: "
    "!FindInMap [M, !Ref AWS::Region, !Ref Track], InstanceType: !Ref Size}}\n"
    "  If: {Type: AWS::EC2::Instance, UpdateReplacePolicy: Retain, Properties: {ImageId: !If "
    "[IsNew, ami-0ccccccccccccccc3, ami-0ddddddddddddddd4]}}\n";

PullRequest chosen(const std::string& before, const std::string& after) {
  const Template read = read_template(tracks);
  TemplateFiles base;
  TemplateFiles head;
  if (!before.empty()) base["x.json"].read = read_template("{\"Parameters\": " + before + "}");
  head["x.json"].read = read_template("{\"Parameters\": " + after + "}");
  PullRequest request = compare(base, head);
  add_parameter_uses(request, base, head, {{"web.yaml", &read.root}});
  return request;
}

std::vector<std::string> told(const PullRequest& request) {
  std::vector<std::string> lines;
  for (const AmiChange& one : request.files.at(0).review.ami_changes) {
    std::string line = one.change.path + " for";
    for (const AmiUse& use : one.uses) line += " " + use.resource;
    for (const MovedAmi& ami : one.leaving) line += " -" + ami.id;
    for (const MovedAmi& ami : one.arriving) line += " +" + ami.id;
    lines.push_back(line);
  }
  return lines;
}

TEST(ParameterUses, AValueThatChoosesChangesTheAmi) {
  const std::string one = R"({"Track": "one", "New": "no", "Size": "small"})";
  const PullRequest key = chosen(one, R"({"Track": "two", "New": "no", "Size": "small"})");
  EXPECT_THAT(
      told(key),
      ElementsAre("Parameters/Track for Key -ami-0aaaaaaaaaaaaaaa1 +ami-0bbbbbbbbbbbbbbb2"));
  EXPECT_EQ(key.files[0].review.ami_changes[0].kind, AmiChange::Kind::form);
  EXPECT_FALSE(key.files[0].review.ami_changes[0].arriving[0].was_used);
  EXPECT_THAT(told(chosen(one, R"({"Track": "one", "New": "yes", "Size": "small"})")),
              ElementsAre("Parameters/New for If -ami-0ddddddddddddddd4 +ami-0ccccccccccccccc3"));
  EXPECT_TRUE(told(chosen(one, R"({"Track": "one", "New": "no", "Size": "large"})")).empty());
}

// The servers of a value that chooses are those of any other.
TEST(ParameterUses, AChoiceThatDoesNotRollIsSaid) {
  const Template read = read_template(
      "Parameters: {Track: {Type: String}}\n"
      "Mappings: {M: {r: {one: ami-0aaaaaaaaaaaaaaa1, two: ami-0bbbbbbbbbbbbbbb2}}}\n"
      "Resources:\n"
      "  LT: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "
      "!FindInMap [M, r, !Ref Track]}}}\n"
      "  Group: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {LaunchTemplate: "
      "{LaunchTemplateId: !Ref LT, Version: $Latest}}}\n");
  TemplateFiles base;
  TemplateFiles head;
  base["x.json"].read = read_template(R"({"Parameters": {"Track": "one"}})");
  head["x.json"].read = read_template(R"({"Parameters": {"Track": "two"}})");
  PullRequest request = compare(base, head);
  add_parameter_uses(request, base, head, {{"web.yaml", &read.root}});
  ASSERT_EQ(request.files.at(0).hits.size(), 1U);
  EXPECT_EQ(request.files[0].hits[0].id, "does-not-roll");
}

// What arrives is the value that the file gives, not the default of its parameter.
TEST(ParameterUses, AChoiceOfAnotherParameterBringsItsValue) {
  const Template read = read_template(
      "Parameters: {Own: {Type: String, Default: ami-0ccccccccccccccc3}, New: {Type: String}}\n"
      "Conditions: {IsNew: !Equals [!Ref New, 'yes']}\n"
      "Resources: {If: {Type: AWS::EC2::Instance, Properties: {ImageId: !If [IsNew, !Ref Own, "
      "ami-0ddddddddddddddd4]}}}\n");
  const auto values = [](const std::string& is_new) {
    return read_template("{\"Parameters\": {\"New\": \"" + is_new + "\", \"Own\": \"" + b + "\"}}");
  };
  TemplateFiles base;
  TemplateFiles head;
  base["x.json"].read = values("no");
  head["x.json"].read = values("yes");
  PullRequest request = compare(base, head);
  add_parameter_uses(request, base, head, {{"web.yaml", &read.root}});
  EXPECT_THAT(told(request), ElementsAre("Parameters/New for If -ami-0ddddddddddddddd4 +" + b));
}

// What changes besides is told as such.
TEST(ParameterUses, AChoiceIsNoOtherChange) {
  const auto rules = [](const PullRequest& request) {
    std::vector<std::string> ids;
    for (const RuleHit& hit : request.files.at(0).hits) ids.emplace_back(hit.id);
    return ids;
  };
  const std::string one = R"({"Track": "one", "New": "no", "Size": "small"})";
  EXPECT_THAT(rules(chosen(one, R"({"Track": "two", "New": "no", "Size": "small"})")),
              testing::Not(testing::Contains("other-changes")));
  EXPECT_THAT(rules(chosen(one, R"({"Track": "two", "New": "no", "Size": "large"})")),
              testing::Contains("other-changes"));
}

// The key is put together, or looked up where the template does not tell what it comes to.
PullRequest chosen_by(const std::string& key, const std::string& before, const std::string& after) {
  const Template read = read_template(
      "Parameters: {Track: {Type: String}, Named: {Type: "
      "'AWS::SSM::Parameter::Value<String>'}, Nobody: {Type: String}}\n"
      "Mappings: {M: {r: {x-one: ami-0aaaaaaaaaaaaaaa1, x-two: ami-0bbbbbbbbbbbbbbb2}}}\n"
      "Resources: {Key: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, r, " +
      key + "]}}}\n");
  const auto values = [](const std::string& value) {
    return read_template("[{\"ParameterKey\": \"Track\", " + value + "}]");
  };
  TemplateFiles base;
  TemplateFiles head;
  base["production/x.json"].read = values(before);
  head["production/x.json"].read = values(after);
  PullRequest request = compare(base, head);
  add_parameter_uses(request, base, head, {{"web.yaml", &read.root}});
  return request;
}

const std::string value_one = R"("ParameterValue": "one")";
const std::string value_two = R"("ParameterValue": "two")";
const std::string two_for_one = " for Key -" + a + " +" + b;

TEST(ParameterUses, AKeyMayBePutTogether) {
  for (const char* key : {"!Sub 'x-${Track}'",
                          "!Join ['-', [x, !Ref Track]]",
                          "!Select [0, [!Sub 'x-${Track}', y]]"}) {
    const PullRequest request = chosen_by(key, value_one, value_two);
    EXPECT_THAT(told(request), ElementsAre("[Track]/ParameterValue" + two_for_one)) << key;
    EXPECT_FALSE(request.files[0].review.ami_changes[0].is_open) << key;
  }
}

TEST(ParameterUses, AChoiceThatOnlyTheStackKnowsIsOpen) {
  const auto reasons = [](const PullRequest& request) {
    std::string all;
    for (const UnresolvedAmi& one : request.files.at(0).review.new_unresolved) {
      all += one.use.resource + ": " + one.reason + "\n";
    }
    return all;
  };
  const std::string previous = R"("UsePreviousValue": true)";
  const PullRequest kept = chosen_by("!Sub 'x-${Track}'", value_one, previous);
  ASSERT_EQ(kept.files.at(0).review.ami_changes.size(), 1U);
  EXPECT_TRUE(kept.files[0].review.ami_changes[0].is_open);
  EXPECT_TRUE(kept.files[0].review.ami_changes[0].arriving.empty());
  EXPECT_TRUE(
      chosen_by("!Ref Track", previous, value_two).files.at(0).review.ami_changes.at(0).is_open);
  const PullRequest region = chosen_by("!Sub '${AWS::Region}${Track}'", value_one, value_two);
  ASSERT_EQ(region.files.at(0).review.ami_changes.size(), 1U);
  EXPECT_TRUE(region.files[0].review.ami_changes[0].is_open);
  EXPECT_EQ(reasons(region), "Key: which AMI comes of the new value is known at deployment only\n");
}

// "Nothing else changes" would be wrong.
TEST(ParameterUses, AValueThatAlsoDoesOtherThingsIsAnotherChangeToo) {
  const auto others = [](const std::string& more) {
    const Template read = read_template(
        "Parameters: {Track: {Type: String}}\n"
        "Conditions: {IsTwo: !Equals [!Ref Track, two]}\n"
        "Mappings: {M: {r: {one: ami-0aaaaaaaaaaaaaaa1, two: ami-0bbbbbbbbbbbbbbb2}}}\n"
        "Resources:\n  Key: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, r, "
        "!Ref Track]" +
        more);
    TemplateFiles base;
    TemplateFiles head;
    base["x.json"].read = read_template("[{\"ParameterKey\": \"Track\", " + value_one + "}]");
    head["x.json"].read = read_template("[{\"ParameterKey\": \"Track\", " + value_two + "}]");
    PullRequest request = compare(base, head);
    add_parameter_uses(request, base, head, {{"web.yaml", &read.root}});
    EXPECT_EQ(request.files.at(0).review.ami_changes.size(), 1U) << more;
    return request.files.at(0).review.other_changes.size();
  };
  EXPECT_EQ(others("}}\n"), 0U);
  EXPECT_EQ(others("}, Condition: IsTwo}\n"), 0U) << "whether the server is there is a way to it";
  EXPECT_EQ(others(", InstanceType: !If [IsTwo, large, small]}}\n"), 1U);
  EXPECT_EQ(others(", UserData: !Sub 'track ${Track}'}}\n"), 1U);
  EXPECT_EQ(others(", InstanceType: !FindInMap [Sizes, !Ref Track, size]}}\n"), 1U);
  EXPECT_EQ(others("}}\n  Topic: {Type: AWS::SNS::Topic, Condition: IsTwo}\n"), 1U);
  EXPECT_EQ(others("}}\nOutputs: {T: {Value: !Ref Track}}\n"), 1U);
  EXPECT_EQ(others("}}\nOutputs: {T: {Condition: IsTwo, Value: x}}\n"), 1U);
  EXPECT_EQ(others("}}\nRules: {R: {Assertions: [{Assert: !Equals [!Ref Track, two]}]}}\n"), 1U);
}

TEST(ParameterUses, AnAmiIsFollowedIntoNestedStacks) {
  const Template parent = read_template(
      "Parameters: {Image: {Type: String}, Env: {Type: String}}\n"
      "Conditions: {Prod: !Equals [!Ref Env, prod], Never: !Equals [a, b]}\n"
      "Resources:\n"
      "  Web: {Type: AWS::CloudFormation::Stack, Condition: Prod, Properties: {TemplateURL: "
      "in.yaml, Parameters: {Image: !Ref Image}}}\n"
      "  Dead: {Type: AWS::CloudFormation::Stack, Condition: Never, Properties: {TemplateURL: "
      "in.yaml, Parameters: {Image: !Ref Image}}}\n");
  const Template inner = read_template(
      "Parameters: {Image: {Type: String}}\n"
      "Resources: {Server: {Type: AWS::EC2::Instance, Properties: {ImageId: !Ref Image}}}\n");
  const PullRequest request = bump("prod", {{"web.yaml", &parent.root}, {"in.yaml", &inner.root}});
  EXPECT_THAT(users(request), ElementsAre("Web/Server ImageId"));
}

/// A template that hands its Track down, as `given` says, to one that chooses by it.
PullRequest chosen_below(const std::string& given) {
  const Template parent = read_template(
      "Parameters: {Track: {Type: String}, Env: {Type: String, Default: x}}\n"
      "Conditions: {IsTwo: !Equals [!Ref Track, two]}\n"
      "Resources: {Web: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: in.yaml, "
      "Parameters: {Key: " +
      given + "}}}}\n");
  const Template inner = read_template(
      "Parameters: {Key: {Type: String}}\n"
      "Mappings: {M: {r: {one: ami-0aaaaaaaaaaaaaaa1, two: ami-0bbbbbbbbbbbbbbb2}}}\n"
      "Resources: {Server: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, r, "
      "!Ref Key]}}}\n");
  TemplateFiles base;
  TemplateFiles head;
  base["x.json"].read = read_template("[{\"ParameterKey\": \"Track\", " + value_one + "}]");
  head["x.json"].read = read_template("[{\"ParameterKey\": \"Track\", " + value_two + "}]");
  PullRequest request = compare(base, head);
  add_parameter_uses(request, base, head, {{"web.yaml", &parent.root}, {"in.yaml", &inner.root}});
  return request;
}

TEST(ParameterUses, AChoiceInANestedStackIsFollowed) {
  for (const char* given : {"!Ref Track", "!If [IsTwo, two, one]", "!Sub '${Track}'"}) {
    const PullRequest request = chosen_below(given);
    EXPECT_THAT(told(request),
                ElementsAre("[Track]/ParameterValue for Web/Server -" + a + " +" + b))
        << given;
    EXPECT_EQ(request.files[0].review.other_changes.size(), 1U) << "it may do more there";
  }
}

TEST(ParameterUses, AChoiceInANestedStackThatOnlyTheStackKnowsIsOpen) {
  const PullRequest request = chosen_below("!Sub '${Track}${AWS::StackName}'");
  ASSERT_EQ(request.files.at(0).review.ami_changes.size(), 1U);
  EXPECT_TRUE(request.files[0].review.ami_changes[0].is_open);
  EXPECT_THAT(users(request), ElementsAre("Web/Server ImageId"));
}

// A parameter goes from "one" to "two", and the template stays.
PullRequest from_one_to_two(const std::string& parameter, const std::string& text) {
  const Template read = read_template(text);
  const auto values = [&](const std::string& value) {
    return read_template("[{\"ParameterKey\": \"" + parameter + "\", " + value + "}]");
  };
  TemplateFiles base;
  TemplateFiles head;
  base["x.json"].read = values(value_one);
  head["x.json"].read = values(value_two);
  PullRequest request = compare(base, head);
  add_parameter_uses(request, base, head, {{"web.yaml", &read.root}});
  return request;
}

TEST(ParameterUses, WhatCombinesToMillionsOfWaysIsOpen) {
  std::string text = "Parameters: {Track: {Type: String}}\nMappings:\n  M:\n    r:\n";
  for (int i = 0; i < 2000; ++i)
    text += "      k" + std::to_string(i) + ": ami-0aaaaaaaaaaaaaaa1\n";
  text += "Resources:\n";
  for (int i = 0; i < 2000; ++i) {
    text += "  S" + std::to_string(i) +
            ": {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, r, !Sub "
            "'${Track}${AWS::StackName}']}}\n";
  }
  const PullRequest request = from_one_to_two("Track", text);
  const auto& changes = request.files.at(0).review.ami_changes;
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_TRUE(changes[0].is_open);
  EXPECT_EQ(changes[0].uses.size(), 2000U);
}

// What one template makes of another value of T, in whatever way.
std::string told_of(const std::string& resources) {
  const std::string text =
      "Parameters: {T: {Type: String}}\nConditions: {New: !Equals [!Ref T, two]}\nMappings: {M: "
      "{one: {id: " +
      a + "}, two: {id: " + b + "}}}\nResources:\n" + resources;
  const PullRequest request = from_one_to_two("T", text);
  const auto& changes = request.files.at(0).review.ami_changes;
  if (changes.size() != 1) return std::to_string(changes.size()) + " changes";
  const std::vector<std::string> lines = told(request);
  return lines.at(0).substr(lines[0].find(" for") + 1) + (changes[0].is_open ? " open" : "");
}

TEST(ParameterUses, WhateverMakesAnotherAmiIsOne) {
  const std::string own = "  W: {Type: AWS::EC2::Instance, Properties: {ImageId: ";
  const std::string moves = "for W -" + a + " +" + b;
  EXPECT_EQ(told_of(own + "!Select [!If [New, 1, 0], [" + a + ", " + b + "]]}}\n"), moves);
  EXPECT_EQ(told_of(own + "!Sub ['${X}', {X: !FindInMap [M, !Ref T, id]}]}}\n"), moves);
  EXPECT_EQ(told_of(own + "!Sub '{{resolve:ssm:/ami/${T}}}'}}\n"), "for W open");
  EXPECT_EQ(told_of(own + "!ImportValue {'Fn::Sub': 'ami-${T}'}}}\n"), "for W open");
  EXPECT_EQ(told_of(own + "!GetAtt L.Id}}\n  L: {Type: Custom::L, Properties: {Family: !Ref T}}\n"),
            "for W open");
  EXPECT_EQ(
      told_of("  W: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: !If [New, "
              "{ImageId: " +
              b + "}, {ImageId: " + a + "}]}}\n"),
      moves);
}

TEST(ParameterUses, ServersThatSwapTheirAmisAreToldEach) {
  const auto server = [](const std::string& name, const std::string& yes, const std::string& no) {
    return "  " + name + ": {Type: AWS::EC2::Instance, Properties: {ImageId: !If [New, " + yes +
           ", " + no + "]}}\n";
  };
  EXPECT_EQ(told_of(server("Idle", a, b) + server("Live", b, a)),
            "for Idle Live -" + b + " -" + a + " +" + a + " +" + b);
}

TEST(ParameterUses, AGroupGetsTheAmiOfTheTemplateThatItGoesTo) {
  const std::string templates =
      "  Blue: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: " + a +
      "}}}\n  Green: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: " +
      b + "}}}\n";
  const auto group = [&](const std::string& version) {
    return templates +
           "  G: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {LaunchTemplate: "
           "{LaunchTemplateId: !If [New, !Ref Green, !Ref Blue], Version: " +
           version + "}}}\n";
  };
  EXPECT_EQ(told_of(group("$Latest")), "for G -" + a + " +" + b);
  EXPECT_EQ(told_of(group("'1'")), "for G open") << "what is in that version nobody knows";
}

TEST(ParameterUses, WhatIsNoAmiIsNone) {
  EXPECT_EQ(
      told_of(
          "  W: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: " + a +
          ", InstanceType: !Ref T}}}\n  G: {Type: AWS::AutoScaling::AutoScalingGroup, "
          "Properties: {MinSize: !Ref T, LaunchTemplate: {LaunchTemplateId: !Ref W, "
          "Version: !GetAtt W.LatestVersionNumber}}}\n"),
      "0 changes");
}

TEST(ParameterUses, ANewFileBringsWhatItChooses) {
  EXPECT_THAT(told(chosen("", R"({"Track": "two"})")),
              ElementsAre("Parameters/Track for Key +ami-0bbbbbbbbbbbbbbb2"));
}

TEST(ParameterUses, OfSeveralTemplatesTheNameDecides) {
  const Template read = read_template(web);
  const Template file = read_template(values(a, "prod"));
  const Template other = read_template("Parameters: {Image: {Type: String}}\nResources: {}\n");
  const auto found = [&](const std::string& path, const TemplatesByPath& templates) {
    return template_of(path, parameter_sets(file.root).at(0), templates);
  };
  EXPECT_EQ(found("x.json", {{"web.yaml", &read.root}, {"b.yaml", &other.root}}), "web.yaml");
  EXPECT_EQ(found("web-prod.json", {{"web.yaml", &read.root}, {"app.yaml", &read.root}}),
            "web.yaml");
  EXPECT_EQ(found("x.json", {{"web.yaml", &read.root}, {"app.yaml", &read.root}}), "");
  EXPECT_EQ(found("x.json", {{"b.yaml", &other.root}}), "");
  const Template sync = read_template(
      "template-file-path: ./cfn/app.yaml\nparameters: {Image: " + a + ", Env: prod}\n");
  EXPECT_EQ(template_of("deploy.yaml",
                        parameter_sets(sync.root).at(0),
                        {{"cfn/app.yaml", &read.root}, {"web.yaml", &read.root}}),
            "cfn/app.yaml");
}

TEST(ParameterUses, WhatChoosesNoAmiKeepsItsNameAndValue) {
  const Template read = read_template(
      "Parameters: {Image: {Type: String}, Size: {Type: String}}\n"
      "Resources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !Ref Image, InstanceType: "
      "!Ref Size}}}\n");
  TemplateFiles base;
  TemplateFiles head;
  base["p.json"].read =
      read_template(R"({"Parameters": {"Image": "ami-0aaaaaaaaaaaaaaa1", "Size": "t3.micro"}})");
  head["p.json"].read =
      read_template(R"({"Parameters": {"Image": "ami-0bbbbbbbbbbbbbbb2", "Size": "m5.large"}})");
  PullRequest request = compare(base, head);
  add_parameter_uses(request, base, head, {{"web.yaml", &read.root}});
  const auto& others = request.files.at(0).review.other_changes;
  ASSERT_EQ(others.size(), 1U);
  EXPECT_EQ(others[0].path, "Parameters/Size");
  EXPECT_EQ(others[0].to, "m5.large");
}

// The stack is refused or ignores it; that does not switch the judge off.
TEST(ParameterUses, AFurtherParameterLeavesAFileItsTemplate) {
  const std::string one = R"({"Track": "one", "New": "no", "Size": "small"})";
  const std::string two = R"({"Track": "two", "New": "no", "Size": "small", "Owner": "team"})";
  EXPECT_THAT(
      told(chosen(one, two)),
      ElementsAre("Parameters/Track for Key -ami-0aaaaaaaaaaaaaaa1 +ami-0bbbbbbbbbbbbbbb2"));
}

}  // namespace
}  // namespace patchbot
