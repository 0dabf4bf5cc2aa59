// SPDX-License-Identifier: Apache-2.0
#include "templates/template_diff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"

namespace patchbot {
namespace {

using test::diff_of;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view yaml = R"(Parameters:
  Size: {Type: String, AllowedValues: [small, large]}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !FindInMap [Images, !Ref 'AWS::Region', ami]  # the newest
      UserData: !Sub ["${A}", {A: !GetAtt B.C.D}]
      Tags:
        - {Key: Name, Value: web}
        - Key: team
          Value: '1.10'
)";

constexpr std::string_view json = R"({
  "Resources": {"Web": {
    "Properties": {
      "Tags": [{"Value": "web", "Key": "Name"}, {"Key": "team", "Value": "1.10"}],
      "UserData": {"Fn::Sub": ["${A}", {"A": {"Fn::GetAtt": ["B", "C.D"]}}]},
      "ImageId": {"Fn::FindInMap": ["Images", {"Ref": "AWS::Region"}, "ami"]}},
    "Type": "AWS::EC2::Instance"}},
  "Parameters": {"Size": {"AllowedValues": ["small", "large"], "Type": "String"}}
})";

TEST(TemplateDiff, FormIsNoChange) {
  EXPECT_THAT(diff_of(yaml, yaml), IsEmpty());
  EXPECT_THAT(diff_of(yaml, json), IsEmpty());
  EXPECT_THAT(diff_of(json, yaml), IsEmpty());
}

TEST(TemplateDiff, TellsEveryValueWithItsPath) {
  EXPECT_THAT(diff_of("a: {b: 1, c: 2, x/y: {}}", "a: {b: 1.0, d: [3], x/y: 4}"),
              ElementsAre("changed a/b: 1 -> 1.0",
                          "added a/d[0]:  -> 3",
                          "changed a/x~1y: {} -> 4",
                          "removed a/c: 2 -> "));
  EXPECT_THAT(diff_of("a: x", "a: {b: 1, c: [2]}"),
              ElementsAre("removed a: x -> ", "added a/b:  -> 1", "added a/c[0]:  -> 2"));
  EXPECT_THAT(diff_of("a: {}", "a: []"), ElementsAre("changed a: {} -> []"));
  EXPECT_THAT(diff_of("a: '1'", "a: 1"), IsEmpty());
}

TEST(TemplateDiff, AnItemWithAnIdentityIsFoundWhereverItStands) {
  EXPECT_THAT(
      diff_of("t: [{Key: a, Value: 1}, {Key: b, Value: 2}]",
              "t: [{Key: new, Value: 0}, {Key: b, Value: 3}, {Key: a, Value: 1}]"),
      ElementsAre(
          "added t[new]/Key:  -> new", "added t[new]/Value:  -> 0", "changed t[b]/Value: 2 -> 3"));
  EXPECT_THAT(diff_of("t: [{Sid: a, E: 1}, {Sid: b, E: 2}]", "t: [{Sid: b, E: 2}]"),
              ElementsAre("removed t[a]/Sid: a -> ", "removed t[a]/E: 1 -> "));
}

TEST(TemplateDiff, OrderIsAChangeWhereItMeansSomething) {
  EXPECT_THAT(
      diff_of("Stages: [{Name: Test, A: 1}, {Name: Deploy, A: 2}]",
              "Stages: [{Name: Deploy, A: 2}, {Name: Test, A: 1}]"),
      ElementsAre("changed Stages: in the order Test, Deploy -> in the order Deploy, Test"));
  EXPECT_THAT(diff_of("E: [{Name: A, Value: 1}, {Name: B, Value: 2}]",
                      "E: [{Name: B, Value: 2}, {Name: A, Value: 1}]"),
              IsEmpty());
}

TEST(TemplateDiff, AnInsertIsTheInsertedValuesOnly) {
  EXPECT_THAT(diff_of("l: [a, b, c]", "l: [new, a, b, c]"), ElementsAre("added l[0]:  -> new"));
  EXPECT_THAT(diff_of("l: [a, b, c, d]", "l: [a, c, D, d]"),
              ElementsAre("removed l[1]: b -> ", "added l[2]:  -> D"));
  EXPECT_THAT(diff_of("l: [a, b]", "l: [a, B]"), ElementsAre("changed l[1]: b -> B"));
  EXPECT_THAT(diff_of("l: [{x: 1, y: 2}]", "l: [{x: 1, y: 3}]"),
              ElementsAre("changed l[0]/y: 2 -> 3"));
  // One name twice identifies nothing.
  EXPECT_THAT(diff_of("l: [{Name: a, v: 1}, {Name: a, v: 2}]", "l: [{Name: a, v: 2}]"),
              ElementsAre("removed l[0]/Name: a -> ", "removed l[0]/v: 1 -> "));
}

}  // namespace
}  // namespace patchbot
