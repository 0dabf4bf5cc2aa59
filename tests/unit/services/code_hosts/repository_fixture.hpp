// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "base/error.hpp"
#include "scripted.hpp"
#include "services/code_hosts/repository_host.hpp"
#include "services/code_hosts/repository_url.hpp"

namespace patchbot::test {

/// A repository on a host whose answers are known by what is asked, below the API's address.
class RepositoryTest : public testing::Test {
 protected:
  explicit RepositoryTest(const std::string& url)
      : address(parse_repository_url(
            url, {{CodeHost::bitbucket_data_center, "https://bb.example/ctx"}})),
        host(open_repository(address,
                             {transport, clock, {3, std::chrono::hours(1)}, Secret("t0ken"), {}})) {
    transport.handler = [this](const HttpRequest& request) {
      const auto found = answers.find(request.url.substr(address.api.size()));
      if (found != answers.end()) return found->second;
      const auto page = request.url.find("&per_page=100&page=");
      const bool is_past_end = page != std::string::npos && !request.url.ends_with("&page=1");
      return is_past_end ? replied(200, "[]") : replied(404, "{}");
    };
  }

  /// Where it is JSON alone.
  void says(const std::string& path, const std::string& body) {
    answers[path] = replied(200, body);
  }

  /// The numbers of the open pull requests into main, or why they are not known.
  std::string numbers() {
    try {
      std::string text;
      for (const OpenPullRequest& one : host->open_pull_requests("main")) {
        text += (text.empty() ? "" : " ") + one.address.number;
      }
      return text;
    } catch (const Error& error) {
      EXPECT_EQ(error.blame(), Blame::remote);
      return error.what();
    }
  }

  /// The paths of the files of the commit c1c1c1c, with git's ids of them, or why not.
  std::string files() {
    try {
      std::string text;
      for (const FileVersion& one : host->files("c1c1c1c")) {
        text += (text.empty() ? "" : " ") + one.path + (one.blob.empty() ? "" : "=" + one.blob);
        EXPECT_EQ(one.commit, "c1c1c1c");
        EXPECT_EQ(one.repository, address.project);
      }
      return text;
    } catch (const Error& error) {
      EXPECT_EQ(error.blame(), Blame::remote);
      return error.what();
    }
  }

  /// What any host may do instead of answering `path`, and what is told of it.
  void expect_trouble(const std::string& path, const std::string& what) {
    answers[path] = replied(429, "{}", {{"Retry-After", "86400"}});
    EXPECT_NE(numbers().find("the limit of requests is used up (HTTP status 429)"),
              std::string::npos);
    answers[path] = replied(403, R"({"message":"no t0ken"})");
    EXPECT_NE(numbers().find(what + ": HTTP status 403"), std::string::npos) << numbers();
    EXPECT_NE(numbers().find("does not have the right to do this"), std::string::npos);
    EXPECT_EQ(numbers().find("t0ken"), std::string::npos);
    answers[path] = replied(200, "<!DOCTYPE html><p>Sign in");
    EXPECT_NE(numbers().find(what + ": the answer is no JSON"), std::string::npos) << numbers();
    answers[path] = replied(200, R"({"hello":"world"})");
    EXPECT_NE(numbers().find(what + ": the answer has no list"), std::string::npos) << numbers();
    answers[path] = lost("the connection broke");
    EXPECT_NE(numbers().find("the connection broke"), std::string::npos) << numbers();
  }

  /// Lists of entries that are none, each as the whole answer: nothing of them is passed over.
  void expect_no_other_shape(const std::string& path, const std::vector<std::string>& bodies) {
    for (const std::string& body : bodies) {
      says(path, body);
      EXPECT_NE(numbers().find("the answer has one without"), std::string::npos) << body;
    }
  }

  std::map<std::string, HttpResponse> answers;
  ScriptedTransport transport;
  StepClock clock;
  RepositoryAddress address;
  std::unique_ptr<RepositoryHost> host;
};

/// `count` copies of a text with '#' for the number, from `first` on, as a JSON list.
inline std::string list_of(const std::string& item, int first, int count) {
  std::string text;
  for (int n = first; n < first + count; ++n) {
    std::string one = item;
    one.replace(one.find('#'), 1, std::to_string(n));
    text += (text.empty() ? "" : ",") + one;
  }
  return "[" + text + "]";
}

}  // namespace patchbot::test
