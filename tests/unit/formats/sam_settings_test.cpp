// SPDX-License-Identifier: Apache-2.0
#include "formats/sam_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/parameter_overrides.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::ElementsAre;
using testing::HasSubstr;

using Lines = std::vector<std::string>;

// "Key=Value" of each, as SAM takes a text apart.
Lines parsed(std::string_view text) {
  Lines lines;
  for (const Override& one : parse_sam_overrides(text)) {
    lines.push_back(one.name + "=" + one.value);
  }
  return lines;
}

const TemplateNode* overrides_of(const Template& settings, std::string_view environment) {
  const TemplateNode* node = settings.root.find(environment);
  for (const char* key : {"deploy", "parameters", "parameter_overrides"}) {
    if (node != nullptr) node = node->find(key);
  }
  return node;
}

// "Key=Value 2:7" of each pair, with the place of the value.
Lines given(const std::string& text, const char* name = "samconfig.toml") {
  const Template settings = read_sam_settings(text, name);
  const TemplateNode* const list = overrides_of(settings, "prod");
  Lines lines;
  if (list == nullptr) return lines;
  if (list->is_scalar()) return {list->text};
  for (const TemplateNode& pair : list->items) {
    const TemplateNode* const value = pair.find("ParameterValue");
    lines.push_back(pair.find("ParameterKey")->text + "=" + value->text + " " +
                    std::to_string(value->place.line) + ":" + std::to_string(value->place.column));
  }
  return lines;
}

Lines toml(const std::string& overrides) {
  return given("[prod.deploy.parameters]\nparameter_overrides = " + overrides + "\n");
}

TEST(SamOverrides, TextsAreTakenApartAsSamDoes) {
  EXPECT_THAT(parsed("A=1 B=2"), ElementsAre("A=1", "B=2"));
  EXPECT_THAT(parsed("  A=\"1 2\"  B='x y' "), ElementsAre("A=1 2", "B=x y"));
  EXPECT_THAT(parsed(R"(A="say \"hi\"" B=x\ y C='it\'s')"),
              ElementsAre("A=say \"hi\"", "B=x y", "C=it's"));
  EXPECT_THAT(parsed("ParameterKey=A,ParameterValue=1 ParameterKey=B,ParameterValue=\"2 3\""),
              ElementsAre("A=1", "B=2 3"));
  EXPECT_THAT(parsed("\"A\"=1 'B'=2"), ElementsAre("A=1", "B=2"));
  EXPECT_THAT(parsed("A=a=b,c B=arn:aws:x/y"), ElementsAre("A=a=b,c", "B=arn:aws:x/y"));
  EXPECT_THAT(parsed("A=it's B=2"), ElementsAre("A=it's", "B=2"));
  EXPECT_THAT(parsed("A=1\n  B=2\t"), ElementsAre("A=1", "B=2"));
  EXPECT_THAT(parsed("A= B=2 C=\"\""), ElementsAre("B=2", "C=")) << "no value is no parameter";
  EXPECT_THAT(parsed("words A-B=1 _C=2 D=\"open"), ElementsAre()) << "names are letters, digits";
  EXPECT_THAT(parsed(""), ElementsAre());
}

TEST(SamSettings, EveryFormOfOverridesIsAListOfPairs) {
  EXPECT_THAT(toml(R"("Ami=ami-1 Size=\"a b\" Last='c'")"),
              ElementsAre("Ami=ami-1 2:28", "Size=a b 2:41", "Last=c 2:53"));
  EXPECT_THAT(toml("'''\nAmi=ami-1\n  Size=2\n'''"), ElementsAre("Ami=ami-1 3:5", "Size=2 4:8"));
  EXPECT_THAT(toml(R"("ParameterKey=Ami,ParameterValue=ami-1")"), ElementsAre("Ami=ami-1 2:56"));
  EXPECT_THAT(toml("[\n \"Ami=ami-1\",\n ['Size=2 Last=3']]"),
              ElementsAre("Ami=ami-1 3:7", "Size=2 4:9", "Last=3 4:16"));
  EXPECT_THAT(toml("{Ami = 'ami-1', Size = 2, Zones = ['a', 'b '], On = true}"),
              ElementsAre("Ami=ami-1 2:30", "Size=2 2:46", "Zones=a,b 2:57", "On=True 2:75"));
  EXPECT_THAT(given("[prod.deploy.parameters.parameter_overrides]\nAmi = 'ami-1'\n"),
              ElementsAre("Ami=ami-1 2:7"));
  EXPECT_THAT(toml("''"), ElementsAre());
}

TEST(SamSettings, YamlSaysTheSame) {
  const auto yaml = [](const std::string& overrides) {
    return given("prod:\n deploy:\n  parameters:\n   parameter_overrides:" + overrides,
                 "app/samconfig.yml");
  };
  EXPECT_THAT(yaml(" Ami=ami-1 Size=\"a b\"\n"), ElementsAre("Ami=ami-1 4:29", "Size=a b 4:41"));
  EXPECT_THAT(yaml(" >-\n    Ami=ami-1\n    Size=2\n"),
              ElementsAre("Ami=ami-1 5:9", "Size=2 6:10"));
  EXPECT_THAT(yaml("\n    - Ami=ami-1\n    - Size=2\n"),
              ElementsAre("Ami=ami-1 5:11", "Size=2 6:12"));
  EXPECT_THAT(yaml("\n    Ami: ami-1\n    None:\n    Flag: yes\n    Off: false\n"),
              ElementsAre("Ami=ami-1 5:10", "None= 6:10", "Flag=yes 7:11", "Off=False 8:10"));
  EXPECT_TRUE(read_sam_settings("  \n", "samconfig.yaml").root.is_map());
}

TEST(SamSettings, OfAParameterThatStandsTwiceTheLastCounts) {
  EXPECT_THAT(toml("'Ami=ami-1 Ami=ami-2'"), ElementsAre("Ami=ami-2 2:38"));
  EXPECT_THAT(toml("['Ami=ami-1', {Ami = 'ami-2'}]"), ElementsAre("Ami=ami-2 2:44"));
}

TEST(SamSettings, WhatIsIncludedIsNotKnown) {
  EXPECT_THAT(toml("['file://a.yaml', 'Ami=ami-1', 'file://b.yaml']"),
              ElementsAre("$include=file://a.yaml,file://b.yaml 2:24", "Ami=ami-1 2:46"));
  EXPECT_THAT(toml("{'$include' = 'file://a.yaml'}"), ElementsAre("$include=file://a.yaml 2:37"));
}

TEST(SamSettings, WhatSamRefusesStaysAsItIs) {
  EXPECT_THAT(toml("'no such thing'"), ElementsAre("no such thing"));
  EXPECT_THAT(toml("7"), ElementsAre("7"));
}

// One may give another's settings, and change some.
TEST(SamSettings, MergeKeysAreResolved) {
  const std::string text =
      "base: &base\n parameter_overrides: {Ami: ami-1}\n region: a\n"
      "other: &other {region: b, stack_name: s}\n"
      "prod: {deploy: {parameters: {<<: [*base, *other], region: c}}}\n";
  EXPECT_THAT(given(text, "samconfig.yaml"), ElementsAre("Ami=ami-1 2:29"));
  const Template settings = read_sam_settings(text, "samconfig.yaml");
  const TemplateNode& parameters = *settings.root.find("prod")->find("deploy")->find("parameters");
  EXPECT_EQ(parameters.find("region")->text, "c");
  EXPECT_EQ(parameters.find("stack_name")->text, "s");
  EXPECT_EQ(parameters.members.size(), 3U);
}

TEST(SamSettings, NamesSayWhatItIs) {
  for (const char* name : {"samconfig.toml",
                           "a/b/samconfig.yaml",
                           "SAMCONFIG.YML",
                           "a/samconfig.prod.toml",
                           "samconfig-prod.yaml",
                           "prod_samconfig.yml"}) {
    EXPECT_TRUE(is_sam_settings(name)) << name;
  }
  for (const char* name : {"samconfig.json",
                           "mysamconfig.toml",
                           "samconfigs.toml",
                           "samconfig.toml/x",
                           "samconfig",
                           "toml",
                           ""}) {
    EXPECT_FALSE(is_sam_settings(name)) << name;
  }
}

std::vector<std::string> mistakes(const std::string& text) {
  std::vector<std::string> lines;
  for (const TemplateProblem& one : read_sam_settings(text, "samconfig.toml").problems) {
    if (one.kind != TemplateProblem::Kind::sam_setting) continue;
    lines.push_back(std::to_string(one.place.line) + ": " + one.message);
  }
  return lines;
}

// SAM says nothing, and deploys something else than was meant.
TEST(SamSettings, WhatSamPassesOverIsAMistake) {
  EXPECT_THAT(mistakes("version = 0.1\n[prod.deploy.parameters]\nparameter-overrides = 'A=b'\n"),
              ElementsAre("3: SAM passes over the key parameter-overrides: did you mean "
                          "parameter_overrides?"));
  EXPECT_THAT(mistakes("[[prod]]\n[prod.deploy.parameters]\nparameter_overrides = 'A=b'\n"),
              ElementsAre(HasSubstr(": SAM passes over the list prod, written [[prod]] in TOML")));
  EXPECT_THAT(mistakes("[prod.deploy.parameter]\nregion = 'x'\n"),
              ElementsAre(HasSubstr("did you mean parameters?")));
  EXPECT_THAT(mistakes("[prod.deploy.parameters]\nstack_name = 's'\nresolve_s3 = true\n"
                       "s3_prefix = 'p'\nregion = 'eu-west-1'\nconfirm_changeset = true\n"
                       "capabilities = 'CAPABILITY_IAM'\ntags = 'a=b'\ntemplate = 't.yaml'\n"
                       "image_repositories = ['x']\nprofile = 'p'\nrole_arn = 'r'\n"
                       "template_file = 't.yaml'\nparameter_overrides = 'A=b'\n"),
              ElementsAre());
}

TEST(SamSettings, ATemplateMayHaveANameLikeTheirs) {
  const std::string text = "Resources: {W: {Type: T}}\n";
  EXPECT_NE(read_sam_settings(text, "samconfig-role.yaml").root.find("Resources"), nullptr);
  EXPECT_THAT(fault_of([&] { read_sam_settings(text, "samconfig.yaml"); }),
              HasSubstr("give a template another name"));
}

// A file that is two things at once would be judged as one, and used as the other.
TEST(SamSettings, ATemplateHasAnotherName) {
  EXPECT_THAT(fault_of([] { read_sam_settings("[Resources.A]\nType = 'T'\n", "samconfig.toml"); }),
              HasSubstr("give a template another name"));
  EXPECT_THAT(fault_of([] { read_sam_settings("- a\n", "samconfig.yaml"); }),
              HasSubstr("expected the environments"));
  EXPECT_THAT(fault_of([] { read_sam_settings("a: 1\n", "samconfig.toml"); }),
              HasSubstr("is no TOML"));
}

}  // namespace
}  // namespace patchbot
