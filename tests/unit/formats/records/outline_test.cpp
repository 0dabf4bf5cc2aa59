// SPDX-License-Identifier: Apache-2.0
#include "formats/records/outline.hpp"

#include <gtest/gtest.h>

#include <string>

namespace patchbot {
namespace {

using Syntax = Outline::Syntax;

TEST(Outline, ShowsPathsAndShortValuesOfJson) {
  const Outline outline(
      R"( {"a":{"b":[{"c":"x"},{"d":1}]},"e":[[true]],"f":"long value, more than sixty-four bytes )"
      R"(of it, so it is not kept at all","g":"","h":null})");
  EXPECT_EQ(outline.syntax(), Syntax::json);
  for (std::string_view there : {"/a",
                                 "/a/b",
                                 "/a/b/*",
                                 "/a/b/*/c",
                                 "/a/b/*/c=x",
                                 "/a/b/*/d=1",
                                 "/e/*/*=true",
                                 "/f",
                                 "/g",
                                 "/h",
                                 "/a /h /g"}) {
    EXPECT_TRUE(outline.shows(there)) << there;
  }
  for (std::string_view absent : {"/c", "/a/b/c", "/a/b/*/c=y", "/b", "/a /x"}) {
    EXPECT_FALSE(outline.shows(absent)) << absent;
  }
}

TEST(Outline, ShowsPathsAndShortValuesOfXml) {
  const Outline outline(
      "<?xml version='1.0'?><n:a xmlns:n='urn:n' v='2'><b><c>x</c><d k='1'/></b></n:a>");
  EXPECT_EQ(outline.syntax(), Syntax::xml);
  for (std::string_view there :
       {"/a", "/a/@v", "/a/@v=2", "/a/b/c=x", "/a/b/d", "/a/b/d/@k=1", "/a/@v=2 /a/b"}) {
    EXPECT_TRUE(outline.shows(there)) << there;
  }
  for (std::string_view absent : {"/n:a", "/b", "/a/c", "/a/b/@k"}) {
    EXPECT_FALSE(outline.shows(absent)) << absent;
  }
}

TEST(Outline, ShowsWhatComesBeforeTheHeadEnds) {
  EXPECT_TRUE(Outline(R"({"a":{"b":1},"c":"cut he)").shows("/a/b=1 /a"));
  EXPECT_TRUE(Outline("<a x='1'><b>1</b><c").shows("/a/@x=1 /a/b=1"));
  EXPECT_TRUE(Outline("<a x='1'><b>1</b></x>").shows("/a/b"));
}

TEST(Outline, ShowsWhatIsAbsent) {
  const Outline outline(R"({"a":1})");
  EXPECT_TRUE(outline.shows("/a !/b"));
  EXPECT_FALSE(outline.shows("/a !/a"));
  EXPECT_FALSE(outline.shows("!/a"));
}

TEST(Outline, ShowsListsAtTheRootAndDocumentsBehindEachOther) {
  EXPECT_TRUE(Outline(R"([{"a":1}])").shows("/*/a=1"));
  EXPECT_TRUE(Outline("{\"a\":1}\n{\"b\":2}").shows("/a=1 /b=2"));
}

TEST(Outline, LooksBehindAByteOrderMarkAndBlanks) {
  EXPECT_TRUE(Outline("\xEF\xBB\xBF \n{\"a\":1}").shows("/a"));
  EXPECT_TRUE(Outline("\xEF\xBB\xBF\n<a/>").shows("/a"));
}

TEST(Outline, KnowsWhatIsNeither) {
  for (std::string_view text : {"", " ", "\xEF\xBB\xBF", "Plugin ID\n1\n", "\xFF\xFE{\0", "1"}) {
    const Outline outline(text);
    EXPECT_EQ(outline.syntax(), Syntax::none) << text;
    EXPECT_FALSE(outline.shows("/a"));
  }
}

TEST(Outline, ShowsTheFirstCellsOfCsv) {
  const Outline outline("A report;1\n\nNVT OID;IP;\"Affected;\nOS\"\n1.2;10.0.0.5;\"cut he");
  EXPECT_EQ(outline.syntax(), Syntax::csv);
  EXPECT_TRUE(outline.shows("/nvt_oid /ip"));
  EXPECT_TRUE(outline.shows("/affected;_os"));
  EXPECT_TRUE(outline.shows("/a_report"));
  EXPECT_FALSE(outline.shows("/NVT_OID"));
  EXPECT_FALSE(outline.shows("/cut_he"));
  std::string late;
  for (int i = 0; i < 60; ++i) late += "a,b\n";
  EXPECT_FALSE(Outline(late + "c,d\n").shows("/c"));
}

TEST(Outline, StaysSmallWhateverTheHead) {
  std::string many = "[";
  for (int i = 0; i < 20000; ++i) many += "{\"a" + std::to_string(i) + "\":1},";
  EXPECT_TRUE(Outline(many).shows("/*/a0"));
  EXPECT_FALSE(Outline(many).shows("/*/a19999"));
  EXPECT_TRUE(Outline("{\"a\":" + std::string(100000, '[')).shows("/a"));
}

}  // namespace
}  // namespace patchbot
