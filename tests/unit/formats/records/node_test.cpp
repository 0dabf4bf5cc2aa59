// SPDX-License-Identifier: Apache-2.0
#include "formats/records/node.hpp"

#include <gmock/gmock.h>

#include <array>
#include <string>
#include <vector>

#include "walking.hpp"

namespace patchbot {
namespace {

using test::tell;

/// A record that stands alone.
class Read {
 public:
  explicit Read(std::string_view text)
      : source_(memory_source(text)),
        records_(*source_, text.starts_with('<') ? walk_xml : walk_json, paths, {}, 65536) {
    records_.next();
  }
  Node operator*() const { return records_.record(); }
  Node operator[](std::string_view name) const { return records_.record()[name]; }

 private:
  static constexpr std::array<RecordPath, 2> paths{{{1, ""}, {1, "/r"}}};
  std::unique_ptr<ByteSource> source_;
  Records records_;
};

std::vector<std::string> texts(const std::vector<Node>& nodes) {
  std::vector<std::string> told;
  for (const Node& node : nodes) told.push_back(tell(node));
  return told;
}

std::vector<std::string> items(const Node& node) {
  std::vector<std::string> told;
  for (const Node item : node.items()) told.push_back(tell(item));
  return told;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Node, WhatIsAbsentIsNullHoweverDeepOneLooks) {
  const Read r(R"({"a":{"b":null},"c":"x","d":[{"e":1}]})");
  for (const Node& node :
       {Node(), r["x"], r["a"]["b"], r["a"]["b"]["c"], r["c"]["x"], r["d"]["e"]}) {
    EXPECT_FALSE(node);
    EXPECT_EQ(node.type(), NodeType::null);
    EXPECT_EQ(node.text(), "");
    EXPECT_EQ(node.line(10), "");
    EXPECT_EQ(node.raw(), "");
    EXPECT_EQ(node.number(), std::nullopt);
    EXPECT_EQ(node.boolean(), std::nullopt);
    EXPECT_TRUE(node.items().empty());
    EXPECT_FALSE(node.is("null"));
  }
}

TEST(Node, FindsMembersByTheirWholeName) {
  const Read r(R"({"id":1,"ID":2,"i":3,"":4,"id":5,"@id":6,"#text":7})");
  EXPECT_EQ(r["id"].raw(), "1");
  EXPECT_EQ(r["ID"].raw(), "2");
  EXPECT_EQ(r["i"].raw(), "3");
  EXPECT_EQ(r[""].raw(), "4");
  EXPECT_EQ(r["@id"].raw(), "6");
  EXPECT_EQ(r["#text"].raw(), "7");
  EXPECT_FALSE(r["I"]);
  EXPECT_EQ(r["id"].key(), "id");
}

TEST(Node, TellsAttributesFromElements) {
  const Read r("<r id='1'><id>2</id><x a='b'>own</x><e/></r>");
  EXPECT_EQ(r["@id"].text(), "1");
  EXPECT_EQ(r["id"].text(), "2");
  EXPECT_EQ(r["x"]["@a"].text(), "b");
  EXPECT_EQ(r["x"]["#text"].text(), "own");
  EXPECT_EQ(r["x"].text(), "own");
  EXPECT_FALSE(r["x"]["a"]);
  EXPECT_FALSE(r["@x"]);
  EXPECT_TRUE(r["e"]);
  EXPECT_EQ(r["e"].text(), "");
}

TEST(Node, LooksOnlyAtTheObjectItself) {
  const Read r(R"({"a":{"x":1},"b":[{"x":2}],"x":3})");
  EXPECT_EQ(r["x"].raw(), "3");
}

TEST(Node, TakesTheFirstThatIsThereAndNotEmpty) {
  const Read r(R"({"a":"","b":null,"c":{"d":1},"e":0,"f":[]})");
  EXPECT_EQ((*r).first_of({"x", "a", "b", "e", "c"}).raw(), "0");
  EXPECT_TRUE((*r).first_of({"a", "c"}).is_object());
  EXPECT_TRUE((*r).first_of({"f", "e"}).is_list());
  EXPECT_FALSE((*r).first_of({"x", "a", "b"}));
}

TEST(Node, TakesASingleValueForAListOfOne) {
  const Read r(R"({"l":["a",null,{"x":1}],"t":"a","n":null,"o":{"x":1,"y":[2]},"e":[]})");
  EXPECT_THAT(items(r["l"]), ElementsAre("'a'", "null", "{x=1}"));
  EXPECT_THAT(items(r["t"]), ElementsAre("'a'"));
  EXPECT_THAT(items(r["n"]), IsEmpty());
  EXPECT_THAT(items(r["o"]), ElementsAre("1", "[2]"));
  EXPECT_THAT(items(r["e"]), IsEmpty());
  EXPECT_THAT(items(Node()), IsEmpty());
}

TEST(Node, FindsAllThatBearAName) {
  const Read xml("<r c='0'><c>1</c><d/><c>2</c><c><c>no</c></c></r>");
  EXPECT_THAT(texts((*xml).all("c")), ElementsAre("'1'", "'2'", "{c='no'}"));

  const Read json(R"({"c":[1,2],"d":3,"c":4,"c":null,"c":[]})");
  EXPECT_THAT(texts((*json).all("c")), ElementsAre("1", "2", "4"));
  EXPECT_THAT(json["d"].all("c"), IsEmpty());
  EXPECT_THAT(Node().all("c"), IsEmpty());
}

TEST(Node, CleansWhatComesFromOutside) {
  const Read r(
      "{\"a\":\" x\\u0000\\u001b[31m\\r\\n\\u202e\\ty\xFF \",\"b\":\"\xC3\xA9\xC3\xA9\xC3\xA9\"}");
  EXPECT_EQ(r["a"].text(), " x[31m\n\ty\xEF\xBF\xBD ");
  EXPECT_EQ(r["a"].line(), "x[31m y\xEF\xBF\xBD");
  EXPECT_EQ(r["a"].line(3), "x[3");
  EXPECT_EQ(r["b"].line(5), "\xC3\xA9\xC3\xA9");
  EXPECT_EQ(r["b"].line(0), "");

  const Read words(R"({"a":"one two"})");
  EXPECT_EQ(words["a"].line(4), "one") << "what is cut is trimmed, so that it reads the same again";

  const Read xml("<r><a>&#x202E;x&amp;lt;&#13;</a></r>");
  EXPECT_EQ(xml["a"].text(), "x&lt;");
}

TEST(Node, ListsHaveNoText) {
  const Read r(R"({"l":["a"],"o":{"a":"b"},"t":{"#text":{"#text":"deep"}}})");
  EXPECT_EQ(r["l"].text(), "");
  EXPECT_EQ(r["o"].text(), "");
  EXPECT_EQ(r["t"].text(), "deep");
}

TEST(Node, ReadsNumbersFromNumbersAndTexts) {
  const Read r(R"({"a":-1.5e2,"b":" 7 ","c":"7x","d":"","e":true,"f":[1],"g":1e999,"h":"nan",)"
               R"("i":"inf","j":"0x10"})");
  EXPECT_EQ(r["a"].number(), -150);
  EXPECT_EQ(r["b"].number(), 7);
  for (std::string_view none : {"c", "d", "e", "f", "g", "h", "i", "j"}) {
    EXPECT_EQ(r[none].number(), std::nullopt) << none;
  }
}

TEST(Node, ReadsYesAndNo) {
  const Read r(
      R"({"a":true,"b":"Yes","c":1,"d":false,"e":"NO","f":"0","g":"maybe","h":2,"i":null})");
  for (std::string_view yes : {"a", "b", "c"}) EXPECT_EQ(r[yes].boolean(), true) << yes;
  for (std::string_view no : {"d", "e", "f"}) EXPECT_EQ(r[no].boolean(), false) << no;
  for (std::string_view none : {"g", "h", "i"}) EXPECT_EQ(r[none].boolean(), std::nullopt) << none;
}

TEST(Node, ComparesWordsWithoutCaseAndBlanks) {
  const Read r(R"({"a":" Fail ","b":3})");
  EXPECT_TRUE(r["a"].is("FAIL"));
  EXPECT_FALSE(r["a"].is("FAILED"));
  EXPECT_TRUE(r["b"].is("3"));
}

TEST(Node, SaysTheSameWhereThePrintIsTheSame) {
  const Read first(R"({"a":{"b":"12","c":[1,null]}})");
  const Read same(R"({ "x": 1, "a": { "b": "12", "c": [ 1, null ] } })");
  EXPECT_EQ(first["a"].print(), same["a"].print());
  EXPECT_EQ(first["absent"].print(), "");
  for (const char* other : {R"({"a":{"b":12,"c":[1,null]}})",
                            R"({"a":{"b":"1","c2":[1,null]}})",
                            R"({"a":{"b":"12","c":[1],"d":null}})",
                            R"({"a":{"b":"12","d":[1,null]}})",
                            R"({"a":{"b":"12","c":[1,0]}})"}) {
    EXPECT_NE(first["a"].print(), Read(other)["a"].print()) << other;
  }
}

TEST(KeptNode, OutlivesWhatItWasReadFrom) {
  std::shared_ptr<const KeptNode> kept;
  {
    const std::string text = R"({"a":"\u00e9","\u0062":[1,"x"]})";
    Tape tape;
    tape.base = text.data();
    tape.extra = "b";
    tape.cells = {Cell{.type = NodeType::object, .size = 2},
                  Cell{.type = NodeType::text,
                       .coding = NodeCoding::json,
                       .is_key_extra = true,
                       .key = 0,
                       .key_size = 1,
                       .value = 6,
                       .value_size = 6}};
    kept = std::make_shared<KeptNode>(tape, text.size());
  }
  EXPECT_EQ(kept->node()["b"].text(), "\xC3\xA9");
}

}  // namespace
}  // namespace patchbot
