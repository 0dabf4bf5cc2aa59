// SPDX-License-Identifier: Apache-2.0
#include "case_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using Outcome = TestCase::Outcome;

Finding openssh() {
  Finding f;
  f.id = {0, 0xAB};
  f.source = "nessus";
  f.native_id = "201194";
  f.title = "OpenSSH < 9.8";
  f.severity = Severity::critical;
  f.severity_source = "severity";
  f.team = "web.ops";
  f.vuln_ids = {"CVE-1", "CVE-2", "CVE-3", "CVE-4"};
  f.location.port = 22;
  f.location.protocol = "tcp";
  f.evidence = "seen here";
  f.asset.id = "1/eu/shop";
  return f;
}

HostRecord web7() {
  HostRecord host;
  host.name = "web-7";
  host.class_part = "shop";
  return host;
}

TEST(CaseText, PassesWhereTheGateSaysNothing) {
  const TestCase test = to_test_case(openssh(), web7(), Evidence::keep);

  EXPECT_EQ(test.class_name, "patchbot.web_ops.shop");
  EXPECT_EQ(test.name, "OpenSSH < 9.8 [nessus-201194 tcp/22]");
  EXPECT_EQ(test.outcome, Outcome::passed);
  EXPECT_EQ(test.message, "");
  EXPECT_EQ(test.text, "");
  EXPECT_THAT(test.properties,
              ElementsAre(Pair("patchbot.id", "000000000000000000000000000000ab"),
                          Pair("patchbot.severity", "critical"),
                          Pair("patchbot.cves", "CVE-1, CVE-2, CVE-3, CVE-4")));
}

TEST(CaseText, FailsWhereTheGateFailsOrWarns) {
  Finding f = openssh();
  f.gate = {GateLevel::fail, "fail-on-critical"};
  const TestCase failed = to_test_case(f, web7(), Evidence::keep);
  EXPECT_EQ(failed.outcome, Outcome::failed);
  EXPECT_EQ(failed.message, "FAIL critical: OpenSSH < 9.8 (CVE-1, CVE-2, CVE-3 and 1 more)");
  EXPECT_THAT(failed.properties, testing::Contains(Pair("patchbot.rule", "fail-on-critical")));

  f.gate = {GateLevel::warn, "w"};
  f.vuln_ids.clear();
  EXPECT_EQ(to_test_case(f, web7(), Evidence::keep).message, "WARN critical: OpenSSH < 9.8");

  f.gate = {GateLevel::note, "n"};
  EXPECT_EQ(to_test_case(f, web7(), Evidence::keep).outcome, Outcome::passed);
}

TEST(CaseText, TellsAllThatATeamNeeds) {
  Finding f = openssh();
  f.gate = {GateLevel::fail, "r"};
  f.vuln_ids = {"CVE-1"};
  f.cvss = {{"3.1", "", 9.8, "", {}, ""}, {"2.0", "", {}, "", {}, ""}};
  f.vpr = 9.0;
  f.epss = Epss{0.945};
  f.exploit = "active";
  f.kev = Kev{{}, parse_date("2021-12-24")};
  f.ssvc = Ssvc{"active", false, "total"};
  f.location.installed = "9.7";
  f.fix = {true, {"9.8", "9.9"}, " Upgrade. "};
  f.synopsis = "A race.";
  f.description = "Long story.";
  f.refs = {"https://a"};

  EXPECT_EQ(to_test_case(f, web7(), Evidence::keep).text,
            "Asset: 1/eu/shop\n"
            "Host: web-7\n"
            "Where: tcp/22\n"
            "Severity: critical (by severity)\n"
            "CVEs: CVE-1\n"
            "Threat: CVSS 3.1 9.8, VPR 9.0, EPSS 94.5 %, exploit: active, known exploited (CISA), "
            "due 2021-12-24, SSVC (exploitation active, not automatable, impact total)\n"
            "Installed: 9.7\n"
            "Fixed in: 9.8, 9.9\n"
            "What to do: Upgrade.\n"
            "Summary: A race.\n"
            "Description: Long story.\n"
            "See: https://a\n"
            "Evidence: seen here\n");
  EXPECT_THAT(to_test_case(f, web7(), Evidence::redact).text, Not(HasSubstr("seen here")));
}

TEST(CaseText, SkipsWhatIsWaivedWhateverTheGateSays) {
  Finding f = openssh();
  f.gate = {GateLevel::fail, "r"};
  f.waiver = WaiverNote{"w1", "Ann", "vendor fix pending", *parse_date("2026-12-31")};
  const TestCase test = to_test_case(f, web7(), Evidence::keep);

  EXPECT_EQ(test.outcome, Outcome::skipped);
  EXPECT_EQ(test.message, "waived until 2026-12-31 by Ann: vendor fix pending (w1)");
}

std::string name_of(const Finding& f) { return to_test_case(f, web7(), Evidence::keep).name; }

TEST(CaseText, NamesChecksByTheirBenchmark) {
  Finding f = openssh();
  f.kind = Kind::compliance;
  f.title = "5.2.1 PermitRootLogin";
  f.check_list = "CIS Debian 12";

  EXPECT_EQ(name_of(f), "5.2.1 PermitRootLogin [CIS Debian 12]");
}

TEST(CaseText, NumbersRepeatsFromTwo) {
  Finding f = openssh();
  f.location.ordinal = 1;
  EXPECT_EQ(name_of(f), "OpenSSH < 9.8 [nessus-201194 tcp/22] #2");
}

TEST(CaseText, NamesWithoutAPlaceWhereThereIsNone) {
  Finding f = openssh();
  f.location.port.reset();
  f.location.protocol.clear();
  EXPECT_EQ(name_of(f), "OpenSSH < 9.8 [nessus-201194]");
  f.location.port = 80;
  EXPECT_EQ(name_of(f), "OpenSSH < 9.8 [nessus-201194 tcp/80]");
}

TEST(CaseText, IsBoundedWhateverTheReportHolds) {
  Finding f = openssh();
  f.gate = {GateLevel::fail, "r"};
  std::string long_text;
  for (int i = 0; i < 100000; ++i) long_text += "ü";
  f.title = f.synopsis = f.description = f.evidence = f.fix.solution = long_text;
  f.refs.assign(5000, "https://example.com/a");
  const TestCase test = to_test_case(f, web7(), Evidence::keep);

  EXPECT_LE(test.name.size(), max_case_name + 40);
  EXPECT_LE(test.text.size(), max_case_text + 60);
  EXPECT_LE(test.message.size(), max_case_name + 100);
}

TEST(CveList, IsCutAtItsLimit) {
  EXPECT_EQ(cve_list(openssh(), 4), "CVE-1, CVE-2, CVE-3, CVE-4");
  EXPECT_EQ(cve_list(openssh(), 1), "CVE-1 and 3 more");
  EXPECT_EQ(cve_list({}, 3), "");
}

}  // namespace
}  // namespace patchbot
