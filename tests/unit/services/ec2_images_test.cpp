// SPDX-License-Identifier: Apache-2.0
#include "services/aws/ec2_images.hpp"

#include <gmock/gmock.h>

#include "aws_fixture.hpp"

namespace patchbot::aws {
namespace {

using test::fault_of;
using testing::HasSubstr;
using testing::IsEmpty;

std::string page(const std::string& items, const std::string& token = {}) {
  return "<DescribeImagesResponse><imagesSet>" + items + "</imagesSet>" +
         (token.empty() ? "" : "<nextToken>" + token + "</nextToken>") +
         "</DescribeImagesResponse>";
}

class Ec2ImagesTest : public AwsTest {};

TEST_F(Ec2ImagesTest, ReadsEveryField) {
  answer(page(
      "<item><imageId>ami-1</imageId><name>web-1</name><imageOwnerId>111122223333</imageOwnerId>"
      "<imageOwnerAlias>amazon</imageOwnerAlias><creationDate>2026-11-22T05:06:07.000Z"
      "</creationDate><deprecationTime>2028-11-22T05:06:07.000Z</deprecationTime>"
      "<imageState>failed</imageState><stateReason><message>no disk</message></stateReason>"
      "<architecture>arm64</architecture><platformDetails>Linux/UNIX</platformDetails>"
      "<isPublic>true</isPublic></item><item><imageId>ami-2</imageId></item>"));
  Client asking = client();

  const std::vector<Image> images = images_by_id(asking, {"ami-1", "ami-2", "ami-3"});

  Image whole{"ami-1",
              "web-1",
              "111122223333",
              "amazon",
              parse_rfc3339("2026-11-22T05:06:07Z"),
              parse_rfc3339("2028-11-22T05:06:07Z"),
              "failed",
              "no disk",
              "arm64",
              "Linux/UNIX",
              true};
  Image bare;
  bare.id = "ami-2";
  EXPECT_THAT(images, testing::ElementsAre(whole, bare));
}

TEST_F(Ec2ImagesTest, AsksOwnersPageByPage) {
  answer(page("<item><imageId>ami-1</imageId></item>", "t"));
  answer(page("<item><imageId>ami-2</imageId></item>"));
  Client asking = client();

  EXPECT_EQ(images_of_owners(asking, {"self", "111122223333"}, {"web*"}).size(), 2U);

  const std::string question =
      "Action=DescribeImages&MaxResults=1000&Owner.1=self&Owner.2=111122223333&"
      "Filter.1.Name=name&Filter.1.Value.1=web%2A&";
  EXPECT_EQ(sent(0), question + "Version=2016-11-15");
  EXPECT_EQ(sent(1), question + "NextToken=t&Version=2016-11-15");
}

TEST_F(Ec2ImagesTest, ATagNamesTheFamily) {
  const std::string tag = "<tagSet><item><key>bake*</key><value>web</value></item></tagSet>";
  answer(page("<item><imageId>ami-1</imageId><name>golden-1</name>" + tag + "</item>", "t"));
  answer(
      page("<item><imageId>ami-2</imageId><name>api-2</name><tagSet><item><key>bake*</key><value/>"
           "</item></tagSet></item>"));
  Client asking = client();

  const std::vector<Image> images = images_with_tag(asking, "111122223333", "bake*");

  ASSERT_EQ(images.size(), 2U);
  EXPECT_EQ(images[0].family(), "web");
  EXPECT_EQ(images[1].family(), "api") << "an empty tag says nothing";
  EXPECT_THAT(sent(0),
              HasSubstr("Owner.1=111122223333&Filter.1.Name=tag-key&"
                        "Filter.1.Value.1=bake%5C%2A&Version"));
}

TEST_F(Ec2ImagesTest, NeverAsksForImagesOfAnybody) {
  Client asking = client();
  EXPECT_THAT(images_of_owners(asking, {}, {"web*"}), IsEmpty());
  EXPECT_THAT(transport.requests, IsEmpty());
}

TEST_F(Ec2ImagesTest, DoesNotTakeAnotherAnswerForNone) {
  Client asking = client();
  answer("<DescribeImagesResponse/>");
  EXPECT_THAT(fault_of([&] { images_by_id(asking, {"ami-1"}); }), HasSubstr("no <imagesSet>"));
  answer(page("<item><name>web</name></item>"));
  EXPECT_THAT(fault_of([&] { images_by_id(asking, {"ami-1"}); }), HasSubstr("an image has no id"));
  answer("<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>",
         403);
  EXPECT_THAT(fault_of([&] { images_by_id(asking, {"ami-1"}); }),
              HasSubstr("remote: ec2 DescribeImages in eu-west-1 of account 111122223333: "
                        "UnauthorizedOperation"));
}

TEST(NamePattern, FitsTheWholeFamily) {
  EXPECT_EQ(name_pattern("web-2026.11.20-1432"), "web*");
  EXPECT_EQ(name_pattern("amzn2-ami-hvm-2.0.20231101.0-x86_64-gp2"), "amzn2-ami-hvm-2.0.*");
  EXPECT_EQ(name_pattern("web-20261120-2a"), "web-*") << "20 and 2a begin alike";
  EXPECT_EQ(name_pattern("20261120-web-base"), "*web*");
  EXPECT_EQ(name_pattern("web"), "web*");
  EXPECT_EQ(name_pattern("we*b?-1"), "we\\*b\\?*") << "the name comes from outside";
}

}  // namespace
}  // namespace patchbot::aws
