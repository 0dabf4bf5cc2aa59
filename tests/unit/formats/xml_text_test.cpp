// SPDX-License-Identifier: Apache-2.0
#include "formats/xml_text.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

TEST(XmlReference, StandsForACharacter) {
  EXPECT_EQ(parse_reference("lt"), U'<');
  EXPECT_EQ(parse_reference("gt"), U'>');
  EXPECT_EQ(parse_reference("amp"), U'&');
  EXPECT_EQ(parse_reference("quot"), U'"');
  EXPECT_EQ(parse_reference("apos"), U'\'');
  EXPECT_EQ(parse_reference("#10"), U'\n');
  EXPECT_EQ(parse_reference("#x1f600"), U'\U0001F600');
  EXPECT_EQ(parse_reference("#x10FFFF"), U'\U0010FFFF');
}

TEST(XmlReference, IsNoneForWhatXmlDoesNotKnow) {
  for (const char* body : {"",
                           "#",
                           "#x",
                           "#0",
                           "#xD800",
                           "#xFFFF",
                           "#x110000",
                           "#x100000041",
                           "#+65",
                           "# 65",
                           "#X41",
                           "nbsp",
                           "LT",
                           "#6a"}) {
    EXPECT_EQ(parse_reference(body), std::nullopt) << body;
  }
}

TEST(DecodeXml, ReplacesReferencesOnce) {
  EXPECT_EQ(decode_xml("a &lt;b&gt; &amp;amp; &#xE9;&#233;"), "a <b> &amp; éé");
  EXPECT_EQ(decode_xml(""), "");
  EXPECT_EQ(decode_xml("plain"), "plain");
}

TEST(DecodeXml, NeverFailsOnWhatTheScannerWouldRefuse) {
  EXPECT_EQ(decode_xml("a&nbsp;b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(decode_xml("a&lt"), "a<");
}

TEST(CleanXml, CleansWhatTheReferencesHid) {
  EXPECT_EQ(clean_xml("line&#xd;\n&#x202E;txt&#x9B;&#127;"), "line\ntxt");
  EXPECT_EQ(clean_xml("raw\r\n"), "raw\n");
}

}  // namespace
}  // namespace patchbot
