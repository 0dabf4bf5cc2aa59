// SPDX-License-Identifier: Apache-2.0
#include "templates/instance_types.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/template_reader.hpp"
#include "templates/ami_changes.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(InstanceTypes, GravitonHasAGBehindTheGeneration) {
  for (const char* type : {"a1.large",
                           "t4g.nano",
                           "m6g.large",
                           "m7gd.large",
                           "c7gn.16xlarge",
                           "r8g.metal-24xl",
                           "x2gd.large",
                           "im4gn.large",
                           "is4gen.large",
                           "g5g.xlarge",
                           "hpc7g.4xlarge",
                           "i4g.large"}) {
    EXPECT_EQ(architecture_of_type(type), "arm64") << type;
  }
  for (const char* type : {"t3.micro",
                           "t2.micro",
                           "m5.large",
                           "g4dn.xlarge",
                           "g4ad.xlarge",
                           "g5.xlarge",
                           "g6e.xlarge",
                           "gr6.4xlarge",
                           "x2iedn.large",
                           "c7i-flex.large",
                           "p5en.48xlarge",
                           "m7a.large",
                           "inf2.xlarge",
                           "z1d.large"}) {
    EXPECT_EQ(architecture_of_type(type), "x86_64") << type;
  }
}

TEST(InstanceTypes, OthersAreNotGuessed) {
  for (const char* type : {"mac2.metal",
                           "mac2-m2.metal",
                           "u-6tb1.metal",
                           "u7i-12tb.224xlarge",
                           "p6e-gb200.36xlarge",
                           "large",
                           "",
                           ".",
                           "m5.",
                           "7g.x",
                           "g.large",
                           "optimal",
                           "M7G.large"}) {
    EXPECT_EQ(architecture_of_type(type), "") << type;
  }
}

std::vector<std::string> types_in(const std::string& resource) {
  const Template head = read_template("Resources:\n  W: " + resource + "\n");
  const TemplateReview all = review(nullptr, &head.root);
  return all.ami_changes.at(0).instance_types;
}

TEST(InstanceTypes, ReadsWhatStandsBesideTheAmi) {
  const std::string ami = "ImageId: ami-0aaaaaaaaaaaaaaa1";
  EXPECT_THAT(
      types_in("{Type: AWS::EC2::Instance, Properties: {InstanceType: t3.micro, " + ami + "}}"),
      ElementsAre("t3.micro"));
  EXPECT_THAT(types_in("{Type: AWS::EC2::LaunchTemplate, Properties: {InstanceType: t3.micro, "
                       "LaunchTemplateData: {InstanceType: m7g.large, " +
                       ami + "}}}"),
              ElementsAre("m7g.large"));
  EXPECT_THAT(types_in("{Type: AWS::Batch::ComputeEnvironment, Properties: {ComputeResources: "
                       "{InstanceTypes: [c5.large, optimal], " +
                       ami + "}}}"),
              ElementsAre("c5.large", "optimal"));
  EXPECT_THAT(
      types_in("{Type: AWS::EC2::Instance, Properties: {InstanceType: !Ref Size, " + ami + "}}"),
      IsEmpty());
}

}  // namespace
}  // namespace patchbot
