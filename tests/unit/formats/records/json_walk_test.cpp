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
using test::Pieces;
using test::Plan;
using test::walk_in_all_windows;

constexpr std::array<RecordPath, 2> records{{{1, "/hosts/*/vulns/*"}, {2, "/hosts/*/checks/{}"}}};
constexpr std::array<ContextPath, 3> before{
    {{1, "/scan"}, {2, "/hosts/*/name"}, {3, "/hosts/*/os"}}};
constexpr std::array<ContextPath, 3> anywhere{
    {{1, "/scan", Place::anywhere}, {2, "/hosts/*/name", Place::anywhere}, {3, "/hosts/*/os"}}};
constexpr Plan in_order{records, before};
constexpr Plan in_any_order{records, anywhere};

std::string walk(std::string_view text, const Plan& plan) {
  return walk_in_all_windows(walk_json, text, plan);
}

constexpr std::array<RecordPath, 1> root_record{{{7, ""}}};
constexpr Plan whole{root_record, {}};

TEST(JsonWalk, ReadsRecordsWithAllThatTheyHold) {
  EXPECT_EQ(walk(R"({"a":1,"b":[true,null,{"c":"d\n\u00e9"}],"e":{},"f":-1.5e3,"":""})", whole),
            "7 {a=1 b=[true null {c='d\n\xC3\xA9'}] e={} f=-1.5e3 =''}\nend\nnothing");
}

TEST(JsonWalk, FindsRecordsInListsAndUnderNames) {
  EXPECT_EQ(
      walk(R"({"hosts":[{"vulns":[{"id":1},{"id":2}]},{"checks":{"x":{"id":3}}}]})", in_order),
      "1 {id=1}\n1 {id=2}\n2 {id=3}\nend\nnothing");
}

TEST(JsonWalk, GivesEachRecordTheContextAroundIt) {
  EXPECT_EQ(walk(R"({"scan":{"v":[1]},"hosts":[{"name":"a","os":"x","vulns":[{"id":1}]},)"
                 R"({"vulns":[{"id":2}],"name":"late"},{"name":"c","vulns":[{"id":3}]}],"scan":9})",
                 in_order),
            "1 {id=1} 1:{v=[1]} 2:'a' 3:'x'\n"
            "1 {id=2} 1:{v=[1]}\n"
            "1 {id=3} 1:{v=[1]} 2:'c'\n"
            "end 1:{v=[1]} 1:9\nnothing");
}

TEST(JsonWalk, LooksAheadForContextThatStandsBehindTheRecords) {
  EXPECT_EQ(
      walk(R"({"hosts":[{"name":"a","vulns":[{"id":1}],"os":"x"},{"vulns":[{"id":2},{"id":3}],)"
           R"("os":"y","name":"b"},{"name":"c","vulns":[]},{"vulns":[{"id":4}],"name":"d"}],)"
           R"("scan":{"of":"all"}})",
           in_any_order),
      "1 {id=1} 1:{of='all'} 2:'a' 3:'x'\n"
      "1 {id=2} 1:{of='all'} 2:'b' 3:'y'\n"
      "1 {id=3} 1:{of='all'} 2:'b' 3:'y'\n"
      "1 {id=4} 1:{of='all'} 2:'d'\n"
      "end 1:{of='all'}\nnothing");
}

TEST(JsonWalk, LooksAheadFromWhereContextIsFirstMissing) {
  EXPECT_EQ(walk(R"({"scan":1,"hosts":[{"name":"a","vulns":[{"id":1},{"id":2}]},)"
                 R"({"vulns":[{"id":3}],"name":"b"}]})",
                 in_any_order),
            "1 {id=1} 1:1 2:'a'\n1 {id=2} 1:1 2:'a'\n1 {id=3} 1:1 2:'b'\nend 1:1\nnothing");
}

TEST(JsonWalk, ContextThatIsNowhereIsAbsent) {
  EXPECT_EQ(walk(R"({"hosts":[{"vulns":[{"id":1},{"id":2}]}],"scan":null})", in_any_order),
            "1 {id=1} 1:null\n1 {id=2} 1:null\nend 1:null\nnothing");
}

TEST(JsonWalk, ReadsDocumentAfterDocument) {
  const std::string text =
      "{\"scan\":1,\"hosts\":[{\"name\":\"a\",\"vulns\":[{\"id\":1}]}]}\n"
      "{\"hosts\":[{\"vulns\":[{\"id\":2}],\"name\":\"b\"}],\"scan\":2}\nnull {}\n"
      "{\"hosts\":[{\"name\":\"c\",\"vulns\":[{\"id\":3}]}]}";
  EXPECT_EQ(walk(text, in_any_order),
            "1 {id=1} 1:1 2:'a'\nend 1:1\n1 {id=2} 1:2 2:'b'\nend 1:2\nend\nend\n"
            "1 {id=3} 2:'c'\nend\nnothing");
}

TEST(JsonWalk, ReadsJsonLinesWhoseLinesAreRecords) {
  EXPECT_EQ(walk("{\"id\":1}\n{\"id\":[2]}\r\n\n{\"id\":3}{}", whole),
            "7 {id=1}\nend\n7 {id=[2]}\nend\n7 {id=3}\nend\n7 {}\nend\nnothing");
  EXPECT_EQ(walk("{\"id\":1}\n{\"id\":", whole),
            "7 {id=1}\nend\ninput 2:7: the file ends early, expected a value");
  EXPECT_EQ(walk("", whole), "nothing");
  EXPECT_EQ(walk("null null", whole), "end\nend\nnothing");
  EXPECT_EQ(walk("{} 1", whole), "7 {}\nend\ninput 1:5: expected an object here");
}

// As ConvertTo-Json writes them: texts where it went too deep, and one item without its list.
TEST(JsonWalk, RefusesAnotherShapeWhereRecordsAre) {
  const auto of = [](const std::string& hosts) {
    return walk("{\"hosts\":" + hosts + "}", in_order);
  };
  EXPECT_EQ(of("[{\"vulns\":[{\"id\":1},\"@{id=2}\"]}]"),
            "1 {id=1}\ninput 1:30: expected an object here");
  EXPECT_EQ(of("[{\"vulns\":{\"id\":2}}]"), "input 1:21: expected a list here");
  EXPECT_EQ(of("{\"vulns\":[]}"), "input 1:11: expected a list here");
  EXPECT_EQ(of("[[{\"vulns\":[]}]]"), "input 1:12: expected an object here");
  EXPECT_EQ(of("true"), "input 1:14: expected a list here");
  EXPECT_EQ(of("[null,{\"vulns\":null},{\"vulns\":[null]}]"), "end\nnothing");
}

TEST(JsonWalk, AListWithinAListIsNoContextOfTheListAround) {
  constexpr std::array<RecordPath, 1> inner{{{1, "/*/{}/r"}}};
  constexpr std::array<ContextPath, 2> names{{{1, "/*/n", Place::anywhere}, {2, "/*/{}/n"}}};
  EXPECT_EQ(walk(R"([{"n":1,"a":{"r":{},"n":2}},{"b":{"n":3,"r":{}},"c":{"r":{}},"n":4}])",
                 {inner, names}),
            "1 {} 1:1\n1 {} 1:4 2:3\n1 {} 1:4\nend\nnothing");
}

TEST(JsonWalk, NamesMeanTheSameHoweverTheyAreEscaped) {
  EXPECT_EQ(walk(R"({"\u0068osts":[{"n\u0061me":"a","vuln\u0073":[{"\u0069d\"":1,"i\u0064":2}]}]})",
                 in_order),
            "1 {id\"=1 id=2} 2:'a'\nend\nnothing");
}

TEST(JsonWalk, KeepsTheOrderOfMembersThatComeTwice) {
  EXPECT_EQ(walk(R"({"hosts":[{"name":"a","name":"b","vulns":[{"x":1,"x":2}],"vulns":[{"x":3}]}]})",
                 in_order),
            "1 {x=1 x=2} 2:'a' 2:'b'\n1 {x=3} 2:'a' 2:'b'\nend\nnothing");
}

TEST(JsonWalk, WhatWasReadBeforeABreakStands) {
  const std::string good = R"({"scan":1,"hosts":[{"name":"a","vulns":[{"id":1},{"id":2})";
  EXPECT_EQ(walk(good + ",\n{\"id\" 3}", in_order),
            "1 {id=1} 1:1 2:'a'\n1 {id=2} 1:1 2:'a'\ninput 2:7: expected ':' behind a name");
}

TEST(JsonWalk, WhatWasReadBeforeABreakStandsWhenItHadToLookAhead) {
  const std::string good =
      R"({"hosts":[{"vulns":[{"id":1}],"name":"a"},{"name":"b","vulns":[{"id":2}]}],"scan":1)";
  EXPECT_EQ(walk(good + ",\n\"x\":[tru]}", in_any_order),
            "1 {id=1} 1:1 2:'a'\n1 {id=2} 1:1 2:'b'\ninput 2:9: expected a value: text, number, "
            "list, object, true, false or null");
  EXPECT_EQ(walk(R"({"hosts":[{"vulns":[{"id":1}],"name":"a"},{"vulns":[{"id":2}],)", in_any_order),
            "1 {id=1} 2:'a'\n1 {id=2}\ninput 1:63: the file ends early, expected a name in quotes");
}

TEST(JsonWalk, ADocumentThatEndsAnywhereIsBroken) {
  const std::string whole_text =
      R"({"scan":{"a":[1,-2.5]},"hosts":[{"vulns":[{"id":"\u00e9","x":true}],"name":"a"},)"
      R"({"skip":{"y":["z",null]},"checks":{"c":{}}}],"text":"\\","end":false})";
  const std::string told = test::walk(walk_json, whole_text, in_any_order);
  for (std::size_t size = 1; size < whole_text.size(); ++size) {
    for (std::size_t chunk : {1U, 6U, 65536U}) {
      const std::string part = test::walk(
          walk_json, std::string_view(whole_text).substr(0, size), in_any_order, {chunk});
      EXPECT_NE(part.find("the file ends "), std::string::npos) << part;
    }
  }
  EXPECT_EQ(told,
            "1 {id='\xC3\xA9' x=true} 1:{a=[1 -2.5]} 2:'a'\n2 {} 1:{a=[1 -2.5]}\n"
            "end 1:{a=[1 -2.5]}\nnothing");
}

TEST(JsonWalk, ReadsARecordThatIsLargerThanTheWindow) {
  const std::string text = std::string(100000, 'x');
  const std::string told =
      test::walk(walk_json,
                 R"({"hosts":[{"vulns":[{"id":1,"t":")" + text + R"("},{"id":2}]}]})",
                 in_order,
                 {64});
  EXPECT_EQ(told, "1 {id=1 t='" + text + "'}\n1 {id=2}\nend\nnothing");
}

TEST(JsonWalk, RefusesARecordThatIsTooLarge) {
  const std::string head = R"({"hosts":[{"vulns":[{"id":1},)";
  Endless long_text(head + "\n {\"t\":\"", std::string(1000000, 'x'), 100, "\"}]}]}");
  EXPECT_EQ(test::walk(walk_json, long_text, in_order, 65536),
            "1 {id=1}\ninput 2:2: one record is larger than 67108864 bytes");

  Endless many_values(head + "\n {\"t\":[0", ",0,0,0,0", 2000000, "]}]}]}");
  EXPECT_EQ(test::walk(walk_json, many_values, in_order, 65536),
            "1 {id=1}\ninput 2:8388613: one record holds more than 4 million values");
}

TEST(JsonWalk, PassesOverLargeThingsThatNobodyAskedFor) {
  for (std::string_view start : {"\"", "{\"x\":\"", "[[\"", "{\"x\":{\"vulns\":[\""}) {
    std::string tail = "\"";
    for (std::size_t i = start.size(); i-- > 0;) {
      if (start[i] == '[') tail += ']';
      if (start[i] == '{') tail += '}';
    }
    Endless source(R"({"scan":1,"other":)" + std::string(start),
                   std::string(1000000, 'x'),
                   100,
                   tail + R"(,"hosts":[{"name":"a","vulns":[{"id":1}]}]})");
    EXPECT_EQ(test::walk(walk_json, source, in_any_order, 4096),
              "1 {id=1} 1:1 2:'a'\nend 1:1\nnothing");
  }
}

TEST(JsonWalk, RefusesWhatIsNestedTooDeep) {
  const std::string deep(1000000, '[');
  EXPECT_EQ(test::walk(walk_json, R"({"hosts":[{"vulns":[{"x":)" + deep, in_order),
            "input 1:85: nested more than 64 deep");
  EXPECT_EQ(test::walk(walk_json, R"({"other":)" + deep, in_order),
            "input 1:73: nested more than 64 deep");
}

}  // namespace
}  // namespace patchbot
