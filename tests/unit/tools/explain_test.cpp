// SPDX-License-Identifier: Apache-2.0
#include "explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbot {
namespace {

using testing::HasSubstr;

class Explaining : public testing::Test {
 protected:
  Explaining() {
    GateRule exploited{"exploited", GateLevel::fail, {}};
    exploited.when.kev = true;
    GateRule high{"high", GateLevel::warn, {}};
    high.when.severity = Severity::high;
    policy.rules = {exploited, high};
    finding.id = {1, 2};
    finding.title = "openssl: overread";
    finding.asset.id = "web";
    finding.native_id = "178924";
    finding.severity = Severity::high;
    finding.vuln_ids = {"CVE-2026-1"};
  }

  std::string told(const std::string& wanted) {
    Explanation explanation(wanted);
    const Subject subject{finding};
    const GateVerdict verdict = check_gate(policy, subject);
    finding.gate = verdict.decision;
    explanation.add(policy, subject, verdict);
    return explanation.text();
  }

  Policy policy;
  Finding finding;
};

TEST_F(Explaining, SaysWhichRuleDecidedAndWhatTheOthersLacked) {
  EXPECT_EQ(told("CVE-2026-1"),
            "warn: openssl: overread on web (id 00000000000000010000000000000002, high)\n"
            "  undecided exploited (fail): kev: undecided\n"
            "  yes       high (warn): severity: yes  <- decides\n");
}

TEST_F(Explaining, FindsByEveryId) {
  for (const char* id :
       {"cve-2026-1", "178924", "000000", "00000000000000010000000000000002", "", "all"}) {
    EXPECT_THAT(told(id), HasSubstr("openssl")) << id;
  }
  EXPECT_EQ(told("CVE-2026-2"), "no open finding has the id 'cve-2026-2'\n");
  EXPECT_EQ(told("0000"), "no open finding has the id '0000'\n") << "too short to mean one finding";
}

TEST_F(Explaining, WithoutIdTellsOfWhatTheGateActsOn) {
  finding.severity = Severity::low;
  finding.vuln_ids.clear();
  EXPECT_EQ(told(""), "the gate acts on no finding\n");
}

TEST_F(Explaining, IsBoundedAndSaysHowManyMore) {
  Explanation explanation("");
  for (std::uint64_t id = 0; id < 25; ++id) {
    finding.id = {0, id};
    const Subject subject{finding};
    const GateVerdict verdict = check_gate(policy, subject);
    explanation.add(policy, subject, verdict);
    explanation.add(policy, subject, verdict);  // on another machine of the asset
  }
  EXPECT_THAT(explanation.text(), testing::EndsWith("and 5 more\n"));
}

}  // namespace
}  // namespace patchbot
