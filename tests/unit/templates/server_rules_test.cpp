// SPDX-License-Identifier: Apache-2.0
#include "templates/server_rules.hpp"

#include <gmock/gmock.h>

#include "formats/template_reader.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string a = "ami-0aaaaaaaaaaaaaaa1";
const std::string b = "ami-0bbbbbbbbbbbbbbb2";

// A launch template and who uses it; "@" stands for the AMI.
std::string fleet(const std::string& users) {
  return "Resources:\n"
         "  LT: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "
         "@}}}\n" +
         users;
}

std::string group(const std::string& version, const std::string& policy = "") {
  return "  Group:\n    Type: AWS::AutoScaling::AutoScalingGroup\n" + policy +
         "    Properties: {LaunchTemplate: {LaunchTemplateId: !Ref LT" + version + "}}\n";
}

const std::string policy = "    UpdatePolicy: {AutoScalingRollingUpdate: {MaxBatchSize: 1}}\n";
const std::string latest = ", Version: !GetAtt LT.LatestVersionNumber";

std::string with(std::string text, const std::string& image) {
  for (auto at = text.find('@'); at != std::string::npos; at = text.find('@')) {
    text.replace(at, 1, image);
  }
  return text;
}

TemplateReview bump(const std::string& text) {
  const Template before = read_template(with(text, a));
  const Template after = read_template(with(text, b));
  return review(&before.root, &after.root);
}

std::string rolls(const std::string& text) {
  for (const AmiChange& one : bump(text).ami_changes) {
    if (one.change.to != b) continue;
    return std::string(to_text(one.rolling.verdict)) + ": " + one.rolling.reason;
  }
  return "no AMI changes";
}

std::vector<std::string> told(const std::string& text) {
  const Template after = read_template(with(text, b));
  std::vector<std::string> lines;
  for (const RuleHit& hit : server_rules(after.root, bump(text))) {
    lines.push_back(std::string(hit.id) + " " + std::to_string(hit.place.line) + ": " +
                    hit.message);
  }
  return lines;
}

TEST(Rolling, AGroupNeedsANewVersionAndAPolicy) {
  EXPECT_EQ(rolls(fleet(group(latest, policy))), "yes: Group: AutoScalingRollingUpdate");
  EXPECT_EQ(rolls(fleet(group(latest))),
            "no: Group: it has no UpdatePolicy, so that only new servers get the AMI");
  EXPECT_EQ(rolls(fleet(group(", Version: $Latest", policy))),
            "no: Group: its version is $Latest, and that text stays");
  EXPECT_EQ(rolls(fleet(group("", policy))),
            "no: Group: it names no version, so the default one stays");
  EXPECT_EQ(rolls(fleet(group(", Version: !GetAtt LT.DefaultVersionNumber", policy))),
            "no: Group: its version is not LatestVersionNumber of LT");
  EXPECT_EQ(rolls(fleet(group(", Version: !Ref Number", policy))),
            "no: Group: its version is the parameter Number, which must change as well");
  EXPECT_EQ(rolls(fleet(group(", Version: !Sub '${LT.LatestVersionNumber}'", policy))),
            "yes: Group: AutoScalingRollingUpdate");
}

// A number that is bumped with the AMI changes the group.
TEST(Rolling, AVersionThatChangesTooIsAChange) {
  EXPECT_EQ(rolls(fleet(group(", Version: 'v@'", policy))), "yes: Group: AutoScalingRollingUpdate");
  EXPECT_EQ(rolls("Parameters: {Number: {Type: String, Default: 'v@'}}\n" +
                  fleet(group(", Version: !Ref Number", policy))),
            "yes: Group: AutoScalingRollingUpdate");
}

TEST(Rolling, PoliciesDiffer) {
  const auto by = [](const std::string& text) {
    return rolls(fleet(group(latest, "    UpdatePolicy: " + text + "\n")));
  };
  EXPECT_EQ(by("{AutoScalingInstanceRefresh: {Strategy: Rolling}}"),
            "yes: Group: AutoScalingInstanceRefresh");
  EXPECT_EQ(by("{AutoScalingReplacingUpdate: {WillReplace: true}}"),
            "yes: Group: AutoScalingReplacingUpdate");
  EXPECT_EQ(by("{AutoScalingReplacingUpdate: {WillReplace: false}}"),
            "no: Group: its UpdatePolicy neither rolls nor replaces");
  EXPECT_EQ(by("{AutoScalingScheduledAction: {IgnoreUnmodifiedGroupSizeProperties: true}}"),
            "no: Group: its UpdatePolicy neither rolls nor replaces");
  EXPECT_EQ(by("!If [Prod, {AutoScalingRollingUpdate: {}}, !Ref AWS::NoValue]"),
            "unknown: Group: its UpdatePolicy depends on a condition");
}

// The worst counts: one group that stays is a fleet that is not patched.
TEST(Rolling, OfSeveralUsersTheWorstCounts) {
  const std::string mixed =
      "  Mixed:\n    Type: AWS::AutoScaling::AutoScalingGroup\n" + policy +
      "    Properties: {MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: "
      "{LaunchTemplateId: !Ref LT, Version: '1'}}}}\n";
  EXPECT_EQ(rolls(fleet(group(latest, policy) + mixed)),
            "no: Mixed: its version is 1, and that text stays");
  const std::string nodes =
      "  Nodes: {Type: AWS::EKS::Nodegroup, Properties: {LaunchTemplate: {Id: !Ref LT, Version: "
      "!GetAtt LT.LatestVersionNumber}}}\n";
  EXPECT_EQ(rolls(fleet(nodes)), "yes: Nodes: EKS rolls its nodes");
  EXPECT_EQ(rolls(fleet("")), "unknown: no resource of this template uses LT");
}

TEST(Rolling, ALaunchConfigurationIsANewOneEachTime) {
  const std::string head =
      "Resources:\n  LC: {Type: AWS::AutoScaling::LaunchConfiguration, Properties: {ImageId: "
      "@}}\n  Group:\n    Type: AWS::AutoScaling::AutoScalingGroup\n";
  const std::string tail = "    Properties: {LaunchConfigurationName: !Ref LC}\n";
  EXPECT_EQ(rolls(head + policy + tail), "yes: Group: AutoScalingRollingUpdate");
  EXPECT_EQ(rolls(head + tail),
            "no: Group: it has no UpdatePolicy, so that only new servers get the AMI");
}

TEST(ServerRules, SayWhatDoesNotRollOnceForEachReason) {
  const std::string map =
      "Mappings: {Images: {eu-west-1: {ami: @}, us-east-1: {ami: @}}}\n"
      "Resources:\n  LT: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: "
      "{ImageId: !FindInMap [Images, !Ref AWS::Region, ami]}}}\n";
  EXPECT_THAT(told(map + group(", Version: $Latest")),
              ElementsAre("does-not-roll 1: deploying this does not replace the servers: Group: "
                          "its version is $Latest, and that text stays"));
  EXPECT_THAT(told(map + group(latest, policy)), IsEmpty());
}

TEST(ServerRules, AnInstanceThatIsReplacedLosesItsVolumes) {
  const auto instance = [](const std::string& attributes) {
    return "Resources:\n  Db:\n    Type: AWS::EC2::Instance\n" + attributes +
           "    Properties: {ImageId: !Ref Image}\nParameters:\n  Image: {Type: String, Default: "
           "@}\n";
  };
  EXPECT_THAT(told(instance("")),
              ElementsAre("stateful-replacement 6: Db is replaced, and what is on its own volumes "
                          "is lost: it has no UpdateReplacePolicy: Retain"));
  EXPECT_THAT(told(instance("    UpdateReplacePolicy: Retain\n")), IsEmpty());
  EXPECT_THAT(told(instance("    UpdateReplacePolicy: Delete\n")).size(), 1U);
}

TEST(ServerRules, ALiteralIsTold) {
  const std::string spot =
      "Resources: {Nodes: {Type: AWS::PCS::ComputeNodeGroup, Properties: {AmiId: @}}}\n";
  EXPECT_THAT(told(spot),
              ElementsAre("literal-ami 1: " + b +
                          " is written into the resource; a parameter or a map is where AMIs "
                          "belong"));
}

std::vector<std::string> unresolved(const std::string& text) {
  const Template after = read_template(text);
  std::vector<std::string> lines;
  for (const UnresolvedAmi& one : review(nullptr, &after.root).unresolved) {
    lines.push_back(std::to_string(one.place.line) + " " + one.use.resource + ": " + one.reason);
  }
  return lines;
}

TEST(Unresolved, SaysWhyAnAmiIsNotKnown) {
  const auto server = [](const std::string& image, const std::string& head = "") {
    return unresolved(head + "Resources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: " +
                      image + "}}}\n");
  };
  EXPECT_THAT(server(b), IsEmpty());
  EXPECT_THAT(server("!GetAtt Image.Id"),
              ElementsAre("1 Web: Fn::GetAtt Image.Id is known to the running stack only"));
  EXPECT_THAT(server("!ImportValue shared-ami"),
              ElementsAre("1 Web: Fn::ImportValue shared-ami is known to the running stack only"));
  EXPECT_THAT(server("!If [A, !GetAtt X.Y, " + b + "]"),
              ElementsAre("1 Web: Fn::GetAtt X.Y is known to the running stack only"));
  EXPECT_THAT(server("!Ref Image"),
              ElementsAre("1 Web: Ref Image is no parameter of this template"));
  EXPECT_THAT(server("!Ref Image", "Parameters: {Image: {Type: String}}\n"),
              ElementsAre("2 Web: the parameter Image gets its value at deployment"));
  EXPECT_THAT(
      server("!Ref Image",
             "Parameters: {Image: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', "
             "Default: /golden}}\n"),
      ElementsAre("2 Web: the parameter Image is looked up in Systems Manager at deployment"));
}

TEST(Unresolved, MacrosMayAddWhatIsNotHere) {
  EXPECT_THAT(unresolved("Transform: [AWS::LanguageExtensions, Golden, {Name: AWS::Include}]\n"
                         "Resources: {}\n"),
              ElementsAre("1 : the macro Golden may add AMIs that are not written here",
                          "1 : the macro AWS::Include may add AMIs that are not written here"));
  EXPECT_THAT(unresolved("Transform: AWS::Serverless-2016-10-31\nResources:\n  Fn::Transform: "
                         "{Name: AWS::Include}\n"),
              ElementsAre("3 : Fn::Transform adds what is not written here"));
}

TEST(ServerRules, OnlyWhatIsNewlyUnresolvedIsTold) {
  const std::string before =
      "Resources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: " + a + "}}}\n";
  const std::string after =
      "Resources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !GetAtt I.Id}}}\n";
  const auto notes = [](const std::string& from, const std::string& to) {
    const Template base = read_template(from);
    const Template head = read_template(to);
    std::vector<std::string> lines;
    for (const RuleHit& hit : server_rules(head.root, review(&base.root, &head.root))) {
      if (hit.id == "unresolved-ami") lines.push_back(hit.message);
    }
    return lines;
  };
  EXPECT_THAT(notes(before, after),
              ElementsAre("Web ImageId: Fn::GetAtt I.Id is known to the running stack only"));
  EXPECT_THAT(notes(after, after), IsEmpty());
}

}  // namespace
}  // namespace patchbot
