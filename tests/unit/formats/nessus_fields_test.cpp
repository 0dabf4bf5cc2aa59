// SPDX-License-Identifier: Apache-2.0
#include "formats/nessus_fields.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Fields = std::vector<NessusField>;

NessusItem item_with(Fields fields) {
  NessusItem item;
  item.plugin_id = "1";
  item.severity = "3";
  item.fields = std::move(fields);
  return item;
}

Finding finding_with(Fields fields) {
  Finding finding;
  fill_finding(finding, item_with(std::move(fields)), SeveritySource::severity);
  return finding;
}

std::string graded(const NessusItem& item, SeveritySource source) {
  std::string_view used;
  const Severity severity = severity_of(item, source, &used);
  return std::string(to_text(severity)) + " by " + std::string(used);
}

TEST(NessusSeverity, IsTheAttributeAsNumberOrWord) {
  NessusItem item;
  for (const auto& [text, expected] :
       std::vector<std::pair<const char*, const char*>>{{"0", "info by severity"},
                                                        {"1", "low by severity"},
                                                        {"2", "medium by severity"},
                                                        {"3", "high by severity"},
                                                        {"4", "critical by severity"},
                                                        {" Critical ", "critical by severity"},
                                                        {"None", "info by severity"},
                                                        {"5", "unknown by severity"},
                                                        {"-1", "unknown by severity"},
                                                        {"", "unknown by none"}}) {
    item.severity = text;
    EXPECT_EQ(graded(item, SeveritySource::severity), expected) << text;
  }
}

TEST(NessusSeverity, ComesFromTheSourceThatWasAskedFor) {
  const NessusItem item = item_with({{"risk_factor", "Medium"},
                                     {"cvss3_base_score", "9.8"},
                                     {"vulnerability_priority_rating", "3.9"}});
  EXPECT_EQ(graded(item, SeveritySource::severity), "high by severity");
  EXPECT_EQ(graded(item, SeveritySource::risk_factor), "medium by risk_factor");
  EXPECT_EQ(graded(item, SeveritySource::cvss3), "critical by cvss3");
  EXPECT_EQ(graded(item, SeveritySource::vpr), "low by vpr");
  EXPECT_EQ(graded(item_with({{"cvssv3", "7.0"}}), SeveritySource::cvss3), "high by cvss3");
  EXPECT_EQ(graded(item_with({{"vpr_score", "9.0"}}), SeveritySource::vpr), "critical by vpr");
}

TEST(NessusSeverity, FallsBackToTheAttributeAndThenToTheRiskFactor) {
  const NessusItem plain = item_with({});
  for (SeveritySource source :
       {SeveritySource::risk_factor, SeveritySource::cvss3, SeveritySource::vpr})
    EXPECT_EQ(graded(plain, source), "high by severity");
  NessusItem risky = item_with({{"risk_factor", "high"}});
  risky.severity = "";
  EXPECT_EQ(graded(risky, SeveritySource::severity), "high by risk_factor");
  EXPECT_EQ(graded(risky, SeveritySource::vpr), "high by risk_factor");
  risky.fields = {{"cvss3_base_score", "n/a"}};
  EXPECT_EQ(graded(risky, SeveritySource::cvss3), "unknown by none");
}

Finding check_with(Fields fields) {
  NessusItem item = item_with(std::move(fields));
  item.plugin_name = "Unix Compliance Checks";
  item.plugin_family = "Policy Compliance";
  Finding finding;
  fill_finding(finding, item, SeveritySource::severity);
  const Brief brief = brief_of(item, SeveritySource::severity);
  EXPECT_EQ(brief.check_result, finding.check_result);
  EXPECT_EQ(brief.severity, finding.severity);
  return finding;
}

TEST(NessusCompliance, IsGradedByItsResultNotByTheAttribute) {
  const auto severity = [](const char* result) {
    return check_with({{"cm:compliance-result", result}}).severity;
  };
  EXPECT_EQ(severity("PASSED"), Severity::info);
  EXPECT_EQ(severity("FAILED"), Severity::high);
  EXPECT_EQ(severity(" warning\n"), Severity::medium);
  EXPECT_EQ(severity("ERROR"), Severity::unknown);
  EXPECT_EQ(severity("what is this"), Severity::unknown);
}

TEST(NessusCompliance, TakesItsFieldsFromTheCmNamespace) {
  const Finding f = check_with({{"cm:compliance-check-name", "5.2.1 PermitRootLogin"},
                                {"cm:compliance-check-id", "abc123"},
                                {"cm:compliance-result", "FAILED"},
                                {"cm:compliance-actual-value", " yes "},
                                {"cm:compliance-policy-value", "no"},
                                {"cm:compliance-info", "Root must\nnot log in."},
                                {"cm:compliance-solution", "Set it to no."},
                                {"cm:compliance-audit-file", "cis.audit"},
                                {"cm:compliance-benchmark-name", "CIS Debian 12"},
                                {"cm:compliance-see-also", "https://cis.example/1"},
                                {"cm:compliance-reference", "CIS|5.2.1, 800-53|AC-6"}});
  EXPECT_EQ(f.kind, Kind::compliance);
  EXPECT_EQ(f.check_result, CheckResult::failed);
  EXPECT_EQ(f.severity_source, "result");
  EXPECT_EQ(f.title, "5.2.1 PermitRootLogin");
  EXPECT_EQ(f.location.check, "5.2.1 PermitRootLogin");
  EXPECT_EQ(f.location.check_id, "abc123");
  EXPECT_EQ(f.check_list, "CIS Debian 12");
  EXPECT_EQ(f.synopsis, "Root must not log in.");
  EXPECT_EQ(f.fix.solution, "Set it to no.");
  EXPECT_EQ(f.evidence, "actual value: yes\nexpected value: no\n");
  EXPECT_THAT(f.xrefs, ElementsAre("CIS|5.2.1", "800-53|AC-6"));
  EXPECT_THAT(f.refs, ElementsAre("https://cis.example/1"));
}

TEST(NessusCompliance, OfOldExportsStandsInTheDescription) {
  const Finding f =
      check_with({{"description", "\"1.1 Create /tmp &quot;x&quot;\" : [FAILED]\n\nwhy"}});
  EXPECT_EQ(f.check_result, CheckResult::failed);
  EXPECT_EQ(f.location.check, "1.1 Create /tmp \"x\"");
  EXPECT_EQ(f.title, "1.1 Create /tmp \"x\"");
  EXPECT_EQ(f.check_list, "Unix Compliance Checks");
  EXPECT_EQ(check_with({{"description", "\"a\" : [PASSED]"}}).check_result, CheckResult::passed);
}

TEST(NessusCompliance, IsOnlyWhatHasAResult) {
  const Finding f = check_with({{"description", "Compliance checks were not run"}});
  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::high);
  EXPECT_EQ(finding_with({{"description", "\"a\" : [FAILED]"}}).check_result, CheckResult::none);
}

TEST(NessusFields, ReadEveryVersionOfCvss) {
  EXPECT_THAT(
      finding_with({{"cvss_base_score", "7.5"},
                    {"cvss_vector", "CVSS2#AV:N/AC:L/Au:N/C:P/I:P/A:P"},
                    {"cvss_temporal_score", "5.9"},
                    {"cvss_temporal_vector", "CVSS2#E:F/RL:OF/RC:C"}})
          .cvss,
      ElementsAre(Cvss{"2.0", "AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5, "E:F/RL:OF/RC:C", 5.9, ""}));
  EXPECT_THAT(finding_with({{"cvss3_base_score", "9.8"}, {"cvss3_vector", "AV:N/AC:L"}}).cvss,
              ElementsAre(Cvss{"3.0", "AV:N/AC:L", 9.8, "", {}, ""}));
  EXPECT_THAT(finding_with({{"cvss3_vector", "CVSS:3.0/AV:N"}}).cvss,
              ElementsAre(Cvss{"3.0", "CVSS:3.0/AV:N", {}, "", {}, ""}));
  EXPECT_THAT(finding_with({{"cvss3_base_score", "9.8"},
                            {"cvss3_vector", "CVSS:3.1/AV:N"},
                            {"cvss3_temporal_score", "8.5"},
                            {"cvss3_temporal_vector", "CVSS:3.1/E:U"}})
                  .cvss,
              ElementsAre(Cvss{"3.1", "CVSS:3.1/AV:N", 9.8, "CVSS:3.1/E:U", 8.5, ""}));
  EXPECT_THAT(finding_with({{"cvss4_base_score", "9.3"}, {"cvss4_vector", "CVSS:4.0/AV:N"}}).cvss,
              ElementsAre(Cvss{"4.0", "CVSS:4.0/AV:N", 9.3, "", {}, ""}));
}

TEST(NessusFields, KeepCvssVersionsApartAndSkipWhatIsNoScore) {
  EXPECT_THAT(
      finding_with({{"cvss", "5.0"}, {"cvssv3", "6.1"}, {"cvss4_base_score", "unknown"}}).cvss,
      ElementsAre(Cvss{"2.0", "", 5.0, "", {}, ""}, Cvss{"3.0", "", 6.1, "", {}, ""}));
}

TEST(NessusFields, ReadVprUnderBothNames) {
  EXPECT_EQ(finding_with({{"vpr_score", "6.7"}}).vpr, 6.7);
  EXPECT_EQ(finding_with({{"vulnerability_priority_rating", "9.2"}}).vpr, 9.2);
  EXPECT_EQ(finding_with({{"vpr_score", "-"}}).vpr, std::nullopt);
}

TEST(NessusFields, ReadEpssAsAFractionHoweverItIsWritten) {
  const auto epss = [](const char* text) {
    const auto value = finding_with({{"epss_score", text}}).epss;
    return value ? value->score : -1;
  };
  EXPECT_DOUBLE_EQ(epss("0.9443"), 0.9443);
  EXPECT_DOUBLE_EQ(epss("9443"), 0.9443);
  EXPECT_DOUBLE_EQ(epss("94.43"), 0.9443);
  EXPECT_DOUBLE_EQ(epss("0"), 0);
  EXPECT_DOUBLE_EQ(epss("1"), 1);
  EXPECT_DOUBLE_EQ(epss("-0.1"), -1);
  EXPECT_DOUBLE_EQ(epss("940.4"), -1);
  EXPECT_DOUBLE_EQ(epss("n/a"), -1);
}

TEST(NessusFields, ReadKevFromElementAndReference) {
  const Kev dated{{}, parse_date("2021-12-24")};
  const Finding element = finding_with({{"cisa-known-exploited", "2021/12/24"}});
  EXPECT_EQ(element.kev, dated);
  EXPECT_EQ(element.exploit, "active");
  const Finding reference = finding_with({{"xref", "CISA-KNOWN-EXPLOITED:2021/12/24"}});
  EXPECT_EQ(reference.kev, dated);
  EXPECT_THAT(reference.xrefs, ElementsAre("CISA-KNOWN-EXPLOITED:2021/12/24"));
  EXPECT_EQ(finding_with({{"xref", "cisa-known-exploited: soon"}}).kev, Kev{});
  EXPECT_EQ(finding_with({}).kev, std::nullopt);
}

TEST(NessusFields, RankExploitsByTheWorstThatIsKnown) {
  const auto exploit = [](Fields fields) { return finding_with(std::move(fields)).exploit; };
  EXPECT_EQ(exploit({}), "");
  EXPECT_EQ(exploit({{"exploit_available", "false"}}), "none");
  EXPECT_EQ(exploit({{"exploit_available", "true"}}), "poc");
  EXPECT_EQ(exploit({{"exploit_code_maturity", "Unproven"}}), "none");
  EXPECT_EQ(exploit({{"exploit_code_maturity", "PoC"}}), "poc");
  EXPECT_EQ(exploit({{"exploit_code_maturity", "Functional"}}), "functional");
  EXPECT_EQ(exploit({{"exploit_code_maturity", "High"}, {"exploit_available", "true"}}),
            "functional");
  EXPECT_EQ(exploit({{"exploit_framework_metasploit", "true"}, {"exploit_available", "false"}}),
            "functional");
  EXPECT_EQ(exploit({{"exploit_framework_metasploit", "false"}}), "");
  EXPECT_EQ(exploit({{"exploited_by_malware", "true"}, {"exploit_available", "true"}}), "active");
}

TEST(NessusFields, NameWhereExploitsAre) {
  EXPECT_THAT(finding_with({{"exploit_framework_metasploit", "true"},
                            {"metasploit_name", "Log4Shell"},
                            {"exploit_framework_core", "true"},
                            {"canvas_package", "CANVAS"},
                            {"exploitability_ease", "Exploits are available"},
                            {"exploited_by_malware", "true"}})
                  .exploit_refs,
              ElementsAre("metasploit",
                          "metasploit:Log4Shell",
                          "core-impact",
                          "canvas:CANVAS",
                          "ease:Exploits are available",
                          "malware"));
}

TEST(NessusFields, CollectReferences) {
  const Finding f = finding_with({{"cve", "CVE-2024-1"},
                                  {"cve", " CVE-2024-2 "},
                                  {"cwe", "79"},
                                  {"xref", "CWE:79"},
                                  {"xref", "cwe:89"},
                                  {"xref", "CVE:CVE-2024-2"},
                                  {"xref", "CVE:2024-3"},
                                  {"xref", "IAVA:2024-A-1"},
                                  {"bid", "104976"},
                                  {"mskb", "KB1\nKB2"},
                                  {"edb-id", "50592"},
                                  {"stig_severity", "II"}});
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2024-1", "CVE-2024-2", "CVE-2024-3"));
  EXPECT_THAT(f.cwes, ElementsAre("CWE-79", "CWE-89"));
  EXPECT_THAT(f.xrefs,
              ElementsAre("CWE:79",
                          "cwe:89",
                          "CVE:CVE-2024-2",
                          "CVE:2024-3",
                          "IAVA:2024-A-1",
                          "BID:104976",
                          "MSKB:KB1",
                          "MSKB:KB2",
                          "EDB-ID:50592",
                          "STIG-SEVERITY:II"));
}

TEST(NessusFields, TakeWebAddressesOnlyFromLinesAndRepeatedElements) {
  EXPECT_THAT(finding_with({{"see_also", "https://a.example/1\nhttp://b.example\njavascript:x\n"},
                            {"see_also", "HTTPS://c.example"},
                            {"see_also", "see https://d.example"}})
                  .refs,
              ElementsAre("https://a.example/1", "http://b.example", "HTTPS://c.example"));
}

TEST(NessusFields, ReadVersionsFromTheOutput) {
  const Finding f = finding_with({{"plugin_output",
                                   "\n  Path              : /usr/sbin/sshd\n"
                                   "  Installed version : 9.7p1\n"
                                   "  Fixed version     : 9.8p1\n"
                                   "  Remote package installed : other\n"
                                   "  Should be         : openssh-9.8\n"
                                   "  Fixed version     : 9.8p1\n"}});
  EXPECT_EQ(f.location.installed, "9.7p1");
  EXPECT_THAT(f.fix.versions, ElementsAre("9.8p1", "openssh-9.8"));
  EXPECT_EQ(f.fix.available, true);
}

TEST(NessusFields, KnowAFixFromItsDate) {
  EXPECT_EQ(finding_with({{"patch_publication_date", "2024/07/01"}}).fix.available, true);
  EXPECT_EQ(finding_with({{"patch_publication_date", ""}}).fix.available, std::nullopt);
}

TEST(NessusFields, FillOneRichRecordWhole) {
  NessusItem item = item_with({{"synopsis", "A &lt;thing&gt;\nis wrong."},
                               {"description", "First.&#xd;\nSecond\x07."},
                               {"solution", "\nUpgrade.\n"},
                               {"cve", "CVE-2024-6387"},
                               {"vuln_publication_date", "2024/07/01"},
                               {"unheard_of", "x"}});
  item.plugin_id = "201194";
  item.plugin_name = "OpenSSH &lt; 9.8";
  item.port = "22";
  item.protocol = "TCP";
  item.service = "ssh?";
  item.severity = "4";

  Finding f;
  f.title = "left over";
  f.cwes = {"left over"};
  fill_finding(f, item, SeveritySource::severity);

  EXPECT_EQ(f.kind, Kind::vulnerability);
  EXPECT_EQ(f.severity, Severity::critical);
  EXPECT_EQ(f.severity_source, "severity");
  EXPECT_EQ(f.source, "nessus");
  EXPECT_EQ(f.native_id, "201194");
  EXPECT_EQ(f.title, "OpenSSH < 9.8");
  EXPECT_EQ(f.synopsis, "A <thing> is wrong.");
  EXPECT_EQ(f.description, "First.\nSecond.");
  EXPECT_EQ(f.fix, (Fix{std::nullopt, {}, "Upgrade."}));
  EXPECT_THAT(f.vuln_ids, ElementsAre("CVE-2024-6387"));
  EXPECT_THAT(f.cwes, IsEmpty());
  Location location;
  location.port = 22;
  location.protocol = "tcp";
  location.service = "ssh?";
  EXPECT_EQ(f.location, location);
  EXPECT_EQ(f.published_at, parse_rfc3339("2024-07-01T00:00:00Z"));
}

TEST(NessusFields, FallBackToThePluginForATitleAndSkipImpossiblePorts) {
  NessusItem item = item_with({});
  item.port = "65536";
  Finding f;
  fill_finding(f, item, SeveritySource::severity);
  EXPECT_EQ(f.title, "plugin 1");
  EXPECT_EQ(f.location.port, std::nullopt);

  item.fields = {{"plugin_name", "From the field"}};
  fill_finding(f, item, SeveritySource::severity);
  EXPECT_EQ(f.title, "From the field");
}

TEST(NessusItem, LooksInTheMemoFirst) {
  const Fields known{{"cve", "memo"}};
  NessusItem item = item_with({{"cve", "own"}, {"cwe", "own"}});
  item.known_fields = &known;
  EXPECT_EQ(item.field("cve"), "memo");
  EXPECT_EQ(item.field("cwe"), "own");
  EXPECT_EQ(item.field("bid"), "");
}

TEST(CredentialedChecks, AreReadFromEverySpelling) {
  EXPECT_EQ(credentialed_checks("a\nCredentialed checks : yes\nb"), true);
  EXPECT_EQ(credentialed_checks("Credentialed Checks: Yes (on SMB)"), true);
  EXPECT_EQ(credentialed_checks("  credentialed checks :  no  "), false);
  EXPECT_EQ(credentialed_checks("credentialed checks"), std::nullopt);
  EXPECT_EQ(credentialed_checks(""), std::nullopt);
}

}  // namespace
}  // namespace patchbot
