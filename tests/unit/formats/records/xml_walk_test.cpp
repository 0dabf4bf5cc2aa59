// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "endless.hpp"
#include "walking.hpp"

namespace patchbot {
namespace {

using Place = ContextPath::Place;
using test::Endless;
using test::Plan;

constexpr std::array<RecordPath, 2> records{{{1, "/report/host/vuln"}, {2, "/report/host/check"}}};
constexpr std::array<ContextPath, 3> before{
    {{1, "/report/scan"}, {2, "/report/host/name"}, {3, "/report/host/os"}}};
constexpr std::array<ContextPath, 3> anywhere{{{1, "/report/scan", Place::anywhere},
                                               {2, "/report/host/name", Place::anywhere},
                                               {3, "/report/host/os"}}};
constexpr Plan in_order{records, before};
constexpr Plan in_any_order{records, anywhere};

constexpr std::array<RecordPath, 1> one_record{{{7, "/a/r"}}};
constexpr Plan simple{one_record, {}};

std::string walk(std::string_view text, const Plan& plan = simple) {
  return test::walk_in_all_windows(walk_xml, text, plan);
}

TEST(XmlWalk, ReadsElementsAttributesAndTexts) {
  EXPECT_EQ(walk("<a><r id='1' n=\"&lt;&#233;\"><t>x &amp; y</t><e/><c k='v'>own</c><d><f>1</f></d>"
                 "</r></a>"),
            "7 {id='1' n='<\xC3\xA9' t='x & y' e='' c={k='v' ='own'} d={f='1'}}\nend\nnothing");
}

TEST(XmlWalk, AnEmptyElementIsARecordToo) {
  EXPECT_EQ(walk("<a><r/><r></r><r id='1'/><r>text</r><r id='2'>text</r></a>"),
            "7 ''\n7 ''\n7 {id='1' =''}\n7 'text'\n7 {id='2' ='text'}\nend\nnothing");
}

TEST(XmlWalk, TheRootCanBeTheRecord) {
  constexpr std::array<RecordPath, 1> root{{{1, "/a"}}};
  EXPECT_EQ(walk("<?xml version='1.0'?><!-- x --><a>1</a>\n", {root, {}}), "1 '1'\nend\nnothing");
  EXPECT_EQ(walk("<a><b/><c>1</c></a>", {root, {}}), "1 {b='' c='1'}\nend\nnothing");
}

TEST(XmlWalk, NamesCountWithoutTheirPrefix) {
  EXPECT_EQ(walk("<n:a xmlns:n='urn:n'><n:r n:id='1'><x:t xmlns:x='urn:x'>v</x:t></n:r><r/></n:a>"),
            "7 {id='1' t={x='urn:x' ='v'}}\n7 ''\nend\nnothing");
}

TEST(XmlWalk, PutsTextAroundCommentsAndCdataTogether) {
  EXPECT_EQ(walk("<a><!-- r --><r><!-- <t>no</t> --><t>1<!-- no -->2<![CDATA[<3>&amp;]]>&lt;4</t>"
                 "<?p?><u><![CDATA[<>]]></u></r></a>"),
            "7 {t='12<3>&amp;<4' u='<>'}\nend\nnothing");
}

TEST(XmlWalk, AnElementWithChildrenMayHaveTextOfItsOwnFirst) {
  EXPECT_EQ(walk("<a><r><host> 10.0.0.1 <asset id='7'/></host>\n<b> \n<c/></b></r></a>"),
            "7 {host={='10.0.0.1' asset={id='7' =''}} b={c=''}}\nend\nnothing");
}

TEST(XmlWalk, GivesEachRecordTheContextAroundIt) {
  EXPECT_EQ(walk("<report><scan v='1'/><host><name>a</name><os>x</os><vuln>1</vuln></host>"
                 "<host><vuln>2</vuln><name>late</name></host>"
                 "<host><name>c</name><name>d</name><vuln>3</vuln><check/></host></report>",
                 in_order),
            "1 '1' 1:{v='1' =''} 2:'a' 3:'x'\n1 '2' 1:{v='1' =''}\n"
            "1 '3' 1:{v='1' =''} 2:'c' 2:'d'\n2 '' 1:{v='1' =''} 2:'c' 2:'d'\n"
            "end 1:{v='1' =''}\nnothing");
}

TEST(XmlWalk, LooksAheadForContextThatStandsBehindTheRecords) {
  EXPECT_EQ(
      walk("<report><host><name>a</name><vuln>1</vuln><os>x</os></host><host/><host></host>"
           "<host><vuln>2</vuln><check><name>no</name></check><name>b</name><os>y</os></host>"
           "<host>none</host><host><vuln>3</vuln><name>c</name></host>"
           "<scan><id>9</id></scan></report>",
           in_any_order),
      "1 '1' 1:{id='9'} 2:'a' 3:'x'\n1 '2' 1:{id='9'} 2:'b' 3:'y'\n"
      "2 {name='no'} 1:{id='9'} 2:'b' 3:'y'\n1 '3' 1:{id='9'} 2:'c'\nend 1:{id='9'}\nnothing");
}

// In a small window a long text comes as an element that opens; it must count the same in each
// pass.
TEST(XmlWalk, LooksAheadBehindElementsWithLongTexts) {
  const std::string long_text(3 * 1024 * 1024, 'x');
  const std::string text = "<report><host><vuln>1</vuln></host><host>" + long_text +
                           "</host><host><vuln>2</vuln><name>b</name></host><scan/></report>";
  for (std::size_t chunk : {std::size_t{64}, std::size_t{65536}, 4 * long_text.size()}) {
    EXPECT_EQ(test::walk(walk_xml, text, in_any_order, {chunk}),
              "1 '1' 1:''\n1 '2' 1:'' 2:'b'\nend 1:''\nnothing")
        << chunk;
  }
}

TEST(XmlWalk, RecordsInsideElementsWithoutAPathAreNone) {
  EXPECT_EQ(
      walk("<a><x><r>no</r><a><r>no</r></a></x><r>1</r><b><r/></b><c>t</c><r><r>in</r></r></a>"),
      "7 '1'\n7 {r='in'}\nend\nnothing");
  EXPECT_EQ(walk("<b><r/></b>"), "end\nnothing");
}

TEST(XmlWalk, AnyNameMatchesBraces) {
  constexpr std::array<RecordPath, 2> any{{{1, "/a/{}/r"}, {2, "/a/c/r"}}};
  EXPECT_EQ(walk("<a><b><r>1</r></b><c><r>2</r></c><d><r>3</r></d></a>", {any, {}}),
            "1 '1'\n2 '2'\n1 '3'\nend\nnothing");
}

TEST(XmlWalk, WhatWasReadBeforeABreakStands) {
  EXPECT_EQ(walk("<a><r>1</r>\n<r><t>2</r></a>"),
            "7 '1'\ninput 2:8: tags do not match: expected </t>");
  EXPECT_EQ(walk("<a><r>1</r><r id=2/></a>"),
            "7 '1'\ninput 1:18: expected a quoted attribute value");
  EXPECT_EQ(walk("<a><r>1</r></a><r/>"), "7 '1'\ninput 1:16: a second root element");
  EXPECT_EQ(walk("<report><host><vuln>1</vuln><name>a</name></host>\n<scan/></x>", in_any_order),
            "1 '1' 1:'' 2:'a'\ninput 2:8: tags do not match: expected </report>");
}

TEST(XmlWalk, ADocumentThatEndsAnywhereIsBroken) {
  constexpr std::string_view whole =
      "<?xml version='1.0'?><report><scan "
      "a='&#x1F600;'>s</scan><host><vuln><t><![CDATA[x]]>&lt;</t>"
      "<!-- c --><e/></vuln><name>\xC3\xA9</name></host><skip><b>1</b></skip></report>";
  for (std::size_t size = 1; size < whole.size(); ++size) {
    for (std::size_t chunk : {1U, 6U, 65536U}) {
      const std::string part = test::walk(walk_xml, whole.substr(0, size), in_any_order, {chunk});
      EXPECT_NE(part.find("the file "), std::string::npos) << part << whole.substr(0, size);
    }
  }
  EXPECT_EQ(test::walk(walk_xml, whole, in_any_order),
            "1 {t='x<' e=''} 1:{a='\xF0\x9F\x98\x80' ='s'} 2:'\xC3\xA9'\n"
            "end 1:{a='\xF0\x9F\x98\x80' ='s'}\nnothing");
}

TEST(XmlWalk, ReadsARecordThatIsLargerThanTheWindow) {
  const std::string text(3 * 1024 * 1024, 'x');
  for (const std::string& value : {text, "<![CDATA[" + text + "]]>"}) {
    EXPECT_EQ(test::walk(walk_xml, "<a><r>1</r><r>" + value + "</r><r>2</r></a>", simple, {64}),
              "7 '1'\n7 '" + text + "'\n7 '2'\nend\nnothing");
  }
}

TEST(XmlWalk, PassesOverLargeThingsThatNobodyAskedFor) {
  for (const auto& [head, middle, tail] :
       std::initializer_list<std::array<std::string, 3>>{{"<x>", std::string(1000000, 'x'), "</x>"},
                                                         {"<x>", "<y>text</y>", "</x>"},
                                                         {"", "<y>text</y>", ""},
                                                         {"", std::string(100000, ' '), ""}}) {
    Endless source("<a>" + head, middle, 30000000 / middle.size(), tail + "<r>1</r></a>");
    EXPECT_EQ(test::walk(walk_xml, source, simple, 4096), "7 '1'\nend\nnothing");
  }
}

TEST(XmlWalk, RefusesARecordThatIsTooLarge) {
  Endless long_text("<a><r>1</r>\n<r>", std::string(1000000, 'x'), 100, "</r></a>");
  EXPECT_EQ(test::walk(walk_xml, long_text, simple, 65536),
            "7 '1'\ninput 2:1: one record is larger than 67108864 bytes");

  Endless many_values("<a><r>1</r>\n<r>", "<b/>", 5000000, "</r></a>");
  EXPECT_EQ(test::walk(walk_xml, many_values, simple, 65536),
            "7 '1'\ninput 2:16777216: one record holds more than 4 million values");
}

TEST(XmlWalk, RefusesWhatIsNestedTooDeep) {
  Endless deep("<a><r>", "<b>", 1000000, "");
  EXPECT_EQ(test::walk(walk_xml, deep, simple, 4096),
            "input 1:193: elements are nested more than 64 deep");
}

TEST(XmlWalk, PassesOverTheNameOfADocumentType) {
  EXPECT_EQ(walk("<!DOCTYPE a SYSTEM \"https://example.com/a.dtd\">\n<a><r/></a>"),
            "7 ''\nend\nnothing");
}

TEST(XmlWalk, WhatIsNotXmlIsSaid) {
  EXPECT_EQ(walk(""), "input 1:1: the file holds no XML element");
  EXPECT_EQ(walk("{}"), "input 1:1: not XML: expected '<'");
  EXPECT_EQ(walk("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"),
            "input 1:13: declarations inside a document type, which are refused");
}

}  // namespace
}  // namespace patchbot
