// SPDX-License-Identifier: Apache-2.0
#include "cfn-pr-checker/image_survey.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/template_reader.hpp"
#include "services/aws_fixture.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string ours = "111122223333";
const std::string production = "444455556666";
const std::string id = "ami-0aaaaaaaaaaaaaaa1";

/// An account that does not let anybody in.
class Closed : public aws::CredentialSource {
 public:
  aws::Credentials get() override {
    ++asked;
    throw Error(Blame::remote, "sts AssumeRole: AccessDenied");
  }
  void renew() override {}

  int asked = 0;
};

class ImageSurveyTest : public aws::AwsTest {
 protected:
  ImageSurveyTest() {
    transport.handler = [](const HttpRequest&) {
      return test::replied(
          200,
          "<DescribeImagesResponse><imagesSet><item><imageId>" + id +
              "</imageId><name>web-2026.11.22</name><imageOwnerId>" + ours +
              "</imageOwnerId></item><item><imageId>ami-0bbbbbbbbbbbbbbb2</imageId>"
              "<name>webshop-2026.11.22</name><imageOwnerId>" +
              ours + "</imageOwnerId></item></imagesSet></DescribeImagesResponse>");
    };
    self.region = "eu-west-1";
  }

  void change(const std::string& cells) {
    TemplateFile file;
    file.read = read_template("Mappings: {Images: {" + cells + "}}\n");
    request = compare({{"web.yaml", TemplateFile()}}, {{"web.yaml", std::move(file)}});
  }

  aws::Access access(const std::string& account, std::vector<std::string> regions) {
    return {account, "", credentials, "", std::move(regions)};
  }

  std::vector<ImageListing> ask(const std::vector<aws::Access>& accounts) {
    wish = image_wish(request);
    wish.owners = {"self"};
    return ImageSurvey(session(), self, wish).ask(accounts, request);
  }

  aws::Self self;
  ImageWish wish;
  PullRequest request;
};

TEST_F(ImageSurveyTest, AsksEachRegionTwice) {
  change("web: {ami: " + id + "}");
  const auto listings = ask({access(ours, {"eu-west-1", "us-east-1"})});
  EXPECT_EQ(transport.requests.size(), 4U);
  ASSERT_EQ(listings.size(), 2U);
  EXPECT_EQ(listings[1].region, "us-east-1");
  EXPECT_EQ(listings[0].problem + listings[0].families_problem, "");
  EXPECT_THAT(listings[0].asked, ElementsAre(id));
  EXPECT_THAT(listings[0].families, ElementsAre(ImageFamily{ours, "web"}));
}

TEST_F(ImageSurveyTest, AForeignFamilyIsNotAskedFor) {
  change("web: {ami: " + id + "}");
  const auto listings = ask({access(production, {})});
  EXPECT_EQ(transport.requests.size(), 1U);
  ASSERT_EQ(listings.size(), 1U);
  EXPECT_EQ(listings[0].region, "eu-west-1") << "our own where nothing else is said";
  EXPECT_THAT(listings[0].families, IsEmpty());
}

TEST_F(ImageSurveyTest, AClosedAccountIsAskedOnce) {
  change("web: {ami: " + id + "}");
  const auto closed = std::make_shared<Closed>();
  const auto listings =
      ask({{production, "", closed, "", {"eu-west-1", "us-east-1"}}, access(ours, {"eu-west-1"})});
  EXPECT_EQ(closed->asked, 1);
  ASSERT_EQ(listings.size(), 3U);
  EXPECT_EQ(listings[0].problem, "sts AssumeRole: AccessDenied");
  EXPECT_EQ(listings[1].problem, "sts AssumeRole: AccessDenied");
  EXPECT_EQ(listings[2].problem, "");
  EXPECT_THAT(listings[0].asked, IsEmpty());
}

TEST_F(ImageSurveyTest, ARegionThatRefusesIsAProblemOfItsOwn) {
  change("eu-west-1: {ami: " + id + "}, us-east-1: {ami: " + id + "}");
  transport.handler = [](const HttpRequest& asked) {
    return asked.url.find("us-east-1") != std::string::npos
               ? test::replied(403,
                               "<Response><Errors><Error><Code>UnauthorizedOperation</Code>"
                               "</Error></Errors></Response>")
               : test::replied(200,
                               "<DescribeImagesResponse><imagesSet/></DescribeImagesResponse>");
  };
  const auto listings = ask({access(ours, {"ap-south-1"})});
  ASSERT_EQ(listings.size(), 2U) << "the cells say where, and not the configuration";
  EXPECT_EQ(listings[0].problem, "");
  EXPECT_THAT(listings[1].problem, HasSubstr("UnauthorizedOperation"));
}

TEST_F(ImageSurveyTest, ATemplateDoesNotMakeUsAskForEver) {
  std::string cells;
  for (int i = 0; i < 99; ++i) {
    for (const char* place : {"us-east-", "eu-west-", "ap-south-"}) {
      cells += (cells.empty() ? "" : ", ") + (place + std::to_string(i)) + ": {ami: " + id + "}";
    }
  }
  change(cells);
  std::vector<aws::Access> accounts;
  for (int i = 10; i < 20; ++i) accounts.push_back(access("1111222233" + std::to_string(i), {}));
  EXPECT_EQ(ask(accounts).size(), 2000U);
}

TEST_F(ImageSurveyTest, WhatOnlyGoesIsNotAskedFor) {
  TemplateFile before;
  before.read = read_template("Mappings: {Images: {web: {ami: " + id + "}}}\n");
  request = compare({{"web.yaml", std::move(before)}}, {});
  EXPECT_THAT(ask({access(ours, {"eu-west-1"})}), IsEmpty());
  EXPECT_THAT(wish.ids, IsEmpty());
}

}  // namespace
}  // namespace patchbot
