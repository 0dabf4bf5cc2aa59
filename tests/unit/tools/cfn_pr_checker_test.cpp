// SPDX-License-Identifier: Apache-2.0
#include "cfn-pr-checker/cfn_pr_checker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "support.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;
using test::TempDir;
using testing::HasSubstr;
using testing::Not;

const std::string server =
    "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0aaaaaaaaaaaaaaa1}}}\n";

class CfnPrCheckerTest : public testing::Test {
 protected:
  CfnPrCheckerTest() {
    fs::create_directories(base_);
    fs::create_directories(head_);
  }

  void write(const std::string& side, const std::string& name, const std::string& content) {
    const fs::path path = fs::path(dir_.file(side)) / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
  }

  void compare(std::vector<std::string> arguments = {}) {
    if (arguments.empty()) arguments = {"--base", base_, "--head", head_};
    std::ostringstream out;
    std::ostringstream err;
    status = cli::run<CfnPrChecker>(arguments, out, err);
    text = out.str() + err.str();
  }

  TempDir dir_;
  std::string base_ = dir_.file("base");
  std::string head_ = dir_.file("head");
  int status = -1;
  std::string text;
};

TEST_F(CfnPrCheckerTest, ABrokenFileIsNoDeletion) {
  write("base", "web.yaml", server);
  for (const char* broken : {"Resources: {W: {Type: 'AWS", "Resources: [", ""}) {
    write("head", "web.yaml", broken);
    compare();
    EXPECT_EQ(status, 1) << text;
    EXPECT_THAT(text, HasSubstr("[malformed-template]"));
    EXPECT_THAT(text, HasSubstr("1 file could not be compared"));
    EXPECT_THAT(text, Not(HasSubstr("gone")));
  }
}

TEST_F(CfnPrCheckerTest, ABrokenBaseIsSaidAndEverythingCountsAsNew) {
  write("base", "web.yaml", "Resources: [");
  write("head", "web.yaml", server);
  compare();
  EXPECT_EQ(status, 5) << text;
  EXPECT_THAT(text, HasSubstr("the version before cannot be read"));
  EXPECT_THAT(text, HasSubstr("new -> ami-0aaaaaaaaaaaaaaa1 for W"));
}

TEST_F(CfnPrCheckerTest, FilesThatAreNoTemplatesAreNotJudged) {
  write("base", "web.yaml", server);
  write("head", "web.yaml", server);
  write("head", "helm.yaml", "a: {{ .Values.a }}\nb: [\n");
  write("head", "package.json", "{\"name\": \"x\"}");
  write("head", "notes.txt", "Resources: [");
  compare();
  EXPECT_EQ(status, 0) << text;
  EXPECT_THAT(text, HasSubstr("1 file, 0 AMIs change; nothing else changes"));
}

TEST_F(CfnPrCheckerTest, NothingToCompareIsNoPass) {
  write("head", "package.json", "{}");
  compare();
  EXPECT_EQ(status, 3) << text;
  compare({"--head", dir_.file("missing")});
  EXPECT_EQ(status, 2) << text;
  write("base", "web.yaml", server);
  write("head", "web.yaml", server);
  compare({"--base", base_, "--head", head_ + "/web.yaml"});
  EXPECT_EQ(status, 2) << text;
  EXPECT_THAT(text, HasSubstr("both"));
}

TEST_F(CfnPrCheckerTest, DoesNotFollowLinksOutOfTheFolder) {
  write("elsewhere", "web.yaml", server);
  write("head", "other.yaml", server);
  fs::create_directory_symlink(dir_.file("elsewhere"), head_ + "/folder");
  fs::create_symlink(dir_.file("elsewhere") + "/web.yaml", head_ + "/link.yaml");
  compare();
  EXPECT_THAT(text, HasSubstr("1 file, ")) << text;
  EXPECT_THAT(text, Not(HasSubstr("link.yaml")));
}

TEST_F(CfnPrCheckerTest, WhatATemplateHoldsReachesNoTerminal) {
  write("base", "web.yaml", server);
  write("head",
        "web.yaml",
        "Resources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0aaaaaaaaaaaaaaa1, "
        "\"a\\e[31m\": \"\\e]0;x\\a\\u202e\"}}}\n");
  compare();
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(text, HasSubstr("1 other value changes")) << text;
}

}  // namespace
}  // namespace patchbot
