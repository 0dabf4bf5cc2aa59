// SPDX-License-Identifier: Apache-2.0
#include "templates/downgrade.hpp"

#include <gmock/gmock.h>

#include "branch.hpp"
#include "templates/scopes.hpp"

namespace patchbot {
namespace {

using test::a;
using test::b;
using test::Branch;
using test::server;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> told(Branch& branch,
                              const std::string& path,
                              const std::string& before,
                              const std::string& after) {
  PullRequest request = test::request_of(path, before, after);
  add_downgrades(request, branch);
  return test::lines_of(request);
}

TEST(Downgrade, AnAmiThatComesBackIsADowngrade) {
  Branch branch;
  branch.file("web.yaml", server(b));
  branch.changed(a, "web.yaml", "2026-10-02T08:00:00Z", server(b), server(a));
  EXPECT_THAT(told(branch, "web.yaml", server(b), server(a)),
              ElementsAre("fail: " + a +
                          " was here before, and was replaced on 2026-10-02: servers would lose "
                          "what was patched since"));
  EXPECT_THAT(told(branch, "web.yaml", server(a), server(b)), IsEmpty());
}

// b was tried and taken back; a was there before it.
TEST(Downgrade, WhatWasTakenBackMayBeTriedAgain) {
  Branch branch;
  branch.file("web.yaml", server(a));
  branch.changed(b, "web.yaml", "2026-10-03T08:00:00Z", server(a), server(b));
  branch.changed(b, "web.yaml", "2026-10-02T08:00:00Z", server(b), server(a));
  branch.changed(a, "web.yaml", "2026-10-03T08:00:00Z", server(a), server(b));
  branch.changed(a, "web.yaml", "2026-10-02T08:00:00Z", server(b), server(a));
  branch.changed(a, "web.yaml", "2026-10-01T08:00:00Z", server(a), "Resources: {}\n");
  EXPECT_THAT(told(branch, "web.yaml", server(a), server(b)), IsEmpty());
}

std::string two(const std::string& web, const std::string& search) {
  return "Mappings: {M: {web: {ami: " + web + "}, search: {ami: " + search +
         "}}}\nResources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, "
         "!Ref Name, ami]}}}\n";
}

// Both AMIs stay in the file, and one row gets back what it had before.
TEST(Downgrade, RowsThatAreSwapped) {
  Branch branch;
  branch.file("web.yaml", two(a, b));
  branch.changed(a, "web.yaml", "2026-10-02T08:00:00Z", two(a, b), two(a, a));
  EXPECT_THAT(told(branch, "web.yaml", two(a, b), two(b, a)),
              ElementsAre(testing::HasSubstr(a + " was here before")));
  EXPECT_THAT(told(branch, "web.yaml", two(a, b), two(b, b)), IsEmpty());
}

std::string choosing(const std::string& track, const std::string& one, const std::string& two) {
  return "Parameters: {Track: {Type: String, Default: " + track +
         "}}\nMappings: {M: {one: {ami: " + one + "}, two: {ami: " + two +
         "}}}\nResources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, "
         "!Ref Track, ami]}}}\n";
}

// Both stay in the file all the time.
TEST(Downgrade, AChoiceThatGoesBackIsOne) {
  const std::string when = "2026-10-02T08:00:00Z";
  const auto asked = [&](const std::string& one_now) {
    Branch branch;
    branch.file("web.yaml", choosing("two", one_now, b));
    branch.past("web.yaml",
                when,
                read_template(choosing("two", a, b)),
                read_template(choosing("one", a, b)));
    return told(branch, "web.yaml", choosing("two", one_now, b), choosing("one", one_now, b));
  };
  EXPECT_THAT(asked(a),
              ElementsAre(testing::HasSubstr("fail: " + a +
                                             " was here before, and was "
                                             "replaced on 2026-10-02")));
  EXPECT_THAT(asked("ami-0ccccccccccccccc3"), IsEmpty()) << "it goes on to another one";
}

TEST(Downgrade, AChoiceOfWhatCameEarlierIsAWarning) {
  Branch branch;
  branch.file("web.yaml", choosing("two", a, b));
  branch.changed(a, "web.yaml", "2026-10-01T08:00:00Z", choosing("two", a, "x"));
  branch.changed(b, "web.yaml", "2026-10-05T08:00:00Z", choosing("two", a, b));
  EXPECT_THAT(told(branch, "web.yaml", choosing("two", a, b), choosing("one", a, b)),
              ElementsAre(testing::HasSubstr("warn: " + a +
                                             " came to the repository on "
                                             "2026-10-01, before " +
                                             b + " of 2026-10-05")));
  EXPECT_THAT(told(branch, "web.yaml", choosing("one", a, b), choosing("two", a, b)), IsEmpty());
}

// A list of the command line: its rows are known by their keys.
TEST(Downgrade, RowsOfAListAreFound) {
  const auto list = [](const std::string& web, const std::string& db) {
    return R"([{"ParameterKey":"Web","ParameterValue":")" + web +
           R"("},{"ParameterKey":"Db","ParameterValue":")" + db + R"("}])";
  };
  Branch branch;
  branch.file("p.json", list(b, a));
  branch.changed(a, "p.json", "2026-10-02T08:00:00Z", list(b, a), list(a, a));
  EXPECT_THAT(told(branch, "p.json", list(b, a), list(a, a)),
              ElementsAre(testing::HasSubstr(a + " was here before")));
}

// Gone and back with a newer one: the old one is a step back.
TEST(Downgrade, AFileThatCameBackWithANewerOneHasIt) {
  Branch branch;
  branch.file("web.yaml", server(b));
  branch.changed(a, "web.yaml", "2026-10-02T08:00:00Z", "", server(a));
  EXPECT_THAT(told(branch, "web.yaml", server(b), server(a)),
              ElementsAre(testing::HasSubstr(a + " was here before")));
}

// Nothing newer had taken its place.
TEST(Downgrade, AFileThatIsRestoredIsNone) {
  Branch branch;
  branch.changed(a, "web.yaml", "2026-10-02T08:00:00Z", "", server(a));
  EXPECT_THAT(told(branch, "web.yaml", "x: y", server(a)), IsEmpty());
  branch.changed(a, "web.yaml", "2026-09-02T08:00:00Z", server(b), server(a));
  EXPECT_THAT(told(branch, "web.yaml", "x: y", server(a)), IsEmpty());
}

// What stands in a comment is not there.
TEST(Downgrade, ACommentIsNoAmi) {
  Branch branch;
  branch.file("web.yaml", "# before: " + a + "\n" + server(b));
  branch.changed(a, "web.yaml", "2026-10-02T08:00:00Z", server(b), server(a));
  EXPECT_THAT(told(branch, "web.yaml", server(b), server(a)), testing::SizeIs(1));
  Branch other;
  other.file("web.yaml", server(b))
      .changed(a, "web.yaml", "2026-10-02T08:00:00Z", server(b), "# not " + a + "\n" + server(b));
  EXPECT_THAT(told(other, "web.yaml", server(b), server(a)), IsEmpty());
}

}  // namespace
}  // namespace patchbot
