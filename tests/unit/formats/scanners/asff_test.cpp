// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/asff.hpp"

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

const std::string instance = R"({"Type":"AwsEc2Instance","Region":"eu-central-1",
  "Id":"arn:aws:ec2:eu-central-1:123456789012:instance/i-0123456789abcdef0",
  "Tags":{"Name":"shop-web"},
  "Details":{"AwsEc2Instance":{"IpV4Addresses":["10.0.0.7","203.0.113.7"],
                               "IpV6Addresses":["2001:db8::7"]}}})";

/// A finding of the members given, which come first, on the instance.
std::string finding_of(const std::string& members, const std::string& resource = instance) {
  return "{" + members + R"(,"ProductArn":"arn:aws:securityhub:eu-central-1::product/acme/acme",
    "AwsAccountId":"123456789012","Region":"eu-central-1","Resources":[)" +
         resource + "]}";
}

std::string answer_of(const std::string& findings, const std::string& rest = "") {
  return R"({"Findings":[)" + findings + "]" + rest + "}";
}

const std::string jetty = finding_of(R"(
  "SchemaVersion": "2018-10-08", "GeneratorId": "AWSInspector", "ProductName": "Inspector",
  "Id": "arn:aws:inspector2:eu-central-1:123456789012:finding/0001",
  "Types": ["Software and Configuration Checks/Vulnerabilities/CVE"],
  "FirstObservedAt": "2026-11-01T10:00:00Z", "LastObservedAt": "2026-11-22T04:00:00.5Z",
  "CreatedAt": "2026-11-01T10:00:00Z", "UpdatedAt": "2026-11-22T05:00:00Z",
  "Severity": {"Label": "CRITICAL", "Normalized": 40},
  "Title": "CVE-2026-1000 - jetty", "Description": "A timing\nchannel.",
  "Remediation": {"Recommendation": {"Text": "Update it.", "Url": "https://example.com/how"}},
  "SourceUrl": "https://example.com/finding",
  "ProductFields": {"aws/inspector/ProductVersion": "2"},
  "Workflow": {"Status": "NOTIFIED"}, "RecordState": "ACTIVE",
  "Note": {"Text": "seen by the team"},
  "Vulnerabilities": [
    {"Id": "CVE-2026-1000", "RelatedVulnerabilities": ["GHSA-aaaa-bbbb-cccc"],
     "VulnerablePackages": [
       {"Name":"jetty-server","Version":"8.1","Epoch":"0","Release":"2","Architecture":"NOARCH",
        "PackageManager":"JAR","FilePath":"/opt/jetty.jar","FixedInVersion":"9.4.6",
        "Remediation":"Update jetty-server"},
       {"Name":"jetty-util","Version":"8.1","FixedInVersion":"9.4.7"}],
     "Cvss": [{"Version":"3.1","BaseScore":9.8,"Source":"NVD",
               "BaseVector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
     "Vendor": {"Name":"NVD","Url":"https://example.com/CVE-2026-1000","VendorSeverity":"HIGH",
                "VendorCreatedAt":"2026-10-30T00:00:00Z"},
     "ReferenceUrls": ["https://example.com/advisory"], "FixAvailable": "YES",
     "EpssScore": "0.25", "ExploitAvailable": "YES", "LastKnownExploitAt": "2026-11-20T01:02:03Z"},
    {"Id": "CVE-2026-1001", "EpssScore": 0.5, "ExploitAvailable": "NO",
     "CodeVulnerabilities": [{"Cwes":["CWE-208"],
       "FilePath":{"FilePath":"src/a.py","StartLine":1,"EndLine":2}}]}])");

TEST(Asff, ReadsEveryFieldOfAVulnerability) {
  const auto told = read_report(answer_of(jetty));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "asff");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "securityhub");
  EXPECT_EQ(f.source_version, "Inspector 2");
  EXPECT_EQ(f.source_status, "NOTIFIED");
  EXPECT_EQ(f.status, Status::open);
  EXPECT_EQ(f.native_id, "CVE-2026-1000");
  EXPECT_EQ(f.title, "CVE-2026-1000 - jetty");
  EXPECT_EQ(f.description, "A timing\nchannel.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000", "GHSA-aaaa-bbbb-cccc", "CVE-2026-1001"));
  EXPECT_THAT(f.cwes, ElementsAre("CWE-208"));
  EXPECT_EQ(f.location.package, "jetty-server");
  EXPECT_EQ(f.location.package_type, "JAR");
  EXPECT_EQ(f.location.installed, "8.1-2");
  EXPECT_EQ(f.location.path, "/opt/jetty.jar");
  EXPECT_EQ(f.fix.available, true);
  EXPECT_THAT(f.fix.versions, ElementsAre("9.4.6", "9.4.7"));
  EXPECT_EQ(f.fix.solution, "Update jetty-server\nUpdate it.");
  EXPECT_THAT(
      f.cvss,
      ElementsAre(Cvss{"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, "", {}, "NVD"}));
  EXPECT_EQ(f.epss, (Epss{0.5, {}, {}, {}}));
  EXPECT_EQ(f.exploit, "poc");
  EXPECT_THAT(f.exploit_refs, ElementsAre("last-known:2026-11-20T01:02:03Z"));
  EXPECT_THAT(f.refs,
              ElementsAre("https://example.com/CVE-2026-1000",
                          "https://example.com/advisory",
                          "https://example.com/how",
                          "https://example.com/finding"));
  EXPECT_EQ(f.published_at, parse_rfc3339("2026-10-30T00:00:00Z"));
  EXPECT_EQ(f.first_seen, parse_rfc3339("2026-11-01T10:00:00Z"));
  EXPECT_EQ(f.last_seen, parse_rfc3339("2026-11-22T04:00:00Z"));
  EXPECT_EQ(f.seen_at, f.last_seen);
  EXPECT_EQ(f.evidence,
            "jetty-server 8.1-2 NOARCH in /opt/jetty.jar, fixed in 9.4.6\n"
            "jetty-util 8.1, fixed in 9.4.7\n"
            "severity by NVD: HIGH\n"
            "src/a.py lines 1 to 2\n"
            "AwsEc2Instance arn:aws:ec2:eu-central-1:123456789012:instance/i-0123456789abcdef0\n"
            "seen by the team");
}

TEST(Asff, NamesTheInstanceAsTheInventoryKnowsIt) {
  const auto told = read_report(answer_of(jetty));
  ASSERT_THAT(told.hosts, SizeIs(1));
  const ScannedHost& host = told.hosts[0];
  EXPECT_EQ(host.name, "shop-web");
  EXPECT_EQ(host.instance, "i-0123456789abcdef0");
  EXPECT_EQ(host.address, "10.0.0.7");
  EXPECT_EQ(host.account, "123456789012");
  EXPECT_EQ(host.region, "eu-central-1");
  EXPECT_THAT(host.aliases, ElementsAre("203.0.113.7", "2001:db8::7", "i-0123456789abcdef0"));
  EXPECT_EQ(host.authenticated, true);
}

TEST(Asff, ReadsListsLinesAndEvents) {
  for (const std::string& text : {"[" + jetty + "," + jetty + "]",
                                  jetty + "\n" + jetty + "\n",
                                  R"({"findings":[)" + jetty + "," + jetty + "]}",
                                  R"({"detail":{"findings":[)" + jetty + "," + jetty + "]}}"}) {
    const auto told = read_report(text);
    EXPECT_EQ(told.fault, "nothing");
    EXPECT_EQ(told.format, "asff");
    EXPECT_THAT(told.findings, SizeIs(2)) << text.substr(0, 30);
  }
  EXPECT_THAT(read_report(jetty).findings, SizeIs(1));
}

TEST(Asff, AControlIsACheckOfAPlaceInTheAccount) {
  const auto told = read_report(answer_of(finding_of(
      R"("Id":"arn:aws:securityhub:eu-central-1:123456789012:subscription/f/v/1.0.0/S3.5/finding/0",
         "GeneratorId":"foundations/v/1.0.0/S3.5","Title":"S3.5 Buckets ask for TLS",
         "Severity":{"Label":"MEDIUM"},"RecordState":"ACTIVE","Workflow":{"Status":"NEW"},
         "ProductFields":{"StandardsArn":"arn:aws:securityhub:::standards/foundations/v/1.0.0",
           "ControlId":"S3.5","aws/securityhub/ProductName":"Security Hub",
           "aws/securityhub/annotation":"no policy"},
         "Compliance":{"Status":"FAILED","RelatedRequirements":["NIST.800-53.r5 AC-17"],
           "StatusReasons":[{"ReasonCode":"X","Description":"no policy"}]})",
      R"({"Type":"AwsS3Bucket","Id":"arn:aws:s3:::shop","Region":"eu-central-1"})")));
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::compliance);
  EXPECT_EQ(f.check_result, CheckResult::failed);
  EXPECT_EQ(f.severity, Severity::medium);
  EXPECT_EQ(f.native_id, "S3.5");
  EXPECT_EQ(f.location.check, "S3.5 Buckets ask for TLS");
  EXPECT_EQ(f.location.check_id, "S3.5");
  EXPECT_EQ(f.location.benchmark, "foundations");
  EXPECT_EQ(f.check_list, "foundations");
  EXPECT_EQ(f.location.path, "arn:aws:s3:::shop");
  EXPECT_EQ(f.source_version, "Security Hub");
  EXPECT_THAT(f.xrefs, ElementsAre("NIST.800-53.r5 AC-17"));
  EXPECT_EQ(f.evidence, "X: no policy\nAwsS3Bucket arn:aws:s3:::shop");
  EXPECT_EQ(told.hosts[0].name, "123456789012");
  EXPECT_EQ(told.hosts[0].authenticated, true);
}

TEST(Asff, ResultsOfChecks) {
  const auto check = [](const std::string& compliance) {
    return finding_of(R"("GeneratorId":"a/b","Title":"t","Severity":{"Label":"HIGH"},
                         "RecordState":"ACTIVE","Compliance":{"Status":")" +
                      compliance + "}");
  };
  const auto told = read_report(answer_of(
      check("PASSED\"") + "," + check("WARNING\"") + "," + check("NOT_AVAILABLE\"") + "," +
      check(R"(NOT_AVAILABLE","StatusReasons":[{"ReasonCode":"CONFIG_RETURNS_NOT_APPLICABLE"}])")));
  ASSERT_THAT(told.findings, SizeIs(4));
  const auto& f = told.findings;
  EXPECT_EQ(f[0].check_result, CheckResult::passed);
  EXPECT_EQ(f[0].severity, Severity::info);
  EXPECT_EQ(f[0].status, Status::unknown);
  EXPECT_EQ(f[1].check_result, CheckResult::warning);
  EXPECT_EQ(f[1].severity, Severity::high);
  EXPECT_EQ(f[2].check_result, CheckResult::error);
  EXPECT_EQ(f[2].severity, Severity::unknown);
  EXPECT_EQ(f[3].check_result, CheckResult::skipped);
  EXPECT_EQ(f[3].severity, Severity::info);
}

TEST(Asff, WhatIsOverIsFixedAndWhatIsSuppressedIsStillThere) {
  const auto in_state = [](const std::string& state) {
    return finding_of(R"("GeneratorId":"a/b","Severity":{"Label":"HIGH"},)" + state);
  };
  const auto told = read_report(
      answer_of(in_state(R"("RecordState":"ARCHIVED","Workflow":{"Status":"NEW"})") + "," +
                in_state(R"("RecordState":"ACTIVE","Workflow":{"Status":"RESOLVED"})") + "," +
                in_state(R"("RecordState":"ACTIVE","Workflow":{"Status":"SUPPRESSED"})") + "," +
                in_state(R"("RecordState":"ACTIVE","VerificationState":"FALSE_POSITIVE")")));
  ASSERT_THAT(told.findings, SizeIs(4));
  EXPECT_EQ(told.findings[0].status, Status::fixed);
  EXPECT_EQ(told.findings[0].source_status, "ARCHIVED, NEW");
  EXPECT_EQ(told.findings[1].status, Status::fixed);
  EXPECT_EQ(told.findings[2].status, Status::unknown);
  EXPECT_EQ(told.findings[2].source_status, "SUPPRESSED");
  EXPECT_EQ(told.findings[3].source_status, "ACTIVE, FALSE_POSITIVE");
}

TEST(Asff, SeveritiesComeAsWordsOrNumbersAndAreNeverGuessed) {
  const auto told = read_report(
      answer_of(finding_of(R"("Title":"a","Severity":{"Label":"SPICY"})") + "," +
                finding_of(R"("Title":"b")") + "," +
                finding_of(R"("Title":"c","Severity":{"Normalized":70})") + "," +
                finding_of(R"("Title":"d","FindingProviderFields":{"Severity":{"Label":"LOW"}})")));
  ASSERT_THAT(told.findings, SizeIs(4));
  EXPECT_EQ(told.findings[0].severity, Severity::unknown);
  EXPECT_EQ(told.findings[1].severity, Severity::unknown);
  EXPECT_EQ(told.findings[2].severity, Severity::high);
  EXPECT_EQ(told.findings[2].severity_source, "normalized");
  EXPECT_EQ(told.findings[3].severity, Severity::low);
}

// Trivy's template: its own details, and one Id for all packages of a vulnerability.
std::string trivy_finding_of(const std::string& package) {
  return finding_of(
      R"json("Id":"shop:41 (alpine 3.10)/CVE-2026-1","GeneratorId":"Trivy/CVE-2026-1",
             "Severity":{"Label":"MEDIUM"},"Title":"Trivy found it","RecordState":"ACTIVE",
             "ProductFields":{"Product Name":"Trivy"})json",
      R"json({"Type":"Container","Id":"shop:41 (alpine 3.10)","Region":"r","Details":{
              "Container":{"ImageName":"shop:41 (alpine 3.10)"},
              "Other":{"CVE ID":"CVE-2026-1","CVE Title":"openssl: overread",
                "Installed Package":"1.1c","Patched Package":"1.1d, 1.2a","NvdCvssScoreV3":"5.3",
                "NvdCvssVectorV3":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N",
                "PkgName":")json" +
          package + "\"}}}");
}

TEST(Asff, ReadsWhatTrivyWritesAndTellsItsPackagesApart) {
  const auto told =
      read_report(answer_of(trivy_finding_of("libssl") + "," + trivy_finding_of("libcrypto")));
  ASSERT_THAT(told.findings, SizeIs(2));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.native_id, "CVE-2026-1");
  EXPECT_EQ(f.title, "openssl: overread");
  EXPECT_EQ(f.location.installed, "1.1c");
  EXPECT_THAT(f.fix.versions, ElementsAre("1.1d", "1.2a"));
  EXPECT_THAT(f.cvss, SizeIs(1));
  EXPECT_NE(identity_of(told.findings[0]), identity_of(told.findings[1]));
  ASSERT_THAT(told.hosts, SizeIs(1));
  EXPECT_EQ(told.hosts[0].name, "shop:41");
  EXPECT_EQ(told.hosts[0].authenticated, true);
}

TEST(Asff, WhatFiredIsFoundInTitlesTypesAndGenerators) {
  const auto told = read_report(answer_of(
      finding_of(R"("Title":"CVE-2026-1000 - kernel","GeneratorId":"AWSInspector",
                    "Id":"arn:aws:inspector2:x","Severity":{"Label":"HIGH"})") +
      "," + finding_of(R"("Title":"Odd calls","GeneratorId":"arn:aws:guardduty:eu:1:detector/0f",
                    "Types":["TTPs/Persistence/X"],"Severity":{"Label":"HIGH"})") +
      "," + finding_of(R"("Title":"Port 22 is reachable","GeneratorId":"AWSInspector",
                    "Types":["Software and Configuration Checks/AWS Security Best Practices/Network Reachability"],
                    "Network":{"Protocol":"TCP","OpenPortRange":{"Begin":22,"End":22}},
                    "Severity":{"Label":"HIGH"})") +
      "," + finding_of(R"("Title":"Keys in a file","GeneratorId":"Trivy",
                    "Types":["Sensitive Data Identifications"],"Severity":{"Label":"HIGH"})") +
      "," + finding_of(R"("Title":"t","GeneratorId":"arn:aws:securityhub:eu:123456789012:rules/V-1",
                    "Severity":{"Label":"HIGH"})")));
  ASSERT_THAT(told.findings, SizeIs(5));
  const auto& f = told.findings;
  EXPECT_EQ(f[0].native_id, "CVE-2026-1000");
  EXPECT_THAT(f[0].vuln_ids, ElementsAre("CVE-2026-1000"));
  EXPECT_EQ(f[0].kind, Kind::vulnerability);
  EXPECT_EQ(f[1].native_id, "TTPs/Persistence/X");
  EXPECT_EQ(f[1].kind, Kind::exposure);
  EXPECT_EQ(f[2].native_id, "Port 22 is reachable");
  EXPECT_EQ(f[2].kind, Kind::exposure);
  EXPECT_EQ(f[2].location.port, 22);
  EXPECT_EQ(f[2].location.protocol, "tcp");
  EXPECT_EQ(f[3].kind, Kind::secret);
  EXPECT_EQ(f[3].native_id, "Keys in a file");
  EXPECT_EQ(f[4].kind, Kind::misconfiguration);
  EXPECT_EQ(f[4].native_id, "rules/V-1");
}

TEST(Asff, FindingsOnTheWholeAccountAreToldApart) {
  const std::string account = R"({"Type":"AwsIamUser","Id":"AWS::::Account:123456789012"})";
  const auto told = read_report(
      finding_of(R"("Id":"prowler-1.2-ann","GeneratorId":"prowler-check12","Title":"MFA")",
                 account) +
      finding_of(R"("Id":"prowler-1.2-bob","GeneratorId":"prowler-check12","Title":"MFA")",
                 account));
  ASSERT_THAT(told.findings, SizeIs(2));
  EXPECT_EQ(told.findings[0].location.path, "prowler-1.2-ann");
  EXPECT_EQ(told.findings[1].location.path, "prowler-1.2-bob");
  EXPECT_THAT(told.hosts, SizeIs(1));
}

TEST(Asff, APageThatPromisesAnotherIsNotAll) {
  const std::string first = answer_of(jetty, R"(,"NextToken":"abc")");
  EXPECT_THAT(read_report(first).facts.problems, ElementsAre(HasSubstr("more findings exist")));
  EXPECT_THAT(read_report(first + answer_of(jetty)).facts.problems, IsEmpty());
  EXPECT_THAT(read_report(answer_of(jetty, R"(,"NextToken":null)")).facts.problems, IsEmpty());
}

TEST(Asff, AnEmptyAnswerIsRead) {
  const auto told = read_report(R"({"Findings":[]})");
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "asff");
  EXPECT_THAT(told.hosts, IsEmpty());
}

TEST(Asff, WhatWasReadBeforeABreakStands) {
  const auto told = read_report(R"({"Findings":[)" + jetty + R"(,{"Id": oops)");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("expected a value"));
}
}  // namespace
}  // namespace patchbot
