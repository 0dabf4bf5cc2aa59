// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include "formats/policy_yaml.hpp"
#include "rules/gate.hpp"
#include "rules/sla.hpp"

namespace patchbot {
namespace {

Time at(std::string_view text) { return *parse_rfc3339(text); }

// One row of the published table (CERTCC/SSVC, data/csv/cisa/cisa_bod_26_04_1_0_0.csv): its number,
// its four inputs and its outcome. -1 stands for "fix on system upgrade".
struct BodRow {
  int number;
  bool kev, exposed, automatable, total;
  int days;
  bool forensics;
};

constexpr BodRow bod_rows[] = {{0, false, false, false, false, -1, false},
                               {1, true, false, false, false, 14, false},
                               {2, false, true, false, false, 60, false},
                               {3, false, false, true, false, 60, false},
                               {4, false, false, false, true, -1, false},
                               {5, true, true, false, false, 14, false},
                               {6, true, false, true, false, 14, false},
                               {7, false, true, true, false, 14, false},
                               {8, true, false, false, true, 14, false},
                               {9, false, true, false, true, 14, false},
                               {10, false, false, true, true, 60, false},
                               {11, true, true, true, false, 3, false},
                               {12, true, true, false, true, 3, true},
                               {13, true, false, true, true, 3, true},
                               {14, false, true, true, true, 3, false},
                               {15, true, true, true, true, 3, true}};

class BodTable : public testing::TestWithParam<BodRow> {};

TEST_P(BodTable, GivesTheTimeOfItsRow) {
  const BodRow& row = GetParam();
  Finding finding;
  finding.vuln_ids = {"CVE-2026-1001"};
  finding.first_seen = at("2026-11-01T12:00:00Z");
  if (row.kev) finding.kev = Kev{parse_date("2026-11-01"), {}, {}};
  finding.ssvc = Ssvc{"none", row.automatable, row.total ? "total" : "partial"};
  const Subject subject{.finding = finding, .exposed = row.exposed, .kev_known = true};
  const Policy policy = *preset_policy("cisa-bod-26-04");

  const SlaVerdict verdict = check_sla(policy, subject, at("2026-11-01T13:00:00Z"));

  EXPECT_EQ(verdict.overdue, Truth::no);
  ASSERT_EQ(verdict.sla.has_value(), row.days >= 0);
  if (row.days < 0) return;
  EXPECT_EQ(verdict.sla->due, *parse_date("2026-11-01") + std::chrono::days(row.days));
  EXPECT_EQ(verdict.sla->forensics, row.forensics);
}

INSTANTIATE_TEST_SUITE_P(Rows, BodTable, testing::ValuesIn(bod_rows), [](const auto& tested) {
  return "row" + std::to_string(tested.param.number);
});

TEST(Bod2604, CountsCalendarDaysFromTheEarlierOfListingAndDetection) {
  Finding finding;
  finding.vuln_ids = {"CVE-2026-1001"};
  finding.first_seen = at("2026-11-10T23:00:00Z");
  finding.kev = Kev{parse_date("2026-11-02"), {}, {}};
  finding.ssvc = Ssvc{"active", false, "partial"};
  const Subject subject{.finding = finding, .exposed = false};
  const Policy policy = *preset_policy("cisa-bod-26-04");

  EXPECT_EQ(check_sla(policy, subject, at("2026-11-16T23:59:59Z")).overdue, Truth::no);
  EXPECT_EQ(check_sla(policy, subject, at("2026-11-17T00:00:00Z")).overdue, Truth::yes);
}

TEST(Bod2604, IsOverdueByTheListingAloneWhereDetectionIsNotKnown) {
  Finding finding;
  finding.vuln_ids = {"CVE-2026-1001"};
  finding.kev = Kev{parse_date("2026-11-02"), {}, {}};
  finding.ssvc = Ssvc{"active", false, "partial"};
  const Subject subject{.finding = finding};
  const Policy policy = *preset_policy("cisa-bod-26-04");

  EXPECT_EQ(check_sla(policy, subject, at("2026-11-17T00:00:00Z")).overdue, Truth::yes);
  EXPECT_EQ(check_sla(policy, subject, at("2026-11-10T00:00:00Z")).overdue, Truth::undecided)
      << "it may have been found before it was listed";
}

// Days by preset, severity, exposure and exploit: FedRAMP Rev 5 and VDR, PCI DSS 4.0 6.3.3, as
// docs/policies.md names their sources.
struct SlaCase {
  const char* name;
  const char* preset;
  Severity severity;
  bool exposed;
  const char* exploit;
  int days;
};

constexpr SlaCase sla_cases[] = {
    {"VdrExploitableAndReachable", "fedramp", Severity::medium, true, "functional", 4},
    {"VdrExploitable", "fedramp", Severity::medium, false, "active", 14},
    {"VdrReachable", "fedramp", Severity::medium, true, "", 30},
    {"Rev5Critical", "fedramp", Severity::critical, false, "", 30},
    {"Rev5High", "fedramp", Severity::high, false, "", 30},
    {"Rev5Moderate", "fedramp", Severity::medium, false, "", 90},
    {"Rev5Low", "fedramp", Severity::low, false, "", 180},
    {"PciCritical", "pci-dss", Severity::critical, false, "", 30},
    {"PciHigh", "pci-dss", Severity::high, true, "", 30},
    {"PciMediumHasNone", "pci-dss", Severity::medium, true, "", -1}};

class PresetSla : public testing::TestWithParam<SlaCase> {};

TEST_P(PresetSla, GivesItsDays) {
  const SlaCase& tested = GetParam();
  Finding finding;
  finding.vuln_ids = {"CVE-2026-1001"};
  finding.severity = tested.severity;
  finding.exploit = tested.exploit;
  finding.first_seen = at("2026-11-01T12:00:00Z");
  const Subject subject{.finding = finding, .exposed = tested.exposed, .kev_known = true};

  const SlaVerdict verdict =
      check_sla(*preset_policy(tested.preset), subject, at("2026-11-01T13:00:00Z"));

  ASSERT_EQ(verdict.sla.has_value(), tested.days >= 0);
  if (verdict.sla) {
    EXPECT_EQ(verdict.sla->due, *parse_date("2026-11-01") + std::chrono::days(tested.days));
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, PresetSla, testing::ValuesIn(sla_cases), [](const auto& tested) {
  return std::string(tested.param.name);
});

// ---- making a finding worse never makes the verdict milder

struct World {
  Finding finding;
  bool exposed = false;
};

class Worsening {
 public:
  explicit Worsening(unsigned seed) : random_(seed) {}

  World any() {
    World world;
    Finding& f = world.finding;
    f.vuln_ids = {"CVE-2026-1001"};
    f.severity = static_cast<Severity>(below(severity_count));
    if (below(2) == 0) f.kev = Kev{parse_date("2026-10-15"), {}, false};
    if (below(2) == 0) f.epss = Epss{static_cast<double>(below(100)) / 100, {}, "", {}};
    f.exploit = words_[below(words_.size())];
    f.ssvc = Ssvc{"none", below(2) == 0, below(2) == 0 ? "total" : "partial"};
    f.first_seen = at("2026-11-20T00:00:00Z") - std::chrono::days(below(200));
    world.exposed = below(2) == 0;
    return world;
  }

  World worse(World world) {
    Finding& f = world.finding;
    switch (below(7)) {
      case 0:
        if (f.severity != Severity::unknown && f.severity != Severity::critical) {
          f.severity = static_cast<Severity>(static_cast<int>(f.severity) + 1);
        }
        break;
      case 1: f.kev = Kev{parse_date("2026-10-15"), {}, true}; break;
      case 2:
        if (f.epss) f.epss->score = 1;
        break;
      case 3: *f.first_seen -= std::chrono::days(below(300)); break;
      case 4: world.exposed = true; break;
      case 5: f.ssvc->automatable = true; break;
      default: f.ssvc->technical_impact = "total"; break;
    }
    return world;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::minstd_rand random_;
  const std::array<std::string, 4> words_{"", "poc", "functional", "active"};
};

GateLevel level_of(const Policy& policy, const World& world) {
  const Time now = at("2026-11-20T00:00:00Z");
  Subject subject{
      .finding = world.finding, .exposed = world.exposed, .kev_known = true, .ssvc_known = true};
  subject.overdue = check_sla(policy, subject, now).overdue;
  return check_gate(policy, subject).decision.level;
}

TEST(Presets, MakingAFindingWorseNeverMakesTheVerdictMilder) {
  for (std::string_view name : preset_names()) {
    const Policy policy = *preset_policy(name);
    Worsening worsening(20261123);
    for (int round = 0; round < 20000; ++round) {
      const World before = worsening.any();
      const World after = worsening.worse(before);
      ASSERT_LE(level_of(policy, before), level_of(policy, after)) << name << " round " << round;
    }
  }
}

}  // namespace
}  // namespace patchbot
