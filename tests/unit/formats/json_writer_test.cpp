// SPDX-License-Identifier: Apache-2.0
#include "formats/json_writer.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace patchbot {
namespace {

using nlohmann::json;

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
  std::string out;
  JsonWriter writer(out);
  writer.open_object().key("a").open_array().integer(-1).text("x").open_object().close_object();
  writer.close_array().key("b").null().key("c").boolean(true).key("d").open_array().close_array();
  writer.member("e", "").count("f", 7).close_object();

  EXPECT_EQ(out, R"({"a":[-1,"x",{}],"b":null,"c":true,"d":[],"e":"","f":7})");
}

TEST(JsonWriter, LeavesOutWhatIsUnknown) {
  std::string out;
  JsonWriter writer(out);
  writer.open_object().member_if("a", "").texts_if("b", {}).member_if("c", "x");
  writer.texts_if("d", {"1", "2"}).close_object();

  EXPECT_EQ(out, R"({"c":"x","d":["1","2"]})");
}

TEST(JsonWriter, EscapesSoThatEveryTextComesBack) {
  for (char c = 1; c > 0; ++c) {
    for (std::size_t place : {0U, 31U, 32U, 63U}) {
      std::string text(64, 'x');
      text[place] = c;
      std::string out;
      JsonWriter(out).text(text);
      ASSERT_EQ(json::parse(out), text) << static_cast<int>(c);
      if (c == 127) break;
    }
    if (c == 127) break;
  }
  std::string out;
  JsonWriter(out).text("a\"b\\c\n\t\r\x01\x7Fü€😀");
  EXPECT_EQ(out, "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u007fü€😀\"");
}

TEST(JsonWriter, EscapesNamesFromOutside) {
  std::string out;
  JsonWriter(out)
      .open_object()
      .outside_key("a\"b")
      .text("x")
      .outside_key("c")
      .null()
      .close_object();

  EXPECT_EQ(out, R"({"a\"b":"x","c":null})");
}

TEST(JsonWriter, WritesNumbersThatComeBackExactly) {
  for (double value : {0.0, 9.8, 0.1, 0.94432, 1e300, 1.0 / 3, 5e-324, -2.0}) {
    std::string out;
    JsonWriter(out).number(value);
    EXPECT_EQ(json::parse(out).get<double>(), value) << out;
  }
  std::string out;
  JsonWriter(out).number(9.8);
  EXPECT_EQ(out, "9.8");
}

}  // namespace
}  // namespace patchbot
