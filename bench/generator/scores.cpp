// SPDX-License-Identifier: Apache-2.0
#include "scores.hpp"

#include <array>
#include <string_view>

#include "text.hpp"

namespace patchbot::bench {
namespace {

constexpr std::array<std::string_view, 5> risk_words{"None", "Low", "Medium", "High", "Critical"};
constexpr std::array<std::size_t, 6> cvss3_from{0, 1, 40, 70, 90, 101};  // in tenths
constexpr std::array<std::string_view, 4> maturities{"Unproven", "PoC", "Functional", "High"};

std::string cve(Prng& prng) {
  return join({"CVE-", number(prng.between(2012, 2026)), "-", number(prng.between(1000, 59999))});
}

std::size_t cve_count(Prng& prng) {
  if (prng.chance(3)) return prng.between(20, 60);
  return prng.chance(55) ? 1 : prng.between(2, 5);
}

std::size_t cvss2_severity(Prng& prng, std::size_t severity) {
  if (severity < 2 || !prng.chance(35)) return severity;
  return severity - 1;  // the older score is often lower
}

void add_cvss(Children& children, Prng& prng, std::size_t severity) {
  const std::size_t risk = cvss2_severity(prng, severity);
  const std::size_t score3 = prng.between(cvss3_from[severity], cvss3_from[severity + 1] - 1);
  const std::size_t score2 =
      risk == 4 ? 100 : prng.between(cvss3_from[risk], cvss3_from[risk] + 28);
  const std::string vector3 = prng.chance(80) ? "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
                                              : "CVSS:3.0/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:L/A:N";
  children.emplace_back("cvss3_base_score", tenths(score3));
  children.emplace_back("cvss3_vector", vector3);
  children.emplace_back("cvss_base_score", tenths(score2));
  children.emplace_back("cvss_vector", "CVSS2#AV:N/AC:L/Au:N/C:P/I:P/A:P");
  children.emplace_back("risk_factor", risk_words[risk]);
}

void add_temporal(Children& children, std::size_t severity) {
  const std::string score = tenths(cvss3_from[severity] * 9 / 10);
  children.emplace_back("cvss3_temporal_score", score);
  children.emplace_back("cvss3_temporal_vector", "CVSS:3.0/E:P/RL:O/RC:C");
  children.emplace_back("cvss_temporal_score", score);
  children.emplace_back("cvss_temporal_vector", "CVSS2#E:POC/RL:OF/RC:C");
}

void add_threat(Children& children, Prng& prng, std::size_t severity) {
  const auto* const name = prng.chance(50) ? "vpr_score" : "vulnerability_priority_rating";
  children.emplace_back(name, tenths(severity * 20 + prng.below(20)));
  children.emplace_back("epss_score", join({"0.", number(prng.skewed(10'000), 4)}));
  children.emplace_back("age_of_vuln", join({number(prng.between(30, 365)), " days +"}));
  children.emplace_back("exploit_code_maturity", prng.pick(maturities));
  children.emplace_back("threat_recency", "No recorded events");
}

void add_exploit(Children& children, Prng& prng) {
  const bool known = prng.chance(30);
  children.emplace_back("exploit_available", known ? "true" : "false");
  children.emplace_back("exploitability_ease", known ? "Exploits are public" : "None are known");
  if (known && prng.chance(40)) {
    children.emplace_back("exploit_framework_metasploit", "true");
    children.emplace_back("metasploit_name", join({"Sample module ", hex(prng, 4)}));
  }
}

void add_references(Children& children, Prng& prng) {
  const std::size_t count = cve_count(prng);
  for (std::size_t i = 0; i < count; ++i) children.emplace_back("cve", cve(prng));
  if (prng.chance(30)) children.emplace_back("bid", number(prng.between(1000, 99999)));
  if (prng.chance(40)) children.emplace_back("cwe", number(prng.between(20, 900)));
  if (prng.chance(40)) children.emplace_back("xref", join({"IAVA:2025-A-", hex(prng, 4)}));
  if (prng.chance(25)) children.emplace_back("xref", join({"CWE:", number(prng.between(20, 900))}));
  if (prng.chance(8)) {
    const std::string due = day(prng);
    children.emplace_back("cisa-known-exploited", due);
    children.emplace_back("xref", join({"CISA-KNOWN-EXPLOITED:", due}));
  }
}

}  // namespace

void add_risk(Children& children, Prng& prng, const Shape& shape, std::size_t severity) {
  add_references(children, prng);
  add_cvss(children, prng, severity);
  if (prng.chance(shape.optional_percent)) add_temporal(children, severity);
  if (prng.chance(shape.optional_percent)) add_threat(children, prng, severity);
  if (prng.chance(shape.optional_percent + 20)) add_exploit(children, prng);
  children.emplace_back("vuln_publication_date", day(prng));
  if (prng.chance(70)) children.emplace_back("patch_publication_date", day(prng));
  if (prng.chance(shape.optional_percent)) {
    children.emplace_back("cpe", join({"cpe:/a:sample:", hex(prng, 6), "\ncpe:/o:sample:linux"}));
  }
}

}  // namespace patchbot::bench
