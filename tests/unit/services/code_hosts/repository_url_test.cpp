// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/repository_url.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace patchbot {
namespace {

const std::vector<CodeHostSettings> hosts{
    {CodeHost::github, "https://git.acme.example"},
    {CodeHost::gitlab, "https://code.acme.example/gitlab"},
    {CodeHost::bitbucket_data_center, "https://bb.acme.example:8443/ctx"}};

/// "api project", or why there is none.
std::string read(std::string_view url) {
  try {
    const RepositoryAddress address = parse_repository_url(url, hosts);
    return address.api + " " + address.project;
  } catch (const Error& error) {
    EXPECT_EQ(error.blame(), Blame::usage);
    return error.what();
  }
}

TEST(RepositoryUrl, OfAllHosts) {
  EXPECT_EQ(read("https://github.com/acme/infra"), "https://api.github.com acme/infra");
  EXPECT_EQ(read("https://github.com/acme/infra.git"), "https://api.github.com acme/infra");
  EXPECT_EQ(read("https://git.acme.example/a/b/"), "https://git.acme.example/api/v3 a/b");
  EXPECT_EQ(read("https://gitlab.com/a/b/c"), "https://gitlab.com/api/v4 a/b/c");
  EXPECT_EQ(read("https://code.acme.example/gitlab/a/b/-/tree/main"),
            "https://code.acme.example/gitlab/api/v4 a/b");
  EXPECT_EQ(read("https://bitbucket.org/acme/infra"), "https://api.bitbucket.org/2.0 acme/infra");
  EXPECT_EQ(read("https://bb.acme.example:8443/ctx/projects/KEY/repos/infra/browse"),
            "https://bb.acme.example:8443/ctx/rest/api/latest KEY/infra");
  EXPECT_EQ(read("https://bb.acme.example:8443/ctx/users/jo/repos/infra"),
            "https://bb.acme.example:8443/ctx/rest/api/latest ~jo/infra");
}

TEST(RepositoryUrl, WhatIsNoRepository) {
  EXPECT_EQ(read("https://github.com/acme"),
            "the repository's URL names no repository on https://github.com; expected "
            "https://github.com/OWNER/NAME");
  EXPECT_EQ(read("https://bb.acme.example:8443/ctx/scm/key/infra.git"),
            "the repository's URL names no repository on https://bb.acme.example:8443/ctx; "
            "expected https://bb.acme.example:8443/ctx/projects/KEY/repos/NAME");
  for (const char* url : {"https://github.com/acme/infra/tree/main",
                          "https://github.com/a%2Fb/c",
                          "https://github.com/../c",
                          "https://gitlab.com/a",
                          "https://gitlab.com/-/a"}) {
    EXPECT_NE(read(url).find("names no repository"), std::string::npos) << url;
  }
}

// A token must go to none of these.
TEST(RepositoryUrl, OtherHosts) {
  for (const char* url : {"https://github.com.evil.example/a/b",
                          "http://github.com/a/b",
                          "https://git.acme.example:444/a/b",
                          "https://bb.acme.example:8443/other/projects/K/repos/b"}) {
    EXPECT_NE(read(url).find("which no token may be sent to"), std::string::npos) << url;
  }
  EXPECT_NE(read("https://gitlab.else.example/a/b").find("kind: gitlab"), std::string::npos);
  EXPECT_NE(read("https://me:pw@github.com/a/b").find("no user or password"), std::string::npos);
  EXPECT_NE(read("git@github.com:a/b").find("is none"), std::string::npos);
  for (const char* url : {"https://me:s3 cret@github.com/a/b",
                          "https://me:s3/cret @github.com/a",
                          "https://github.com/a b?t=s3cret",
                          "https://me:s3?cret @github.com/a"}) {
    EXPECT_NE(read(url).find("is none"), std::string::npos) << url;
    EXPECT_EQ(read(url).find("s3"), std::string::npos) << read(url);
  }
}

TEST(RepositoryUrl, PagesOfFiles) {
  const auto page = [](const char* url) {
    return file_url(parse_repository_url(url, hosts), "release/1", "a b/web.yaml");
  };
  EXPECT_EQ(page("https://github.com/acme/infra"),
            "https://github.com/acme/infra/blob/release/1/a%20b/web.yaml");
  EXPECT_EQ(page("https://gitlab.com/a/b/c"),
            "https://gitlab.com/a/b/c/-/blob/release/1/a%20b/web.yaml");
  EXPECT_EQ(page("https://bitbucket.org/acme/infra"),
            "https://bitbucket.org/acme/infra/src/release/1/a%20b/web.yaml");
  EXPECT_EQ(page("https://bb.acme.example:8443/ctx/projects/KEY/repos/infra"),
            "https://bb.acme.example:8443/ctx/projects/KEY/repos/infra/browse/a%20b/web.yaml"
            "?at=refs%2Fheads%2Frelease%2F1");
}

}  // namespace
}  // namespace patchbot
