// SPDX-License-Identifier: Apache-2.0
#include "formats/packer_manifest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr const char* first_ami = "ami-0aaaaaaaaaaaaaaa1";
constexpr const char* second_ami = "ami-0bbbbbbbbbbbbbbb2";

std::string build(const std::string& run,
                  const std::string& artifact,
                  const std::string& name = "web",
                  const std::string& more = R"("builder_type":"amazon-ebs","files":null)") {
  return R"({"name":")" + name + R"(",)" + more + R"(,"artifact_id":")" + artifact +
         R"(","packer_run_uuid":")" + run + R"(","custom_data":null})";
}

std::string manifest(const std::string& builds, const std::string& run = "now") {
  return R"({"builds":[)" + builds + R"(],"last_run_uuid":")" + run + R"("})";
}

std::string timed(const std::string& time) {
  return R"("builder_type":"amazon-ebs","build_time":)" + time;
}

std::string refusal(const std::string& text) {
  return fault_of([&] { parse_packer_manifest(text); });
}

TEST(PackerManifest, ReadsTheLastRunWhereverItStands) {
  const std::string old = build("then", "eu-west-1:ami-0123abcd", "web", timed("1764300000"));
  const std::string text = manifest(
      build("now", std::string("eu-west-1:") + first_ami, "web", timed("1764223200")) + "," + old);

  const Bake bake = parse_packer_manifest(text);

  Bake expected;
  expected.state = Bake::State::succeeded;
  expected.name = "now";
  expected.ended_at = parse_rfc3339("2025-11-27T06:00:00Z");
  expected.amis = {{"eu-west-1", first_ami}};
  EXPECT_EQ(bake, expected);
}

TEST(PackerManifest, JoinsTheBuildsOfARun) {
  const Bake bake = parse_packer_manifest(manifest(
      build("now", std::string("eu-west-1:") + first_ami, "eu", timed("1764223200")) + "," +
      build("now", std::string("ap-south-1:") + second_ami + ", us-east-1:ami-0123abcd", "us") +
      "," + build("now", std::string("eu-west-1:") + first_ami, "again", timed("1764223260"))));
  EXPECT_THAT(bake.amis,
              ElementsAre(Pair("ap-south-1", second_ami),
                          Pair("eu-west-1", first_ami),
                          Pair("us-east-1", "ami-0123abcd")));
  EXPECT_EQ(bake.ended_at, parse_rfc3339("2025-11-27T06:01:00Z"));
}

TEST(PackerManifest, LeavesOutWhatIsNoAmi) {
  const Bake bake = parse_packer_manifest(
      manifest(build("now", "sha256:12", "box", R"("builder_type":"docker")") + "," +
               build("now", "", "dry") + "," +
               build("now", "eu-west-1:vol-0aaaaaaaaaaaaaaa1", "disk") + "," +
               build("now",
                     std::string("eu-west-1:") + first_ami,
                     "imported",
                     R"("builder_type":"virtualbox-iso")")));
  EXPECT_EQ(bake.state, Bake::State::succeeded);
  EXPECT_THAT(bake.amis, ElementsAre(Pair("eu-west-1", first_ami)));
}

TEST(PackerManifest, KnowsNoTimeWherePackerWritesNone) {
  EXPECT_EQ(parse_packer_manifest(manifest(build("now", ""))).ended_at, std::nullopt);
  EXPECT_EQ(parse_packer_manifest(manifest(build("now", "", "web", timed("0")))).ended_at,
            std::nullopt);
}

TEST(PackerManifest, ARunWithoutBuildsHasFailed) {
  for (const std::string& text : {manifest(build("then", "eu-west-1:ami-0123abcd")),
                                  manifest(""),
                                  manifest(build("", "eu-west-1:ami-0123abcd"), ""),
                                  std::string(R"({"builds":null,"last_run_uuid":"now"})")}) {
    const Bake bake = parse_packer_manifest(text);
    EXPECT_EQ(bake.state, Bake::State::failed) << text;
    EXPECT_EQ(bake.reason, "the manifest has no build of the last run of Packer") << text;
    EXPECT_THAT(bake.amis, IsEmpty()) << text;
  }
}

TEST(PackerManifest, OneRegionHasOneAmiOrSomebodySaysWhichBuild) {
  const std::string one = build("now", std::string("eu-west-1:") + first_ami);
  const std::string other = std::string("eu-west-1:") + second_ami;
  EXPECT_EQ(refusal(manifest(one + ",\n" + build("now", other))),
            "input 2:56: artifact_id: build 'web' made two AMIs for eu-west-1: "
            "ami-0aaaaaaaaaaaaaaa1 and ami-0bbbbbbbbbbbbbbb2");
  const std::string products = manifest(one + ",\n" + build("now", other, "db"));
  EXPECT_EQ(refusal(products),
            "input 2:55: artifact_id: builds 'web' and 'db' made two AMIs for eu-west-1: "
            "ami-0aaaaaaaaaaaaaaa1 and ami-0bbbbbbbbbbbbbbb2; say which build is meant");
  EXPECT_THAT(parse_packer_manifest(products, "db").amis,
              ElementsAre(Pair("eu-west-1", second_ami)));
  EXPECT_THAT(parse_packer_manifest(products, "web").amis,
              ElementsAre(Pair("eu-west-1", first_ami)));
  const Bake absent = parse_packer_manifest(products, "mail");
  EXPECT_EQ(absent.state, Bake::State::failed);
  EXPECT_EQ(absent.reason, "the last run of Packer has no build 'mail'");
}

TEST(PackerManifest, SaysWhereItHasAnotherShape) {
  EXPECT_EQ(refusal(""), "input 1:1: expected one JSON object");
  EXPECT_EQ(refusal("[]"), "input 1:2: expected an object here");
  EXPECT_EQ(refusal("{\n\"builds\": [}"),
            "input 2:12: expected a value: text, number, list, object, true, false or null");
  EXPECT_EQ(refusal(" {}"), "input 1:2: last_run_uuid: is missing");
  EXPECT_EQ(refusal("{\n \"last_run_uuid\":7}"), "input 2:2: last_run_uuid: must be a text");
  EXPECT_EQ(refusal(R"({"last_run_uuid":"now"})"), "input 1:1: builds: is missing");
  EXPECT_EQ(refusal("{\"last_run_uuid\":\"é\",\n \"builds\":{}}"),
            "input 2:2: builds: must be a list");
  EXPECT_EQ(refusal(manifest("\n  []")), "input 2:3: builds: must be a list of objects");
  EXPECT_EQ(refusal(manifest("{},\n \"web\"")), "input 2:2: builds: must be a list of objects");
  EXPECT_EQ(refusal(manifest("\n{\"packer_run_uuid\":[]}")),
            "input 2:2: packer_run_uuid: must be a text");
  EXPECT_EQ(refusal(R"({"builds":[],"last_run_uuid":"a",)"
                    "\n"
                    R"("builds":[]})"),
            "input 2:1: the name 'builds' stands twice in one object");
  EXPECT_EQ(refusal(std::string(100, '[')).substr(0, 6), "input ");
}

TEST(PackerManifest, SaysWhereAValueIsNone) {
  const std::string no_end = "must be the time in seconds since 1970";
  for (const char* time :
       {"\"1764223200\"", "-1", "1.5", "1e9", "253402300800", "[]", "99999999999999999999999999"}) {
    EXPECT_EQ(refusal(manifest("\n" + build("now", "", "w", timed(time)))),
              "input 2:41: build_time: " + no_end)
        << time;
  }
  for (const char* artifact : {"ami-0123abcd",
                               "eu-west-1:ami-12",
                               "eu-west-1:ami-0123abcd,",
                               "evil.example/:ami-0123abcd",
                               "eu-west-1:AMI",
                               "eu-west-1:"}) {
    EXPECT_EQ(refusal(manifest("\n" + build("now", artifact))),
              "input 2:56: artifact_id: expected region:ami,region:ami, such as "
              "eu-west-1:ami-0123456789abcdef0")
        << artifact;
  }
  EXPECT_EQ(refusal(manifest("", std::string(20'000, 'a'))),
            "input 1:14: last_run_uuid: is longer than 16 KiB");
}

TEST(PackerManifest, CleansWhatItKeeps) {
  const Bake bake = parse_packer_manifest(manifest("", R"(a\u001b[31m\nb)"));
  EXPECT_EQ(bake.name, "a[31m b");
}

}  // namespace
}  // namespace patchbot
