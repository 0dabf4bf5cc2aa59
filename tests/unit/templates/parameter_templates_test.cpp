// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_templates.hpp"

#include <gmock/gmock.h>

#include "formats/template_reader.hpp"

namespace patchbot {
namespace {

const Template one = read_template("Parameters: {Track: {Type: String}}\nResources: {}\n");
const Template other = read_template("Parameters: {Size: {Type: String}}\nResources: {}\n");

// Which of templates that all have the parameter.
std::string found(const std::string& parameters, const std::vector<std::string>& templates) {
  TemplatesByPath all;
  for (const std::string& path : templates) all.emplace(path, &one.root);
  all.emplace("other.yaml", &other.root);
  ParameterSet set;
  set.values["Track"] = "one";
  return template_of(parameters, set, all);
}

TEST(TemplateOf, TheOnlyOneThatHasTheParameters) {
  EXPECT_EQ(found("params/prod.json", {"web.yaml"}), "web.yaml");
  EXPECT_EQ(found("params/prod.json", {"web.yaml", "worker.yaml"}), "") << "nobody knows";
  EXPECT_EQ(found("params/prod.json", {}), "");
}

TEST(TemplateOf, TheLongestNameThatItsNameBeginsWith) {
  EXPECT_EQ(found("p/web-prod.json", {"web.yaml", "web-internal.yaml"}), "web.yaml");
  EXPECT_EQ(found("p/web-internal-prod.json", {"web.yaml", "web-internal.yaml"}),
            "web-internal.yaml");
  EXPECT_EQ(found("svc-10-prod.json", {"svc-1.yaml", "svc-10.yaml"}), "svc-10.yaml");
}

TEST(TemplateOf, TheOneBesideIt) {
  EXPECT_EQ(found("web/prod.json", {"web/template.yaml", "worker/template.yaml"}),
            "web/template.yaml");
}

TEST(TemplateOf, TheOneAfterWhichAFolderIsCalled) {
  EXPECT_EQ(found("params/web/prod.json", {"templates/web.yaml", "templates/worker.yaml"}),
            "templates/web.yaml");
  EXPECT_EQ(found("params/web/prod.json", {"web/template.yaml", "worker/template.yaml"}),
            "web/template.yaml");
}

TEST(TemplateOf, TheOneThatHasServersOrNestsTheOthers) {
  const std::string track = "Parameters: {Track: {Type: String}}\n";
  const Template bucket = read_template(track + "Resources: {B: {Type: AWS::S3::Bucket}}\n");
  const Template web = read_template(
      track + "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: a}}}\n");
  const Template root = read_template(
      track +
      "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: web.yaml}}}\n");
  ParameterSet set;
  set.values["Track"] = "one";
  EXPECT_EQ(template_of("prod.json", set, {{"web.yaml", &web.root}, {"b.yaml", &bucket.root}}),
            "web.yaml");
  EXPECT_EQ(template_of("prod.json", set, {{"web.yaml", &web.root}, {"root.yaml", &root.root}}),
            "root.yaml");
}

TEST(NamedTemplates, OfGitSyncCountFromTheTop) {
  ParameterSet set;
  set.template_file = "/stacks/web.yaml";
  EXPECT_THAT(named_templates("deployments/prod.yaml", set),
              testing::ElementsAre("stacks/web.yaml"));
}

}  // namespace
}  // namespace patchbot
