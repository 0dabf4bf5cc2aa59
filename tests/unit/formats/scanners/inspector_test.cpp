// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/inspector.hpp"

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

std::string page_of(const std::string& findings, const std::string& rest = "") {
  return R"({"findings":[)" + findings + "]" + rest + "}";
}

const std::string instance = R"({"type":"AWS_EC2_INSTANCE","id":"i-0123456789abcdef0",
  "partition":"aws","region":"eu-central-1","tags":{"Name":"shop-web","team":"shop"},
  "details":{"awsEc2Instance":{"ipV4Addresses":["10.0.0.7","203.0.113.7"],
                               "ipV6Addresses":["2001:db8::7"],"platform":"AMAZON_LINUX_2023"}}})";

const std::string libxml = R"({
  "findingArn": "arn:aws:inspector2:eu-central-1:123456789012:finding/0001",
  "awsAccountId": "123456789012", "type": "PACKAGE_VULNERABILITY",
  "title": "CVE-2026-1000 - libxml2, libxml2-python", "description": "An overread.\nOf one byte.",
  "remediation": {"recommendation": {"text": "None Provided", "Url": "https://example.com/how"}},
  "severity": "HIGH", "status": "ACTIVE",
  "firstObservedAt": "2026-11-01 10:00:00.123000+01:00", "lastObservedAt": 1795320000.5,
  "updatedAt": "2026-11-22T00:00:00Z",
  "resources": [{"type":"AWS_ECR_REPOSITORY","id":"arn:aws:ecr:eu-central-1:1:repository/x"},)" +
                           instance + R"(],
  "inspectorScore": 7.1,
  "inspectorScoreDetails": {"adjustedCvss": {"scoreSource":"NVD","cvssSource":"NVD","version":"3.1",
    "score":7.1,"scoringVector":"CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:N/A:H",
    "adjustments":[{"metric":"AV","reason":"not reachable"}]}},
  "packageVulnerabilityDetails": {
    "vulnerabilityId": "CVE-2026-1000", "relatedVulnerabilities": ["GHSA-aaaa-bbbb-cccc"],
    "source": "AMAZON_CVE", "sourceUrl": "https://example.com/CVE-2026-1000",
    "vendorSeverity": "Important", "vendorCreatedAt": "2026-10-30T00:16:19+01:00",
    "referenceUrls": ["https://example.com/advisory"],
    "cvss": [{"baseScore":8.1,"scoringVector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:N/A:H",
              "version":"3.1","source":"NVD"},
             {"baseScore":5.8,"scoringVector":"AV:N/AC:M/Au:N/C:P/I:N/A:P","version":"2.0",
              "source":"NVD"}],
    "vulnerablePackages": [
      {"name":"libxml2","version":"2.9.1","release":"6.amzn2","epoch":1,"arch":"X86_64",
       "packageManager":"OS","filePath":"/usr/lib64/libxml2.so","fixedInVersion":"1:2.9.1-7.amzn2",
       "remediation":"dnf update libxml2"},
      {"name":"libxml2-python","version":"2.9.1","release":"6.amzn2","epoch":0,"arch":"X86_64",
       "packageManager":"OS","fixedInVersion":"0:2.9.1-8.amzn2","remediation":"NotAvailable"}]},
  "fixAvailable": "PARTIAL", "exploitAvailable": "YES",
  "exploitabilityDetails": {"lastKnownExploitAt": "2026-11-20T01:02:03Z"},
  "epss": {"score": 0.25}})";

TEST(InspectorReport, ReadsEveryFieldOfAVulnerablePackage) {
  const auto told = read_report(page_of(libxml));
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "inspector");
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "inspector");
  EXPECT_EQ(f.source_status, "ACTIVE");
  EXPECT_EQ(f.status, Status::open);
  EXPECT_EQ(f.native_id, "CVE-2026-1000");
  EXPECT_EQ(f.title, "CVE-2026-1000 - libxml2, libxml2-python");
  EXPECT_EQ(f.description, "An overread.\nOf one byte.");
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2026-1000", "GHSA-aaaa-bbbb-cccc"));
  EXPECT_EQ(f.location.package, "libxml2");
  EXPECT_EQ(f.location.package_type, "OS");
  EXPECT_EQ(f.location.installed, "1:2.9.1-6.amzn2");
  EXPECT_EQ(f.location.path, "/usr/lib64/libxml2.so");
  EXPECT_EQ(f.fix.available, true);
  EXPECT_THAT(f.fix.versions, ElementsAre("1:2.9.1-7.amzn2", "0:2.9.1-8.amzn2"));
  EXPECT_EQ(f.fix.solution, "dnf update libxml2");
  EXPECT_THAT(
      f.cvss,
      ElementsAre(
          Cvss{"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:N/A:H", 8.1, "", {}, "NVD"},
          Cvss{"2.0", "AV:N/AC:M/Au:N/C:P/I:N/A:P", 5.8, "", {}, "NVD"},
          Cvss{"3.1", "CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:N/A:H", 7.1, "", {}, "Inspector"}));
  EXPECT_EQ(f.epss, (Epss{0.25, {}, {}, {}}));
  EXPECT_EQ(f.exploit, "poc");
  EXPECT_THAT(f.exploit_refs, ElementsAre("last-known:2026-11-20T01:02:03Z"));
  EXPECT_THAT(f.refs,
              ElementsAre("https://example.com/CVE-2026-1000",
                          "https://example.com/advisory",
                          "https://example.com/how"));
  EXPECT_EQ(f.published_at, parse_rfc3339("2026-10-29T23:16:19Z"));
  EXPECT_EQ(f.first_seen, parse_rfc3339("2026-11-01T09:00:00Z"));
  EXPECT_EQ(f.last_seen, parse_rfc3339("2026-11-22T04:00:00Z"));
  EXPECT_EQ(f.seen_at, f.last_seen);
  EXPECT_EQ(f.evidence,
            "libxml2 1:2.9.1-6.amzn2 X86_64 in /usr/lib64/libxml2.so, fixed in 1:2.9.1-7.amzn2\n"
            "libxml2-python 2.9.1-6.amzn2 X86_64, fixed in 0:2.9.1-8.amzn2\n"
            "severity by AMAZON_CVE: Important");
}

TEST(InspectorReport, NamesTheInstanceAsTheInventoryKnowsIt) {
  const auto told = read_report(page_of(libxml));
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

TEST(InspectorReport, CallsImagesAndFunctionsByNamesThatStay) {
  const auto told = read_report(page_of(
      R"({"findingArn":"a","awsAccountId":"123456789012","severity":"LOW","resources":[
           {"type":"AWS_ECR_CONTAINER_IMAGE","region":"eu-west-1","partition":"aws",
            "id":"arn:aws:ecr:eu-west-1:123456789012:repository/shop/sha256:00",
            "details":{"awsEcrContainerImage":{"registry":"123456789012","repositoryName":"shop",
                       "imageHash":"sha256:00","imageTags":["41","latest"]}}}]},
         {"findingArn":"b","awsAccountId":"123456789012","severity":"LOW","resources":[
           {"type":"AWS_ECR_CONTAINER_IMAGE","region":"eu-west-1",
            "id":"arn:aws:ecr:eu-west-1:123456789012:repository/shop/sha256:01",
            "details":{"awsEcrContainerImage":{"registry":"123456789012","repositoryName":"shop",
                       "imageHash":"sha256:01","imageTags":[]}}}]},
         {"findingArn":"c","awsAccountId":"123456789012","severity":"LOW","resources":[
           {"type":"AWS_LAMBDA_FUNCTION","region":"eu-west-1",
            "id":"arn:aws:lambda:eu-west-1:123456789012:function:pay:$LATEST",
            "details":{"awsLambdaFunction":{"functionName":"pay"}}}]})"));
  ASSERT_THAT(told.hosts, SizeIs(3));
  EXPECT_EQ(told.hosts[0].name, "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:41");
  EXPECT_THAT(told.hosts[0].aliases,
              ElementsAre("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:latest",
                          "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:00",
                          "arn:aws:ecr:eu-west-1:123456789012:repository/shop/sha256:00"));
  EXPECT_EQ(told.hosts[1].name, "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:01");
  EXPECT_EQ(told.hosts[2].name, "123456789012/eu-west-1/pay");
}

TEST(InspectorReport, AReachablePortIsAnExposureAndProvesNoLogin) {
  const auto told = read_report(page_of(
      R"({"findingArn":"a","awsAccountId":"123456789012","type":"NETWORK_REACHABILITY",
          "title":"Port 22 is reachable from an Internet Gateway","severity":"MEDIUM",
          "networkReachabilityDetails":{"openPortRange":{"begin":22,"end":23},"protocol":"TCP",
            "networkPath":{"steps":[
              {"componentId":"igw-1","componentType":"AWS::EC2::InternetGateway"},
              {"componentId":"i-0123456789abcdef0","componentType":"AWS::EC2::Instance"}]}},
          "resources":[)" +
      instance + "]}," + libxml));
  ASSERT_THAT(told.findings, SizeIs(2));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.kind, Kind::exposure);
  EXPECT_EQ(f.native_id, "NETWORK_REACHABILITY");
  EXPECT_EQ(f.location.port, 22);
  EXPECT_EQ(f.location.protocol, "tcp");
  EXPECT_EQ(f.location.check, "reachable from AWS::EC2::InternetGateway");
  EXPECT_EQ(f.evidence,
            "open ports 22 to 23\npath: AWS::EC2::InternetGateway igw-1 > AWS::EC2::Instance "
            "i-0123456789abcdef0");
  ASSERT_THAT(told.hosts, SizeIs(2));
  EXPECT_EQ(told.hosts[0].authenticated, std::nullopt);
  EXPECT_EQ(told.hosts[1].authenticated, true);
}

TEST(InspectorReport, ReadsWeaknessesOfCode) {
  const auto told = read_report(page_of(
      R"({"findingArn":"a","type":"CODE_VULNERABILITY","title":"CWE-117 - Log injection",
          "severity":"HIGH","remediation":{"recommendation":{"text":"Clean it."}},
          "codeVulnerabilityDetails":{"cwes":["CWE-117"],"detectorId":"python/log@v1.0",
            "detectorName":"Log injection","ruleId":"python-log","referenceUrls":[],
            "filePath":{"fileName":"api.py","filePath":"src/api.py","startLine":26,"endLine":28}},
          "resources":[{"type":"CODE_REPOSITORY","id":"arn:x",
            "details":{"codeRepository":{"projectName":"shop"}}}]})"));
  ASSERT_THAT(told.findings, SizeIs(1));
  const Finding& f = told.findings[0];
  EXPECT_EQ(f.native_id, "python-log");
  EXPECT_EQ(f.location.path, "src/api.py");
  EXPECT_THAT(f.cwes, ElementsAre("CWE-117"));
  EXPECT_EQ(f.fix.solution, "Clean it.");
  EXPECT_EQ(f.evidence, "lines 26 to 28\ndetector python/log@v1.0");
  EXPECT_EQ(told.hosts[0].name, "shop");
}

TEST(InspectorReport, WhatIsClosedIsFixedAndWhatIsSuppressedIsStillThere) {
  const auto told = read_report(page_of(R"({"findingArn":"a","severity":"HIGH","status":"CLOSED"},
                                           {"findingArn":"b","severity":"HIGH","status":"SUPPRESSED"})"));
  ASSERT_THAT(told.findings, SizeIs(2));
  EXPECT_EQ(told.findings[0].status, Status::fixed);
  EXPECT_EQ(told.findings[1].status, Status::unknown);
  EXPECT_EQ(told.findings[1].source_status, "SUPPRESSED");
}

TEST(InspectorReport, WhatIsNotTriagedIsUnknownAndNotLow) {
  const auto told = read_report(page_of(R"({"findingArn":"a","severity":"UNTRIAGED"},
    {"findingArn":"b","severity":"SPICY"},{"findingArn":"c"},
    {"findingArn":"d","inspectorScore":9.8}, {"findingArn":"e","severity":"INFORMATIONAL"})"));
  ASSERT_THAT(told.findings, SizeIs(5));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(told.findings[i].severity, Severity::unknown);
  EXPECT_EQ(told.findings[3].severity, Severity::critical);
  EXPECT_EQ(told.findings[3].severity_source, "inspectorScore");
  EXPECT_EQ(told.findings[4].severity, Severity::info);
}

TEST(InspectorReport, AFixThatIsNotAvailableIsNoVersion) {
  const auto told = read_report(page_of(
      R"({"findingArn":"a","severity":"LOW","fixAvailable":"NO","packageVulnerabilityDetails":{
          "vulnerablePackages":[{"name":"linux","version":"6.1","fixedInVersion":"NotAvailable"}]}})"));
  ASSERT_THAT(told.findings, SizeIs(1));
  EXPECT_EQ(told.findings[0].fix.available, false);
  EXPECT_THAT(told.findings[0].fix.versions, IsEmpty());
  EXPECT_EQ(told.findings[0].evidence, "linux 6.1");
}

TEST(InspectorReport, ASecondInstanceDoesNotPassUnseen) {
  const auto told = read_report(
      R"({"findings":[{"findingArn":"a","title":"t","resources":[)"
      R"({"type":"AWS_EC2_INSTANCE","id":"i-1"},{"type":"AWS_EC2_INSTANCE","id":"i-2"}]}]})");
  EXPECT_THAT(told.facts.problems,
              ElementsAre("1 findings name several instances, of which only the first is read"));
}

TEST(InspectorReport, APageThatPromisesAnotherIsNotAll) {
  for (const char* rest :
       {R"(,"nextToken":"abc")", R"(,"NextToken":"abc")", R"(,"nextToken":123)"}) {
    const auto told = read_report(page_of(libxml, rest));
    EXPECT_THAT(told.facts.problems, ElementsAre(HasSubstr("more findings exist"))) << rest;
  }
  for (const char* rest : {"", R"(,"nextToken":null)", R"(,"nextToken":"")"}) {
    EXPECT_THAT(read_report(page_of(libxml, rest)).facts.problems, IsEmpty()) << rest;
  }
  const auto token_first = read_report(R"({"nextToken":"abc","findings":[]})");
  EXPECT_THAT(token_first.facts.problems, SizeIs(1));
}

TEST(InspectorReport, PagesMayFollowEachOther) {
  const std::string first = page_of(libxml, R"(,"nextToken":"abc")");
  const auto both = read_report(first + "\n" + page_of(libxml));
  EXPECT_THAT(both.findings, SizeIs(2));
  EXPECT_THAT(both.facts.problems, IsEmpty());
  EXPECT_THAT(read_report(page_of(libxml) + first).facts.problems, SizeIs(1));
}

TEST(InspectorReport, ReadsListsLinesAndEvents) {
  for (const std::string& text : {"[" + libxml + "," + libxml + "]",
                                  libxml + "\n" + libxml,
                                  R"({"detail":)" + libxml + R"(}{"detail":)" + libxml + "}"}) {
    const auto told = read_report(text);
    EXPECT_EQ(told.fault, "nothing");
    EXPECT_EQ(told.format, "inspector");
    EXPECT_THAT(told.findings, SizeIs(2)) << text.substr(0, 20);
  }
}

TEST(InspectorReport, AnEmptyAnswerIsReadAndNoFindingsIsNoMachine) {
  const auto told = read_report(R"({"findings": [ ]})");
  EXPECT_EQ(told.fault, "nothing");
  EXPECT_EQ(told.format, "inspector");
  EXPECT_THAT(told.hosts, IsEmpty());
}

TEST(InspectorReport, AnEmptyObjectIsNoReport) {
  EXPECT_THAT(read_report("{}").fault, HasSubstr("is not a report"));
  EXPECT_THAT(read_report(R"({"findings":null})").fault, HasSubstr("is not a report"));
}

TEST(InspectorReport, WhatWasReadBeforeABreakStands) {
  const auto told = read_report(R"({"findings":[)" + libxml + R"(,{"findingArn": oops)");
  EXPECT_THAT(told.findings, SizeIs(1));
  EXPECT_THAT(told.fault, HasSubstr("expected a value"));
}

}  // namespace
}  // namespace patchbot
