// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/vex/vex.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::ElementsAre;

std::string document(const std::string& statement, const std::string& head = "") {
  return R"({"@context":"https://openvex.dev/ns/v0.2.0","author":"Acme",)" + head +
         R"("timestamp":"2026-11-01T10:00:00+01:00","statements":[)" + statement + "]}";
}

std::string refusal(const std::string& text) {
  return fault_of([&] { parse_vex(text); });
}

TEST(OpenVex, ReadsAWholeStatement) {
  const VexDocument read = parse_vex(document(R"({
    "vulnerability":{"@id":"x","name":"CVE-2026-1","aliases":["GHSA-1","CVE-2026-1"]},
    "products":[{"@id":"pkg:oci/shop@sha256:aa",
                 "subcomponents":[{"@id":"pkg:deb/debian/curl@7"},{"identifiers":{"purl":"pkg:npm/a@1"}}]},
                {"@id":"https://acme.example/shop","identifiers":{"cpe23":"cpe:2.3:a:acme:shop:2.1:*:*:*:*:*:*:*"}}],
    "status":"not_affected","justification":"component_not_present",
    "impact_statement":"It is\nnot there.","timestamp":"2026-11-02T00:00:00.5Z"})"));

  EXPECT_EQ(read.format + " " + read.author, "OpenVEX Acme");
  ASSERT_EQ(read.statements.size(), 1U);
  const VexStatement& statement = read.statements[0];
  EXPECT_THAT(statement.vulnerability, ElementsAre("CVE-2026-1", "GHSA-1"));
  EXPECT_EQ(statement.status, VexStatus::not_affected);
  EXPECT_EQ(statement.word, "not_affected");
  EXPECT_EQ(statement.justification, "component_not_present");
  EXPECT_EQ(statement.impact, "It is not there.");
  EXPECT_EQ(statement.time, parse_rfc3339("2026-11-02T00:00:00Z"));
  EXPECT_THAT(statement.subjects,
              ElementsAre(VexSubject{0, 1}, VexSubject{0, 2}, VexSubject{3, {}}));
  EXPECT_EQ(read.products[1].purls, std::vector{*parse_purl("pkg:deb/debian/curl@7")});
  EXPECT_EQ(read.products[2].text, "pkg:npm/a@1");
  EXPECT_EQ(read.products[3], (VexProduct{"https://acme.example/shop", {}, "shop", "2.1", false}));
}

TEST(OpenVex, AStatementWithoutTimeIsAsOldAsTheDocument) {
  const VexDocument read = parse_vex(document(
      R"({"vulnerability":{"name":"CVE-1"},"products":[{"@id":"pkg:npm/a"}],"status":"fixed"})"));

  EXPECT_EQ(read.statements[0].time, parse_rfc3339("2026-11-01T09:00:00Z"));
  EXPECT_EQ(read.statements[0].status, VexStatus::fixed);
}

TEST(OpenVex, KnowsFourStatuses) {
  const auto status = [](const std::string& word) {
    return parse_vex(document(R"({"vulnerability":{"name":"CVE-1"},"status":")" + word + "\"}"))
        .statements[0]
        .status;
  };
  EXPECT_EQ(status("affected"), VexStatus::affected);
  EXPECT_EQ(status("under_investigation"), VexStatus::under_investigation);
  EXPECT_EQ(refusal(document(R"({"vulnerability":{"name":"CVE-1"},"status":"Fixed"})")),
            "input: /statements/0/status: 'Fixed' is not known; expected not_affected, affected, "
            "fixed or under_investigation");
}

TEST(OpenVex, RefusesWhatItCannotRely) {
  EXPECT_EQ(refusal(R"({"@context":"https://openvex.dev/ns","statements":[]})"),
            "input: /@context: 'https://openvex.dev/ns' is another version of OpenVEX; expected "
            "https://openvex.dev/ns/v0.2.0");
  EXPECT_EQ(refusal(document(R"({"vulnerability":"CVE-1","status":"fixed"})")),
            "input: /statements/0/vulnerability: names no vulnerability; expected \"name\"");
  EXPECT_EQ(refusal(document(
                R"({"vulnerability":{"name":"CVE-1"},"status":"fixed","timestamp":"today"})")),
            "input: /statements/0/timestamp: 'today' is no time such as 2026-11-23T06:00:00Z");
  EXPECT_EQ(refusal(document("")), "input: holds no statement on a vulnerability (OpenVEX)");
}

TEST(OpenVex, RefusesNamesThatReadersMayDifferOn) {
  EXPECT_EQ(refusal(document(
                R"({"vulnerability":{"name":"CVE-1"},"status":"fixed","status":"affected"})")),
            "input 1:166: the name 'status' stands twice in one object");
}

TEST(OpenVex, BrokenJsonHasAPlace) {
  EXPECT_EQ(refusal("{\n  \"@context\": \"x\",,\n}"), "input 2:19: expected a name in quotes");
  EXPECT_EQ(refusal(""), "input 1:1: expected one JSON object");
  EXPECT_EQ(refusal("[]"), "input 1:2: expected an object here");
  EXPECT_EQ(refusal("{}{}"), "input 1:1: expected one JSON object");
  EXPECT_EQ(refusal("{}"),
            "input: is no VEX document that is known here; expected OpenVEX 0.2.0 (\"@context\"), "
            "CSAF 2.0 or 2.1 (\"document\") or CycloneDX (\"bomFormat\")");
  EXPECT_EQ(refusal("{\"a\":" + std::string(80, '[')), "input 1:69: nested more than 64 deep");
}

TEST(OpenVex, ACpeOfAnOperatingSystemNamesNoPackage) {
  const auto product = [](const std::string& cpe) {
    return parse_vex(
               document(
                   R"({"vulnerability":{"name":"CVE-1"},"status":"fixed","products":[{"@id":")" +
                   cpe + "\"}]}"))
        .products[0];
  };
  EXPECT_FALSE(product("cpe:/o:redhat:enterprise_linux:9").is_known());
  EXPECT_FALSE(product("cpe:2.3:a:v:*:1:*").is_known());
  EXPECT_EQ(product("cpe:/a:haxx:curl").name, "curl");
  EXPECT_EQ(product("cpe:/a:haxx:curl:7.1:-").version, "7.1");
  EXPECT_FALSE(product("cpe:/a:haxx:curl:7.1:-").is_vague);
  EXPECT_TRUE(product("cpe:2.3:a:openssl:openssl:1.0:beta1:*").is_vague);
  EXPECT_TRUE(product("cpe:2.3:a:openssl:openssl:1.*:*").is_vague);
}

}  // namespace
}  // namespace patchbot
