// SPDX-License-Identifier: Apache-2.0
#include "formats/images_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/images_writer.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

ImageCatalogue rich() {
  Image image;
  image.id = "ami-0aaaaaaaaaaaaaaa1";
  image.name = "web-\"2026\"";
  image.owner = "111122223333";
  image.owner_alias = "amazon";
  image.created = parse_rfc3339("2026-11-22T05:06:07Z");
  image.deprecated_at = parse_rfc3339("2028-11-22T05:06:07Z");
  image.state = "failed";
  image.state_reason = "no disk";
  image.architecture = "arm64";
  image.platform = "Linux/UNIX";
  image.is_public = false;
  image.source = "ami-0ccccccccccccccc3";
  Image bare;
  bare.id = "ami-0bbbbbbbbbbbbbbb2";
  ImageListing told{"111122223333", "eu-west-1"};
  told.asked = {image.id, bare.id};
  told.families = {{"111122223333", "web"}};
  told.owners = {"111122223333"};
  told.images = {image, bare};
  ImageListing closed{"444455556666", "us-east-1", "AccessDenied"};
  closed.families_problem = "likewise";
  ImageCatalogue catalogue;
  catalogue.generated_at = parse_rfc3339("2026-11-23T06:00:00Z");
  catalogue.accounts = {"111122223333", "444455556666"};
  catalogue.listings = {told, closed};
  return catalogue;
}

std::string with(const std::string& listing) {
  return R"({"schema":"patchbot.images/1","generated_at":"2026-11-23T06:00:00Z","listings":[)" +
         listing + "]}";
}

std::string refusal(const std::string& text) {
  return fault_of([&] { parse_images(text); });
}

TEST(ImagesJson, ReadsWhatItWrites) {
  EXPECT_EQ(parse_images(to_json(rich())), rich());
  const std::string text = to_json(rich());
  EXPECT_EQ(text.find('\n'), text.size() - 1) << "one line";
}

TEST(ImagesJson, SortsWhatALookUpNeeds) {
  const ImageCatalogue read = parse_images(with(
      R"({"account":"111122223333","region":"eu-west-1","asked":["ami-2","ami-1","ami-2"],)"
      R"("images":[{"id":"ami-2","name":"first"},{"id":"ami-1"},{"id":"ami-2","name":"second"}]})"));
  const ImageListing& listing = read.listings.at(0);
  EXPECT_THAT(listing.asked, testing::ElementsAre("ami-1", "ami-2"));
  ASSERT_EQ(listing.images.size(), 2U);
  EXPECT_EQ(listing.find("ami-2")->name, "first");
  EXPECT_EQ(listing.find("ami-3"), nullptr);
}

TEST(ImagesJson, SaysWhereWhatIsWrong) {
  const std::string place = R"("account":"111122223333","region":"eu-west-1")";
  EXPECT_EQ(refusal("{}"), "input: /schema: must be \"patchbot.images/1\"");
  EXPECT_EQ(refusal(R"({"schema":"patchbot.images/1","listings":[]})"),
            "input: /generated_at: is missing");
  EXPECT_EQ(refusal(R"({"schema":"patchbot.images/1","generated_at":"2026-11-23T06:00:00Z"})"),
            "input: /listings: is missing");
  EXPECT_EQ(refusal(R"({"schema":"patchbot.images/1","generated_at":"now","listings":[]})"),
            "input: /generated_at: must be a time such as 2026-11-23T06:00:00Z");
  EXPECT_EQ(refusal(with("7")), "input: /listings/0: must be an object");
  EXPECT_EQ(refusal(with(R"({"account":"prod","region":"eu-west-1"})")),
            "input: /listings/0/account: must be an account of 12 digits");
  EXPECT_EQ(refusal(with(R"({"account":"111122223333","region":"evil.example/"})")),
            "input: /listings/0/region: must be a region such as eu-west-1");
  EXPECT_EQ(refusal(with("{" + place + R"(,"images":{"id":"ami-1"}})")),
            "input: /listings/0/images: must be a list");
  EXPECT_EQ(refusal(with("{" + place + R"(,"images":[{"id":"a"},{"name":"web"}]})")),
            "input: /listings/0/images/1/id: must be the id of an image");
  EXPECT_EQ(refusal(with("{" + place + R"(,"images":[{"id":"a","created":"yesterday"}]})")),
            "input: /listings/0/images/0/created: must be a time such as 2026-11-23T06:00:00Z");
  EXPECT_EQ(refusal(with("{" + place + R"(,"images":[{"id":"a","public":"no"}]})")),
            "input: /listings/0/images/0/public: must be true or false");
  EXPECT_EQ(refusal(with("{" + place + R"(,"images":[{"id":"a","name":1}]})")),
            "input: /listings/0/images/0/name: must be a string");
  EXPECT_EQ(
      refusal(with("{" + place + R"(,"asked":[""]})")),
      "input: /listings/0/asked: must be a list of strings, none of them empty or longer than "
      "1,024 bytes");
  EXPECT_EQ(refusal(with("{" + place + R"(,"problem":")" + std::string(1025, 'x') + "\"}")),
            "input: /listings/0/problem: is longer than 1,024 bytes");
}

TEST(ImagesJson, BelievesNoDocumentThatSaysAThingTwice) {
  EXPECT_EQ(refusal(with(R"({"account":"111122223333","region":"eu-west-1","problem":"x",)"
                         R"("problem":""})")),
            "input 1:142: the name 'problem' stands twice in one object");
  EXPECT_EQ(refusal(to_json(rich()) + "{}"), "input 1:1: expected one JSON object");
}

TEST(ImagesJson, CleansWhatReachesALog) {
  const ImageCatalogue read = parse_images(with(
      R"({"account":"111122223333","region":"eu-west-1","images":[{"id":"a","name":"x\u001b[31m\ny"}]})"));
  EXPECT_EQ(read.listings.at(0).images.at(0).name, "x[31m y");
}

}  // namespace
}  // namespace patchbot
