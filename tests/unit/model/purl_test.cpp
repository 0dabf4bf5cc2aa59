// SPDX-License-Identifier: Apache-2.0
#include "model/purl.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

Purl read(std::string_view text) { return parse_purl(text).value(); }

TEST(Purl, HasSevenParts) {
  EXPECT_EQ(
      read("pkg:rpm/redhat/bash@4.4%2B1?arch=x86_64&epoch=1#bin/bash"),
      (Purl{"rpm", "redhat", "bash", "4.4+1", {{"arch", "x86_64"}, {"epoch", "1"}}, "bin/bash"}));
}

TEST(Purl, NeedsATypeAndAName) {
  for (const char* text : {"", "curl", "pkg:", "pkg:deb", "pkg:deb/", "pkg:/curl", "npm/a@1"}) {
    EXPECT_FALSE(parse_purl(text)) << text;
  }
}

TEST(Purl, TheAtOfAScopeIsNoVersion) {
  EXPECT_EQ(read("pkg:npm/@acme/shop").version, "");
  EXPECT_EQ(read("pkg:npm/@acme/shop").name_space, "@acme");
  EXPECT_EQ(read("pkg:npm/%40acme/shop@1.2"), read("pkg:npm/@acme/shop@1.2"));
  EXPECT_EQ(read("pkg:npm/@acme/shop@1.2").version, "1.2");
}

TEST(Purl, IsComparedAsItsTypeSays) {
  EXPECT_EQ(read("pkg:PyPI/Foo_Bar@1"), read("pkg:pypi/foo-bar@1"));
  EXPECT_EQ(read("pkg:deb/Debian/Curl"), read("pkg:deb/debian/curl"));
  EXPECT_NE(read("pkg:maven/org.acme/Lib"), read("pkg:maven/org.acme/lib"));
  EXPECT_EQ(read("pkg://golang/github.com/a/b@v1").name_space, "github.com/a");
}

TEST(Purl, KnowsWhatScannersCallTypes) {
  EXPECT_EQ(purl_type_of("python-pkg"), "pypi");
  EXPECT_EQ(purl_type_of("JAR"), "maven");
  EXPECT_EQ(purl_type_of("OS"), "");
}

TEST(Purl, DecodesOnlyWholeEscapes) { EXPECT_EQ(decode_percent("a%2Fb%zz%4"), "a/b%zz%4"); }

}  // namespace
}  // namespace patchbot
