// SPDX-License-Identifier: Apache-2.0
#include "formats/pull_requests_yaml.hpp"

#include <gtest/gtest.h>

#include "formats/config_yaml.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

const std::string head = "schema: patchbot.config/1\npull_requests:\n";

PullRequestSettings read(const std::string& text) {
  return parse_config(head + text).pull_requests;
}

TEST(PullRequestsYaml, ReadsEverything) {
  const PullRequestSettings settings = read(
      "  templates:\n"
      "    - { path: '*/staging/*', environment: staging, account: '444455556666' }\n"
      "    - { repository: [acme/web], service: web, regions: eu-west-1 }\n"
      "  rules: { other-changes: note, old-ami: none, partial-bump: fail }\n"
      "  soak_hours: 48\n"
      "  hosts: [{ kind: github, url: 'https://git.acme.example/' }]\n"
      "  images: { owners: [self, '111122223333'], blocked: ami-0123* }\n");
  PullRequestSettings expected;
  expected.templates = {{{}, {"*/staging/*"}, "", "staging", "444455556666", {}},
                        {{"acme/web"}, {}, "web", "", "", {"eu-west-1"}}};
  expected.rules = {{"other-changes", GateLevel::note},
                    {"old-ami", GateLevel::none},
                    {"partial-bump", GateLevel::fail}};
  expected.soak_hours = 48;
  expected.hosts = {{CodeHost::github, "https://git.acme.example"}};
  expected.images = {{"self", "111122223333"}, {"ami-0123*"}};
  EXPECT_EQ(settings, expected);
}

TEST(PullRequestsYaml, StagingSoaksForADayWhereNobodySaysOtherwise) {
  EXPECT_EQ(read("  rules: {}\n").soak_hours, 24U);
}

TEST(PullRequestsYaml, RefusesWhatItDoesNotKnow) {
  const auto refusal = [](const std::string& text) { return fault_of([&] { read(text); }); };
  EXPECT_EQ(refusal("  rules: { old-amy: off }\n"),
            "usage 3:21: rules: 'old-amy' is no rule; did you mean 'old-ami'?");
  EXPECT_EQ(refusal("  rules: { old-ami: never }\n"),
            "usage 3:21: old-ami: 'never' is not known; expected one of: fail, warn, note, none");
  EXPECT_EQ(refusal("  soak_hours: -1\n"),
            "usage 3:15: soak_hours: '-1' is no number of hours, from 0 to 8784");
  EXPECT_EQ(refusal("  images: { owners: [amazn] }\n"),
            "usage 3:22: owners: 'amazn' is no account of 12 digits and none of self, amazon, "
            "aws-marketplace and microsoft");
  EXPECT_EQ(
      refusal("  hosts: [{ kind: github, url: 'https://me@git.example' }]\n"),
      "usage 3:32: url: 'https://...@git.example' is none; expected https://host, without user, "
      "query or fragment");
}

}  // namespace
}  // namespace patchbot
