// SPDX-License-Identifier: Apache-2.0
#include "formats/lint_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::SizeIs;

TEST(CfnLint, FindingsKeepRuleLevelAndPlace) {
  const auto found = parse_cfn_lint(
      R"([{"Filename":"a.yaml","Level":"Warning","Rule":{"Id":"W2001"},"Message":"not\nused",)"
      R"("Location":{"Path":["Parameters","P",0],"Start":{"LineNumber":7,"ColumnNumber":3}}},)"
      R"({"Filename":"b.yaml","Level":"Informational","Rule":{"Id":"I1"},"Message":"m"},)"
      R"({"Filename":"b.yaml","Level":"Disaster","Rule":{"Id":"E0000"},"Message":"m"}])");
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_EQ(found[0].file, "a.yaml");
  EXPECT_EQ(found[0].level, GateLevel::warn);
  EXPECT_EQ(found[0].rule, "W2001");
  EXPECT_EQ(found[0].path, "/Parameters/P/0");
  EXPECT_EQ(found[0].message, "not used");
  EXPECT_EQ(found[0].place, (Position{0, 7, 3}));
  EXPECT_EQ(found[1].level, GateLevel::note);
  EXPECT_EQ(found[1].place, Position()) << "it does not say";
  EXPECT_EQ(found[2].level, GateLevel::fail) << "an unknown word is taken for the worst";
  EXPECT_THAT(parse_cfn_lint("[]"), SizeIs(0));
}

TEST(CfnLint, AnythingElseIsRefused) {
  const std::string deep = std::string(1000, '[') + std::string(1000, ']');
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[{"), std::string("[1]"), deep}) {
    EXPECT_NE(fault_of([&] { parse_cfn_lint(text); }), "nothing") << text.substr(0, 10);
    EXPECT_NE(fault_of([&] { parse_cfn_guard(text); }), "nothing") << text.substr(0, 10);
  }
}

TEST(CfnGuard, EveryClauseIsAFinding) {
  const std::string clause =
      R"({"Clause":{"Binary":{"context":" %x EQUALS true","messages":{"custom_message":"",)"
      R"("error_message":"is missing. Value traversed to [Path=/Resources/B/Properties[L:13,C:6] )"
      R"(Value={}]."},"check":{"UnResolved":{"value":{"name":"not a rule"}}}}}})";
  const auto found = parse_cfn_guard(
      R"([{"name":"a.yaml","status":"PASS","not_compliant":[]},{"name":"b.yaml","status":"FAIL",)"
      R"("not_compliant":[{"Rule":{"name":"R1","checks":[)" +
      clause + R"(,{"Disjunctions":{"checks":[)" + clause +
      R"(]}}]}}]},{"name":"c.yaml","status":"FAIL","not_compliant":[]}])");
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_EQ(found[0].file, "b.yaml");
  EXPECT_EQ(found[0].rule, "R1");
  EXPECT_EQ(found[0].path, "/Resources/B/Properties");
  EXPECT_EQ(found[0].message, "is missing.");
  EXPECT_EQ(found[0].level, GateLevel::fail);
  EXPECT_EQ(found[1].rule, "R1");
  EXPECT_EQ(found[2].file, "c.yaml") << "a failure without a reason is one all the same";
}

// What cfn-guard 3.2.1 says of a value that is none of a list.
TEST(CfnGuard, AComparisonWithAListSaysWhere) {
  const auto found = parse_cfn_guard(
      R"([{"name": "a.yaml", "status": "FAIL", "not_compliant": [{"Rule": {"name": "SMALL",
      "checks": [{"Clause": {"Binary": {"messages": {"custom_message": " small ones ",
      "error_message": "Check was not compliant as property [/Resources/Web/Type[L:4,C:63]] was not present in [(resolved, Path=[L:0,C:0] Value=[1])]"}}}}]}}]}])");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].path, "/Resources/Web/Type");
}

TEST(CfnGuard, LinesAreNoPartOfAMessage) {
  const auto found = parse_cfn_guard(
      R"([{"name":"a.yaml","status":"FAIL","not_compliant":[{"Rule":{"name":"R1","checks":[{"Clause":)"
      R"({"Binary":{"messages":{"custom_message":null,"error_message":"value [Path=/Resources/B)"
      R"([L:13,C:6] Value=1] is not [Path=[L:0,C:0] Value=2]."}}}}]}}]}])");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].message, "value [Path=/Resources/B Value=1] is not [Path= Value=2].");
  EXPECT_EQ(found[0].path, "/Resources/B");
}

}  // namespace
}  // namespace patchbot
