// SPDX-License-Identifier: Apache-2.0
#include "templates/region_rule.hpp"

#include <gmock/gmock.h>

#include "branch.hpp"
#include "templates/scopes.hpp"

namespace patchbot {
namespace {

using test::a;
using test::b;

std::vector<std::string> hits(const std::string& first, const std::string& second) {
  const auto server = [](const std::string& ami) {
    return "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: " + ami + "}}}\n";
  };
  TemplateFiles base;
  TemplateFiles head;
  for (const std::string& path : {first, second}) {
    base[path].read = read_template(server(a));
    head[path].read = read_template(server(b));
  }
  PullRequest request = compare(base, head);
  add_scopes(request, Scopes({}, ""));
  add_region_rule(request);
  std::vector<std::string> all;
  for (const ReviewedFile& file : request.files) {
    for (const RuleHit& hit : file.hits) {
      if (hit.id == "one-ami-in-two-regions") all.push_back(file.name + ": " + hit.message);
    }
  }
  return all;
}

TEST(RegionRule, FoldersOfTwoRegionsHaveNoAmiInCommon) {
  EXPECT_THAT(hits("eu-west-1/web.yaml", "us-east-1/web.yaml"),
              testing::ElementsAre("us-east-1/web.yaml: " + b +
                                   " is for us-east-1 here and for eu-west-1 in "
                                   "eu-west-1/web.yaml, and exists in one only"));
  EXPECT_THAT(hits("eu-west-1/web.yaml", "eu-west-1/worker.yaml"), testing::IsEmpty());
  EXPECT_THAT(hits("eu-west-1/web.yaml", "web.yaml"), testing::IsEmpty());
}

}  // namespace
}  // namespace patchbot
