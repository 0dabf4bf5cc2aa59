// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/vex/vex.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::ElementsAre;

const std::string head = R"({"bomFormat":"CycloneDX","specVersion":"1.6",
  "serialNumber":"urn:uuid:11111111-2222-3333-4444-555555555555","version":1,
  "metadata":{"timestamp":"2026-11-01T10:00:00Z","supplier":{"name":"Acme"},
    "component":{"bom-ref":"shop","name":"shop","version":"2.1","components":[{"bom-ref":"inner","name":"in"}]}},
  "components":[{"bom-ref":"lib","group":"org.acme","name":"lib","version":"1","purl":"pkg:maven/org.acme/lib@1",
    "components":[{"bom-ref":"sub/x","group":"g","name":"sub","version":"3"}]}],
  "vulnerabilities":[)";

std::string document(const std::string& affects,
                     const std::string& analysis = R"("state":"not_affected")") {
  return head + R"({"id":"CVE-2026-1","references":[{"id":"GHSA-1"}],"analysis":{)" + analysis +
         R"(},"affects":[)" + affects + "]}]}";
}

// The products and components of all statements, "product > component".
std::vector<std::string> subjects_of(const std::string& affects) {
  const VexDocument read = parse_vex(document(affects));
  std::vector<std::string> texts;
  const auto shown = [&](std::size_t index) {
    const VexProduct& product = read.products[index];
    const std::string name = product.purls.empty() ? product.name : product.purls[0].name;
    const std::string version = product.purls.empty() ? product.version : product.purls[0].version;
    return name + "@" + version + (product.is_vague ? "~" : "");
  };
  for (const VexStatement& statement : read.statements) {
    for (const VexSubject& subject : statement.subjects) {
      texts.push_back(statement.word + " " + shown(subject.product) +
                      (subject.component ? " > " + shown(*subject.component) : ""));
    }
  }
  return texts;
}

TEST(CycloneDxVex, ReadsAnAnalysis) {
  const VexDocument read = parse_vex(document(
      R"({"ref":"shop"})",
      R"("state":"false_positive","justification":"code_not_reachable","detail":"Never called.",)"
      R"("firstIssued":"2026-11-02T00:00:00Z","lastUpdated":"2026-11-03T00:00:00Z")"));

  EXPECT_EQ(read.format + " " + read.author, "CycloneDX Acme");
  ASSERT_EQ(read.statements.size(), 1U);
  const VexStatement& statement = read.statements[0];
  EXPECT_THAT(statement.vulnerability, ElementsAre("CVE-2026-1", "GHSA-1"));
  EXPECT_EQ(statement.status, VexStatus::not_affected);
  EXPECT_EQ(statement.word, "false_positive");
  EXPECT_EQ(statement.justification + ": " + statement.impact, "code_not_reachable: Never called.");
  EXPECT_EQ(statement.time, parse_rfc3339("2026-11-03T00:00:00Z"));
}

TEST(CycloneDxVex, KnowsSixStates) {
  const auto status = [](const std::string& word) {
    return parse_vex(document("", R"("state":")" + word + "\"")).statements[0].status;
  };
  EXPECT_EQ(status("resolved"), VexStatus::fixed);
  EXPECT_EQ(status("resolved_with_pedigree"), VexStatus::fixed);
  EXPECT_EQ(status("not_affected"), VexStatus::not_affected);
  EXPECT_EQ(status("exploitable"), VexStatus::affected);
  EXPECT_EQ(status("in_triage"), VexStatus::under_investigation);
  EXPECT_EQ(fault_of([&] { status("harmless"); }),
            "input: /vulnerabilities/0/analysis/state: 'harmless' is not known; expected "
            "not_affected, false_positive, resolved, resolved_with_pedigree, exploitable or "
            "in_triage");
}

TEST(CycloneDxVex, AComponentIsMeantAsItIsUsedInTheProduct) {
  EXPECT_THAT(subjects_of(R"({"ref":"shop"},{"ref":"lib"},{"ref":"sub/x"},{"ref":"inner"})"),
              ElementsAre("not_affected shop@2.1",
                          "not_affected shop@2.1 > lib@1",
                          "not_affected shop@2.1 > g/sub@3",
                          "not_affected shop@2.1 > in@"));
}

TEST(CycloneDxVex, FollowsBomLinks) {
  const std::string own = "urn:cdx:11111111-2222-3333-4444-555555555555/1#";
  const std::string other = "urn:cdx:99999999-2222-3333-4444-555555555555/1#";
  EXPECT_THAT(subjects_of(R"({"ref":")" + own + R"(lib"},{"ref":")" + own + R"(sub%2Fx"})"),
              ElementsAre("not_affected shop@2.1 > lib@1", "not_affected shop@2.1 > g/sub@3"));
  EXPECT_THAT(subjects_of(R"({"ref":")" + other + R"(lib"},{"ref":")" + other +
                          R"(pkg:npm/a@1"},{"ref":")" + other + R"(pkg%3Anpm%2Fa%402"})"),
              ElementsAre("not_affected @", "not_affected a@1", "not_affected a@2"));
  EXPECT_THAT(subjects_of(R"({"ref":"pkg:npm/b@1"},{"ref":"nothing"})"),
              ElementsAre("not_affected b@1", "not_affected @"));
}

TEST(CycloneDxVex, VersionsOfWhichItIsNotTrueAreAffected) {
  EXPECT_THAT(
      subjects_of(
          R"({"ref":"pkg:npm/b","versions":[{"version":"1"},)"
          R"({"version":"2","status":"unaffected"},{"version":"3","status":"affected"},)"
          R"({"range":"vers:npm/<1","status":"unaffected"},{"version":"4","status":"unknown"}]})"),
      ElementsAre("not_affected b@1",
                  "not_affected b@2",
                  "not_affected b@vers:npm/<1~",
                  "affected b@3",
                  "affected b@4"));
}

TEST(CycloneDxVex, WhatNobodyAnalysedIsNoStatement) {
  EXPECT_EQ(fault_of([] { parse_vex(document("", "\"detail\":\"x\"")); }),
            "input: holds no statement on a vulnerability (CycloneDX)");
  EXPECT_EQ(fault_of([] { parse_vex(R"({"bomFormat":"CycloneDX","components":[]})"); }),
            "input: holds no statement on a vulnerability (CycloneDX)");
}

}  // namespace
}  // namespace patchbot
