// SPDX-License-Identifier: Apache-2.0
#include "formats/sarif_writer.hpp"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "formats/rich_finding.hpp"
#include "formats/sarif_result.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

json log_of(const std::vector<Finding>& findings,
            const std::vector<std::string>& problems = {},
            Evidence evidence = Evidence::keep) {
  SarifWriter writer("1.2", evidence);
  return json::parse(all_of(writer, findings, problems));
}

json result_of(const Finding& finding, Evidence evidence = Evidence::keep) {
  return log_of({finding}, {}, evidence).at("runs").at(0).at("results").at(0);
}

json rules_of(const std::vector<Finding>& findings) {
  return log_of(findings).at("runs").at(0).at("tool").at("driver").at("rules");
}

TEST(SarifWriter, WritesTheResult) {
  EXPECT_EQ(result_of(rich_finding()), json::parse(R"({"ruleId":"trivy/CVE-2031-1","ruleIndex":0,
    "level":"error","message":{"text":"Ring buffer overflow (CVE-2031-1, GHSA-aaaa) on web-7, port 443/tcp: ring 1.0, fixed in 1.1, 2.0; exploited in the wild"},
    "locations":[{"physicalLocation":{"artifactLocation":{
    "uri":"111122223333/eu-west-1/shop/opt/ring%20lib/ring.so"},
    "region":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":1}},
    "logicalLocations":[{"name":"web-7","fullyQualifiedName":"111122223333/eu-west-1/shop",
    "kind":"asset"},{"name":"web","kind":"team"},
    {"name":"ring","fullyQualifiedName":"pkg:deb/ring@1.0","kind":"package"}]}],
    "partialFingerprints":{"patchbotFindingId/v1":"00000000000000010000000000000002",
    "primaryLocationLineHash":"00000000000000010000000000000002:1"},
    "suppressions":[],"provenance":{"firstDetectionTimeUtc":"2031-01-03T00:00:00Z",
    "lastDetectionTimeUtc":"2031-01-10T00:00:00Z"},
    "properties":{"severity":"high","gate":"fail","kind":"vulnerability","team":"web",
    "environment":"production","installed":"1.0","fixed_in":"1.1, 2.0","exploit":"poc",
    "vuln_ids":["CVE-2031-1","GHSA-aaaa"],"epss":0.25,"kev":true,"evidence":"seen in memory"}})"));
}

TEST(SarifWriter, WritesTheRule) {
  EXPECT_EQ(rules_of({rich_finding()}), json::parse(R"([{"id":"trivy/CVE-2031-1",
    "shortDescription":{"text":"Ring buffer overflow"},
    "fullDescription":{"text":"Too much is written."},"help":{"text":"Upgrade ring."},
    "helpUri":"https://ring.example/a%20b","properties":{"tags":["security","vulnerability",
    "known-exploited","external/cwe/cwe-787","CVE-2031-1","GHSA-aaaa"],"security-severity":"7.5"},
    "defaultConfiguration":{"level":"error"}}])"));
}

TEST(SarifWriter, WritesTheLog) {
  json log = log_of({});

  EXPECT_EQ(
      log,
      json::parse(
          R"({"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    "version":"2.1.0","runs":[{"results":[],
    "tool":{"driver":{"name":"PatchBot","version":"1.2","rules":[]}},
    "invocations":[{"executionSuccessful":true}]}]})"));
}

TEST(SarifWriter, SaysThatTheScanDoesNotTellEverything) {
  const json log = log_of({}, {"web-1 was never scanned\n{0}"});

  EXPECT_EQ(log.at("runs").at(0).at("invocations"), json::parse(R"([{"executionSuccessful":false,
    "toolExecutionNotifications":[{"level":"error",
    "message":{"text":"web-1 was never scanned {{0}}"}}]}])"));
}

TEST(SarifWriter, FindingsShareTheRuleOfTheirSourceAndId) {
  Finding other = rich_finding();
  other.native_id = "CVE-2031-2";

  const json log = log_of({rich_finding(), other, rich_finding()});

  const json& run = log.at("runs").at(0);
  EXPECT_EQ(run.at("tool").at("driver").at("rules").size(), 2U);
  EXPECT_EQ(run.at("results").at(1).at("ruleIndex"), 1);
  EXPECT_EQ(run.at("results").at(1).at("ruleId"), "trivy/CVE-2031-2");
  EXPECT_EQ(run.at("results").at(2).at("ruleIndex"), 0);
}

TEST(SarifWriter, ARuleIsAsSevereAsItsWorstFinding) {
  Finding low = rich_finding();
  low.severity = Severity::low;
  Finding critical = rich_finding();
  critical.severity = Severity::critical;
  critical.cvss = {{"3.1", "", 9.1, "", {}, ""}, {"3.1", "", 9.8, "", {}, ""}};

  const json rules = rules_of({low, critical, low});

  EXPECT_EQ(rules.at(0).at("properties").at("security-severity"), "9.8");
  EXPECT_EQ(rules.at(0).at("defaultConfiguration").at("level"), "error");
}

TEST(SarifWriter, TheNumberOfARuleSaysTheSeverityThatPatchBotShows) {
  const std::map<Severity, std::string> numbers{{Severity::critical, "9.5"},
                                                {Severity::high, "8.0"},
                                                {Severity::medium, "5.5"},
                                                {Severity::low, "2.0"}};
  for (const auto& [severity, number] : numbers) {
    Finding f;
    f.severity = severity;
    f.cvss = {{"3.1", "", severity == Severity::low ? 9.9 : 1.0, "", {}, ""}};
    EXPECT_EQ(rules_of({f}).at(0).at("properties").at("security-severity"), number);
  }
  for (const Severity severity : {Severity::info, Severity::unknown}) {
    Finding f;
    f.severity = severity;
    EXPECT_FALSE(rules_of({f}).at(0).at("properties").contains("security-severity"));
  }
}

TEST(SarifWriter, LevelsFollowTheSeverity) {
  EXPECT_EQ(sarif_level(Severity::critical), "error");
  EXPECT_EQ(sarif_level(Severity::high), "error");
  EXPECT_EQ(sarif_level(Severity::medium), "warning");
  EXPECT_EQ(sarif_level(Severity::unknown), "warning");
  EXPECT_EQ(sarif_level(Severity::low), "note");
  EXPECT_EQ(sarif_level(Severity::info), "note");
}

TEST(SarifWriter, TagsAreFewAndDifferent) {
  Finding f;
  for (int i = 0; i < 50; ++i) f.vuln_ids.push_back("CVE-2031-" + std::to_string(i % 40));
  f.cwes = {"CWE-1", "CWE-1", std::string(500, 'x')};

  const json tags = rules_of({f}).at(0).at("properties").at("tags");

  EXPECT_EQ(tags.size(), 20U);
  EXPECT_EQ(std::set<std::string>(tags.begin(), tags.end()).size(), 20U);
  EXPECT_EQ(tags.at(2), "external/cwe/cwe-1");
}

TEST(SarifWriter, ARuleWithoutWordsStillHasTexts) {
  const json rule = rules_of({Finding{}}).at(0);

  for (const char* text : {"shortDescription", "fullDescription", "help"}) {
    EXPECT_EQ(rule.at(text).at("text"), "unnamed");
  }
}

TEST(SarifWriter, WaivedFindingsAreSuppressed) {
  Finding f = rich_finding();
  f.waiver = some_waiver();

  EXPECT_EQ(result_of(f).at("suppressions"), json::parse(R"x([{"kind":"external",
    "status":"accepted","justification":"waived until 2031-02-01 by Ann: gone soon (W-1)"
}])x"));
}

TEST(SarifWriter, LeavesEvidenceOutOnRequest) {
  EXPECT_FALSE(result_of(rich_finding(), Evidence::redact).at("properties").contains("evidence"));
}

TEST(SarifWriter, LeavesOutWhatIsNoWeaknessAndSaysSo) {
  Finding fixed;
  fixed.status = Status::fixed;
  SarifWriter writer("1", Evidence::keep);

  const json log = json::parse(all_of(writer, {fixed, rich_finding()}));

  EXPECT_EQ(log.at("runs").at(0).at("results").size(), 1U);
  EXPECT_EQ(writer.notes().remarks,
            std::vector<std::string>{
                "1 findings left out: repaired, or checks that passed or did not apply"});
  EXPECT_TRUE(writer.notes().losses.empty());
}

TEST(SarifWriter, DividesIntoRunsOfTheirOwnCategoryAndStopsAtTheLimit) {
  SarifWriter writer("1", Evidence::keep, {.results = 2, .runs = 2});
  std::vector<Finding> findings(7);
  for (std::size_t i = 0; i < findings.size(); ++i) findings[i].native_id = std::to_string(i);

  const json log = json::parse(all_of(writer, findings, {"incomplete"}));

  ASSERT_EQ(log.at("runs").size(), 2U);
  const json& first = log.at("runs").at(0);
  const json& second = log.at("runs").at(1);
  EXPECT_EQ(first.at("results").size(), 2U);
  EXPECT_FALSE(first.contains("automationDetails")) << "the uploader's category";
  EXPECT_EQ(second.at("automationDetails").at("id"), "patchbot/2/");
  EXPECT_EQ(second.at("results").at(1).at("ruleIndex"), 1) << "each run has its own rules";
  EXPECT_EQ(second.at("tool").at("driver").at("rules").at(1).at("id"), "/3");
  EXPECT_EQ(second.at("invocations").at(0).at("executionSuccessful"), false);
  EXPECT_EQ(writer.notes().losses,
            std::vector<std::string>{
                "3 findings left out: GitHub takes 2 runs of 2 results; raise --min-severity or "
                "write a file per report"});
}

TEST(SarifWriter, ExactlyAFullRunIsOneRun) {
  SarifWriter writer("1", Evidence::keep, {.results = 2, .runs = 1});

  const json log = json::parse(all_of(writer, std::vector<Finding>(2)));

  EXPECT_EQ(log.at("runs").size(), 1U);
  EXPECT_TRUE(writer.notes().losses.empty());
}

TEST(SarifWriter, MessagesHoldNoPlaceholdersAndNoLinks) {
  EXPECT_EQ(to_sarif_message("plain [a] (b)"), "plain [a] (b)");
  EXPECT_EQ(to_sarif_message("{0} [click](https://evil.example)"),
            "{{0}} [click] (https://evil.example)");
}

TEST(SarifWriter, PlacesAreRelativeReferences) {
  const auto place = [](const std::string& id, const std::string& path) {
    Finding f;
    f.asset.id = id;
    f.location.path = path;
    return sarif_uri(f);
  };
  EXPECT_EQ(place("1/eu/shop", ""), "1/eu/shop");
  EXPECT_EQ(place("web:8080 ä", ""), "web%3A8080%20%C3%A4");
  EXPECT_EQ(place("web", "/usr/lib/a b.jar"), "web/usr/lib/a%20b.jar");
  EXPECT_EQ(place("web", "C:\\Program Files\\x.dll"), "web/C%3A/Program%20Files/x.dll");
  EXPECT_EQ(place("web", "src/package-lock.json"), "src/package-lock.json");
  EXPECT_EQ(place("web", "../..//./etc/passwd"), "etc/passwd");
  EXPECT_EQ(place("", ""), "unknown");
  EXPECT_EQ(place("..", "/.."), "unknown");
}

}  // namespace
}  // namespace patchbot
