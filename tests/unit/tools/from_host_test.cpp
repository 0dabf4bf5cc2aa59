// SPDX-License-Identifier: Apache-2.0
#include "from_host.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "scripted.hpp"

namespace patchbot {
namespace {

using test::replied;

constexpr const char* pull = R"({"title":"bump","state":"open","changed_files":1,
  "head":{"sha":"aaaaaaaaaa","ref":"topic","repo":{"full_name":"acme/web"}},
  "base":{"sha":"bbbbbbbbbb","ref":"main"}})";

class FromHost : public testing::Test {
 protected:
  FromHost() {
    transport.handler = [this](const HttpRequest& request) {
      const std::string url = request.url.substr(std::string("https://api.github.com").size());
      const auto found = answers.find(url);
      return found == answers.end() ? replied(404, "{}") : replied(200, found->second);
    };
  }

  Versions fetch() {
    const PullRequestAddress address =
        parse_pull_request_url("https://github.com/acme/web/pull/7", {});
    const auto host = open_pull_request(
        address, {transport, clock, {3, std::chrono::hours(1)}, Secret("t0ken"), {}});
    return fetch_versions(*host, KeepBytes::no);
  }

  std::map<std::string, std::string> answers{
      {"/repos/acme/web/pulls/7", pull},
      {"/repos/acme/web/compare/bbbbbbbbbb...aaaaaaaaaa?per_page=1",
       R"({"merge_base_commit":{"sha":"cccccccccc"}})"},
      {"/repos/acme/web/pulls/7/files?&per_page=100&page=1",
       R"([{"filename":"web.yaml","status":"modified"}])"},
      {"/repos/acme/web/contents/web.yaml?ref=cccccccccc", "Resources: {A: {Type: T}}"},
      {"/repos/acme/web/contents/web.yaml?ref=aaaaaaaaaa", "Resources: {B: {Type: T}}"}};
  test::ScriptedTransport transport;
  test::StepClock clock;
};

// A pull request that brings a milder one must not be judged by it.
TEST_F(FromHost, TheConfigurationIsThatOfTheTargetBranch) {
  EXPECT_FALSE(fetch().config);
  answers["/repos/acme/web/contents/patchbot.yaml?ref=aaaaaaaaaa"] = "head";
  EXPECT_FALSE(fetch().config);
  answers["/repos/acme/web/contents/patchbot.yaml?ref=bbbbbbbbbb"] = "base";
  EXPECT_EQ(fetch().config, "base");
}

TEST_F(FromHost, BothVersionsAndTheHeadersOfEachRequest) {
  const Versions versions = fetch();
  EXPECT_TRUE(versions.base.at("web.yaml").read);
  EXPECT_TRUE(versions.head.at("web.yaml").read);
  EXPECT_TRUE(versions.are_differences);
  EXPECT_FALSE(versions.without_history.empty());
  for (const HttpRequest& request : transport.requests) {
    EXPECT_EQ(test::sent_header(request, "Authorization"), "Bearer t0ken");
    EXPECT_EQ(test::sent_header(request, "X-GitHub-Api-Version"), "2022-11-28");
    EXPECT_EQ(request.label.find("t0ken"), std::string::npos);
  }
}

// What an API says in the place of a file is no file that is none of ours.
TEST_F(FromHost, OddAnswersAreNotChecked) {
  for (const char* odd : {"",
                          R"({"message": "Not Found", "status": "404"})",
                          R"({"type": "error", "error": {"message": "gone"}})",
                          R"({"errors": [{"context": null, "message": "no"}]})"}) {
    answers["/repos/acme/web/contents/web.yaml?ref=aaaaaaaaaa"] = odd;
    answers["/repos/acme/web/contents/web.yaml?ref=cccccccccc"] = odd;
    const Versions versions = fetch();
    const PullRequest request = compare(versions.base, versions.head);
    ASSERT_EQ(request.unread(), 1U) << odd;
    EXPECT_NE(request.files[0].hits.at(0).message.find("is not checked: the host gives"),
              std::string::npos);
  }
}

TEST_F(FromHost, OrdinaryFilesAreNotOdd) {
  for (const char* plain :
       {R"({"message": "Hello", "greeting": "x"})", "{}", "message: x", "[]", "\n"}) {
    answers["/repos/acme/web/contents/web.yaml?ref=aaaaaaaaaa"] = plain;
    answers["/repos/acme/web/contents/web.yaml?ref=cccccccccc"] = plain;
    const Versions versions = fetch();
    EXPECT_TRUE(compare(versions.base, versions.head).files.empty()) << plain;
  }
}

// GitHub says git's id of the content: of nothing at all, it is this one.
TEST_F(FromHost, AnEmptyFileThatIsKnownToBeEmpty) {
  answers["/repos/acme/web/pulls/7/files?&per_page=100&page=1"] =
      R"([{"filename":"web.yaml","status":"added",
           "sha":"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"}])";
  answers["/repos/acme/web/contents/web.yaml?ref=aaaaaaaaaa"] = "";
  const Versions versions = fetch();
  EXPECT_EQ(compare(versions.base, versions.head).unread(), 0U);
}

// JSON that tells an error may be a file, too.
TEST_F(FromHost, WhatTheHostConfirmsIsThatFile) {
  answers["/repos/acme/web/pulls/7/files?&per_page=100&page=1"] =
      R"([{"filename":"web.yaml","status":"added",
           "sha":"738ba38c6f77ba8a4dcbf5f5b0b4769d3caae81b"}])";
  answers["/repos/acme/web/contents/web.yaml?ref=aaaaaaaaaa"] = R"({"message":"hello"})";
  Versions versions = fetch();
  EXPECT_EQ(compare(versions.base, versions.head).unread(), 0U);
  answers["/repos/acme/web/contents/web.yaml?ref=aaaaaaaaaa"] = R"({"message":"Hello"})";
  versions = fetch();
  EXPECT_EQ(compare(versions.base, versions.head).unread(), 1U);
}

TEST_F(FromHost, ATemplateThatMovesOutOfSight) {
  answers["/repos/acme/web/pulls/7/files?&per_page=100&page=1"] =
      R"([{"filename":"web.yaml","status":"removed"},{"filename":"web.tpl","status":"added"}])";
  answers["/repos/acme/web/contents/web.tpl?ref=aaaaaaaaaa"] = "image = ami-0aaaaaaaaaaaaaaa1";
  const Versions versions = fetch();
  ASSERT_EQ(versions.unseen.size(), 1U);
  EXPECT_TRUE(versions.unseen[0].starts_with("web.tpl: is new"));
}

// They are known by their name; other files of that kind are not asked for.
TEST_F(FromHost, SettingsOfSam) {
  answers["/repos/acme/web/pulls/7/files?&per_page=100&page=1"] =
      R"([{"filename":"app/samconfig.toml","status":"modified"},
          {"filename":"pyproject.toml","status":"modified"}])";
  const auto settings = [](const std::string& ami) {
    return "[prod.deploy.parameters]\nparameter_overrides = 'Image=" + ami + "'\n";
  };
  answers["/repos/acme/web/contents/app/samconfig.toml?ref=cccccccccc"] =
      settings("ami-0aaaaaaaaaaaaaaa1");
  answers["/repos/acme/web/contents/app/samconfig.toml?ref=aaaaaaaaaa"] =
      settings("ami-0bbbbbbbbbbbbbbb2");
  const Versions versions = fetch();
  EXPECT_TRUE(versions.unseen.empty());
  EXPECT_EQ(compare(versions.base, versions.head).bumps(), 1U);
  answers["/repos/acme/web/contents/app/samconfig.toml?ref=aaaaaaaaaa"] = "version = \n";
  const Versions broken = fetch();
  EXPECT_EQ(compare(broken.base, broken.head).unread(), 1U);
}

TEST_F(FromHost, APathThatLeadsElsewhere) {
  for (const char* path : {"../../../user", "a/../b.yaml", "/etc/x.yaml", "a//b.yaml", ""}) {
    answers["/repos/acme/web/pulls/7/files?&per_page=100&page=1"] =
        R"([{"filename":")" + std::string(path) + R"(","status":"modified"}])";
    EXPECT_THROW(fetch(), Error) << path;
  }
}

}  // namespace
}  // namespace patchbot
