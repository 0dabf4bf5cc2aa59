// SPDX-License-Identifier: Apache-2.0
#include "services/aws/xml_answer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot::aws {
namespace {

using test::fault_of;
using testing::ElementsAre;
using testing::StartsWith;

std::string fault(const std::string& body) {
  return fault_of([&] { const XmlAnswer answer(body); });
}

TEST(XmlAnswer, KnowsElementsByTheirLocalNames) {
  for (const char* body :
       {"<R><a><b>x</b></a></R>",
        "<R xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><a><b>x</b></a></R>",
        "<e:R xmlns:e='u' xmlns:f='v'><f:a><e:b>x</e:b></f:a></e:R>",
        "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c -->\n<R>\n <a>\n  "
        "<b>x</b>\n"
        " </a>\n</R>\n"}) {
    const XmlAnswer answer(body);
    EXPECT_EQ(answer.root().name, "R");
    EXPECT_EQ(answer.root().text("a/b"), "x") << body;
  }
}

TEST(XmlAnswer, DecodesAndCleansTexts) {
  const XmlAnswer answer(
      "<R><a>&lt;&amp;&#65;&#x42;&quot;</a><b><![CDATA[<c>&amp;]]> d</b><e> one\n\n two\t</e>"
      "<f>\xC2\x9B&#x9B;x</f><g/><h></h></R>");

  EXPECT_EQ(answer.root().text("a"), "<&AB\"");
  EXPECT_EQ(answer.root().text("b"), "<c>&amp; d");
  EXPECT_EQ(answer.root().text("e"), "one two");
  EXPECT_EQ(answer.root().text("f"), "x");
  EXPECT_EQ(answer.root().text("g"), "");
  EXPECT_EQ(answer.root().text("h"), "");
}

TEST(XmlAnswer, FindsByPathTheFirstOfEachName) {
  const XmlAnswer answer("<R><a><b>1</b><b>2</b></a><a><c>3</c></a></R>");

  EXPECT_EQ(answer.root().text("a/b"), "1");
  EXPECT_EQ(answer.root().text("a/c"), "") << "the first a has none";
  EXPECT_EQ(answer.root().text("x/y/z"), "");
  EXPECT_EQ(answer.root().find("a/x"), nullptr);
  EXPECT_EQ(answer.root().find(""), &answer.root());
  EXPECT_EQ(answer.root().find_below("c")->value(), "3");
  EXPECT_EQ(answer.root().find_below("R"), &answer.root());
  EXPECT_EQ(answer.root().find_below("x"), nullptr);
}

TEST(XmlAnswer, ListsWhatIsBelowAnElement) {
  const XmlAnswer answer("<R><s><item><k>1</k></item><item><k>2</k></item></s><none/></R>");
  std::vector<std::string> keys;
  for (const XmlNode& item : answer.root().items("s")) keys.push_back(item.text("k"));

  EXPECT_THAT(keys, ElementsAre("1", "2"));
  EXPECT_TRUE(answer.root().items("none").empty());
  EXPECT_TRUE(answer.root().items("gone/too").empty());
}

TEST(XmlAnswer, HandsTheItemsOfAListOverAndForgetsThem) {
  std::vector<std::string> read;
  const XmlAnswer answer(
      "<R><a:reservationSet xmlns:a='u'><item><instancesSet><item><id>1</id><item>in</item></item>"
      "<item><id>2</id></item></instancesSet></item><item><a:instancesSet><item><id><![CDATA[3]]>"
      "</id></item><leaf>4</leaf></a:instancesSet></item></a:reservationSet><nextToken>t</"
      "nextToken>"
      "</R>",
      "instancesSet",
      [&](const XmlNode& item) {
        read.push_back(item.name == "leaf" ? item.value() : item.text("id"));
      });

  EXPECT_THAT(read, ElementsAre("1", "2", "3", "4"));
  EXPECT_EQ(answer.root().items("reservationSet").size(), 2U);
  EXPECT_TRUE(answer.root().items("reservationSet/item/instancesSet").empty());
  EXPECT_EQ(answer.root().text("nextToken"), "t");
}

TEST(XmlAnswer, LetsErrorsAboutAnItemPass) {
  const auto refuse = [](const XmlNode&) { throw Error(Blame::remote, "an instance has no id"); };

  EXPECT_EQ(fault_of([&] { const XmlAnswer answer("<R><s><i/></s></R>", "s", refuse); }),
            "remote: an instance has no id");
}

TEST(XmlAnswer, BlamesTheOtherSideForWhatIsNotXml) {
  EXPECT_THAT(fault(""), StartsWith("remote: the answer, line and column:1:1: "));
  EXPECT_THAT(fault("{}"), StartsWith("remote: the answer, line and column:1:1: "));
  EXPECT_THAT(fault("<R>\n<a>"), StartsWith("remote: the answer, line and column:2:4: "));
  EXPECT_THAT(fault("<R><a></b></R>"), StartsWith("remote: the answer, line and column:1:7: "));
  EXPECT_THAT(fault("<R/><R/>"), StartsWith("remote: the answer, line and column:1:5: "));
  EXPECT_THAT(fault("<R>\xFF</R>"), StartsWith("remote: the answer, line and column:1:4: "));
  EXPECT_THAT(fault("<R>&unknown;</R>"), StartsWith("remote: "));
}

TEST(XmlAnswer, RefusesDocumentTypes) {
  EXPECT_THAT(fault("<!DOCTYPE R [<!ENTITY a \"b\">]><R>&a;</R>"), StartsWith("remote: "));
  EXPECT_THAT(fault("<!DOCTYPE html><html></html>"), StartsWith("remote: "));
}

TEST(XmlAnswer, FollowsNestingOnlySoDeep) {
  const auto nested = [](std::size_t depth) {
    std::string body;
    for (std::size_t i = 0; i < depth; ++i) body += "<a>";
    for (std::size_t i = 0; i < depth; ++i) body += "</a>";
    return body;
  };

  EXPECT_EQ(fault(nested(60)), "nothing");
  EXPECT_THAT(fault(nested(100'000)), testing::HasSubstr("nested more than 64 deep"));
}

TEST(XmlAnswer, ReadsManyItemsWithoutHoldingThem) {
  constexpr int many = 20'000;
  std::string body = "<R><s>";
  for (int i = 0; i < many; ++i) body += "<item><k>" + std::to_string(i) + "</k></item>";
  body += "</s></R>";
  int next = 0;

  const XmlAnswer answer(
      body, "s", [&](const XmlNode& item) { EXPECT_EQ(item.text("k"), std::to_string(next++)); });

  EXPECT_EQ(next, many);
  EXPECT_TRUE(answer.root().items("s").empty());
  EXPECT_EQ(XmlAnswer(body).root().items("s").size(), static_cast<std::size_t>(many));
}

}  // namespace
}  // namespace patchbot::aws
