// SPDX-License-Identifier: Apache-2.0
#include "net/http.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

std::string parts_of(std::string_view url) {
  const UrlParts parts = split_url(url);
  std::string text;
  for (const std::string_view part : {parts.scheme, parts.host, parts.path, parts.query}) {
    text.append(text.empty() ? "" : "|").append(part.empty() ? "-" : part);
  }
  return text;
}

TEST(PercentEncode, KeepsTheUnreservedOnly) {
  const std::string kept = "ABCXYZabcxyz0189-._~";

  EXPECT_EQ(percent_encode(kept), kept);
  EXPECT_EQ(percent_encode(" !\"#$%&'()*+,/:;<=>?@[\\]^`{|}"),
            "%20%21%22%23%24%25%26%27%28%29%2A%2B%2C%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E%60%7B%7C%"
            "7D");
  EXPECT_EQ(percent_encode(""), "");
}

TEST(PercentEncode, TakesBytesAsTheyAre) {
  EXPECT_EQ(percent_encode("ü€"), "%C3%BC%E2%82%AC");
  EXPECT_EQ(percent_encode(std::string_view("\0\x7F\xFF\n", 4)), "%00%7F%FF%0A");
}

TEST(PercentEncode, KeepsMoreIfAsked) {
  EXPECT_EQ(percent_encode("a/b c/d+e", "/"), "a/b%20c/d%2Be");
}

TEST(SplitUrl, FindsTheParts) {
  EXPECT_EQ(parts_of("https://ec2.eu-west-1.amazonaws.com/a/b?x=1&y=/z"),
            "https|ec2.eu-west-1.amazonaws.com|/a/b|x=1&y=/z");
  EXPECT_EQ(parts_of("http://localhost:5000"), "http|localhost:5000|-|-");
  EXPECT_EQ(parts_of("http://[::1]:5000?q"), "http|[::1]:5000|-|q");
  EXPECT_EQ(parts_of("http://h/#part?no"), "http|h|/|-");
  EXPECT_EQ(parts_of("http://h?a#b"), "http|h|-|a");
  EXPECT_EQ(parts_of("h/p"), "-|h|/p|-");
  EXPECT_EQ(parts_of("/only/a/path"), "-|-|/only/a/path|-");
  EXPECT_EQ(parts_of(""), "-|-|-|-");
}

TEST(HttpResponse, FindsHeadersWithoutCase) {
  HttpResponse response;
  response.headers = {{"Content-Type", "text/xml"}, {"X-A", "first"}, {"x-a", "second"}};

  EXPECT_EQ(response.header("content-type"), "text/xml");
  EXPECT_EQ(response.header("X-a"), "first");
  EXPECT_EQ(response.header("X-"), "");
  EXPECT_EQ(response.header("X-AB"), "");
}

}  // namespace
}  // namespace patchbot
