// SPDX-License-Identifier: Apache-2.0
#include "formats/strict_yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::ElementsAre;

TEST(StrictYaml, ReadsOneTextOrAList) {
  StrictYaml::parse("{a: x, b: [1, two], c: true}", [](const YAML::Node& root) {
    EXPECT_THAT(StrictYaml::texts(root["a"], "a"), ElementsAre("x"));
    EXPECT_THAT(StrictYaml::texts(root["b"], "b"), ElementsAre("1", "two"));
    EXPECT_EQ(StrictYaml::text(root["c"], "c"), "true");
  });
}

TEST(StrictYaml, CleansTexts) {
  StrictYaml::parse("a: \"x\\e[31m\\u202Ey\"", [](const YAML::Node& root) {
    EXPECT_EQ(StrictYaml::text(root["a"], "a"), "x[31my");
  });
}

TEST(StrictYaml, CallsTheReaderOfEachKeyOnce) {
  std::string told;
  StrictYaml::parse("{b: 2, a: 1}", [&](const YAML::Node& root) {
    StrictYaml::mapping(root,
                        "root",
                        {{"a", [&](const YAML::Node& n) { told += "a" + n.Scalar(); }, true},
                         {"b", [&](const YAML::Node& n) { told += "b" + n.Scalar(); }},
                         {"c", [&](const YAML::Node&) { told += "c"; }}});
  });

  EXPECT_EQ(told, "b2a1");
}

TEST(StrictYaml, PutsThePlaceIntoItsErrors) {
  const auto fail_at_b = [] {
    StrictYaml::parse("a: 1\n\nb:   here\n",
                      [](const YAML::Node& root) { StrictYaml::fail(root["b"], "no"); });
  };

  EXPECT_EQ(fault_of(fail_at_b), "usage 3:6: no");
}

TEST(StrictYaml, SuggestsTheNearestWordOrListsAll) {
  EXPECT_EQ(StrictYaml::suggestion("hihg", {"high", "low"}), "did you mean 'high'?");
  EXPECT_EQ(StrictYaml::suggestion("everything", {"high", "low"}), "expected one of: high, low");
}

TEST(StrictYaml, NamesATabThatIndents) {
  EXPECT_THAT(test::fault_of([] { StrictYaml::parse("a:\n\tb: 1\n", [](const YAML::Node&) {}); }),
              testing::HasSubstr("indented by a tab"));
}

}  // namespace
}  // namespace patchbot
