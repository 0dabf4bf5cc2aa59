// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "cfn-pr-checker/cfn_pr_checker.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::TempDir;
using testing::HasSubstr;
using testing::Not;

std::string server(const std::string& id) {
  return "Resources: {W: {Type: AWS::EC2::Instance, DeletionPolicy: Retain, UpdateReplacePolicy: "
         "Retain, Properties: {ImageId: " +
         id + "}}}\n";
}

class PrImagesTest : public testing::Test {
 protected:
  void check(std::vector<std::string> more) {
    std::vector<std::string> arguments{"--now",
                                       "2026-11-26T06:00:00Z",
                                       "--base",
                                       dir_.write("old.yaml", server("ami-0aaaaaaaaaaaaaaa1")),
                                       "--head",
                                       dir_.write("new.yaml", server("ami-0bbbbbbbbbbbbbbb2"))};
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::ostringstream out;
    std::ostringstream err;
    status = cli::run<CfnPrChecker>(arguments, out, err);
    text = out.str() + err.str();
  }

  std::string catalogue(const std::string& day) {
    return dir_.write(
        "images.json",
        R"({"schema":"patchbot.images/1","generated_at":")" + day +
            R"(T06:00:00Z","accounts":["111122223333"],"listings":[{"account":"111122223333",)"
            R"("region":"eu-west-1","owners":["111122223333"],"images":[)"
            R"({"id":"ami-0aaaaaaaaaaaaaaa1","name":"web-2026-11-15","owner":"111122223333",)"
            R"("created":"2026-11-15T05:00:00Z","state":"available","architecture":"x86_64"},)"
            R"({"id":"ami-0bbbbbbbbbbbbbbb2","name":"web-2026-11-24","owner":"111122223333",)"
            R"("created":"2026-11-25T05:00:00Z","state":"available","architecture":"x86_64"}]}]})");
  }

  TempDir dir_;
  int status = -1;
  std::string text;
};

TEST_F(PrImagesTest, NamesAndAgesComeFromTheCatalogue) {
  check({"--images", catalogue("2026-11-23")});
  EXPECT_EQ(status, 0) << text;
  EXPECT_THAT(text,
              HasSubstr("ami-0aaaaaaaaaaaaaaa1 (web-2026-11-15, 11 days) -> "
                        "ami-0bbbbbbbbbbbbbbb2 (web-2026-11-24, 1 day) for W\n"));
  EXPECT_THAT(text, HasSubstr("AMIs as the catalogue of 2026-11-23T06:00:00Z knows them\n"));
  check({"--images", catalogue("2026-11-23"), "--format", "markdown"});
  EXPECT_THAT(text, HasSubstr("`ami-0bbbbbbbbbbbbbbb2 (web-2026-11-24, 1 day)`"));
  check({"--images", catalogue("2026-11-23"), "--format", "json"});
  EXPECT_THAT(text,
              HasSubstr(R"("to":{"id":"ami-0bbbbbbbbbbbbbbb2","name":"web-2026-11-24",)"
                        R"("created":"2026-11-25T05:00:00Z"})"));
  EXPECT_THAT(text,
              HasSubstr(R"("images":{"source":"file","generated_at":"2026-11-23T06:00:00Z"})"));
}

TEST_F(PrImagesTest, WithoutImagesItSaysWhatWasNotChecked) {
  check({});
  EXPECT_EQ(status, 0) << text;
  EXPECT_THAT(text, HasSubstr("\nnot checked: whether the AMIs exist"));
  check({"--format", "markdown"});
  EXPECT_THAT(text, HasSubstr("whether the AMIs exist"));
  check({"--format", "json"});
  EXPECT_THAT(text, HasSubstr(R"("images":{"source":"none"})"));
}

TEST_F(PrImagesTest, AnOldCatalogueWarns) {
  check({"--images", catalogue("2026-11-10")});
  EXPECT_EQ(status, 5) << text;
  EXPECT_THAT(text, HasSubstr("[stale-catalogue]"));
}

TEST_F(PrImagesTest, TheConfigurationDecides) {
  const std::string head = "schema: patchbot.config/1\npull_requests: {";
  const std::string images = catalogue("2026-11-10");
  check({"--images",
         images,
         "--config",
         dir_.write("c.yaml", head + "rules: {stale-catalogue: none}}\n")});
  EXPECT_EQ(status, 0) << text;
  check({"--config", dir_.write("c.yaml", head + "images: {blocked: 'ami-0bbb*'}}\n")});
  EXPECT_EQ(status, 1) << text;
  EXPECT_THAT(text, HasSubstr("[blocked-ami]"));
  check(
      {"--images", images, "--config", dir_.write("c.yaml", head + "images: {owners: amazon}}\n")});
  EXPECT_EQ(status, 1) << text;
  EXPECT_THAT(text, HasSubstr("[foreign-owner]"));
}

TEST_F(PrImagesTest, BadInputIsNoPass) {
  check({"--images", dir_.file("missing.json")});
  EXPECT_THAT(status, testing::AnyOf(2, 3)) << text;
  check({"--images", dir_.write("images.json", "[]")});
  EXPECT_EQ(status, 3) << text;
  check({"--save-images", dir_.file("out.json")});
  EXPECT_EQ(status, 2) << text;
  check({"--images", catalogue("2026-11-23"), "--save-images", dir_.file("out.json")});
  EXPECT_EQ(status, 2) << text;
  EXPECT_THAT(text, HasSubstr("--images aws"));
}

}  // namespace
}  // namespace patchbot
