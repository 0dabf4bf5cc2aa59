// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/cyclonedx.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.hpp"

namespace patchbot {
namespace {

using test::read_report;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* no_proof =
    "the bill of materials has no list of vulnerabilities: it is no proof of a scan";

const std::string metadata = R"("metadata":{"timestamp":"2026-11-22T03:04:05Z",
  "tools":{"components":[{"name":"Trivy","version":"0.74.0"}]},
  "component":{"bom-ref":"root","type":"container","name":"shop:41"}})";

const std::string components = R"("components":[
  {"bom-ref":"pkg:npm/%40shop/cart@1.0","name":"cart","group":"@shop","version":"1.0",
   "purl":"pkg:npm/%40shop/cart@1.0","properties":[
     {"name":"aquasecurity:trivy:PkgType","value":"node-pkg"},
     {"name":"aquasecurity:trivy:FilePath","value":"app/cart/package.json"}],
   "components":[{"bom-ref":"inner","name":"core","group":"org.example","version":"2",
                  "purl":"pkg:maven/org.example/core@2",
                  "evidence":{"occurrences":[{"location":"/lib/core.jar"}]}}]}])";

std::string bom_of(const std::string& vulnerabilities) {
  return R"({"bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:1-2",)" +
         metadata + "," + components + R"(,"vulnerabilities":[)" + vulnerabilities + "]}";
}

const std::string rich = R"({
  "id":"CVE-2026-1000","source":{"name":"nvd","url":"https://example.com/nvd"},
  "references":[{"id":"GHSA-ab12-cd34-ef56","source":{"url":"https://example.com/ghsa"}}],
  "ratings":[
    {"source":{"name":"other"},"severity":"critical"},
    {"source":{"name":"nvd"},"severity":"high","score":7.5,"method":"CVSSv31",
     "vector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"},
    {"source":{"name":"nvd"},"severity":"medium","score":5,"method":"CVSSv2",
     "vector":"AV:N/AC:L/Au:N/C:P/I:N/A:N"},
    {"source":{"name":"FIRST","url":"https://www.first.org/epss/"},"score":0.25,"method":"other"},
    {"source":{"name":"CISA KEV Catalog"},"score":1,"method":"other"},
    {"method":"OWASP","vector":"K9:M1"}],
  "cwes":[79,502],"description":"Bad.","detail":"Very.",
  "recommendation":"Upgrade @shop/cart to version 1.2, 1.3; Upgrade org.example:core to version 3",
  "workaround":"Unplug","proofOfConcept":{"reproductionSteps":"1."},
  "advisories":[{"title":"a","url":"https://example.com/advisory"}],
  "published":"2026-01-02T03:04:05Z",
  "analysis":{"state":"in_triage","justification":"code_not_reachable","response":["update"],
              "detail":"Looking."},
  "affects":[{"ref":"pkg:npm/%40shop/cart@1.0","versions":[{"version":"1.0","status":"affected"}]},
             {"ref":"inner"},{"ref":"far","versions":[{"range":"vers:npm/<2"}]}]})";

TEST(CycloneDx, ReadsEveryFieldOfAVulnerability) {
  const auto told = read_report(bom_of(rich));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "cyclonedx");
  EXPECT_THAT(told.facts.problems, IsEmpty());
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "shop:41");
  EXPECT_EQ(told.hosts[0].authenticated, true);
  EXPECT_EQ(told.hosts[0].seen_at, parse_rfc3339("2026-11-22T03:04:05Z"));
  ASSERT_THAT(told.findings, SizeIs(2));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(f.severity_source, "nvd");
  EXPECT_EQ(f.source, "trivy");
  EXPECT_EQ(f.source_version, "0.74.0");
  EXPECT_EQ(f.source_status, "in_triage");
  EXPECT_EQ(f.status, Status::unknown);
  EXPECT_EQ(f.native_id, "CVE-2026-1000");
  EXPECT_EQ(f.title, "CVE-2026-1000 in @shop/cart");
  EXPECT_EQ(f.description, "Bad.\nVery.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000", "GHSA-ab12-cd34-ef56"));
  EXPECT_THAT(f.cwes, ElementsAre("CWE-79", "CWE-502"));
  EXPECT_EQ(f.location.package, "@shop/cart");
  EXPECT_EQ(f.location.installed, "1.0");
  EXPECT_EQ(f.location.purl, "pkg:npm/%40shop/cart@1.0");
  EXPECT_EQ(f.location.package_type, "node-pkg");
  EXPECT_EQ(f.location.path, "app/cart/package.json");
  EXPECT_THAT(
      f.cvss,
      ElementsAre(Cvss{"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5, "", {}, "nvd"},
                  Cvss{"2.0", "AV:N/AC:L/Au:N/C:P/I:N/A:N", 5, "", {}, "nvd"}));
  EXPECT_EQ(f.epss, (Epss{0.25, {}, "", {}}));
  EXPECT_EQ(f.kev, Kev{});
  EXPECT_THAT(f.xrefs, ElementsAre("OWASP:K9:M1"));
  EXPECT_EQ(f.exploit, "poc");
  EXPECT_THAT(f.fix.versions, ElementsAre("1.2", "1.3"));
  EXPECT_EQ(f.fix.available, true);
  EXPECT_EQ(f.fix.solution,
            "Upgrade @shop/cart to version 1.2, 1.3; Upgrade org.example:core to version "
            "3\nWorkaround: Unplug");
  EXPECT_THAT(
      f.refs,
      ElementsAre(
          "https://example.com/nvd", "https://example.com/ghsa", "https://example.com/advisory"));
  EXPECT_EQ(f.published_at, parse_rfc3339("2026-01-02T03:04:05Z"));
  EXPECT_EQ(f.evidence,
            "affected: 1.0\nnot in this document: far; affected: vers:npm/<2\n"
            "code_not_reachable\nresponse: update\nLooking.");
  const Finding& inner = told.findings[1];
  EXPECT_EQ(inner.location.package, "org.example:core");
  EXPECT_EQ(inner.location.package_type, "maven");
  EXPECT_EQ(inner.location.path, "/lib/core.jar");
  EXPECT_THAT(inner.fix.versions, ElementsAre("3"));
}

TEST(CycloneDx, WhatStandsBehindTheVulnerabilitiesIsKnownAllTheSame) {
  const auto told = read_report(
      R"({"bomFormat":"CycloneDX","vulnerabilities":[{"id":"CVE-2026-1","affects":[{"ref":"inner"}]}],)" +
      metadata + "," + components + "}");
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.findings[0].location.package, "org.example:core");
  EXPECT_EQ(told.hosts[0].name, "shop:41");
}

// So many that the vulnerabilities are not seen when the format is recognised.
std::string many_components() {
  std::string list;
  for (int i = 0; i < 2000; ++i) {
    const std::string number = std::to_string(i);
    list += R"({"bom-ref":"r)" + number + R"(","name":"n)" + number + R"(","version":"1"},)";
  }
  return list.substr(0, list.size() - 1);
}

TEST(CycloneDx, ALargeDocumentReadsTheSameInWhateverOrder) {
  const std::string head = R"({"bomFormat":"CycloneDX","specVersion":"1.6",)";
  const std::string parts = R"("components":[)" + many_components() + "]";
  const std::string found = R"("vulnerabilities":[{"id":"CVE-2026-1001","affects":[{"ref":"r7"},)"
                            R"({"ref":"r1999"}]}])";
  for (const std::string& text : {head + metadata + "," + parts + "," + found + "}",
                                  head + parts + "," + found + "," + metadata + "}",
                                  head + found + "," + metadata + "," + parts + "}"}) {
    const auto told = test::read_report(text);
    EXPECT_EQ(told.fault, "nothing");
    ASSERT_THAT(told.findings, SizeIs(2));
    EXPECT_EQ(told.findings[0].location.package, "n7");
    EXPECT_EQ(told.findings[1].location.package, "n1999");
    ASSERT_THAT(told.hosts, SizeIs(1));
    EXPECT_EQ(told.hosts[0].name, "shop:41");
    EXPECT_EQ(told.hosts[0].authenticated, true);
  }
}

TEST(CycloneDx, SeverityIsTheSourcesElseTheWorstElseTheScores) {
  const auto severity = [](const std::string& ratings) {
    const auto told =
        read_report(bom_of(R"({"id":"A","source":{"name":"nvd"},"ratings":[)" + ratings + "]}"));
    return told.findings.at(0).severity;
  };
  EXPECT_EQ(severity(R"({"severity":"low"},{"severity":"high"},{"severity":"medium"})"),
            Severity::high);
  EXPECT_EQ(severity(R"({"source":{"name":"NVD"},"severity":"low"},{"severity":"high"})"),
            Severity::low);
  EXPECT_EQ(severity(R"({"source":{"name":"vendor"},"severity":"none"})"), Severity::info);
  EXPECT_EQ(severity(R"({"score":9.8,"method":"CVSSv2"},{"score":5,"method":"CVSSv31"})"),
            Severity::medium);
  EXPECT_EQ(severity(R"({"severity":"spicy"})"), Severity::unknown);
  EXPECT_EQ(severity(R"({"score":9.8,"method":"other"})"), Severity::unknown);
  EXPECT_EQ(severity(""), Severity::unknown);
}

TEST(CycloneDx, AReferenceLeadsIntoThisDocumentOrAnother) {
  const auto package = [](const std::string& ref) {
    return read_report(bom_of(R"({"id":"A","affects":[{"ref":")" + ref + "\"}]}"))
        .findings.at(0)
        .location.package;
  };
  EXPECT_EQ(package("urn:cdx:1-2/1#inner"), "org.example:core");
  EXPECT_EQ(package("urn:cdx:9-9/1#inner"), "");
  EXPECT_EQ(package("root"), "shop:41");
  EXPECT_EQ(package("pkg:deb/debian/libssl3@3.0.1?arch=amd64"), "libssl3");
  EXPECT_EQ(package("urn:cdx:9-9/1#pkg:npm/%40a/b@1"), "@a/b");
  EXPECT_EQ(package(""), "");
}

TEST(CycloneDx, WhatIsSaidOfAVulnerabilityIsNoWaiver) {
  const auto told = read_report(bom_of(
      R"({"id":"A","analysis":{"state":"not_affected"}},{"id":"B","analysis":{"state":"resolved"}},)"
      R"({"id":"C","analysis":{"state":"resolved_with_pedigree"}},{"id":"D","rejected":"2026-01-01"},)"
      R"({"id":"E","affects":[{"ref":"inner","versions":[{"version":"2","status":"unaffected"}]}]})"));
  ASSERT_THAT(told.findings, SizeIs(5));
  EXPECT_EQ(told.findings[0].source_status, "not_affected");
  EXPECT_EQ(told.findings[0].status, Status::unknown);
  EXPECT_EQ(told.findings[1].status, Status::fixed);
  EXPECT_EQ(told.findings[2].status, Status::fixed);
  EXPECT_EQ(told.findings[3].source_status, "rejected");
  EXPECT_EQ(told.findings[4].source_status, "unaffected");
}

TEST(CycloneDx, AnEmptyListIsACleanScanAndNoListIsNone) {
  const auto clean = read_report(bom_of(""));
  EXPECT_THAT(clean.facts.problems, IsEmpty());
  EXPECT_THAT(clean.hosts, SizeIs(1));
  EXPECT_THAT(clean.facts.remarks, ElementsAre(HasSubstr("--scanners vuln")));
  const auto parts = read_report(R"({"bomFormat":"CycloneDX",)" + components + "}");
  EXPECT_THAT(parts.facts.problems, ElementsAre(no_proof));
  EXPECT_THAT(parts.hosts, IsEmpty());
}

TEST(CycloneDx, AVulnerabilityWithoutIdHasTheOneOfAReference) {
  const auto told = read_report(bom_of(R"({"references":[{"id":"CVE-2026-7"}]},{})"));
  ASSERT_THAT(told.findings, SizeIs(2));
  EXPECT_EQ(told.findings[0].native_id, "CVE-2026-7");
  EXPECT_EQ(told.findings[1].native_id, "unnamed");
}

TEST(CycloneDx, AnUnknownVersionIsReadWithARemark) {
  const auto told = read_report(
      R"({"bomFormat":"CycloneDX","specVersion":"2.0","vulnerabilities":[{"id":"A"}]})");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.facts.remarks, ElementsAre("CycloneDX version 2.0: read as if it were 1.7"));
}

TEST(CycloneDx, SeveralToolsAreNoSource) {
  const auto told =
      read_report(R"({"bomFormat":"CycloneDX","metadata":{"tools":[{"name":"lib","version":"1"},)"
                  R"({"name":"jake","version":"2"}]},"vulnerabilities":[{"id":"A"},)"
                  R"({"id":"B","tools":[{"name":"Snyk","version":"3"}]}]})");
  ASSERT_THAT(told.findings, SizeIs(2));
  EXPECT_EQ(told.findings[0].source, "cyclonedx");
  EXPECT_EQ(told.findings[0].source_version, "2");
  EXPECT_EQ(told.findings[1].source, "snyk");
  EXPECT_EQ(told.findings[1].source_version, "3");
}

TEST(CycloneDx, WhatWasReadBeforeABreakStands) {
  const auto told = read_report(bom_of(R"({"id":"A"}, {"id": oops)"));
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("expected a value"));
}

// ---- XML

const std::string xml_parts = R"(<components>
  <component type="library" bom-ref="a"><group>org.example</group><name>core</name>
    <version>2</version><purl>pkg:maven/org.example/core@2</purl></component></components>)";

TEST(CycloneDxXml, ReadsWhatJsonSays) {
  const auto told = read_report(
      R"(<bom xmlns="http://cyclonedx.org/schema/bom/1.5" serialNumber="urn:uuid:1-2"><metadata>
      <timestamp>2026-11-22T03:04:05Z</timestamp>
      <tools><tool><name>grype</name><version>0.90</version></tool></tools>
      <component type="file"><name>host-7</name></component></metadata>)" +
      xml_parts + R"(<vulnerabilities><vulnerability bom-ref="x"><id>CVE-2026-1000</id>
      <source><name>nvd</name><url>https://example.com/nvd</url></source>
      <references><reference><id>GHSA-ab12-cd34-ef56</id></reference></references>
      <ratings><rating><source><name>nvd</name></source><score>9.8</score>
        <severity>critical</severity><method>CVSSv31</method>
        <vector>CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H</vector></rating></ratings>
      <cwes><cwe>79</cwe><cwe>502</cwe></cwes><description>Bad &amp; old.</description>
      <recommendation>Upgrade</recommendation>
      <advisories><advisory><url>https://example.com/a</url></advisory></advisories>
      <published>2026-01-02T03:04:05Z</published>
      <analysis><state>resolved</state><responses><response>update</response></responses></analysis>
      <affects><target><ref>urn:cdx:1-2/1#a</ref><versions><version><version>2</version>
        <status>affected</status></version></versions></target></affects>
      <properties><property name="grype:fixed_versions">3.0,4.0</property></properties>
      </vulnerability></vulnerabilities></bom>)");
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "cyclonedx-xml");
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "host-7");
  EXPECT_EQ(told.hosts[0].authenticated, true);
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.source, "grype");
  EXPECT_EQ(f.source_version, "0.90");
  EXPECT_EQ(f.status, Status::fixed);
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000", "GHSA-ab12-cd34-ef56"));
  EXPECT_THAT(f.cwes, ElementsAre("CWE-79", "CWE-502"));
  EXPECT_EQ(f.description, "Bad & old.");
  EXPECT_EQ(f.location.package, "org.example:core");
  EXPECT_EQ(f.location.installed, "2");
  EXPECT_THAT(
      f.cvss,
      ElementsAre(Cvss{"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, "", {}, "nvd"}));
  EXPECT_THAT(f.fix.versions, ElementsAre("3.0", "4.0"));
  EXPECT_EQ(f.fix.solution, "Upgrade");
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/nvd", "https://example.com/a"));
  EXPECT_EQ(f.published_at, parse_rfc3339("2026-01-02T03:04:05Z"));
  EXPECT_EQ(f.evidence, "affected: 2\nresponse: update");
}

TEST(CycloneDxXml, ReadsTheExtensionInsideOfComponentsAndBehindThem) {
  const std::string vulnerability = R"(<v:id>CVE-2026-1</v:id>
      <v:source name="NVD"><v:url>https://example.com/nvd</v:url></v:source>
      <v:ratings><v:rating><v:score><v:base>9.8</v:base><v:impact>5</v:impact></v:score>
        <v:severity>Critical</v:severity><v:method>CVSSv3</v:method>
        <v:vector>AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H</v:vector></v:rating></v:ratings>
      <v:cwes><v:cwe>79</v:cwe></v:cwes>
      <v:recommendations><v:recommendation>Upgrade</v:recommendation></v:recommendations>
      <v:advisories><v:advisory>https://example.com/a</v:advisory></v:advisories>)";
  const auto told = read_report(
      R"(<bom xmlns="http://cyclonedx.org/schema/bom/1.2" xmlns:v="urn:x"><components>
      <component bom-ref="a"><name>outer</name><version>1</version><v:vulnerabilities>
        <v:vulnerability ref="urn:1">)" +
      vulnerability + R"(</v:vulnerability></v:vulnerabilities><components>
        <component><name>inner</name><version>2</version><v:vulnerabilities>
        <v:vulnerability><v:id>CVE-2026-2</v:id></v:vulnerability></v:vulnerabilities></component>
      </components></component></components>
      <v:vulnerabilities><v:vulnerability ref="a"><v:id>CVE-2026-3</v:id></v:vulnerability>
      </v:vulnerabilities></bom>)");
  EXPECT_EQ(told.fault, "nothing");
  ASSERT_THAT(told.findings, SizeIs(3));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.native_id, "CVE-2026-1");
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.location.package, "outer");
  EXPECT_EQ(f.location.installed, "1");
  EXPECT_THAT(f.cvss,
              ElementsAre(Cvss{"3.0", "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, "", {}, ""}));
  EXPECT_EQ(f.fix.solution, "Upgrade");
  EXPECT_THAT(f.refs, ElementsAre("https://example.com/nvd", "https://example.com/a"));
  EXPECT_EQ(told.findings[1].location.package, "inner");
  EXPECT_EQ(told.findings[2].location.package, "outer");
}

TEST(CycloneDxXml, AnEmptyListIsACleanScanAndNoListIsNone) {
  for (const char* list : {"<vulnerabilities/>",
                           "<vulnerabilities></vulnerabilities>",
                           "<vulnerabilities>\n</vulnerabilities>"}) {
    const auto clean = read_report("<bom>" + xml_parts + list + "</bom>");
    EXPECT_THAT(clean.facts.problems, IsEmpty()) << list;
    EXPECT_THAT(clean.hosts, SizeIs(1)) << list;
  }
  const auto none = read_report("<bom>" + xml_parts + "</bom>");
  EXPECT_THAT(none.facts.problems, ElementsAre(no_proof));
  EXPECT_THAT(none.hosts, IsEmpty());
}

}  // namespace
}  // namespace patchbot
