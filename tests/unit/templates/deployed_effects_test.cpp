// SPDX-License-Identifier: Apache-2.0
// What servers get by what changes, in whatever way it reaches them.
#include <gmock/gmock.h>

#include "branch.hpp"
#include "templates/deployed_changes.hpp"

namespace patchbot {
namespace {

using test::a;
using test::b;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

const std::string c = "ami-0ccccccccccccccc3";
const std::string maps =
    "Parameters: {Track: {Type: String, Default: one}}\n"
    "Mappings: {M: {one: {ami: " +
    a + "}, two: {ami: " + b + "}}}\n";

using Files = std::map<std::string, std::string>;

// "Web -ami-1 +ami-2": of each change of the first file that says so, an open one "Web ?".
std::vector<std::string> told(const Files& before, const Files& after, const Files& others = {}) {
  TemplateFiles base;
  TemplateFiles head;
  std::map<std::string, Template> read;
  TemplatesByPath templates;
  for (const auto& [path, text] : before) base[path].read = read_template(text);
  for (const auto& [path, text] : after) {
    head[path].read = read_template(text);
    templates.emplace(path, &head[path].read->root);
  }
  for (const auto& [path, text] : others) {
    templates.emplace(path, &read.emplace(path, read_template(text)).first->second.root);
  }
  PullRequest request = compare(base, head);
  add_deployed_changes(request, base, head, templates, {});
  std::vector<std::string> lines;
  for (const AmiChange& one : request.files.at(0).review.ami_changes) {
    std::string line;
    for (const AmiUse& use : one.uses) line += (line.empty() ? "" : " ") + use.resource;
    for (const MovedAmi& ami : one.leaving) line += " -" + ami.id;
    for (const MovedAmi& ami : one.arriving) line += (ami.was_used ? " =" : " +") + ami.id;
    if (one.is_open) line += " ?";
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> in_one(const std::string& before, const std::string& after) {
  return told({{"web.yaml", before}}, {{"web.yaml", after}});
}

std::string server(const std::string& image, const std::string& more = {}) {
  return "Resources: {Web: {Type: AWS::EC2::Instance, " + more + "Properties: {ImageId: " + image +
         "}}}\n";
}

const std::string web = "Web -" + a + " +" + b;

// ---- literals behind which another one counts

TEST(DeployedEffects, InAListTheNextOneCounts) {
  const auto list = [](const std::string& ids) { return server("!Select [0, [" + ids + "]]"); };
  EXPECT_THAT(in_one(list(a + ", " + b), list(b)), ElementsAre(web));
  EXPECT_THAT(in_one(list(a + ", " + b), list(b + ", " + a)), Contains(web));
  const auto map = [](const std::string& ids) {
    return "Mappings: {M: {one: {amis: [" + ids + "]}}}\n" +
           server("!Select [0, !FindInMap [M, one, amis]]");
  };
  EXPECT_THAT(in_one(map(a + ", " + b), map(b)), ElementsAre(web));
  const auto split = [](const std::string& ids) {
    return server("!Select [0, !Split [',', '" + ids + "']]");
  };
  EXPECT_THAT(in_one(split(a + "," + b), split(b + "," + a)), Contains(web));
}

TEST(DeployedEffects, OfARowThatGoesTheStandardCounts) {
  const auto rows = [](const std::string& more) {
    return "Mappings: {M: {us-east-1: {ami: " + c + "}" + more + "}}\n" +
           server("!FindInMap [M, !Ref AWS::Region, ami, {DefaultValue: " + b + "}]");
  };
  EXPECT_THAT(in_one(rows(", eu-west-1: {ami: " + a + "}"), rows("")), Contains(web));
}

TEST(DeployedEffects, WithoutItsOwnAnInstanceHasThatOfTheLaunchTemplate) {
  const auto both = [](const std::string& own) {
    return "Resources:\n  L: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: "
           "{ImageId: " +
           b + "}}}\n  Web: {Type: AWS::EC2::Instance, Properties: {" + own +
           "LaunchTemplate: {LaunchTemplateId: !Ref L, Version: !GetAtt L.LatestVersionNumber}}}\n";
  };
  EXPECT_THAT(in_one(both("ImageId: " + a + ", "), both("")), ElementsAre(web));
  EXPECT_THAT(in_one(both("ImageId: " + a + ", "), both("InstanceType: m5.large, ")),
              ElementsAre(web))
      << "the type has nothing to do with it";
}

// ---- what is there, and what is started from what

TEST(DeployedEffects, AConditionThatGoesBringsAServer) {
  const std::string never = "Conditions: {Never: !Equals [a, b]}\n";
  EXPECT_THAT(in_one(never + server(b, "Condition: Never, "), never + server(b)),
              ElementsAre("Web +" + b));
  EXPECT_THAT(in_one(never + server(b), never + server(b, "Condition: Never, ")),
              ElementsAre("Web -" + b));
}

std::string group(const std::string& type, const std::string& properties) {
  const auto launch_template = [](const std::string& name, const std::string& ami) {
    return "  " + name + ": {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: " +
           "{ImageId: " + ami + "}}}\n";
  };
  return "Resources:\n" + launch_template("L1", a) + launch_template("L2", b) +
         "  G: {Type: " + type + ", Properties: {" + properties + "}}\n";
}

// A launch template that starts nothing has given its AMI to nobody yet.
TEST(DeployedEffects, AGroupGoesToAnotherLaunchTemplate) {
  const auto specification = [](const std::string& name) {
    return "{LaunchTemplateId: !Ref " + name + ", Version: !GetAtt " + name +
           ".LatestVersionNumber}";
  };
  const auto by = [&](const std::string& type, const std::string& open, const std::string& close) {
    return in_one(group(type, open + specification("L1") + close),
                  group(type, open + specification("L2") + close));
  };
  const std::string moves = "G -" + a + " +" + b;
  EXPECT_THAT(by("AWS::AutoScaling::AutoScalingGroup", "LaunchTemplate: ", ""), Contains(moves));
  EXPECT_THAT(by("AWS::AutoScaling::AutoScalingGroup",
                 "MixedInstancesPolicy: {LaunchTemplate: {Overrides: "
                 "[{LaunchTemplateSpecification: ",
                 "}]}}"),
              Contains(moves));
  EXPECT_THAT(
      by("AWS::EC2::EC2Fleet", "LaunchTemplateConfigs: [{LaunchTemplateSpecification: ", "}]"),
      Contains(moves));
  EXPECT_THAT(by("AWS::GameLift::GameServerGroup", "LaunchTemplate: ", ""), Contains(moves));
}

// ---- choices

TEST(DeployedEffects, WhatComesToTheSameIsNoNews) {
  const std::string choosing =
      "Parameters: {Track: {Type: String, Default: two}}\n"
      "Mappings: {M: {one: {ami: " +
      a + "}, two: {ami: " + b + "}}}\n" + server("!FindInMap [M, !Ref Track, ami]");
  EXPECT_THAT(in_one(server(b), choosing), Each(Not(testing::HasSubstr("+" + b))))
      << "Web had it before";
  EXPECT_THAT(in_one(server(a), choosing), Contains(testing::HasSubstr("+" + b)));
}

TEST(DeployedEffects, WithoutADefaultNobodyKnows) {
  const std::string without =
      "Parameters: {Track: {Type: String}}\nMappings: {M: {one: {ami: " + a + "}, two: {ami: " + b +
      "}}}\n";
  const std::string get = server("!FindInMap [M, !Ref Track, ami]");
  EXPECT_THAT(in_one(maps + get, without + get), ElementsAre("Web ?"));
}

TEST(DeployedEffects, BooleansAreTexts) {
  const auto old = [](const std::string& value) {
    return "Parameters: {Old: {Type: String, Default: " + value +
           "}}\nConditions: {IsOld: !Equals [!Ref Old, 'true']}\n" +
           server("!If [IsOld, " + a + ", " + b + "]");
  };
  EXPECT_THAT(in_one(old("true"), old("TRUE")), Each(Not(testing::HasSubstr("+"))));
  EXPECT_THAT(in_one(old("True"), old("\"TRUE\"")), ElementsAre(web));
}

TEST(DeployedEffects, ExpressionsMayNameParametersAndResources) {
  const auto named = [](const std::string& track, const std::string& get) {
    return "Transform: AWS::LanguageExtensions\nParameters: {T: {Type: String, Default: '" + track +
           "'}, Ami1: {Type: String, Default: " + a + "}, Ami2: {Type: String, Default: " + b +
           "}}\n" + server(get);
  };
  const std::string ref = "{Ref: !Sub 'Ami${T}'}";
  EXPECT_THAT(in_one(named("1", ref), named("2", ref)), ElementsAre(web));
  const std::string attribute = "{'Fn::GetAtt': [!Sub 'C${T}', Id]}";
  EXPECT_THAT(in_one(named("1", attribute), named("2", attribute)), ElementsAre("Web ?"));
}

TEST(DeployedEffects, ForeignTypesHaveImagesToo) {
  const auto custom = [](const std::string& track, const std::string& name) {
    return "Parameters: {Track: {Type: String, Default: " + track +
           "}}\nMappings: {M: {one: {v: " + a + "}, two: {v: " + b +
           "}}}\nResources: {Web: {Type: Acme::Web::MODULE, Properties: " + "{Server: {" + name +
           ": !FindInMap [M, !Ref Track, v]}}}}\n";
  };
  EXPECT_THAT(in_one(custom("one", "ImageId"), custom("two", "ImageId")), ElementsAre(web));
  EXPECT_THAT(in_one(custom("one", "Label"), custom("two", "Label")), IsEmpty());
}

// ---- what stands elsewhere

TEST(DeployedEffects, WhatAMacroIsGivenMayBeAnything) {
  const auto include = [](const std::string& at, const std::string& location) {
    const std::string call =
        "{Name: AWS::Include, Parameters: {Location: 's3://b/" + location + ".yaml'}}";
    if (at == "whole") return "Transform: " + call + "\n" + server(a);
    return "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: " + a +
           "}}, 'Fn::Transform': " + call + "}\n";
  };
  for (const char* at : {"whole", "resources"}) {
    EXPECT_THAT(in_one(include(at, "one"), include(at, "two")),
                Contains(testing::HasSubstr("Transform ?")))
        << at;
  }
  const auto macro = [](const std::string& transform, const std::string& track) {
    return "Transform: " + transform + "\nParameters: {Track: {Type: String, Default: " + track +
           "}}\n" + server(a);
  };
  EXPECT_THAT(in_one(macro("Mine", "one"), macro("Mine", "two")), ElementsAre("Transform ?"));
  EXPECT_THAT(
      in_one(macro("AWS::LanguageExtensions", "one"), macro("AWS::LanguageExtensions", "two")),
      IsEmpty());
}

TEST(DeployedEffects, AMapThatStandsElsewhereIsOpen) {
  const auto mapped = [](const std::string& track, const std::string& file = "m.yaml") {
    return "Parameters: {Track: {Type: String, Default: " + track +
           "}}\nMappings: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: " + file +
           "}}}\n" + server("!FindInMap [M, !Ref Track, ami]");
  };
  EXPECT_THAT(in_one(mapped("one"), mapped("two")), ElementsAre("Web ?"));
  EXPECT_THAT(in_one(mapped("one"), mapped("one", "n.yaml")), ElementsAre("Web ?"));
}

// ---- other stacks

TEST(DeployedEffects, OutputsAreTakenByOthers) {
  const auto output = [](const std::string& track) {
    return "Parameters: {Track: {Type: String, Default: " + track +
           "}}\nMappings: {M: {one: {v: " + a + "}, two: {v: " + b +
           "}}}\nResources: {Q: {Type: AWS::SQS::Queue}}\n" +
           "Outputs: {Ami: {Value: !FindInMap [M, !Ref Track, v], Export: {Name: ami}}}\n";
  };
  EXPECT_THAT(in_one(output("one"), output("two")), ElementsAre("Ami -" + a + " +" + b));
  const std::string root =
      "Resources:\n"
      "  In: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: in.yaml}}\n"
      "  Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !GetAtt In.Outputs.Ami}}\n";
  EXPECT_THAT(
      told({{"in.yaml", output("one")}}, {{"in.yaml", output("two")}}, {{"root.yaml", root}}),
      Contains(web))
      << "a stack that nests it, though no file of parameters is for that";
}

TEST(DeployedEffects, ALaunchTemplateOfTheParentIsAnExpressionInTheNestedStack) {
  const std::string nested =
      "Parameters: {Lt: {Type: String}}\nResources: {G: {Type: AWS::AutoScaling::AutoScalingGroup, "
      "Properties: {LaunchTemplate: {LaunchTemplateId: !Ref Lt, Version: $Latest}}}}\n";
  const auto root = [](const std::string& name) {
    return group("AWS::CloudFormation::Stack",
                 "TemplateURL: in.yaml, Parameters: {Lt: !Ref " + name + "}");
  };
  EXPECT_THAT(told({{"root.yaml", root("L1")}}, {{"root.yaml", root("L2")}}, {{"in.yaml", nested}}),
              ElementsAre("G/G ?"));
}

TEST(DeployedEffects, StacksThatNestEachOtherEnd) {
  const auto circle = [](const std::string& track) {
    std::string text = "Parameters: {Track: {Type: String, Default: " + track +
                       "}}\nMappings: {M: {one: {v: " + a + "}, two: {v: " + b +
                       "}}}\nResources:\n  Web: {Type: AWS::EC2::Instance, Properties: {ImageId: " +
                       "!FindInMap [M, !Ref Track, v]}}\n";
    for (int i = 0; i < 50; ++i) {
      text += "  N" + std::to_string(i) +
              ": {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: web.yaml}}\n";
    }
    return text;
  };
  EXPECT_THAT(in_one(circle("one"), circle("two")), Contains(testing::HasSubstr("+" + b)));
}

// Each one refers to the next.
TEST(DeployedEffects, ThousandsOfConditionsAreRefused) {
  std::string text = "Conditions:\n";
  constexpr int count = 30'000;
  for (int i = 0; i < count; ++i) {
    text += "  C" + std::to_string(i) + ": !Not [!Condition C" + std::to_string(i + 1) + "]\n";
  }
  text += "  C" + std::to_string(count) + ": !Equals [a, a]\n";
  const auto get = [&](const std::string& first) {
    return text + server("!If [C0, " + first + ", " + b + "]");
  };
  TemplateFiles base;
  TemplateFiles head;
  base["web.yaml"].read = read_template(get(a));
  head["web.yaml"].read = read_template(get(c));
  const PullRequest request = compare(base, head);
  ASSERT_FALSE(request.files.at(0).hits.empty());
  EXPECT_EQ(request.files[0].hits[0].message, "its values refer to each other too deep");
}

}  // namespace
}  // namespace patchbot
