// SPDX-License-Identifier: Apache-2.0
#include "services/aws/ssm.hpp"

#include <gmock/gmock.h>

#include "aws_fixture.hpp"

namespace patchbot::aws {
namespace {

using test::fault_of;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

class ParametersTest : public AwsTest {
 protected:
  std::map<std::string, std::string> values_in(const std::string& body,
                                               const std::vector<std::string>& names) {
    answer(body);
    std::map<std::string, std::string> values;
    const auto found = parameters(asking, names);
    if (!found) return {{"refused", ""}};
    for (const auto& [name, one] : *found) values[name] = one.value;
    return values;
  }

  Client asking = client();
};

std::string answered(const std::string& parameters) {
  return R"({"InvalidParameters":["/gone"],"Parameters":[)" + parameters + "]}";
}

TEST_F(ParametersTest, ByTheNamesThatWereAskedFor) {
  const std::string all = answered(
      R"({"Name":"/a","Type":"String","Value":"1","Version":7},)"
      R"({"Name":"/b","Selector":":3","Type":"String","Value":"2","Version":3},)"
      R"({"Name":"/c","Type":"StringList","Value":"3","Version":4},)"
      R"({"Name":"/d","ARN":"arn:aws:ssm:eu-west-1:111122223333:parameter/d","Type":"String","Value":"4"},)"
      R"({"Name":"/e","Selector":":live","Type":"String","Value":"5","Version":2})");
  EXPECT_THAT(
      values_in(
          all, {"/a", "/b:3", "/c:4", "arn:aws:ssm:eu-west-1:111122223333:parameter/d", "/e:live"}),
      UnorderedElementsAre(Pair("/a", "1"),
                           Pair("/b:3", "2"),
                           Pair("/c:4", "3"),
                           Pair("arn:aws:ssm:eu-west-1:111122223333:parameter/d", "4"),
                           Pair("/e:live", "5")));
}

TEST_F(ParametersTest, WhatIsEncryptedOrGoneIsMissing) {
  const std::string all = answered(R"({"Name":"/a","Type":"SecureString","Value":"AQICAH"})");
  EXPECT_TRUE(values_in(all, {"/a", "/gone"}).empty());
}

TEST_F(ParametersTest, SaysWhenOneWasChanged) {
  answer(answered(R"({"Name":"/a","Value":"1","LastModifiedDate":1795766400.5},)"
                  R"({"Name":"/b","Value":"1","LastModifiedDate":1e300},)"
                  R"({"Name":"/c","Value":"1","LastModifiedDate":"yesterday"})"));
  const auto found = parameters(asking, {"/a", "/b", "/c"});
  ASSERT_TRUE(found);
  const auto& all = *found;
  EXPECT_EQ(all.at("/a").modified, parse_rfc3339("2026-11-27T08:00:00Z"));
  EXPECT_EQ(all.at("/b").modified, std::nullopt);
  EXPECT_EQ(all.at("/c").modified, std::nullopt);
}

TEST_F(ParametersTest, AnotherAnswerIsAnError) {
  EXPECT_THAT(fault_of([&] { values_in("{}", {"/a"}); }), HasSubstr("Parameters"));
}

TEST(ParameterName, MayBeOne) {
  for (const char* name :
       {"/acme/ami/web", "web", "/a:3", "/a:live", "arn:aws:ssm:a:1:parameter/b"}) {
    EXPECT_TRUE(may_be_parameter(name)) << name;
  }
  for (const char* name : {"", "/a b", "${a}", "/a\n", "/\xc3\xa4"}) {
    EXPECT_FALSE(may_be_parameter(name)) << name;
  }
  EXPECT_FALSE(may_be_parameter(std::string(2049, 'a')));
}

}  // namespace
}  // namespace patchbot::aws
