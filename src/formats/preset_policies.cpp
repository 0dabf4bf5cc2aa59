// SPDX-License-Identifier: Apache-2.0
#include "formats/preset_policies.hpp"

#include <array>

namespace patchbot {
namespace {

constexpr std::string_view by_severity = R"(
rules:
  - {id: fail-on-critical, level: fail, when: {severity: critical}}
  - {id: warn-on-high, level: warn, when: {severity: high}}
  - {id: unknown-severity, level: warn, when: {severity: unknown}}
)";

// CISA Binding Operational Directive 26-04 (2026-06-10), its table of remediation timelines as
// CERT/CC publishes it (SSVC, cisa_bod_26_04_1_0_0.csv, model cisa:BOD2604:1.0.0); the numbers are
// the table's rows. The clock starts at the KEV listing or the detection, whichever was earlier.
constexpr std::string_view cisa_bod_26_04 = R"(
clock: earliest
rules:
  - {id: bod-26-04-overdue, level: fail, when: {kind: vulnerability, sla_overdue: true}}
  - {id: bod-26-04-known-exploited, level: warn, when: {kind: vulnerability, kev: true}}
  - {id: unknown-severity, level: warn, when: {severity: unknown}}
sla:
  # 15, 13, 12: three days, and a look for traces of intruders
  - {days: 3, forensics: true, when: {kev: true, exposed: true, ssvc: {automatable: true, technical_impact: total}}}
  - {days: 3, forensics: true, when: {kev: true, exposed: false, ssvc: {automatable: true, technical_impact: total}}}
  - {days: 3, forensics: true, when: {kev: true, exposed: true, ssvc: {automatable: false, technical_impact: total}}}
  # 11
  - {days: 3, when: {kev: true, exposed: true, ssvc: {automatable: true, technical_impact: partial}}}
  # 8, 6, 5, 1
  - {days: 14, when: {kev: true, exposed: false, ssvc: {automatable: false, technical_impact: total}}}
  - {days: 14, when: {kev: true, exposed: false, ssvc: {automatable: true, technical_impact: partial}}}
  - {days: 14, when: {kev: true, exposed: true, ssvc: {automatable: false, technical_impact: partial}}}
  - {days: 14, when: {kev: true, exposed: false, ssvc: {automatable: false, technical_impact: partial}}}
  # 14
  - {days: 3, when: {kev: false, exposed: true, ssvc: {automatable: true, technical_impact: total}}}
  # 9, 7
  - {days: 14, when: {kev: false, exposed: true, ssvc: {automatable: false, technical_impact: total}}}
  - {days: 14, when: {kev: false, exposed: true, ssvc: {automatable: true, technical_impact: partial}}}
  # 10, 3, 2
  - {days: 60, when: {kev: false, exposed: false, ssvc: {automatable: true, technical_impact: total}}}
  - {days: 60, when: {kev: false, exposed: false, ssvc: {automatable: true, technical_impact: partial}}}
  - {days: 60, when: {kev: false, exposed: true, ssvc: {automatable: false, technical_impact: partial}}}
  # 4, 0
  - {days: upgrade, when: {kev: false, exposed: false, ssvc: {automatable: false, technical_impact: total}}}
  - {days: upgrade, when: {kev: false, exposed: false, ssvc: {automatable: false, technical_impact: partial}}}
)";

// FedRAMP: first the vulnerability detection and response standard (mandatory from 2026-12-07), by
// how likely an exploit is and whether the internet reaches the machine, then Revision 5.
constexpr std::string_view fedramp = R"(
rules:
  - {id: fedramp-overdue, level: fail, when: {sla_overdue: true}}
  - {id: warn-on-high, level: warn, when: {severity: high}}
  - {id: unknown-severity, level: warn, when: {severity: unknown}}
sla:
  - {days: 4, when: {exploit: functional, exposed: true}}
  - {days: 14, when: {exploit: functional}}
  - {days: 30, when: {severity: low, exposed: true}}
  - {days: 30, when: {severity: high}}
  - {days: 90, when: {severity: medium}}
  - {days: 180, when: {severity: low}}
)";

// PCI DSS 4.0, requirement 6.3.3: critical and high security patches within one month.
constexpr std::string_view pci_dss = R"(
rules:
  - {id: pci-dss-overdue, level: fail, when: {sla_overdue: true}}
  - {id: warn-on-high, level: warn, when: {severity: high}}
  - {id: unknown-severity, level: warn, when: {severity: unknown}}
sla:
  - {days: 30, when: {severity: high}}
)";

constexpr std::array<PresetPolicy, 4> presets{{{"default", by_severity},
                                               {"cisa-bod-26-04", cisa_bod_26_04},
                                               {"fedramp", fedramp},
                                               {"pci-dss", pci_dss}}};

}  // namespace

std::span<const PresetPolicy> preset_policies() { return presets; }

}  // namespace patchbot
