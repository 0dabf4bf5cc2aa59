// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "walking.hpp"

// What a report says by its shape: where a part ends, what attributes around records say, and
// elements inside elements of the same name.

namespace patchbot {
namespace {

using Place = ContextPath::Place;
using When = RecordPath::When;
using test::Plan;

constexpr std::array<RecordPath, 3> runs{
    {{1, "/runs/*/results/*"}, {2, "/runs/*/results", When::closed}, {3, "/runs/*", When::closed}}};
constexpr std::array<ContextPath, 2> tools{{{1, "/runs/*/tool"}, {2, "/name", Place::anywhere}}};

std::string json(std::string_view text) {
  return test::walk_in_all_windows(walk_json, text, {runs, tools});
}

TEST(Places, TheEndOfAnObjectOrListComesWithItsContext) {
  EXPECT_EQ(
      json(R"({"name":"n","runs":[{"tool":"a","results":[{"x":1}]},{"results":[],"tool":"b"}]})"),
      "1 {x=1} 1:'a' 2:'n'\n2 null 1:'a' 2:'n'\n3 null 1:'a' 2:'n'\n"
      "2 null 2:'n'\n3 null 1:'b' 2:'n'\nend 2:'n'\nnothing");
}

TEST(Places, WhatIsAbsentOrNullDoesNotEndAndAnotherShapeIsAnError) {
  EXPECT_EQ(json(R"({"name":"n","runs":[{"results":null},{},null,{"results":"x"}]})"),
            "3 null 2:'n'\n3 null 2:'n'\ninput 1:57: expected a list here");
}

TEST(Places, AnEndComesInOrderWhenTheReportIsReadTwice) {
  EXPECT_EQ(json(R"({"runs":[{"results":[]},{"results":[{"x":1}],"tool":"b"}],"name":"n"})"),
            "2 null\n3 null\n1 {x=1} 1:'b' 2:'n'\n2 null 1:'b' 2:'n'\n3 null 1:'b' 2:'n'\nend "
            "2:'n'\nnothing");
}

constexpr std::array<RecordPath, 4> tests{
    {{1, "/b/group+/rule"}, {1, "/b/rule"}, {2, "/b/test", When::closed}, {3, "/b", When::closed}}};
constexpr std::array<ContextPath, 3> attributes{
    {{1, "/b/@id"}, {2, "/b/test/@end"}, {3, "/b/test/name"}}};

std::string xml(std::string_view text) {
  return test::walk_in_all_windows(walk_xml, text, {tests, attributes});
}

TEST(Places, TheEndOfAnElementComesWithItsContextAndAttributes) {
  EXPECT_EQ(xml("<b id='1&amp;2' x='no'><test end='t'><name>n</name></test><test/></b>"),
            "2 null 1:'1&2' 2:'t' 3:'n'\n2 null 1:'1&2'\n3 null 1:'1&2'\nend 1:'1&2'\nnothing");
  EXPECT_EQ(xml("<b id='1'/>"), "3 null 1:'1'\nend 1:'1'\nnothing");
}

TEST(Places, ElementsMayContainThemselves) {
  EXPECT_EQ(xml("<b><rule>0</rule><group><rule>1</rule><group><group><rule>3</rule></group>"
                "<other><rule>no</rule></other><rule>2</rule></group></group></b>"),
            "1 '0'\n1 '1'\n1 '3'\n1 '2'\n3 null\nend\nnothing");
}

TEST(Places, TextAroundElementsIsOneText) {
  const auto source =
      memory_source("<b><rule>Set <c>x no</c>, <d/>then <e><f>run</f> it</e>.</rule></b>");
  Records records(*source, walk_xml, tests, {}, 65536);
  ASSERT_EQ(records.next(), Walk::Event::record);
  EXPECT_EQ(records.record().whole_text(), "Set x no, then run it.");
}

}  // namespace
}  // namespace patchbot
