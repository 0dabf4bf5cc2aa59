// SPDX-License-Identifier: Apache-2.0
#include "formats/junit_xml.hpp"

#include <gtest/gtest.h>
#include <tinyxml2.h>

#include "support.hpp"

namespace patchbot {
namespace {

std::string written(const std::vector<TestCase>& cases, const TestCounts& counts = {}) {
  const test::TempDir dir;
  const std::string path = dir.file("TEST.xml");
  {
    const FILE* const none = nullptr;
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    EXPECT_NE(file, none);
    JunitWriter writer(file, "suite <1>", counts);
    for (const TestCase& test : cases) writer.add(test);
    writer.finish();
    std::fclose(file);
  }
  return test::slurp(path);
}

class JunitXml : public testing::Test {
 protected:
  const tinyxml2::XMLElement* suite_of(const std::vector<TestCase>& cases,
                                       const TestCounts& counts = {}) {
    EXPECT_EQ(document_.Parse(written(cases, counts).c_str()), tinyxml2::XML_SUCCESS);
    return document_.RootElement();
  }

  tinyxml2::XMLDocument document_;
};

TEST_F(JunitXml, CountsInTheSuite) {
  const auto* suite = suite_of({}, {5, 2, 1});

  EXPECT_STREQ(suite->Name(), "testsuite");
  EXPECT_STREQ(suite->Attribute("name"), "suite <1>");
  EXPECT_STREQ(suite->Attribute("tests"), "5");
  EXPECT_STREQ(suite->Attribute("failures"), "2");
  EXPECT_STREQ(suite->Attribute("skipped"), "1");
  EXPECT_STREQ(suite->Attribute("errors"), "0");
}

TEST_F(JunitXml, BeginsWithItsDeclarationAndStatesUtf8) {
  EXPECT_EQ(written({}).substr(0, 39), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

TEST_F(JunitXml, GivesBackEveryTextOfAFailure) {
  const std::string nasty = "a <b> & \"c\" 'd' ]]> ü😀";
  const auto* suite = suite_of({{.class_name = "patchbot." + nasty,
                                 .name = nasty,
                                 .outcome = TestCase::Outcome::failed,
                                 .message = nasty,
                                 .text = nasty + "\nline 2",
                                 .properties = {{"patchbot.id", nasty}}}});
  const auto* test = suite->FirstChildElement("testcase");

  EXPECT_EQ(test->Attribute("classname"), "patchbot." + nasty);
  EXPECT_EQ(test->Attribute("name"), nasty);
  const auto* failure = test->FirstChildElement("failure");
  EXPECT_EQ(failure->Attribute("message"), nasty);
  EXPECT_EQ(failure->GetText(), nasty + "\nline 2");
  const auto* property = test->FirstChildElement("properties")->FirstChildElement("property");
  EXPECT_STREQ(property->Attribute("name"), "patchbot.id");
  EXPECT_EQ(property->Attribute("value"), nasty);
}

TEST_F(JunitXml, NeverWritesTheEndOfCdataInText) {
  EXPECT_EQ(written({{.class_name = "c",
                      .name = "n",
                      .outcome = TestCase::Outcome::failed,
                      .message = "m",
                      .text = "x]]>y"}})
                .find("]]>"),
            std::string::npos);
}

TEST_F(JunitXml, WritesSkippedAndPassedCases) {
  const auto* suite = suite_of({{.class_name = "c",
                                 .name = "waived",
                                 .outcome = TestCase::Outcome::skipped,
                                 .message = "until tomorrow"},
                                {.class_name = "c", .name = "passed", .message = "unused"}});
  const auto* waived = suite->FirstChildElement("testcase");
  const auto* passed = waived->NextSiblingElement("testcase");

  EXPECT_STREQ(waived->FirstChildElement("skipped")->Attribute("message"), "until tomorrow");
  EXPECT_EQ(waived->FirstChildElement("failure"), nullptr);
  EXPECT_TRUE(passed->NoChildren());
}

}  // namespace
}  // namespace patchbot
