// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "formats/config_yaml.hpp"

namespace patchbot {
namespace {

StatusSettings read(const std::string& status) {
  return parse_config("schema: patchbot.config/1\nstatus:\n" + status).status;
}

std::string refusal(const std::string& status) {
  try {
    read(status);
  } catch (const Error& error) {
    EXPECT_EQ(error.blame(), Blame::usage);
    return error.in("f").what();
  }
  return "accepted";
}

std::string repository(const std::string& keys) {
  return "  repositories: [{ name: a/b" + keys + " }]\n";
}

TEST(StatusYaml, WhoKnowsPullRequests) {
  const auto source = [](const std::string& keys) {
    return read(repository(keys)).repositories.at(0).pull_requests;
  };
  const std::string url = ", url: 'https://github.com/a/b'";
  EXPECT_EQ(source(", clone: b"), PullRequestsFrom::clone);
  EXPECT_EQ(source(", clone: b" + url), PullRequestsFrom::clone);
  EXPECT_EQ(source(url), PullRequestsFrom::host);
  EXPECT_EQ(source(url + ", pull_requests: host"), PullRequestsFrom::host);
  EXPECT_EQ(source(", clone: b, pull_requests: clone"), PullRequestsFrom::clone);
  EXPECT_EQ(source(", clone: b, pull_requests: host" + url), PullRequestsFrom::host);
}

TEST(StatusYaml, WhatContradictsItself) {
  EXPECT_EQ(refusal(repository("")), "f:3:18: a repository has a clone or a url, or both");
  EXPECT_EQ(refusal(repository(", clone: b, pull_requests: host")),
            "f:3:18: pull_requests: host needs the url of the repository there");
  EXPECT_EQ(refusal(repository(", url: 'https://github.com/a/b', pull_requests: clone")),
            "f:3:18: pull_requests: clone needs a clone");
  EXPECT_TRUE(refusal(repository(", clone: b, pull_requests: hosts"))
                  .starts_with("f:3:56: pull_requests: 'hosts' is not known; "));
}

}  // namespace
}  // namespace patchbot
