// SPDX-License-Identifier: Apache-2.0
// cfn-pr-checker on revisions of a real git repository, and what it writes besides text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "cfn-pr-checker/cfn_pr_checker.hpp"
#include "git_sandbox.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;
using test::GitSandbox;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string old_ami = "ami-0aaaaaaaaaaaaaaa1";
const std::string new_ami = "ami-0bbbbbbbbbbbbbbb2";

std::string server(const std::string& image) {
  return "Resources: {W: {Type: AWS::EC2::Instance, UpdateReplacePolicy: Retain, Properties: "
         "{ImageId: " +
         image + "}}}\n";
}

class CfnPrRevisions : public testing::Test {
 protected:
  CfnPrRevisions() : back_(fs::current_path()) { fs::current_path(box_.path()); }
  ~CfnPrRevisions() override { fs::current_path(back_); }

  int run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--now", "2026-11-26T12:00:00Z"});
    std::ostringstream out;
    std::ostringstream err;
    const int status = cli::run<CfnPrChecker>(arguments, out, err);
    text = out.str() + err.str();
    return status;
  }

  // Staging got the new AMI on the 20th; main went on after the branch was made.
  void bump_production() {
    box_.write("staging/web.yaml", server(old_ami));
    box_.write("production/web.yaml", server(old_ami));
    box_.write("untouched.yaml", server(old_ami));
    box_.commit("2026-11-01T00:00:00Z");
    box_.write("staging/web.yaml", server(new_ami));
    box_.commit("2026-11-20T00:00:00Z");
    box_.git({"checkout", "--quiet", "-b", "bump"});
    box_.write("production/web.yaml", server(new_ami));
    box_.commit("2026-11-25T00:00:00Z");
    box_.git({"checkout", "--quiet", "main"});
    box_.write("staging/search.yaml", server(new_ami));
    box_.commit("2026-11-25T12:00:00Z");
  }

  GitSandbox box_;
  fs::path back_;
  std::string text;
};

TEST_F(CfnPrRevisions, ComparesFromWhereTheyParted) {
  bump_production();
  EXPECT_EQ(run({"--base", "main", "--head", "bump"}), 0) << text;
  EXPECT_EQ(text,
            "production/web.yaml:1  Resources/W/Properties/ImageId (production)  " + old_ami +
                " -> " + new_ami +
                " for W\n"
                "not checked: whether the AMIs exist, whose they are and how old: --images is not "
                "given\nnot checked: staging-first: whether servers of staging run the AMIs: "
                "--inventory is not given\n1 file, 1 AMI changes; nothing else changes\n");
}

// What LFS keeps elsewhere is not checked, unless it stays as it was.
TEST_F(CfnPrRevisions, PointersOfLfs) {
  const auto pointer = [](const std::string& id) {
    return "version https://git-lfs.github.com/spec/v1\noid sha256:" + id + "\nsize 12\n";
  };
  box_.write("web.yaml", pointer("aaa"));
  box_.write("same.json", pointer("ccc"));
  box_.commit("2026-11-01T00:00:00Z");
  box_.write("web.yaml", pointer("bbb"));
  box_.commit("2026-11-02T00:00:00Z");
  for (const char* head : {"HEAD", "."}) {
    EXPECT_EQ(run({"--base", "HEAD^", "--head", head}), 1) << head << text;
    EXPECT_THAT(text, HasSubstr("web.yaml:1  fail: is not checked: it is a pointer of Git LFS"))
        << head;
    EXPECT_THAT(text, Not(HasSubstr("same.json"))) << head;
  }
}

// git sees no rename where much else changes: the template would be gone, and its AMI out of sight.
TEST_F(CfnPrRevisions, ATemplateThatMovesOutOfSight) {
  box_.write("web.yaml", server(old_ami));
  box_.write("README.md", "as before: " + old_ami);
  box_.commit("2026-11-01T00:00:00Z");
  fs::remove(fs::path(box_.path()) / "web.yaml");
  box_.write("web.cfn", "Parameters: {Image: {Type: String, Default: " + new_ami + "}}\n");
  box_.write("notes.txt", "nothing of that kind");
  box_.git({"add", "--all"});
  box_.commit("2026-11-02T00:00:00Z");
  for (const char* head : {"HEAD", "."}) {
    run({"--base", "HEAD^", "--head", head});
    EXPECT_THAT(text,
                HasSubstr("not checked: web.cfn: is new and holds AMIs or a template, while "
                          "web.yaml is gone"))
        << head;
    EXPECT_THAT(text, Not(HasSubstr("notes.txt"))) << head;
    EXPECT_THAT(text, Not(HasSubstr("README.md"))) << head;
  }
}

std::string settings_of_sam(const std::string& staging, const std::string& prod) {
  return "[staging.deploy.parameters]\nparameter_overrides = \"AmiId=" + staging +
         "\"\n[prod.deploy.parameters]\nparameter_overrides = \"AmiId=\\\"" + prod + "\\\"\"\n";
}

// Staging got the new AMI on the 20th, and production gets it now; the template does not change.
TEST_F(CfnPrRevisions, SettingsOfSam) {
  box_.write("app/template.yaml", "Parameters: {AmiId: {Type: String}}\n" + server("!Ref AmiId"));
  box_.write("app/samconfig.toml", settings_of_sam(old_ami, old_ami));
  box_.write("same/samconfig.toml", settings_of_sam(old_ami, old_ami));
  box_.write("pyproject.toml", "ami = \"" + old_ami + "\"\n");
  box_.commit("2026-11-01T00:00:00Z");
  box_.write("app/samconfig.toml", settings_of_sam(new_ami, old_ami));
  box_.commit("2026-11-20T00:00:00Z");
  box_.write("app/samconfig.toml", settings_of_sam(new_ami, new_ami));
  box_.write("pyproject.toml", "ami = \"" + new_ami + "\"\n");
  box_.commit("2026-11-25T00:00:00Z");
  for (const char* head : {"HEAD", "."}) {
    EXPECT_EQ(run({"--base", "HEAD^", "--head", head}), 0) << text;
    EXPECT_THAT(text,
                HasSubstr("app/samconfig.toml:4  prod/deploy/parameters/parameter_overrides[AmiId]"
                          "/ParameterValue (production)  " +
                          old_ami + " -> " + new_ami + " for W\n"))
        << head;
    EXPECT_THAT(text, AllOf(Not(HasSubstr("same/")), Not(HasSubstr("pyproject")))) << head;
    EXPECT_THAT(text, Not(HasSubstr("app/samconfig.toml: "))) << head;
  }
  box_.git({"checkout", "--quiet", "-b", "both", "HEAD~2"});
  box_.write("app/samconfig.toml", settings_of_sam(new_ami, new_ami));
  box_.commit("2026-11-25T00:00:00Z");
  EXPECT_EQ(run({"--base", "HEAD^", "--head", "HEAD"}), 1) << text;
  EXPECT_THAT(text, HasSubstr("[staging-first]"));
}

// Staging stands in another file of settings than production.
TEST_F(CfnPrRevisions, SettingsOfSamInFilesOfTheirOwn) {
  const auto settings = [](const std::string& environment, const std::string& ami) {
    return "[" + environment + ".deploy.parameters]\nparameter_overrides = 'AmiId=" + ami + "'\n";
  };
  box_.write("template.yaml", "Parameters: {AmiId: {Type: String}}\n" + server("!Ref AmiId"));
  box_.write("samconfig.toml", settings("staging", old_ami));
  box_.write("samconfig.prod.toml", settings("default", old_ami));
  box_.commit("2026-11-01T00:00:00Z");
  box_.write("samconfig.prod.toml", settings("default", new_ami));
  box_.commit("2026-11-20T00:00:00Z");
  EXPECT_EQ(run({"--base", "HEAD^", "--head", "HEAD"}), 1) << text;
  EXPECT_THAT(text,
              HasSubstr("samconfig.prod.toml:2  fail: " + new_ami +
                        " goes to production, and no template of staging"));
}

// The file of production does not change: it leaves out what the template gets another default of.
TEST_F(CfnPrRevisions, ADefaultForAFileThatDoesNotChange) {
  const auto web = [](const std::string& image) {
    return "Parameters: {Image: {Type: String, Default: " + image + "}, Size: {Type: String}}\n" +
           server("!Ref Image");
  };
  box_.write("web.yaml", web(old_ami));
  box_.write("params/prod.json", R"({"Parameters": {"Size": "l"}})");
  box_.write("params/staging.json",
             R"({"Parameters": {"Size": "l", "Image": ")" + old_ami + "\"}}");
  box_.commit("2026-11-01T00:00:00Z");
  box_.write("web.yaml", web(new_ami));
  box_.commit("2026-11-20T00:00:00Z");
  EXPECT_EQ(run({"--base", "HEAD^", "--head", "HEAD"}), 1) << text;
  EXPECT_THAT(text,
              HasSubstr("web.yaml:1  Parameters/Image/Default (production)  " + old_ami + " -> " +
                        new_ami + " for W by params/prod.json\n"));
  EXPECT_THAT(text, HasSubstr("bump staging first [staging-first]"));
}

// A template elsewhere is read from the target branch, for the settings name it.
// Wherever in the repository the template stands, and whatever else is there.
TEST_F(CfnPrRevisions, AParameterFileFarFromItsTemplate) {
  const std::string choosing =
      "Parameters: {Track: {Type: String}}\nMappings: {M: {one: {ami: " + old_ami +
      "}, two: {ami: " + new_ami + "}}}\n" + server("!FindInMap [M, !Ref Track, ami]");
  const auto values = [](const std::string& track) {
    return R"([{"ParameterKey": "Track", "ParameterValue": ")" + track + "\"}]\n";
  };
  box_.write("cloudformation/templates/web.yaml", choosing);
  box_.write("cloudformation/templates/bucket.yaml", "Resources: {B: {Type: AWS::S3::Bucket}}\n");
  box_.write("config/production/eu-west-1/web.json", values("one"));
  box_.commit("2026-11-01T00:00:00Z");
  box_.git({"checkout", "--quiet", "-b", "pr"});
  box_.write("config/production/eu-west-1/web.json", values("two"));
  box_.commit("2026-11-02T00:00:00Z");
  run({"--base", "main", "--head", "pr"});
  EXPECT_THAT(text, HasSubstr("that is " + old_ami + " -> " + new_ami + " for W\n")) << text;

  box_.git({"checkout", "--quiet", "main"});
  box_.write("cloudformation/templates/worker.yaml", choosing);
  box_.write("config/production/both.json", values("one"));
  box_.commit("2026-11-03T00:00:00Z");
  box_.git({"checkout", "--quiet", "-b", "both"});
  box_.write("config/production/both.json", values("two"));
  box_.commit("2026-11-04T00:00:00Z");
  run({"--base", "main", "--head", "both"});
  EXPECT_THAT(text,
              HasSubstr("not checked: config/production/both.json: no template, or more than one, "
                        "has all of its parameters"));
}

TEST_F(CfnPrRevisions, SettingsOfSamForATemplateElsewhere) {
  const auto settings = [](const std::string& ami) {
    return "prod:\n  global:\n    parameters: {template_file: ../../../infra/web.yaml}\n  deploy:\n"
           "    parameters: {parameter_overrides: {AmiId: " +
           ami + "}}\n";
  };
  box_.write("infra/web.yaml", "Parameters: {AmiId: {Type: String}}\n" + server("!Ref AmiId"));
  box_.write("apps/web/sam/samconfig.yaml", settings(old_ami));
  box_.commit("2026-11-01T00:00:00Z");
  box_.write("apps/web/sam/samconfig.yaml", settings(new_ami));
  box_.commit("2026-11-02T00:00:00Z");
  run({"--base", "HEAD^", "--head", "HEAD"});
  EXPECT_THAT(text,
              HasSubstr("apps/web/sam/samconfig.yaml:5  prod/deploy/parameters/parameter_overrides"
                        "[AmiId]/ParameterValue (production)  " +
                        old_ami + " -> " + new_ami + " for W\n"));
}

// Neither one that is broken nor one that gets another name passes for nothing.
TEST_F(CfnPrRevisions, SettingsOfSamThatCannotBeRead) {
  box_.write("samconfig.toml", settings_of_sam(old_ami, old_ami));
  box_.write("web.yaml", server(old_ami));
  box_.commit("2026-11-01T00:00:00Z");
  box_.write("samconfig.toml", "version = 0.1\n[prod.deploy.parameters\n");
  box_.commit("2026-11-02T00:00:00Z");
  for (const char* head : {"HEAD", "."}) {
    EXPECT_EQ(run({"--base", "HEAD^", "--head", head}), 1) << head;
    EXPECT_THAT(text, HasSubstr("samconfig.toml:2  fail: is no TOML: ")) << head;
  }
  box_.git({"checkout", "--quiet", "-b", "renamed", "HEAD^"});
  box_.git({"mv", "samconfig.toml", "my.toml"});
  box_.write("my.toml", settings_of_sam(old_ami, new_ami));
  box_.commit("2026-11-02T00:00:00Z");
  EXPECT_EQ(run({"--base", "HEAD^", "--head", "HEAD"}), 1) << text;
  EXPECT_THAT(text, HasSubstr("my.toml:1  fail: ")) << text;
}

// The words are those of the target branch.
TEST_F(CfnPrRevisions, EnvironmentsOfTheConfigurationWaitForTheirTurn) {
  const auto images = [](const std::string& blue) {
    return "Mappings: {Images: {eu-west-1: {blue: " + blue + ", green: ami-0ccccccccccccccc3}}}\n" +
           server("!FindInMap [Images, eu-west-1, !Ref Stage]");
  };
  box_.write("web.yaml", images(old_ami));
  box_.commit("2026-11-01T00:00:00Z");
  box_.write("web.yaml", images(new_ami));
  box_.commit("2026-11-02T00:00:00Z");
  run({"--base", "HEAD^", "--head", "HEAD"});
  EXPECT_THAT(text, HasSubstr("[partial-bump]"));
  box_.write("own.yaml",
             "schema: patchbot.config/1\nenvironments: {blue: staging, green: production}\n");
  run({"--base", "HEAD^", "--head", "HEAD", "--config", "own.yaml"});
  EXPECT_THAT(text, Not(HasSubstr("[partial-bump]")));
  EXPECT_THAT(text, HasSubstr("(staging, eu-west-1)")) << text;
}

// The template of the stack inside does not change: it is read from the target branch.
TEST_F(CfnPrRevisions, AnAmiForANestedStack) {
  const auto outer = [](const std::string& ami) {
    return "Resources: {In: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "
           "inner.yaml, Parameters: {Image: " +
           ami + "}}}}\n";
  };
  box_.write("app/outer.yaml", outer(old_ami));
  box_.write("app/inner.yaml", "Parameters: {Image: {Type: String}}\n" + server("!Ref Image"));
  box_.commit("2026-11-01T00:00:00Z");
  box_.write("app/outer.yaml", outer(new_ami));
  box_.commit("2026-11-02T00:00:00Z");
  run({"--base", "HEAD^", "--head", "HEAD"});
  EXPECT_THAT(text, HasSubstr(" for In/W\n"));
}

// As long as no template goes, what other files hold is nobody's business.
TEST_F(CfnPrRevisions, NewFilesWithOtherNames) {
  box_.write("web.yaml", server(old_ami));
  box_.commit("2026-11-01T00:00:00Z");
  box_.write("docs.md", "for example " + new_ami);
  box_.commit("2026-11-02T00:00:00Z");
  for (const char* head : {"HEAD", "."}) {
    EXPECT_EQ(run({"--base", "HEAD^", "--head", head}), 0);
    EXPECT_THAT(text, Not(HasSubstr("docs.md"))) << head;
  }
}

TEST_F(CfnPrRevisions, AnAmiBehindTheFirstDocument) {
  const auto file = [](const std::string& ami) {
    return "kind: Namespace\n---\nkind: NodeClass\nimages: [{id: " + ami + "}]\n";
  };
  box_.write("nodes.yaml", file(old_ami));
  box_.write("same.yaml", file(old_ami));
  box_.commit("2026-11-01T00:00:00Z");
  box_.write("nodes.yaml", file(new_ami));
  box_.write("same.yaml", "more: true\n" + file(old_ami));
  box_.commit("2026-11-02T00:00:00Z");
  run({"--base", "HEAD^", "--head", "HEAD"});
  EXPECT_THAT(text, HasSubstr("not checked: nodes.yaml: AMIs change in a document behind"));
  EXPECT_THAT(text, Not(HasSubstr("same.yaml")));
}

// Where it was nothing said whose it is: it is no new AMI, and nobody knows whether it is.
TEST_F(CfnPrRevisions, AFileThatMovesFromTheTopToProduction) {
  box_.write("web.yaml", server(old_ami));
  box_.write("staging/web.yaml", server(new_ami));
  box_.commit("2026-11-01T00:00:00Z");
  box_.git({"mv", "web.yaml", "web-production.yaml"});
  box_.commit("2026-11-02T00:00:00Z");
  EXPECT_EQ(run({"--base", "HEAD^", "--head", "HEAD"}), 0) << text;
  EXPECT_THAT(text,
              HasSubstr("not checked: staging-first: web-production.yaml was web.yaml, of no "
                        "known environment"));
  box_.git({"mv", "staging/web.yaml", "web-production2.yaml"});
  box_.commit("2026-11-03T00:00:00Z");
  run({"--base", "HEAD^", "--head", "HEAD"});
  EXPECT_THAT(text, HasSubstr(" (production)  new -> " + new_ami))
      << "from staging it is new there";
}

TEST_F(CfnPrRevisions, AnInventoryTellsWhatStagingRuns) {
  bump_production();
  const auto inventory = [&](const std::string& ami) {
    box_.write("inventory.json",
               R"({"schema":"patchbot.inventory/1","generated_at":"2026-11-26T00:00:00Z",)"
               R"("source":"ec2","partial":false,"problems":[],"targets":[{"id":"i-1",)"
               R"("account":"444455556666","region":"eu-west-1","addresses":["10.0.0.1"],)"
               R"("launched_at":"2026-11-21T00:00:00Z","state":"running","environment":"stg",)"
               R"("ami":")" +
                   ami + R"("}]})");
    return run({"--base", "main", "--head", "bump", "--inventory", "inventory.json"});
  };
  EXPECT_EQ(inventory(new_ami), 0) << text;
  EXPECT_THAT(text, Not(HasSubstr("staging-first")));
  EXPECT_EQ(inventory(old_ami), 1) << text;
  EXPECT_THAT(text, HasSubstr("no server of staging runs " + new_ami));
  EXPECT_EQ(run({"--base", "main", "--head", "bump", "--inventory", "none.json"}), 3) << text;
  box_.write("inventory.json", "10.0.0.1\n");
  EXPECT_EQ(run({"--base", "main", "--head", "bump", "--inventory", "inventory.json"}), 3) << text;
}

TEST_F(CfnPrRevisions, AWorkingTreeIsComparedWithARevision) {
  bump_production();
  box_.write("untouched.yaml", server(new_ami));
  EXPECT_EQ(run({"--base", "main", "--head", "."}), 0) << text;
  EXPECT_THAT(text, HasSubstr("untouched.yaml:1"));
  EXPECT_THAT(text, HasSubstr("1 AMI changes"));
}

TEST_F(CfnPrRevisions, NothingToDoIsSaid) {
  bump_production();
  EXPECT_EQ(run({"--base", "main", "--head", "main"}), 0);
  EXPECT_EQ(text, "no CloudFormation template changes\n");
}

// The pull request brings a configuration that would let it pass.
TEST_F(CfnPrRevisions, TheConfigurationIsThatOfTheTargetBranch) {
  const std::string strict = "schema: patchbot.config/1\npull_requests: {soak_hours: 240}\n";
  box_.write("patchbot.yaml", strict);
  bump_production();
  box_.git({"checkout", "--quiet", "bump"});
  box_.write("patchbot.yaml",
             "schema: patchbot.config/1\npull_requests: {rules: {staging-first: none}}\n");
  box_.commit("2026-11-25T13:00:00Z");
  EXPECT_EQ(run({"--base", "main", "--head", "bump"}), 1) << text;
  EXPECT_THAT(text, HasSubstr("for 156 hours"));
  EXPECT_EQ(run({"--base", "main", "--head", "bump", "--config", "patchbot.yaml"}), 0) << text;
}

TEST_F(CfnPrRevisions, AFileThatMovesIsComparedWithWhatItWas) {
  box_.write("web.yaml", server(old_ami) + "# a line\n# and another\n");
  box_.commit("2026-11-01T00:00:00Z");
  box_.git({"checkout", "--quiet", "-b", "move"});
  box_.git({"mv", "web.yaml", "app.yaml"});
  box_.write("app.yaml", server(new_ami) + "# a line\n# and another\n");
  box_.commit("2026-11-02T00:00:00Z");
  run({"--base", "main", "--head", "move"});
  EXPECT_THAT(text, HasSubstr("app.yaml:1  Resources/W/Properties/ImageId  " + old_ami + " -> "));
}

// A folder of the pull request that is called like the branch that it is compared with.
TEST_F(CfnPrRevisions, ANameOfTwoThingsIsRefused) {
  bump_production();
  box_.write("main/web.yaml", server(new_ami));
  EXPECT_EQ(run({"--base", "main", "--head", "bump"}), 2) << text;
  EXPECT_THAT(text, HasSubstr("main is a revision, and a file or folder too"));
  EXPECT_EQ(run({"--base", "refs/heads/main", "--head", "bump"}), 0) << text;
  box_.git({"tag", "main", "bump"});
  fs::remove_all("main");
  EXPECT_EQ(run({"--base", "main", "--head", "bump"}), 2) << text;
  EXPECT_THAT(text, HasSubstr("the name of a tag and of a branch; write refs/heads/main"));
}

// Under a name that no template has, it would not be looked at.
TEST_F(CfnPrRevisions, ATemplateThatTakesAnotherEndingIsComparedAllTheSame) {
  bump_production();
  box_.git({"checkout", "--quiet", "bump"});
  box_.git({"mv", "production/web.yaml", "production/web.yaml.j2"});
  box_.write("production/web.yaml.j2", server("ami-12345678"));
  box_.commit("2026-11-25T13:00:00Z");
  EXPECT_EQ(run({"--base", "main", "--head", "bump"}), 1) << text;
  EXPECT_THAT(text, HasSubstr("ami-12345678"));
}

TEST_F(CfnPrRevisions, AMoveToProductionIsNewThere) {
  bump_production();
  box_.git({"checkout", "--quiet", "-b", "move", "main"});
  box_.write("staging/api.yaml", server("ami-0dddddddddddddddd"));
  box_.commit("2026-11-26T09:00:00Z");
  box_.git({"branch", "--force", "main"});
  box_.git({"mv", "staging/api.yaml", "production/api.yaml"});
  box_.commit("2026-11-26T10:00:00Z");
  EXPECT_EQ(run({"--base", "main", "--head", "move"}), 1) << text;
  EXPECT_THAT(text, HasSubstr("ami-0dddddddddddddddd has been in staging for 3 hours"));
}

TEST_F(CfnPrRevisions, ALinkIsNotPassedOver) {
  bump_production();
  box_.git({"checkout", "--quiet", "bump"});
  fs::remove("production/web.yaml");
  fs::create_symlink("../untouched.yaml", "production/web.yaml");
  box_.commit("2026-11-25T13:00:00Z");
  EXPECT_EQ(run({"--base", "main", "--head", "bump"}), 1) << text;
  EXPECT_THAT(text, HasSubstr("a symbolic link"));
}

// dev, staging and production in one map: an AMI goes from row to row.
TEST_F(CfnPrRevisions, ATrainOfOneMapArrives) {
  const auto rows = [](const std::string& dev, const std::string& stage, const std::string& prod) {
    return "Mappings:\n  Images:\n    dev: {ami: " + dev + "}\n    staging: {ami: " + stage +
           "}\n    production: {ami: " + prod +
           "}\nResources: {W: {Type: AWS::EC2::Instance, UpdateReplacePolicy: Retain, Properties: "
           "{ImageId: !FindInMap [Images, !Ref Env, ami]}}}\n";
  };
  const std::string next = "ami-0ccccccccccccccc3";
  box_.write("web.yaml", rows(old_ami, old_ami, old_ami));
  box_.commit("2026-11-01T00:00:00Z");
  box_.write("web.yaml", rows(new_ami, old_ami, old_ami));
  box_.commit("2026-11-08T00:00:00Z");
  box_.write("web.yaml", rows(next, new_ami, old_ami));
  box_.commit("2026-11-15T00:00:00Z");
  box_.git({"checkout", "--quiet", "-b", "bump"});
  box_.write("web.yaml", rows(next, new_ami, new_ami));
  box_.commit("2026-11-25T00:00:00Z");
  EXPECT_EQ(run({"--base", "main", "--head", "bump"}), 0) << text;
  EXPECT_THAT(text, Not(HasSubstr("bump staging first")));
}

TEST_F(CfnPrRevisions, AFolderBelowTheTopIsComparedByItsWholePaths) {
  bump_production();
  box_.write("production/web.yaml", server("ami-0dddddddddddddddd"));
  EXPECT_EQ(run({"--base", "main", "--head", "production"}), 1) << text;
  EXPECT_THAT(text, HasSubstr("production/web.yaml:1"));
  EXPECT_THAT(text, HasSubstr("bump staging first"));
  EXPECT_THAT(text, Not(HasSubstr("gone")));
}

TEST_F(CfnPrRevisions, ATemplateBehindAnotherDocumentFails) {
  bump_production();
  box_.git({"checkout", "--quiet", "bump"});
  box_.write("production/web.yaml", "foo: bar # ami-\n---\n" + server("ami-12345678"));
  box_.write("production/new.yaml", "foo: bar # ami-\n---\n" + server("ami-12345678"));
  box_.commit("2026-11-25T13:00:00Z");
  EXPECT_EQ(run({"--base", "main", "--head", "bump"}), 1) << text;
  EXPECT_THAT(text, HasSubstr("was a CloudFormation template, and is none any more"));
  EXPECT_THAT(text, HasSubstr("new.yaml:1  fail: begins with a document that is no template"));
}

TEST_F(CfnPrRevisions, LinksToFoldersAreSaidNotToBeFollowed) {
  bump_production();
  box_.git({"checkout", "--quiet", "bump"});
  fs::create_symlink("staging", "live");
  box_.commit("2026-11-25T13:00:00Z");
  run({"--base", "main", "--head", "bump"});
  EXPECT_THAT(text, HasSubstr("not checked: live: a symbolic link, which was not followed"));
  box_.git({"checkout", "--quiet", "main"});
  fs::remove("production/web.yaml");
  fs::create_symlink("../untouched.yaml", "production/web.yaml");
  EXPECT_EQ(run({"--base", "main", "--head", "."}), 1) << text;
  EXPECT_THAT(text, HasSubstr("a symbolic link"));
}

TEST_F(CfnPrRevisions, AttributesOfThePullRequestHideNothing) {
  bump_production();
  box_.git({"checkout", "--quiet", "bump"});
  box_.write(".gitattributes", "*.yaml binary\n");
  box_.git({"config", "color.ui", "always"});
  box_.commit("2026-11-25T13:00:00Z");
  EXPECT_EQ(run({"--base", "main", "--head", "bump"}), 0) << text;
  EXPECT_THAT(text, HasSubstr("whether servers of staging run")) << "staging has it, git says";
}

TEST_F(CfnPrRevisions, TheWholeRepositoryIsComparedFromAnyFolder) {
  bump_production();
  fs::current_path("staging");
  EXPECT_EQ(run({"--base", "main", "--head", "bump"}), 0) << text;
  EXPECT_THAT(text, HasSubstr("production/web.yaml:1"));
}

TEST_F(CfnPrRevisions, WhatGitIgnoresIsNoChange) {
  box_.write(".gitignore", "out/\n");
  bump_production();
  box_.write("out/web.yaml", server(new_ami));
  EXPECT_EQ(run({"--base", "main", "--head", "."}), 0) << text;
  EXPECT_THAT(text, Not(HasSubstr("out/web.yaml")));
}

TEST_F(CfnPrRevisions, ATemplateThatIsNoneAnyMoreFails) {
  bump_production();
  box_.git({"checkout", "--quiet", "bump"});
  box_.write("production/web.yaml", "message: server busy\n");
  box_.commit("2026-11-25T13:00:00Z");
  EXPECT_EQ(run({"--base", "main", "--head", "bump"}), 1) << text;
  EXPECT_THAT(text, HasSubstr("was a CloudFormation template, and is none any more"));
}

TEST_F(CfnPrRevisions, AShallowCloneSaysWhatItCannotCheck) {
  bump_production();
  const test::TempDir clones;
  const std::string clone = clones.file("clone");
  box_.git({"clone", "--quiet", "--depth=1", "--no-single-branch", "file://" + box_.path(), clone});
  fs::current_path(clone);
  run({"--base", "origin/main", "--head", "origin/bump"});
  EXPECT_THAT(text, HasSubstr("not checked: downgrade, staging-first: the clone is shallow"));
}

TEST_F(CfnPrRevisions, SidesThatDoNotGoTogetherAreRefused) {
  bump_production();
  EXPECT_EQ(run({"--base", "mian", "--head", "bump"}), 2);
  EXPECT_THAT(text, HasSubstr("mian: no file, no folder and no revision has this name"));
  EXPECT_EQ(run({"--base", ".", "--head", "bump"}), 2);
  EXPECT_EQ(run({"--head", "bump"}), 2);
  EXPECT_EQ(run({"--base", "main", "--head", "untouched.yaml"}), 2);
}

TEST_F(CfnPrRevisions, WritesJUnitAndSarifBesideTheText) {
  bump_production();
  const std::string bad = server("ami-12345678");
  box_.git({"checkout", "--quiet", "bump"});
  box_.write("production/we b.yaml", server(old_ami));
  box_.write("production/web.yaml", bad);
  box_.commit("2026-11-25T13:00:00Z");
  EXPECT_EQ(run({"--base", "main", "--head", "bump", "--junit", "j.xml", "--sarif", "s.json"}), 1);
  const std::string junit = test::slurp("j.xml");
  EXPECT_THAT(junit, HasSubstr(R"(tests="4" failures="2")")) << junit;
  EXPECT_THAT(junit, HasSubstr(R"(classname="patchbot.pull-request.production/web_yaml")"));
  EXPECT_THAT(junit, HasSubstr(R"(<failure message="FAIL )"));
  const std::string sarif = test::slurp("s.json");
  EXPECT_THAT(sarif, HasSubstr(R"("ruleId":"old-ami","level":"error")"));
  EXPECT_THAT(sarif, HasSubstr(R"("uri":"production/web.yaml")"));
}

// Markup of a template stays between backticks, where it is none.
TEST_F(CfnPrRevisions, NothingFromATemplateIsMarkupInAComment) {
  bump_production();
  box_.git({"checkout", "--quiet", "bump"});
  box_.write("production/web.yaml",
             "Resources: {W: {Type: AWS::EC2::Instance, UpdateReplacePolicy: Retain, Properties: "
             "{ImageId: " +
                 new_ami + ", KeyName: \"`<img src=x>` @team | \\n/close\"}}}\n");
  box_.commit("2026-11-25T13:00:00Z");
  run({"--base", "main", "--head", "bump", "--format", "markdown"});
  EXPECT_THAT(text, HasSubstr("`added: '<img src=x>' @team / /close`")) << text;
  EXPECT_THAT(text, AllOf(HasSubstr("**PatchBot: warn**"), Not(HasSubstr("\n/close"))));
}

}  // namespace
}  // namespace patchbot
