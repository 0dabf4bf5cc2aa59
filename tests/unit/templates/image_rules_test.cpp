// SPDX-License-Identifier: Apache-2.0
#include "templates/image_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "formats/template_reader.hpp"
#include "model/pull_request_rules.hpp"
#include "templates/image_lookup.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string ours = "111122223333";
const std::string production = "444455556666";
const std::string stranger = "999988887777";
const std::string old_id = "ami-0aaaaaaaaaaaaaaa1";
const std::string new_id = "ami-0bbbbbbbbbbbbbbb2";

Time at(const std::string& text) { return *parse_rfc3339(text); }

Image image(const std::string& id, const std::string& name, const std::string& created) {
  Image one;
  one.id = id;
  one.name = name;
  one.owner = ours;
  one.created = at(created + "T05:00:00Z");
  one.state = "available";
  one.architecture = "x86_64";
  return one;
}

/// A pull request that changes the AMI of one server, and a catalogue of one region.
class ImageRules : public testing::Test {
 protected:
  ImageRules() {
    catalogue.generated_at = now;
    catalogue.accounts = {ours};
    ImageListing& listing = catalogue.listings.emplace_back(ImageListing{ours, "eu-west-1"});
    listing.asked = {old_id, new_id};
    listing.owners = {ours};
    listing.images = {image(old_id, "web-2026.11.15", "2026-11-15"),
                      image(new_id, "web-2026.11.22", "2026-11-22")};
  }

  Image& before() { return catalogue.listings[0].images.at(0); }
  Image& after() { return catalogue.listings[0].images.at(1); }
  ImageListing& listing() { return catalogue.listings[0]; }

  void add(Image other) {
    listing().images.push_back(std::move(other));
    settle(listing());
  }

  /// "rule level" of every hit, once.
  std::vector<std::string> hits(const std::string& from = old_id, const std::string& to = new_id) {
    const auto file = [&](const std::string& id) {
      TemplateFile version;
      if (!id.empty()) {
        version.read = read_template("Resources: {W: {Type: AWS::EC2::Instance, Properties: {" +
                                     type + "ImageId: '" + id + "'}}}\n");
      }
      return TemplateFiles{{"web.yaml", std::move(version)}};
    };
    request = compare(file(from), file(to));
    request.images = {origin, catalogue.generated_at, now};
    request.files.at(0).scope = scope;
    request.files.at(0).hits.clear();
    add_image_rules(request, offline ? nullptr : &catalogue, settings);
    std::vector<std::string> told;
    message.clear();
    for (const RuleHit& hit : request.files[0].hits) {
      EXPECT_NE(pull_request_rule(hit.id), nullptr) << hit.id;
      told.push_back(std::string(hit.id) + " " + std::string(to_text(hit.level)));
      message += hit.message + "\n";
    }
    return told;
  }

  const Time now = at("2026-11-26T06:00:00Z");
  ImageCatalogue catalogue;
  ImageSettings settings;
  ImageOrigin::Kind origin = ImageOrigin::Kind::aws;
  TemplateScope scope;
  bool offline = false;
  std::string type;
  PullRequest request;
  std::string message;
};

TEST_F(ImageRules, TheNewestBakeOfOurOwnIsFine) {
  EXPECT_THAT(hits(), IsEmpty()) << message;
  EXPECT_THAT(hits(new_id, new_id), IsEmpty()) << "unchanged";
  const AmiChange& change = (hits(), request.files[0].review.ami_changes.at(0));
  EXPECT_EQ(change.from_image->name, "web-2026.11.15");
  EXPECT_EQ(change.to_image->name, "web-2026.11.22");
}

TEST_F(ImageRules, WhatGoesIsNotJudged) {
  catalogue.listings.clear();
  EXPECT_THAT(hits(old_id, "none"), IsEmpty()) << message;
  EXPECT_THAT(hits("none", new_id), ElementsAre("ami-unknown warn")) << "what comes is";
}

// Where no id changes, servers may get another one all the same.
TEST_F(ImageRules, AnAmiThatComesByAnotherWayIsJudged) {
  const std::string text = "Parameters: {Old: {Default: " + old_id + "}, New: {Default: " + new_id +
                           "}}\nResources: {W: {Type: AWS::EC2::Instance, Properties: {ImageId: "
                           "!Ref ";
  TemplateFiles base;
  TemplateFiles head;
  base["web.yaml"].read = read_template(text + "New}}}\n");
  head["web.yaml"].read = read_template(text + "Old}}}\n");
  request = compare(base, head);
  request.files.at(0).hits.clear();
  add_image_rules(request, &catalogue, settings);
  std::vector<std::string_view> rules;
  for (const RuleHit& hit : request.files[0].hits) rules.push_back(hit.id);
  EXPECT_THAT(rules, ElementsAre("ami-behind", "downgrade"));
}

// ---- existence

TEST_F(ImageRules, AnAmiThatNobodyHasDoesNotExist) {
  listing().images.pop_back();
  EXPECT_THAT(hits(), ElementsAre("ami-not-found fail"));
  EXPECT_THAT(message, HasSubstr(new_id + " does not exist in any region that was asked"));
  scope.regions = {"eu-west-1"};
  scope.account = ours;
  EXPECT_THAT(hits(), ElementsAre("ami-not-found fail"));
  EXPECT_THAT(message, HasSubstr("does not exist in eu-west-1 for account " + ours));
}

TEST_F(ImageRules, WhatWasNotAskedForMayExist) {
  listing().images.pop_back();
  listing().asked = {old_id};
  EXPECT_THAT(hits(), ElementsAre("ami-unknown warn"));
  EXPECT_THAT(message, HasSubstr("eu-west-1 of account " + ours + " was not asked for it"));
}

TEST_F(ImageRules, WhoCouldNotBeAskedDoesNotSayNo) {
  listing().images.pop_back();
  ImageListing closed{production, "eu-west-1", "sts AssumeRole: AccessDenied"};
  catalogue.listings.push_back(closed);
  EXPECT_THAT(hits(), ElementsAre("ami-unknown warn"));
  EXPECT_THAT(message, HasSubstr("AccessDenied"));
  scope.account = ours;
  EXPECT_THAT(hits(), ElementsAre("ami-not-found fail")) << "the other account does not matter";
  scope.account = production;
  EXPECT_THAT(hits(), ElementsAre("ami-unknown warn"));
  scope.account = stranger;
  EXPECT_THAT(hits(), ElementsAre("ami-unknown warn"));
  EXPECT_THAT(message,
              HasSubstr("nothing is known of the images in any region of account " + stranger));
}

TEST_F(ImageRules, OneAccountThatSeesItIsEnough) {
  catalogue.listings.push_back({production, "eu-west-1", "sts AssumeRole: AccessDenied"});
  EXPECT_THAT(hits(), IsEmpty()) << message;
}

TEST_F(ImageRules, AnAmiOfAnotherRegionIsNotThere) {
  scope.regions = {"us-east-1"};
  EXPECT_THAT(hits(), ElementsAre("ami-unknown warn")) << "nobody asked there";
  ImageListing there{ours, "us-east-1"};
  there.asked = {old_id, new_id};
  catalogue.listings.push_back(there);
  EXPECT_THAT(hits(), ElementsAre("ami-not-found fail"));
  EXPECT_THAT(message, HasSubstr("; it is in eu-west-1"));
  scope.regions = {"us-east-1", "eu-west-1"};
  EXPECT_THAT(hits(), IsEmpty()) << "in one of both";
}

// ---- owner

TEST_F(ImageRules, AForeignImageIsRefused) {
  after().owner = stranger;
  EXPECT_THAT(hits(), testing::Contains("foreign-owner fail"));
  EXPECT_THAT(message, HasSubstr("(web-2026.11.22) belongs to account " + stranger));
  settings.owners = {stranger};
  EXPECT_THAT(hits(), testing::Not(testing::Contains("foreign-owner fail")));
}

TEST_F(ImageRules, OwnersAreSelfAmazonAndOurAccountsUnlessConfigured) {
  after().owner = "137112412989";
  after().owner_alias = "amazon";
  EXPECT_THAT(hits(), testing::Not(testing::Contains("foreign-owner fail")));
  after().owner_alias = "aws-marketplace";
  EXPECT_THAT(hits(), testing::Contains("foreign-owner fail"));
  after().owner_alias.clear();
  after().owner = production;
  EXPECT_THAT(hits(), testing::Contains("foreign-owner fail"));
  catalogue.accounts.push_back(production);
  EXPECT_THAT(hits(), testing::Not(testing::Contains("foreign-owner fail")));
  settings.owners = {"self"};
  EXPECT_THAT(hits(), testing::Contains("foreign-owner fail"))
      << "what is configured replaces them";
}

TEST_F(ImageRules, AnAliasIsBelievedOnlyWhereEc2SaysIt) {
  after().owner = stranger;
  after().name = "amazon";
  EXPECT_THAT(hits(), testing::Contains("foreign-owner fail"));
}

// ---- age

TEST_F(ImageRules, BakesThatFollowedAreCounted) {
  add(image("ami-0ccccccccccccccc3", "web-2026.11.23", "2026-11-23"));
  add(image("ami-0ddddddddddddddd4", "web-2026.11.25", "2026-11-25"));
  add(image("ami-0eeeeeeeeeeeeeee5", "database-2026.11.25", "2026-11-25"));
  EXPECT_THAT(hits(), ElementsAre("ami-behind warn"));
  EXPECT_THAT(message,
              HasSubstr("is 2 bakes behind: the newest of web is ami-0ddddddddddddddd4 "
                        "(web-2026.11.25) of 2026-11-25"));
}

TEST_F(ImageRules, OnlyWhatCouldReplaceItIsNewer) {
  Image arm = image("ami-0ccccccccccccccc3", "web-2026.11.23", "2026-11-23");
  arm.architecture = "arm64";
  add(arm);
  Image unfinished = image("ami-0ddddddddddddddd4", "web-2026.11.24", "2026-11-24");
  unfinished.state = "pending";
  add(unfinished);
  Image foreign = image("ami-0eeeeeeeeeeeeeee5", "web-2026.11.25", "2026-11-25");
  foreign.owner = stranger;
  add(foreign);
  Image withdrawn = image("ami-0fffffffffffffff6", "web-2026.11.25", "2026-11-25");
  withdrawn.deprecated_at = at("2026-11-25T12:00:00Z");
  add(withdrawn);
  EXPECT_THAT(hits(), IsEmpty()) << message;
}

TEST_F(ImageRules, WhoseFamilyIsNotListedMayHaveNewerOnes) {
  listing().owners.clear();
  EXPECT_THAT(hits(), ElementsAre("ami-unknown note"));
  listing().families_problem = "ec2 DescribeImages: RequestLimitExceeded";
  EXPECT_THAT(hits(), ElementsAre("ami-unknown warn"));
  EXPECT_THAT(message, HasSubstr("RequestLimitExceeded"));
  listing().families = {{ours, "web"}};
  EXPECT_THAT(hits(), IsEmpty());
}

TEST_F(ImageRules, DeprecationIsToldBeforeItFails) {
  after().deprecated_at = at("2027-11-22T00:00:00Z");
  EXPECT_THAT(hits(), IsEmpty());
  after().deprecated_at = at("2026-12-20T00:00:00Z");
  EXPECT_THAT(hits(), ElementsAre("ami-deprecated warn"));
  EXPECT_THAT(message, HasSubstr("will be deprecated by its owner on 2026-12-20"));
  after().deprecated_at = at("2026-11-25T00:00:00Z");
  EXPECT_THAT(hits(), ElementsAre("ami-deprecated fail"));
  PullRequestSettings levels;
  apply_levels(request, levels);
  EXPECT_EQ(request.files[0].hits.at(0).level, GateLevel::fail) << "by default, too";
}

TEST_F(ImageRules, WhatIsNotAvailableStartsNoServer) {
  for (const char* state :
       {"pending", "failed", "disabled", "deregistered", "invalid", "new-word"}) {
    after().state = state;
    after().state_reason = "disk full";
    EXPECT_THAT(hits(), ElementsAre("ami-not-available fail")) << state;
    EXPECT_THAT(message, HasSubstr("(disk full)"));
  }
  after().state = "available";
  EXPECT_THAT(hits(), IsEmpty());
}

// ---- blocked

TEST_F(ImageRules, BlockedIsByNameOrId) {
  settings.blocked = {"database-*", "web-2026.11.2?"};
  EXPECT_THAT(hits(), ElementsAre("blocked-ami fail"));
  settings.blocked = {new_id};
  EXPECT_THAT(hits(), ElementsAre("blocked-ami fail"));
  settings.blocked = {old_id};
  EXPECT_THAT(hits(), IsEmpty()) << "it goes";
}

TEST_F(ImageRules, IdsAreBlockedWithoutAskingAnybody) {
  offline = true;
  settings.blocked = {"ami-0bbb*"};
  EXPECT_THAT(hits(), ElementsAre("blocked-ami fail"));
  settings.blocked = {"web-*"};
  EXPECT_THAT(hits(), IsEmpty());
}

// ---- what it replaces

TEST_F(ImageRules, OtherProcessorsAreRefused) {
  after().architecture = "arm64";
  EXPECT_THAT(hits(), ElementsAre("wrong-architecture fail"));
  EXPECT_THAT(message, HasSubstr("is for arm64, and replaces"));
  before().architecture = "arm64";
  EXPECT_THAT(hits(), IsEmpty());
}

TEST_F(ImageRules, AnInstanceTypeThatIsWrittenOutDecides) {
  type = "InstanceType: m7g.large, ";
  EXPECT_THAT(hits(), ElementsAre("wrong-architecture fail"));
  EXPECT_THAT(message, HasSubstr("is for x86_64, and m7g.large has processors of arm64"));
  after().architecture = "arm64";
  EXPECT_THAT(hits(), IsEmpty()) << "both change at once";
  type = "InstanceType: g5.xlarge, ";
  EXPECT_THAT(hits(), ElementsAre("wrong-architecture fail"));
  type = "InstanceType: mac2.metal, ";
  after().architecture = before().architecture;
  EXPECT_THAT(hits(), IsEmpty()) << "not guessed";
}

TEST_F(ImageRules, AnOlderImageIsADowngrade) {
  EXPECT_THAT(hits(new_id, old_id), ElementsAre("ami-behind warn", "downgrade fail"));
  EXPECT_THAT(message, HasSubstr("(web-2026.11.15) of 2026-11-15 is older than " + new_id));
}

TEST_F(ImageRules, AnotherFamilyIsTold) {
  after().name = "database-2026.11.22";
  EXPECT_THAT(hits(), ElementsAre("family-changed warn"));
  EXPECT_THAT(message, HasSubstr("database instead of web"));
  after().created = at("2026-11-01T00:00:00Z");
  EXPECT_THAT(hits(), ElementsAre("family-changed warn", "downgrade warn"));
}

// ---- the catalogue

TEST_F(ImageRules, AnOldCatalogueMissesBakes) {
  origin = ImageOrigin::Kind::file;
  catalogue.generated_at = now - std::chrono::days(8);
  EXPECT_THAT(hits(), IsEmpty());
  catalogue.generated_at = now - std::chrono::days(8) - std::chrono::seconds(1);
  EXPECT_THAT(hits(), ElementsAre("stale-catalogue warn"));
  EXPECT_THAT(message, HasSubstr("of 2026-11-18"));
  EXPECT_THAT(hits(old_id, "none"), IsEmpty()) << "nothing was judged by it";
  origin = ImageOrigin::Kind::aws;
  EXPECT_THAT(hits(), IsEmpty());
}

TEST_F(ImageRules, ListsAreJudgedIdById) {
  const std::string third = "ami-0ccccccccccccccc3";
  const std::string parameters = "Parameters: {I: {Type: 'List<AWS::EC2::Image::Id>', Default: '";
  TemplateFile before_file;
  before_file.read = read_template(parameters + old_id + "'}}\n");
  TemplateFile after_file;
  after_file.read = read_template(parameters + old_id + "," + third + "'}}\n");
  request = compare({{"p.yaml", before_file}}, {{"p.yaml", after_file}});
  listing().asked.push_back(third);
  add_image_rules(request, &catalogue, settings);
  ASSERT_EQ(request.files.at(0).hits.size(), 1U);
  EXPECT_EQ(request.files[0].hits[0].id, "ami-not-found");
  EXPECT_THAT(request.files[0].hits[0].message, HasSubstr(third));
}

TEST_F(ImageRules, TheRegionOfTheMapCellWinsOverThatOfTheFile) {
  ReviewedFile file;
  file.scope.regions = {"us-east-1"};
  MovedAmi ami;
  EXPECT_THAT(image_place(file, ami).regions, ElementsAre("us-east-1"));
  ami.region = "eu-west-1";
  EXPECT_THAT(image_place(file, ami).regions, ElementsAre("eu-west-1"));
}

}  // namespace
}  // namespace patchbot
