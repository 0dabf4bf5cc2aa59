// SPDX-License-Identifier: Apache-2.0
#include "formats/finding_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace patchbot {
namespace {

using nlohmann::json;

json written(const Finding& finding, Evidence evidence = Evidence::keep) {
  std::string out;
  append_finding_line(out, finding, evidence);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 1);
  EXPECT_EQ(out.back(), '\n');
  return json::parse(out);
}

TEST(FindingJson, OfAnEmptyFindingHasOnlyWhatIsKnown) {
  EXPECT_EQ(written({}), json::parse(R"({"schema":"patchbot.finding/1",
    "id":"00000000000000000000000000000000","kind":"vulnerability","severity":"unknown",
    "source":"","native_id":"","title":"","asset":{"id":""},"team":"","location":{"ordinal":0},
    "gate":{"level":"none"}})"));
}

TEST(FindingJson, WritesEveryField) {
  Finding f;
  f.id = {1, 2};
  f.kind = Kind::compliance;
  f.severity = Severity::high;
  f.severity_source = "result";
  f.source = "nessus";
  f.source_version = "10.8";
  f.source_status = "recasted";
  f.status = Status::reopened;
  f.native_id = "21157";
  f.title = "line \"1\"\nline 2";
  f.synopsis = "syn";
  f.vuln_ids = {"CVE-1", "CVE-2"};
  f.cwes = {"CWE-79"};
  f.asset = {"1/eu/shop", "web-7", "10.0.0.1", "i-1", "1", "eu"};
  f.team = "web";
  f.service = "shop";
  f.environment = "staging";
  f.location = {22,
                "tcp",
                "ssh",
                "openssh",
                "deb",
                "pkg:deb/openssh",
                "9.7",
                "/usr",
                "check",
                "c1",
                "CIS",
                3};
  f.check_result = CheckResult::failed;
  f.check_list = "CIS";
  f.cvss = {{"3.1", "CVSS:3.1/AV:N", 9.8, "E:U", 8.5, "nvd"}, {"2.0", "", {}, "", {}, ""}};
  f.vpr = 9.1;
  f.epss = Epss{0.94, 0.99, "v2026.06.15", parse_date("2026-11-22")};
  f.kev = Kev{parse_date("2021-12-10"), parse_date("2021-12-24"), true};
  f.ssvc = Ssvc{"active", true, "total"};
  f.exploit = "active";
  f.exploit_refs = {"metasploit"};
  f.fix = {true, {"9.8"}, "Upgrade"};
  f.published_at = parse_rfc3339("2024-07-01T00:00:00Z");
  f.seen_at = parse_rfc3339("2026-11-23T06:00:00Z");
  f.first_seen = parse_rfc3339("2026-11-01T00:00:00Z");
  f.last_seen = parse_rfc3339("2026-11-22T00:00:00Z");
  f.waiver = WaiverNote{"w1", "Ann", "later", *parse_date("2026-12-31")};
  f.gate = {GateLevel::fail, "fail-on-high"};
  f.xrefs = {"IAVA:1"};
  f.refs = {"https://a"};
  f.evidence = "seen";

  EXPECT_EQ(written(f), json::parse(R"({"schema":"patchbot.finding/1",
    "id":"00000000000000010000000000000002","kind":"compliance","severity":"high",
    "severity_source":"result","source":"nessus","source_version":"10.8","source_status":"recasted","status":"reopened",
    "native_id":"21157","title":"line \"1\"\nline 2",
    "synopsis":"syn","vuln_ids":["CVE-1","CVE-2"],"cwes":["CWE-79"],
    "asset":{"id":"1/eu/shop","name":"web-7","address":"10.0.0.1","instance":"i-1","account":"1",
    "region":"eu"},"team":"web","service":"shop","environment":"staging",
    "location":{"port":22,"protocol":"tcp","service":"ssh","package":"openssh","package_type":"deb",
    "purl":"pkg:deb/openssh","installed":"9.7","path":"/usr","check":"check","check_id":"c1","benchmark":"CIS","ordinal":3},"check_result":"failed",
    "benchmark":"CIS","cvss":[{"version":"3.1","vector":"CVSS:3.1/AV:N","score":9.8,
    "temporal_vector":"E:U","temporal_score":8.5,"source":"nvd"},{"version":"2.0"}],"vpr":9.1,
    "epss":{"score":0.94,"percentile":0.99,"model":"v2026.06.15","date":"2026-11-22"},
    "kev":{"listed":true,"added":"2021-12-10","due":"2021-12-24","ransomware":true},
    "ssvc":{"exploitation":"active","automatable":true,"technical_impact":"total"},"exploit":"active",
    "exploit_refs":["metasploit"],"fix":{"available":true,"versions":["9.8"],"solution":"Upgrade"},
    "published_at":"2024-07-01T00:00:00Z","seen_at":"2026-11-23T06:00:00Z",
    "first_seen":"2026-11-01T00:00:00Z","last_seen":"2026-11-22T00:00:00Z","waiver":{"id":"w1","owner":"Ann","reason":"later","expires":"2026-12-31"},
    "gate":{"level":"fail","rule":"fail-on-high"},"refs":["https://a"],"xrefs":["IAVA:1"],
    "evidence":"seen"})"));
}

TEST(FindingJson, LeavesEvidenceOutIfItIsToBeRedacted) {
  Finding f;
  f.evidence = "secret";

  EXPECT_FALSE(written(f, Evidence::redact).contains("evidence"));
}

TEST(FindingJson, KeepsAKevWithoutDate) {
  Finding f;
  f.kev = Kev{};

  EXPECT_EQ(written(f)["kev"], json::parse(R"({"listed":true})"));
}

}  // namespace
}  // namespace patchbot
