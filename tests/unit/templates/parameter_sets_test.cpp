// SPDX-License-Identifier: Apache-2.0
// Values for parameters, above all those of SAM's settings: each environment is judged by itself.
#include "templates/parameter_sets.hpp"

#include <gmock/gmock.h>

#include "branch.hpp"
#include "formats/sam_settings.hpp"
#include "templates/downgrade.hpp"
#include "templates/parameter_file.hpp"
#include "templates/parameter_uses.hpp"
#include "templates/staging_first.hpp"

namespace patchbot {
namespace {

using test::a;
using test::b;
using test::Branch;
using test::lines_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

constexpr const char* name = "app/samconfig.toml";

std::string deploy(const std::string& environment, const std::string& overrides) {
  return "[" + environment + ".deploy.parameters]\nparameter_overrides = '" + overrides + "'\n";
}

Template read(const std::string& text) { return read_sam_settings(text, name); }

/// What a pull request changes in the settings, with the template that they are for.
PullRequest changed(const std::string& before,
                    const std::string& after,
                    const std::string& text,
                    const std::string& path = "app/template.yaml") {
  const Template root = read_template(text);
  TemplateFiles base;
  TemplateFiles head;
  base[name].read = read(before);
  head[name].read = read(after);
  PullRequest request = compare(base, head);
  add_parameter_uses(request, base, head, {{path, &root.root}});
  add_scopes(request, Scopes({}, ""));
  for (ReviewedFile& file : request.files) file.hits.clear();
  return request;
}

// "production: prod/deploy/... for W -ami-1 +ami-2"
std::vector<std::string> told(const PullRequest& request) {
  std::vector<std::string> lines;
  if (request.files.empty()) return lines;
  for (const AmiChange& one : request.files.at(0).review.ami_changes) {
    std::string line = one.environment + ": " + one.change.path;
    if (!one.uses.empty()) line += " for";
    for (const AmiUse& use : one.uses) line += " " + use.resource;
    for (const MovedAmi& ami : one.leaving) line += " -" + ami.id;
    for (const MovedAmi& ami : one.arriving) line += " +" + ami.id;
    lines.push_back(line);
  }
  return lines;
}

const std::string web =
    "Parameters: {Ami: {Type: String}, Kind: {Type: String, Default: test}}\n"
    "Conditions: {Prod: !Equals [!Ref Kind, prod], Other: !Not [!Condition Prod]}\n"
    "Resources:\n"
    "  Big: {Type: AWS::EC2::Instance, Condition: Prod, Properties: {ImageId: !Ref Ami}}\n"
    "  Small: {Type: AWS::EC2::Instance, Condition: Other, Properties: {ImageId: !Ref Ami}}\n";

TEST(ParameterSets, SamHasOneForEachCommandOfEachEnvironment) {
  const auto sets = parameter_sets(
      read("version = 0.1\n[default.global.parameters]\nregion = 'eu-west-1'\n" +
           deploy("default", "Ami=ami-1") +
           "template_file = 'web.yaml'\n[prod.sync.parameters]\ntemplate = 'other.yaml'\n"
           "parameter_overrides = {Ami = 'ami-2', '$include' = 'file://x.yaml'}\n")
          .root);
  ASSERT_THAT(sets, SizeIs(2));
  EXPECT_EQ(sets[0].place, "default/deploy/parameters/parameter_overrides");
  EXPECT_EQ(sets[0].template_file, "web.yaml");
  EXPECT_EQ(sets[0].region, "eu-west-1");
  EXPECT_THAT(sets[0].values, ElementsAre(Pair("Ami", "ami-1")));
  EXPECT_THAT(sets[0].names,
              ElementsAre(Pair("default/deploy/parameters/parameter_overrides[Ami]/ParameterValue",
                               "Ami")));
  EXPECT_EQ(sets[1].template_file, "other.yaml");
  EXPECT_EQ(sets[1].region, "");
  EXPECT_EQ(sets[1].included, "file://x.yaml");
  EXPECT_THAT(sets[1].values, ElementsAre(Pair("Ami", "ami-2")));
  EXPECT_EQ(set_at(sets, sets[1].place), &sets[1]);
  EXPECT_EQ(set_at(sets, ""), nullptr);
}

// What an environment says for all of its commands goes to the template that it deploys.
TEST(ParameterSets, TheTemplateOfWhatIsGlobal) {
  const auto sets =
      parameter_sets(read("[prod.global.parameters]\nparameter_overrides = 'Ami=ami-1'\n"
                          "[prod.deploy.parameters]\ntemplate_file = 'web.yaml'\n")
                         .root);
  ASSERT_THAT(sets, SizeIs(1));
  EXPECT_EQ(sets[0].template_file, "web.yaml");
}

TEST(ParameterSets, OtherFilesHaveOneOrNone) {
  EXPECT_THAT(parameter_sets(read_template("Parameters: {A: b}").root), SizeIs(1));
  EXPECT_THAT(parameter_sets(read_template(web).root), IsEmpty());
  EXPECT_THAT(parameter_sets(read_template("just: a file").root), IsEmpty());
  EXPECT_TRUE(is_parameter_file(read(deploy("x", "no such thing")).root));
  EXPECT_FALSE(is_parameter_file(read("[x.deploy.parameters]\nstack_name = 's'\n").root));
}

TEST(ParameterSets, PathsOfSam) {
  EXPECT_EQ(sam_environment_of("prod/deploy/parameters/parameter_overrides[A]/x"), "prod");
  EXPECT_EQ(sam_environment_of("prod/deploy/parameters/region"), "");
  EXPECT_EQ(sam_environment_of("a/prod/deploy/parameters/parameter_overrides"), "");
  EXPECT_TRUE(is_parameter_value("prod/deploy/parameters/parameter_overrides[A]/ParameterValue"));
  EXPECT_FALSE(is_parameter_value("Resources/Set/Properties/Parameters[A]/ParameterValue"));
  const auto sets = parameter_sets(read(deploy("'a/b'", "Ami=ami-1")).root);
  EXPECT_EQ(sam_environment_of(sets.at(0).names.begin()->first), "a~1b");
}

TEST(ParameterSets, TheTemplateIsTheOneThatIsNamed) {
  const auto set = [](const std::string& more) {
    return parameter_sets(read(deploy("prod", "Ami=ami-1") + more).root).at(0);
  };
  const Template one = read_template(web);
  const auto found = [&](const std::string& more, const std::vector<std::string>& paths) {
    TemplatesByPath templates;
    for (const std::string& path : paths) templates.emplace(path, &one.root);
    return template_of(name, set(more), templates);
  };
  EXPECT_EQ(found("", {"app/template.yml", "app/template.yaml", "x.yaml"}), "app/template.yaml");
  EXPECT_EQ(found("", {"app/template.json", "x.yaml"}), "app/template.json");
  EXPECT_EQ(found("template_file = '../cfn/./web.yaml'\n", {"app/template.yaml", "cfn/web.yaml"}),
            "cfn/web.yaml");
  EXPECT_EQ(found("template_file = '.aws-sam/build/template.yaml'\n", {"app/template.yaml", "x"}),
            "app/template.yaml")
      << "that is made of it";
  EXPECT_EQ(found("template_file = 'packaged.yaml'\n", {"x.yaml"}), "x.yaml") << "it fits";
  EXPECT_EQ(found("template_file = 'packaged.yaml'\n", {"x.yaml", "y.yaml"}), "");
}

TEST(ParameterSets, OfSeveralTemplatesOfOneNameTheOneNextToItIsMeant) {
  const Template one = read_template(web);
  const ParameterSet set = parameter_sets(read(deploy("prod", "Ami=ami-1")).root).at(0);
  const TemplatesByPath templates{{"production/web.yaml", &one.root},
                                  {"staging/web.yaml", &one.root}};
  EXPECT_EQ(template_of("production/web.json", set, templates), "production/web.yaml");
  EXPECT_EQ(template_of("elsewhere/web.json", set, templates), "");
}

TEST(ParameterSets, EachEnvironmentHasItsServersAndItsName) {
  const std::string staging = deploy("staging", "Ami=" + a + " Kind=test");
  const std::string prod = deploy("prod", "Ami=" + a + " Kind=prod");
  const PullRequest both = changed(
      staging + prod,
      deploy("staging", "Ami=" + b + " Kind=test") + deploy("prod", "Ami=" + b + " Kind=prod"),
      web);
  EXPECT_THAT(told(both),
              ElementsAre("staging: staging/deploy/parameters/parameter_overrides[Ami]/"
                          "ParameterValue for Small -" +
                              a + " +" + b,
                          "production: prod/deploy/parameters/parameter_overrides[Ami]/"
                          "ParameterValue for Big -" +
                              a + " +" + b));
  EXPECT_EQ(both.files[0].review.ami_changes[0].kind, AmiChange::Kind::parameter_file);
  EXPECT_THAT(told(changed(staging + prod, staging, web)),
              ElementsAre(HasSubstr("production: prod/deploy")));
}

// The form of the file is no change.
TEST(ParameterSets, AnotherSpellingIsNoChange) {
  EXPECT_THAT(
      changed(deploy("prod", "Ami=" + a + " Kind=x"),
              "[prod.deploy.parameters.parameter_overrides]\nKind = 'x'\nAmi = '" + a + "'\n",
              web)
          .files.at(0)
          .review.other_changes,
      IsEmpty());
}

const std::string tracks =
    "Parameters: {Track: {Type: String}, Size: {Type: String}}\n"
    "Mappings: {M: {eu-west-1: {one: " +
    a + ", two: " + b +
    "}}}\n"
    "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, !Ref "
    "AWS::Region, !Ref Track], InstanceType: !Ref Size}}}\n";

TEST(ParameterSets, AKeyThatOnlyChoosesIsAChangeOfItsEnvironment) {
  const std::string before = deploy("staging", "Track=two Size=s") + deploy("prod", "Track=one");
  const std::string after = deploy("staging", "Track=two Size=l") + deploy("prod", "Track=two");
  const PullRequest request = changed(before, after, tracks);
  EXPECT_THAT(told(request),
              ElementsAre("production: prod/deploy/parameters/parameter_overrides[Track]/"
                          "ParameterValue for W -" +
                          a + " +" + b));
  ASSERT_THAT(request.files.at(0).review.other_changes, SizeIs(1));
  EXPECT_EQ(request.files[0].review.other_changes[0].path,
            "staging/deploy/parameters/parameter_overrides[Size]/ParameterValue");
}

TEST(ParameterSets, TheRegionIsThatOfTheEnvironment) {
  const auto settings = [](const std::string& ami) {
    return deploy("prod", "Ami=" + ami) + "region = 'eu-west-1'\n";
  };
  const PullRequest request = changed(settings(a), settings(b), web);
  const AmiChange& one = request.files.at(0).review.ami_changes.at(0);
  EXPECT_EQ(one.region, "eu-west-1");
  EXPECT_EQ(one.arriving.at(0).region, "eu-west-1");
}

// What all commands have counts where the one has none any more.
TEST(ParameterSets, WhatGoesLeavesWhatIsGivenToAll) {
  const std::string all =
      "[prod.global.parameters]\nparameter_overrides = 'Track=two Ami=" + b + "'\n";
  const std::string own = deploy("prod", "Track=one");
  const std::string moves = " for W -" + a + " +" + b;
  EXPECT_THAT(told(changed(all + own, all, tracks)),
              ElementsAre("production: prod/deploy/parameters/parameter_overrides[Track]/"
                          "ParameterValue" +
                          moves));
  EXPECT_THAT(told(changed(all, all + own, tracks)),
              ElementsAre("production: prod/deploy/parameters/parameter_overrides[Track]/"
                          "ParameterValue for W -" +
                          b + " +" + a));
  EXPECT_THAT(told(changed(all + deploy("prod", "Ami=" + a), all, web)),
              ElementsAre("production: prod/deploy/parameters/parameter_overrides[Ami]/"
                          "ParameterValue for Small -" +
                          a + " +" + b));
}

TEST(ParameterSets, ADefaultCountsWhereAValueGoes) {
  const std::string text = "Parameters: {Ami: {Type: String, Default: " + b +
                           "}, X: {Type: String}}\nResources: {W: {Type: AWS::EC2::Instance, "
                           "Properties: {ImageId: !Ref Ami}}}\n";
  EXPECT_THAT(told(changed(deploy("prod", "Ami=" + a + " X=1"), deploy("prod", "X=1"), text)),
              ElementsAre("production: prod/deploy/parameters/parameter_overrides[Ami]/"
                          "ParameterValue for W -" +
                          a + " +" + b));
}

std::string where(const std::string& option) {
  return "[prod.deploy.parameters]\nstack_name = 's'\n" + option + "\n";
}

TEST(ParameterSets, AnotherTemplateOrRegionIsAChangeOfAmis) {
  const Template one = read_template(test::server(a));
  const Template two = read_template(test::server(b));
  const std::string regions = "Mappings: {M: {eu-west-1: {ami: " + a + "}, us-east-1: {ami: " + b +
                              "}}}\nResources: {W: {Type: AWS::EC2::Instance, Properties: "
                              "{ImageId: !FindInMap [M, !Ref AWS::Region, ami]}}}\n";
  const Template three = read_template(regions);
  const TemplatesByPath templates{
      {"app/one.yaml", &one.root}, {"app/two.yaml", &two.root}, {"app/template.yaml", &three.root}};
  const auto ask = [&](const std::string& before, const std::string& after) {
    TemplateFiles base;
    TemplateFiles head;
    base[name].read = read(where(before));
    head[name].read = read(where(after));
    PullRequest request = compare(base, head);
    add_parameter_uses(request, base, head, templates);
    add_scopes(request, Scopes({}, ""));
    EXPECT_EQ(request.files.at(0).review.other_changes.size(), 1U) << "it does more";
    std::vector<std::string> lines = told(request);
    for (const AmiChange& change : request.files[0].review.ami_changes) {
      if (change.is_open) lines.emplace_back("open");
    }
    return lines;
  };
  const std::string path = "production: prod/deploy/parameters/";
  EXPECT_THAT(ask("template_file = 'one.yaml'", "template_file = 'two.yaml'"),
              ElementsAre(path + "template_file for Web -" + a + " +" + b));
  EXPECT_THAT(ask("template_file = 'one.yaml'", "template_file = 'gone/x.yaml'"),
              ElementsAre(path + "template_file for Web", "open"));
  EXPECT_THAT(ask("region = 'eu-west-1'", "region = 'us-east-1'"),
              ElementsAre(path + "region for W -" + a + " +" + b));
  EXPECT_THAT(ask("", "region = 'us-east-1'"), ElementsAre(path + "region for W", "open"));
}

// What SAM passes over does not pass unseen.
TEST(ParameterSets, AMistakeIsSaid) {
  TemplateFiles base;
  TemplateFiles head;
  base[name].read = read(where("parameter_overrides = 'Ami=" + a + "'"));
  head[name].read = read(where("parameter-overrides = 'Ami=" + b + "'"));
  const PullRequest request = compare(base, head);
  ASSERT_THAT(request.files, SizeIs(1));
  std::vector<std::string> warned;
  for (const RuleHit& hit : request.files[0].hits) {
    if (hit.id == "malformed-template") warned.push_back(hit.message);
  }
  EXPECT_THAT(warned, ElementsAre(HasSubstr("did you mean parameter_overrides?")));
}

// Other files may give further values, and decide by them.
TEST(ParameterSets, WhatIsIncludedIsToldAsNotChecked) {
  const auto settings = [](const std::string& ami) {
    return "[prod.deploy.parameters]\nparameter_overrides = ['file://x.yaml', 'Ami=" + ami + "']\n";
  };
  const PullRequest request = changed(settings(a), settings(b), web);
  EXPECT_THAT(told(request), ElementsAre(HasSubstr("[Ami]/ParameterValue -" + a + " +" + b)));
  EXPECT_THAT(request.unchecked, ElementsAre(HasSubstr("includes file://x.yaml")));
}

/// The rule staging-first, where the target branch has this file.
std::vector<std::string> staging_first(Branch& branch, PullRequest request) {
  const Scopes scopes({}, "");
  const StagingBranch staging(branch, scopes);
  const StagingEvidence evidence{
      &staging, nullptr, nullptr, std::chrono::hours(24), *parse_rfc3339("2026-11-26T12:00:00Z")};
  add_staging_first(request, evidence);
  return lines_of(request);
}

std::string settings(const std::string& staging, const std::string& prod) {
  return deploy("staging", "Ami=" + staging) + deploy("prod", "Ami=" + prod);
}

TEST(ParameterSets, ProductionWaitsForStagingInOneFile) {
  Branch branch;
  branch.file(name, read(settings(a, a)));
  EXPECT_THAT(staging_first(branch, changed(settings(a, a), settings(a, b), web)),
              ElementsAre(HasSubstr("no template of staging on the target branch has it")));
  EXPECT_THAT(staging_first(branch, changed(settings(a, a), settings(b, b), web)),
              ElementsAre(HasSubstr("bump staging first")))
      << "not both at once";
  EXPECT_THAT(staging_first(branch, changed(settings(a, a), settings(b, a), web)), IsEmpty());

  Branch soaked;
  soaked.file(name, read(settings(b, a))).changed(b, name, "2026-11-20T00:00:00Z");
  EXPECT_THAT(staging_first(soaked, changed(settings(b, a), settings(b, b), web)), IsEmpty());
  EXPECT_THAT(staging_first(soaked, changed(settings(b, a), settings(a, b), web)),
              ElementsAre(HasSubstr("staging gets for it what production had")));
}

// A copy in another region has another id, and which are copies only a catalogue tells.
TEST(ParameterSets, StagingInAnotherRegionTellsNothing) {
  const auto settings = [](const std::string& ami, const std::string& region) {
    return deploy("staging", "Ami=" + a) + "region = 'eu-west-1'\n" + deploy("prod", "Ami=" + ami) +
           "region = '" + region + "'\n";
  };
  const auto fails = [&](const std::string& region) {
    Branch branch;
    branch.file(name, read(settings(a, region)));
    return staging_first(branch, changed(settings(a, region), settings(b, region), web)).size();
  };
  EXPECT_EQ(fails("eu-west-1"), 1U);
  EXPECT_EQ(fails("us-east-1"), 0U);
}

TEST(ParameterSets, MoreSetsThanAnybodyWritesAreNotAllJudged) {
  const auto many = [](const std::string& ami) {
    std::string text;
    for (int i = 0; i < 201; ++i) text += deploy("e" + std::to_string(i), "Ami=" + ami);
    return text;
  };
  const PullRequest request = changed(many(a), many(b), web);
  EXPECT_EQ(request.ami_changes(), 201U);
  EXPECT_THAT(request.unchecked, ElementsAre(HasSubstr("more than 200 sets")));
}

// Production had the old one until the 10th; that staging has it is no reason to go back.
TEST(ParameterSets, ADowngradeIsOneOfItsEnvironment) {
  Branch branch;
  branch.file(name, read(settings(a, b)));
  branch.past(name, "2026-11-10T00:00:00Z", read(settings(a, b)), read(settings(a, a)));
  branch.changed(a, name, "2026-11-10T00:00:00Z");
  PullRequest back = changed(settings(a, b), settings(a, a), web);
  add_downgrades(back, branch);
  EXPECT_THAT(lines_of(back), ElementsAre(HasSubstr("was replaced on 2026-11-10")));
}

}  // namespace
}  // namespace patchbot
