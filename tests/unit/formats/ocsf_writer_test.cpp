// SPDX-License-Identifier: Apache-2.0
#include "formats/ocsf_writer.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "formats/rich_finding.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

json event_of(const Finding& finding, Evidence evidence = Evidence::keep) {
  OcsfWriter writer("1.2", *parse_rfc3339("2031-01-11T00:00:00Z"), evidence);
  return json::parse(all_of(writer, {finding}));
}

TEST(OcsfWriter, WritesTheEvent) {
  json event = event_of(rich_finding());
  event.erase("vulnerabilities");
  event.erase("message");

  EXPECT_EQ(event, json::parse(R"({"activity_id":2,"activity_name":"Update","category_uid":2,
    "category_name":"Findings","class_uid":2002,"class_name":"Vulnerability Finding",
    "type_uid":200202,"type_name":"Vulnerability Finding: Update","severity_id":4,
    "severity":"High","time":1925769600000,
    "metadata":{"version":"1.6.0","product":{"name":"PatchBot","vendor_name":"PatchBot",
    "version":"1.2"},"profiles":["cloud"]},
    "cloud":{"provider":"AWS","region":"eu-west-1",
    "account":{"uid":"111122223333","type_id":10,"type":"AWS Account"}},
    "finding_info":{"uid":"00000000000000010000000000000002","title":"Ring buffer overflow",
    "desc":"Too much is written.\nLong story.","first_seen_time":1925164800000,
    "last_seen_time":1925769600000,"types":["Vulnerability"],
    "analytic":{"type_id":1,"type":"Rule","uid":"trivy/CVE-2031-1"},
    "product":{"name":"trivy","version":"0.70"}},
    "resources":[{"uid":"111122223333/eu-west-1/shop","name":"web-7","uid_alt":"i-0a1b2c3d",
    "type":"AWS::EC2::Instance","ip":"10.0.0.1","region":"eu-west-1","owner":{"name":"web"},
    "labels":["environment:production","service:shop"]}],
    "unmapped":{"gate":"fail","gate_rule":"fail-on-high","exploit":"poc","port":443,
    "protocol":"tcp","vpr":8.4,"kev":{"added":"2031-01-02","due":"2031-01-23","ransomware":true},
    "evidence":"seen in memory"}})"));
}

TEST(OcsfWriter, WritesTheVulnerability) {
  EXPECT_EQ(event_of(rich_finding()).at("vulnerabilities"),
            json::parse(R"([{"cve":{"uid":"CVE-2031-1","cvss":[{"version":"3.1","base_score":7.5,
    "depth":"Base","vector_string":"CVSS:3.1/AV:N","vendor_name":"nvd"},{"version":"2.0",
    "base_score":9.3,"depth":"Base","vector_string":"AV:N"}],
    "epss":{"score":"0.25","percentile":0.97,"version":"v2026.06.15",
    "created_time":1795305600000},"related_cwes":[{"uid":"CWE-787"}],
    "created_time":1924992000000},
    "related_vulnerabilities":["GHSA-aaaa"],"title":"Ring buffer overflow","severity":"high",
    "vendor_name":"trivy","affected_packages":[{"name":"ring","version":"1.0",
    "package_manager":"deb","purl":"pkg:deb/ring@1.0","path":"/opt/ring lib/ring.so",
    "fixed_in_version":"1.1, 2.0"}],"is_fix_available":true,"is_exploit_available":true,
    "first_seen_time":1925164800000,"remediation":{"desc":"Upgrade ring."},
    "references":["https://ring.example/a%20b"]}])"));
}

TEST(OcsfWriter, ScoresOfSeveralCvesBelongToNoneOfThem) {
  Finding f = rich_finding();
  f.vuln_ids = {"CVE-2031-1", "CVE-2031-2"};

  const json event = event_of(f);

  ASSERT_EQ(event.at("vulnerabilities").size(), 2U);
  EXPECT_EQ(event.at("vulnerabilities").at(0).at("cve"), json({{"uid", "CVE-2031-1"}}));
  EXPECT_EQ(event.at("vulnerabilities").at(1).at("cve"), json({{"uid", "CVE-2031-2"}}));
  EXPECT_EQ(event.at("unmapped").at("cvss").size(), 2U);
  EXPECT_EQ(event.at("unmapped").at("epss").at("score"), "0.25");
  EXPECT_EQ(event.at("unmapped").at("cwes"), json({"CWE-787"}));
}

TEST(OcsfWriter, WhatHasNoCveIsAnAdvisory) {
  Finding f = rich_finding();
  f.vuln_ids = {"GHSA-a", "DLA-1"};
  json told = event_of(f).at("vulnerabilities").at(0);
  EXPECT_FALSE(told.contains("cve"));
  EXPECT_EQ(told.at("advisory").at("uid"), "GHSA-a");
  EXPECT_EQ(told.at("related_vulnerabilities"), json({"DLA-1"}));
  EXPECT_EQ(event_of(f).at("unmapped").at("epss").at("score"), "0.25");

  f.vuln_ids = {};
  EXPECT_EQ(event_of(f).at("vulnerabilities").at(0).at("advisory").at("uid"), "CVE-2031-1");
}

TEST(OcsfWriter, StandsOnWhatIsKnownOnly) {
  const json event = event_of({});

  EXPECT_EQ(event.at("severity_id"), 0);
  EXPECT_EQ(event.at("activity_id"), 1);
  EXPECT_EQ(event.at("time"), 1925856000000) << "when PatchBot ran";
  EXPECT_EQ(event.at("resources"), json::parse(R"([{"uid":"unknown"}])"));
  EXPECT_FALSE(event.contains("cloud"));
  EXPECT_FALSE(event.contains("status_id"));
  EXPECT_FALSE(event.at("metadata").contains("profiles"));
  EXPECT_EQ(event.at("vulnerabilities"),
            json::parse(R"([{"advisory":{"uid":"unknown"},"severity":"unknown"}])"));
}

TEST(OcsfWriter, RepairedIsClosedAndWaivedIsSuppressed) {
  Finding f = rich_finding();
  f.waiver = some_waiver();
  EXPECT_EQ(event_of(f).at("status_id"), 3);
  EXPECT_EQ(event_of(f).at("comment"), "waived until 2031-02-01 by Ann: gone soon (W-1)");

  f.waiver.reset();
  f.status = Status::fixed;
  EXPECT_EQ(event_of(f).at("status_id"), 4);
  EXPECT_EQ(event_of(f).at("type_uid"), 200203);
}

TEST(OcsfWriter, ExploitsAreKnownUnknownOrAbsent) {
  Finding f;
  const auto told = [&f] { return event_of(f).at("vulnerabilities").at(0); };
  EXPECT_FALSE(told().contains("is_exploit_available"));
  f.exploit = "none";
  EXPECT_EQ(told().at("is_exploit_available"), false);
  f.exploit = "functional";
  EXPECT_EQ(told().at("is_exploit_available"), true);
  f.exploit = "";
  f.kev = Kev{};
  EXPECT_EQ(told().at("is_exploit_available"), true);
}

TEST(OcsfWriter, RegionAndAccountOfOtherCloudsAreLabels) {
  Finding f;
  f.asset = {"vm-1", "vm-1", "host.example", "", "project-x", "europe-west1"};

  const json event = event_of(f);

  EXPECT_FALSE(event.contains("cloud"));
  EXPECT_EQ(event.at("resources").at(0).at("labels"),
            json({"region:europe-west1", "account:project-x"}));
  EXPECT_FALSE(event.at("resources").at(0).contains("ip")) << "a name is no address";
}

TEST(OcsfWriter, PackagesOfUnknownVersionAreUnmapped) {
  Finding f = rich_finding();
  f.location.installed.clear();

  const json event = event_of(f);

  EXPECT_FALSE(event.at("vulnerabilities").at(0).contains("affected_packages"));
  EXPECT_EQ(event.at("unmapped").at("package"), "ring");
  EXPECT_EQ(event.at("unmapped").at("fixed_in"), json({"1.1", "2.0"}));
}

TEST(OcsfWriter, LeavesEvidenceOutOnRequest) {
  EXPECT_FALSE(event_of(rich_finding(), Evidence::redact).at("unmapped").contains("evidence"));
}

TEST(OcsfWriter, OtherKindsAreLeftOutAndCounted) {
  Finding secret = rich_finding();
  secret.kind = Kind::secret;
  OcsfWriter writer("1", {}, Evidence::keep);

  EXPECT_EQ(all_of(writer, {secret}), "");

  EXPECT_EQ(writer.notes().remarks,
            std::vector<std::string>{"1 findings left out: class 2002 is for vulnerabilities"});
}

}  // namespace
}  // namespace patchbot
