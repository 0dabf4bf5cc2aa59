// SPDX-License-Identifier: Apache-2.0
#include "services/download.hpp"

#include <gtest/gtest.h>

#include "scripted.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using std::chrono::milliseconds;
using test::fault_of;
using test::lost;
using test::replied;
using test::sent_header;

class Download : public testing::Test {
 protected:
  std::string fetch(const std::string& url) {
    return fetch_public_file(transport, clock, url, "feed kev", {3, milliseconds(60'000)});
  }

  void redirect(const std::string& location, int status = 302) {
    transport.answers.push_back(replied(status, "", {{"Location", location}}));
  }

  /// Where a redirect from `url` leads.
  std::string target(const std::string& url, const std::string& location) {
    transport.answers.clear();
    transport.requests.clear();
    redirect(location);
    transport.answers.push_back(replied(200, "x"));
    fetch(url);
    return transport.requests.back().url;
  }

  test::ScriptedTransport transport;
  test::StepClock clock;
};

TEST_F(Download, LooksLikeABrowserAndGivesTheBytes) {
  transport.answers.push_back(replied(200, std::string("a\0b", 3)));

  EXPECT_EQ(fetch("https://feeds.example/kev.json"), std::string("a\0b", 3));
  ASSERT_EQ(transport.requests.size(), 1U);
  EXPECT_EQ(transport.requests[0].label, "feed kev");
  EXPECT_EQ(sent_header(transport.requests[0], "User-Agent"), "Mozilla/5.0 (compatible; PatchBot)");
}

TEST_F(Download, FollowsRedirects) {
  EXPECT_EQ(target("https://a.example/x/current?y", "https://b.example/z"), "https://b.example/z");
  EXPECT_EQ(target("https://a.example/x/current?y", "/z.gz"), "https://a.example/z.gz");
  EXPECT_EQ(target("https://a.example/x/current?y", "z.gz"), "https://a.example/x/z.gz");
  EXPECT_EQ(target("https://a.example", "z.gz"), "https://a.example/z.gz");
  EXPECT_EQ(target("https://a.example/x", "//b.example/z"), "https://b.example/z");
  EXPECT_EQ(target("http://a.example/x", "https://a.example/x"), "https://a.example/x");
}

TEST_F(Download, DoesNotFollowARedirectToWhatAnybodyCouldChange) {
  redirect("http://a.example/x");
  EXPECT_EQ(fault_of([&] { fetch("https://a.example/x"); }),
            "remote: https://a.example/x: redirects to http://a.example/x, which is not followed");
  redirect("file:///etc/passwd");
  EXPECT_EQ(fault_of([&] { fetch("http://a.example/x"); }),
            "remote: http://a.example/x: redirects to file:///etc/passwd, which is not followed");
  redirect("");
  EXPECT_EQ(fault_of([&] { fetch("http://a.example/x"); }),
            "remote: http://a.example/x: redirects to nowhere");
}

TEST_F(Download, DoesNotGoRoundInCircles) {
  transport.handler = [](const HttpRequest&) {
    return replied(301, "", {{"location", "https://a.example/x"}});
  };
  EXPECT_EQ(fault_of([&] { fetch("https://a.example/x"); }),
            "remote: https://a.example/x: redirects again and again");
  EXPECT_EQ(transport.requests.size(), 6U);
}

TEST_F(Download, TriesAgainWhatMayPassAndSaysWhatDoesNot) {
  transport.answers.push_back(lost("connection reset"));
  transport.answers.push_back(replied(503, ""));
  transport.answers.push_back(replied(200, "x"));
  EXPECT_EQ(fetch("https://a.example/x"), "x");
  transport.answers.push_back(replied(403, "<html>"));
  EXPECT_EQ(fault_of([&] { fetch("https://a.example/x"); }),
            "remote: https://a.example/x: HTTP status 403");
}

TEST_F(Download, KeepsSecretsOfAnAddressOutOfMessages) {
  transport.answers.push_back(replied(404, ""));
  const std::string fault = fault_of([&] { fetch("https://me:pw@a.example/x?token=abc"); });
  EXPECT_EQ(fault.find("pw"), std::string::npos) << fault;
  EXPECT_EQ(fault.find("abc"), std::string::npos) << fault;
}

TEST(DownloadPlaces, AreUrlsOrNot) {
  EXPECT_TRUE(is_url("https://a.example/x"));
  EXPECT_TRUE(is_url("HTTP://a.example/x"));
  for (const char* text : {"", "a.csv", "/a/b", "ftp://a.example", "https:/a"}) {
    EXPECT_FALSE(is_url(text)) << text;
  }
}

}  // namespace
}  // namespace patchbot
