// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/vex/vex.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::ElementsAre;

const std::string head =
    R"("document":{"category":"csaf_vex","csaf_version":"2.0","publisher":{"name":"Acme"},)"
    R"("tracking":{"current_release_date":"2026-11-01T10:00:00Z","status":"final"}})";

const std::string tree = R"("product_tree":{
  "full_product_names":[{"name":"Flat 1","product_id":"flat"}],
  "branches":[{"category":"vendor","name":"Acme","branches":[
    {"category":"product_name","name":"OS","product":{"name":"Acme OS 9","product_id":"os",
      "product_identification_helper":{"cpe":"cpe:/o:acme:os:9"}}},
    {"category":"product_name","name":"shop","branches":[
      {"category":"product_version","name":"2.1","product":{"name":"Acme shop 2.1","product_id":"shop21"},
       "branches":[{"category":"architecture","name":"arm64","product":{"name":"on arm","product_id":"arm"}}]},
      {"category":"product_version_range","name":"<2","product":{"name":"old","product_id":"old"}}]},
    {"category":"product_version","name":"curl","product":{"name":"curl 7","product_id":"curl",
      "product_identification_helper":{"purls":["pkg:rpm/acme/curl@7"]}}}]}],
  "relationships":[
    {"category":"default_component_of","full_product_name":{"name":"x","product_id":"os:curl"},
     "product_reference":"curl","relates_to_product_reference":"os"},
    {"category":"installed_on","full_product_name":{"name":"x","product_id":"deep"},
     "product_reference":"shop21","relates_to_product_reference":"os:curl"}],
  "product_groups":[{"group_id":"g","product_ids":["flat","os:curl"]}]})";

std::string document(const std::string& vulnerability) {
  return "{" + head + "," + tree + R"(,"vulnerabilities":[)" + vulnerability + "]}";
}

std::string refusal(const std::string& text) {
  return fault_of([&] { parse_vex(text); });
}

VexProduct product_of(const std::string& id) {
  const VexDocument read =
      parse_vex(document(R"({"cve":"CVE-1","product_status":{"fixed":[")" + id + "\"]}}"));
  return read.products[read.statements[0].subjects[0].product];
}

TEST(CsafVex, GivesEveryStatusWithItsReasons) {
  const VexDocument read = parse_vex(document(R"({"cve":"CVE-2026-1",
    "ids":[{"system_name":"tracker","text":"4711"},{"system_name":"GitHub","text":"GHSA-1"}],
    "flags":[{"label":"component_not_present","group_ids":["g"]}],
    "threats":[{"category":"impact","details":"It is not there.","product_ids":["flat"]},
               {"category":"impact","details":"Moderate","product_ids":["os:curl"]},
               {"category":"impact","details":"for nobody"}],
    "product_status":{"known_not_affected":["flat","os:curl","arm"],"known_affected":["old"],
                      "first_fixed":["shop21"],"under_investigation":["stranger"],"recommended":["shop21"]}})"));

  EXPECT_EQ(read.format + " " + read.author, "CSAF Acme");
  ASSERT_EQ(read.statements.size(), 6U);
  for (const VexStatement& statement : read.statements) {
    EXPECT_THAT(statement.vulnerability, ElementsAre("CVE-2026-1", "GHSA-1"));
    EXPECT_EQ(statement.time, parse_rfc3339("2026-11-01T10:00:00Z"));
  }
  const auto reason = [&](std::size_t i) {
    const VexStatement& s = read.statements[i];
    return s.word + "|" + s.justification + "|" + s.impact;
  };
  EXPECT_EQ(reason(0), "known_not_affected||");
  EXPECT_EQ(reason(1), "known_not_affected|component_not_present|");
  EXPECT_EQ(reason(2), "known_not_affected|component_not_present|It is not there.");
  EXPECT_EQ(read.statements[0].status, VexStatus::not_affected);
  EXPECT_EQ(read.statements[3].status, VexStatus::affected);
  EXPECT_EQ(read.statements[4].status, VexStatus::fixed);
  EXPECT_EQ(read.statements[5].status, VexStatus::under_investigation);
  const VexSubject inside = read.statements[1].subjects[0];
  EXPECT_EQ(read.products[inside.product].text, "Acme OS 9");
  EXPECT_EQ(read.products[inside.component.value()].text, "curl 7");
}

TEST(CsafVex, ResolvesProductIds) {
  EXPECT_EQ(product_of("flat"), (VexProduct{"Flat 1", {}, "Flat 1", "", false}));
  EXPECT_EQ(product_of("os"), (VexProduct{"Acme OS 9", {}, "", "", false}));
  EXPECT_EQ(product_of("shop21"), (VexProduct{"Acme shop 2.1", {}, "shop", "2.1", false}));
  EXPECT_EQ(product_of("arm"), (VexProduct{"on arm", {}, "shop", "2.1", true}));
  EXPECT_EQ(product_of("old"), (VexProduct{"old", {}, "shop", "<2", true}));
  EXPECT_EQ(product_of("curl").purls, std::vector{*parse_purl("pkg:rpm/acme/curl@7")});
  EXPECT_FALSE(product_of("stranger").is_known());
  EXPECT_FALSE(product_of("deep").is_known());  // on something that is itself inside of something
}

TEST(CsafVex, TakesFinalVexDocumentsOnly) {
  const auto with = [](const std::string& from, const std::string& to) {
    std::string text = document(R"({"cve":"CVE-1","product_status":{"fixed":["flat"]}})");
    return refusal(text.replace(text.find(from), from.size(), to));
  };
  EXPECT_EQ(with("csaf_vex", "csaf_security_advisory"),
            "input: /document/category: 'csaf_security_advisory' is another kind of advisory; only "
            "csaf_vex says what is not affected");
  EXPECT_EQ(with("final", "draft"),
            "input: /document/tracking/status: 'draft' may still change; only a final document "
            "counts");
  EXPECT_EQ(with("final", "interim").substr(0, 44), "input: /document/tracking/status: 'interim' ");
  EXPECT_EQ(with("\"2.0\"", "\"3.0\""),
            "input: /document/csaf_version: '3.0' is not known; expected 2.0 or 2.1");
  EXPECT_EQ(with("\"2.0\"", "\"2.1\""), "nothing");
  EXPECT_EQ(with("current_release_date", "initial_release_date"),
            "input: /document/tracking: needs a current_release_date");
}

TEST(CsafVex, RefusesWhatItDoesNotUnderstand) {
  EXPECT_EQ(refusal(document(R"({"product_status":{"fixed":["flat"]}})")),
            "input: /vulnerabilities/0: names no vulnerability; expected \"cve\" or \"ids\"");
  EXPECT_EQ(refusal(document(R"({"cve":"CVE-1","product_status":{"perhaps":["flat"]}})")),
            "input: /vulnerabilities/0/product_status: 'perhaps' is no status that is known");
  EXPECT_EQ(refusal(document(R"({"cve":"CVE-1"})")),
            "input: holds no statement on a vulnerability (CSAF)");
}

}  // namespace
}  // namespace patchbot
