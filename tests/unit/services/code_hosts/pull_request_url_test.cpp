// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/pull_request_url.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace patchbot {
namespace {

const std::vector<CodeHostSettings> hosts{
    {CodeHost::github, "https://git.acme.example"},
    {CodeHost::github, "https://acme.ghe.com"},
    {CodeHost::gitlab, "https://code.acme.example/gitlab"},
    {CodeHost::bitbucket_data_center, "https://bb.acme.example:8443/ctx"},
    {CodeHost::gitlab, "http://plain.acme.example"}};

/// "kind api project number", or why there is none.
std::string read(std::string_view url) {
  try {
    const PullRequestAddress address = parse_pull_request_url(url, hosts);
    return address.api + " " + address.project + " " + address.number;
  } catch (const Error& error) {
    EXPECT_EQ(error.blame(), Blame::usage);
    return "none";
  }
}

TEST(PullRequestUrl, PublicHosts) {
  EXPECT_EQ(read("https://github.com/acme/web.app/pull/7"),
            "https://api.github.com acme/web.app 7");
  EXPECT_EQ(read("https://GitHub.com:443/acme/web/pull/7/files#diff-1"),
            "https://api.github.com acme/web 7");
  EXPECT_EQ(read("https://gitlab.com/a/b/c/d/-/merge_requests/12/diffs?tab=1"),
            "https://gitlab.com/api/v4 a/b/c/d 12");
  EXPECT_EQ(read("https://gitlab.com/a/b/merge_requests/12"), "https://gitlab.com/api/v4 a/b 12");
  EXPECT_EQ(read("https://bitbucket.org/acme/web/pull-requests/3/title-of-it/diff"),
            "https://api.bitbucket.org/2.0 acme/web 3");
  EXPECT_EQ(read("https://bitbucket.org/%7B1-2%7d/web/pull-requests/3"),
            "https://api.bitbucket.org/2.0 {1-2}/web 3");
}

TEST(PullRequestUrl, ConfiguredHosts) {
  EXPECT_EQ(read("https://git.acme.example/a/b/pull/1"), "https://git.acme.example/api/v3 a/b 1");
  EXPECT_EQ(read("https://acme.ghe.com/a/b/pull/1"), "https://api.acme.ghe.com a/b 1");
  EXPECT_EQ(read("https://code.acme.example/gitlab/a/b/-/merge_requests/1"),
            "https://code.acme.example/gitlab/api/v4 a/b 1");
  EXPECT_EQ(
      read("https://bb.acme.example:8443/ctx/projects/KEY/repos/web/pull-requests/9/overview"),
      "https://bb.acme.example:8443/ctx/rest/api/latest KEY/web 9");
  EXPECT_EQ(read("https://bb.acme.example:8443/ctx/users/jo/repos/web/pull-requests/9"),
            "https://bb.acme.example:8443/ctx/rest/api/latest ~jo/web 9");
  EXPECT_EQ(read("http://plain.acme.example/a/b/-/merge_requests/1"),
            "http://plain.acme.example/api/v4 a/b 1");
}

// A token must go to none of these.
TEST(PullRequestUrl, OtherHosts) {
  for (const char* url : {"https://github.com.evil.example/a/b/pull/1",
                          "https://evil.example/github.com/a/b/pull/1",
                          "https://github.com@evil.example/a/b/pull/1",
                          "https://user:pw@github.com/a/b/pull/1",
                          "https://evil.example\\@github.com/a/b/pull/1",
                          "https://github.com:8443/a/b/pull/1",
                          "http://github.com/a/b/pull/1",
                          "https://plain.acme.example/a/b/-/merge_requests/1",
                          "https://code.acme.example/gitlabs/a/b/-/merge_requests/1",
                          "https://code.acme.example/a/b/-/merge_requests/1",
                          "https://bb.acme.example/ctx/projects/K/repos/s/pull-requests/1",
                          "ftp://github.com/a/b/pull/1",
                          "github.com/a/b/pull/1",
                          "https://github.com\r\n/a/b/pull/1",
                          "https:///a/b/pull/1",
                          ""}) {
    EXPECT_EQ(read(url), "none") << url;
  }
}

TEST(PullRequestUrl, NoPullRequests) {
  for (const char* url :
       {"https://github.com/a/b/pull/0",
        "https://github.com/a/b/pull/x",
        "https://github.com/a/b/pull/1234567890123456789",
        "https://github.com/a/b/issues/1",
        "https://github.com/a/../b/pull/1",
        "https://github.com/a/b%2Fc/pull/1",
        "https://github.com/pull/1",
        "https://gitlab.com/a/-/merge_requests/1",
        "https://gitlab.com/a/b/-/merge_requests/",
        "https://bitbucket.org/a/pull-requests/1",
        "https://bb.acme.example:8443/ctx/projects/K/repos/..%2Fs/pull-requests/1"}) {
    EXPECT_EQ(read(url), "none") << url;
  }
}

TEST(PullRequestUrl, AnUnknownHostIsToldHowToBeAdded) {
  try {
    parse_pull_request_url("https://bb.example/projects/K/repos/s/pull-requests/1", {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what())
                  .find("hosts: [{ kind: bitbucket-data-center, url: https://bb.example }]"),
              std::string::npos)
        << error.what();
  }
}

TEST(PullRequestUrl, ThePageForPeopleComesBack) {
  for (const char* url :
       {"https://github.com/acme/web/pull/7",
        "https://code.acme.example/gitlab/a/b/c/-/merge_requests/1",
        "https://bitbucket.org/acme/web/pull-requests/3",
        "https://bb.acme.example:8443/ctx/projects/~jo/repos/w/pull-requests/9"}) {
    EXPECT_EQ(parse_pull_request_url(url, hosts).url(), url);
  }
}

}  // namespace
}  // namespace patchbot
