// SPDX-License-Identifier: Apache-2.0
#include "formats/warnings_ng_writer.hpp"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "formats/rich_finding.hpp"

namespace patchbot {
namespace {

using nlohmann::json;
using Form = WarningsNgWriter::Form;

json issue_of(const Finding& finding, Evidence evidence = Evidence::keep) {
  WarningsNgWriter writer(Form::document, evidence);
  return json::parse(all_of(writer, {finding})).at("issues").at(0);
}

TEST(WarningsNgWriter, WritesEveryMember) {
  EXPECT_EQ(issue_of(rich_finding()),
            json({{"fileName", "asset/111122223333/eu-west-1/shop"},
                  {"severity", "HIGH"},
                  {"category", "vulnerability"},
                  {"type", "trivy/CVE-2031-1"},
                  {"message",
                   "Ring buffer overflow (CVE-2031-1, GHSA-aaaa) on web-7, port 443/tcp: ring 1.0, "
                   "fixed in 1.1, 2.0; exploited in the wild"},
                  {"description",
                   "<p>Too much is written.</p><ul><li><b>Severity</b>: high</li>"
                   "<li><b>Gate</b>: fail</li><li><b>Asset</b>: 111122223333/eu-west-1/shop</li>"
                   "<li><b>Address</b>: 10.0.0.1</li><li><b>Team</b>: web</li>"
                   "<li><b>Environment</b>: production</li>"
                   "<li><b>Vulnerabilities</b>: CVE-2031-1, GHSA-aaaa</li>"
                   "<li><b>Package</b>: ring</li><li><b>Installed</b>: 1.0</li>"
                   "<li><b>Path</b>: /opt/ring lib/ring.so</li>"
                   "<li><b>Fixed in</b>: 1.1, 2.0</li><li><b>Solution</b>: Upgrade ring.</li>"
                   "<li><b>CVSS</b>: 7.5 (version 3.1) CVSS:3.1/AV:N</li>"
                   "<li><b>EPSS</b>: 25.00 %</li>"
                   "<li><b>Known exploited</b>: listed, due 2031-01-23</li>"
                   "<li><a href=\"https://ring.example/a%20b\" rel=\"nofollow noopener\">"
                   "https://ring.example/a%20b</a></li></ul><pre>seen in memory</pre>"},
                  {"moduleName", "web"},
                  {"packageName", "ring"},
                  {"fingerprint", "00000000000000010000000000000002"},
                  {"additionalProperties", "00000000000000010000000000000002"}}));
}

TEST(WarningsNgWriter, MapsEverySeverity) {
  const std::map<Severity, std::string> words{{Severity::critical, "ERROR"},
                                              {Severity::high, "HIGH"},
                                              {Severity::medium, "NORMAL"},
                                              {Severity::low, "LOW"},
                                              {Severity::info, "LOW"},
                                              {Severity::unknown, "NORMAL"}};
  for (const auto& [severity, word] : words) {
    Finding f;
    f.severity = severity;
    const json issue = issue_of(f);
    EXPECT_EQ(issue.at("severity"), word);
    EXPECT_EQ(issue.at("message").get<std::string>().ends_with("severity unknown"),
              severity == Severity::unknown);
  }
}

TEST(WarningsNgWriter, WaivedFindingsStayButTripNoQualityGate) {
  Finding f = rich_finding();
  f.waiver = some_waiver();

  const json issue = issue_of(f);

  EXPECT_EQ(issue.at("severity"), "LOW");
  EXPECT_TRUE(issue.at("message").get<std::string>().starts_with(
      "[waived until 2031-02-01 by Ann: gone soon (W-1)] Ring buffer"));
  EXPECT_NE(issue.at("description").get<std::string>().find("<b>Severity</b>: high"),
            std::string::npos);
}

TEST(WarningsNgWriter, DescriptionsHoldNoHtmlFromOutside) {
  Finding f;
  f.synopsis = "<script>alert('1')</script>";
  f.evidence = "</pre><img src=x onerror=\"y\">&";
  f.refs = {"https://a.example/'><b>"};

  const std::string text = issue_of(f).at("description");

  EXPECT_NE(text.find("<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</p>"), std::string::npos);
  EXPECT_NE(text.find("<pre>&lt;/pre&gt;&lt;img src=x onerror=&quot;y&quot;&gt;&amp;</pre>"),
            std::string::npos);
  EXPECT_NE(text.find("href=\"https://a.example/&#39;%3E%3Cb%3E\""), std::string::npos);
}

TEST(WarningsNgWriter, LeavesEvidenceOutOnRequest) {
  EXPECT_EQ(issue_of(rich_finding(), Evidence::redact).dump().find("seen in memory"),
            std::string::npos);
}

TEST(WarningsNgWriter, FileNamesStayInTheirFolder) {
  Finding f;
  f.asset.id = "../../etc//./passwd";
  EXPECT_EQ(issue_of(f).at("fileName"), "asset/etc/passwd");
  f.asset = {"", "web", "", "", "", ""};
  EXPECT_EQ(issue_of(f).at("fileName"), "asset/web");
}

TEST(WarningsNgWriter, LeavesOutWhatIsNoWeaknessAndSaysSo) {
  Finding fixed;
  fixed.status = Status::fixed;
  Finding passed;
  passed.check_result = CheckResult::passed;
  WarningsNgWriter writer(Form::document, Evidence::keep);

  const json report = json::parse(all_of(writer, {fixed, rich_finding(), passed, rich_finding()}));

  EXPECT_EQ(report.at("_class"), "io.jenkins.plugins.analysis.core.restapi.ReportApi");
  EXPECT_EQ(report.at("issues").size(), 2U);
  EXPECT_EQ(report.at("size"), 2);
  EXPECT_EQ(writer.notes().remarks,
            std::vector<std::string>{
                "2 findings left out: repaired, or checks that passed or did not apply"});
  EXPECT_TRUE(writer.notes().losses.empty());
}

TEST(WarningsNgWriter, NothingFoundIsADocumentToo) {
  WarningsNgWriter writer(Form::document, Evidence::keep);

  const json report = json::parse(all_of(writer, {}));

  EXPECT_TRUE(report.at("issues").empty());
  EXPECT_EQ(report.at("size"), 0);
}

TEST(WarningsNgWriter, WritesOneIssuePerLine) {
  WarningsNgWriter writer(Form::lines, Evidence::keep);

  const std::string text = all_of(writer, {rich_finding(), rich_finding()});

  const auto end = text.find('\n');
  EXPECT_EQ(json::parse(text.substr(0, end)), issue_of(rich_finding()));
  EXPECT_EQ(text.substr(end + 1), text.substr(0, end + 1));
}

}  // namespace
}  // namespace patchbot
