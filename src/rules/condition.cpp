// SPDX-License-Identifier: Apache-2.0
#include "rules/condition.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "model/cve_id.hpp"

namespace patchbot {
namespace {

Truth truth_of(bool holds) { return holds ? Truth::yes : Truth::no; }

// Whether a value that may be unknown is the wanted one.
Truth compare(const std::optional<bool>& value, bool wanted) {
  return value ? truth_of(*value == wanted) : Truth::undecided;
}

Truth any_glob(const std::vector<std::string>& globs, std::string_view text) {
  return truth_of(std::any_of(globs.begin(), globs.end(), [text](const std::string& glob) {
    return matches_glob(glob, text);
  }));
}

bool has_vulnerability_id(const Finding& finding) { return !finding.vuln_ids.empty(); }

Truth check_severity(const Condition& c, const Subject& s) {
  if (*c.severity == Severity::unknown) return truth_of(s.finding.severity == Severity::unknown);
  return truth_of(is_at_least(s.finding.severity, *c.severity));
}

// The catalogue lists CVEs: what has other names only cannot be looked up in it.
bool has_cve(const Finding& finding) {
  return std::any_of(finding.vuln_ids.begin(), finding.vuln_ids.end(), [](const std::string& id) {
    return parse_cve_id(id).has_value();
  });
}

std::optional<bool> kev_of(const Subject& s) {
  if (s.finding.kev) return true;
  if (!has_vulnerability_id(s.finding)) return false;
  if (s.kev_known && has_cve(s.finding)) return false;
  return {};
}

Truth check_kev(const Condition& c, const Subject& s) { return compare(kev_of(s), *c.kev); }

Truth check_ransomware(const Condition& c, const Subject& s) {
  if (kev_of(s) == false) return compare(false, *c.kev_ransomware);
  return compare(s.finding.kev ? s.finding.kev->ransomware : std::nullopt, *c.kev_ransomware);
}

// What is known of one CVE says nothing of another one.
Truth reaches(const Subject& s, const std::optional<double>& value, double wanted) {
  if (value && *value >= wanted) return Truth::yes;
  const bool is_known = value && !s.gaps.epss;
  return is_known || !has_vulnerability_id(s.finding) ? Truth::no : Truth::undecided;
}

// No row is unknown, not 0; what has no id of a vulnerability has no EPSS at all.
Truth check_epss(const Condition& c, const Subject& s) {
  const auto& epss = s.finding.epss;
  return reaches(s, epss ? std::optional(epss->score) : std::nullopt, *c.epss);
}

Truth check_percentile(const Condition& c, const Subject& s) {
  const auto& epss = s.finding.epss;
  return reaches(s, epss ? epss->percentile : std::nullopt, *c.epss_percentile);
}

// The place of a word in an order from harmless to bad; none for a word that is not in it.
template <std::size_t size>
std::optional<std::size_t> rank(const std::array<std::string_view, size>& order,
                                std::string_view word) {
  const auto found = std::find(order.begin(), order.end(), word);
  if (found == order.end()) return {};
  return static_cast<std::size_t>(found - order.begin());
}

constexpr std::array<std::string_view, 3> exploitation_order{"none", "poc", "active"};
constexpr std::array<std::string_view, 4> exploit_order{"none", "poc", "functional", "active"};

std::string_view ssvc_word(const Subject& s, std::string Ssvc::*member) {
  return s.finding.ssvc ? std::string_view((*s.finding.ssvc).*member) : std::string_view();
}

// Nothing can be said of SSVC before its data were asked, unless the finding brings its own.
bool lacks_ssvc(const Subject& s) { return !s.finding.ssvc && !s.ssvc_known; }

Truth check_exploitation(const Condition& c, const Subject& s) {
  const auto is = rank(exploitation_order, ssvc_word(s, &Ssvc::exploitation));
  if (is && *is >= rank(exploitation_order, c.exploitation).value_or(0)) return Truth::yes;
  const bool is_known = is && !s.gaps.ssvc;
  return is_known || !has_vulnerability_id(s.finding) ? Truth::no : Truth::undecided;
}

// CISA's defaults for what is not evaluated yet: not automatable, total impact (BOD 26-04).
Truth check_automatable(const Condition& c, const Subject& s) {
  if (lacks_ssvc(s)) return Truth::undecided;
  const auto& ssvc = s.finding.ssvc;
  return truth_of((ssvc && ssvc->automatable.value_or(false)) == *c.automatable);
}

Truth check_impact(const Condition& c, const Subject& s) {
  if (lacks_ssvc(s)) return Truth::undecided;
  const bool partial = ssvc_word(s, &Ssvc::technical_impact) == "partial" && !s.gaps.ssvc;
  return truth_of(partial == (c.technical_impact == "partial"));
}

// Where nobody knows of an exploit there is none known, which is what the word says; but somebody
// must have been asked, the scanner or the catalogue.
Truth check_exploit(const Condition& c, const Subject& s) {
  const auto said = rank(exploit_order, s.finding.exploit);
  const std::size_t is = s.finding.kev ? exploit_order.size() - 1 : said.value_or(0);
  if (is >= rank(exploit_order, c.exploit).value_or(0)) return Truth::yes;
  return said || kev_of(s) ? Truth::no : Truth::undecided;
}

Truth check_fix(const Condition& c, const Subject& s) {
  return compare(s.finding.fix.available, *c.fix_available);
}

Truth check_exposed(const Condition& c, const Subject& s) {
  return truth_of(s.exposed == *c.exposed);
}

Truth check_age(const Condition& c, const Subject& s) {
  if (!s.finding.age_days) return Truth::undecided;
  return truth_of(*s.finding.age_days >= *c.age_days);
}

Truth check_sla(const Condition& c, const Subject& s) {
  if (s.overdue == Truth::undecided) return Truth::undecided;
  return truth_of((s.overdue == Truth::yes) == *c.sla_overdue);
}

Truth check_new(const Condition& c, const Subject& s) {
  return compare(s.finding.is_new, *c.is_new);
}

Truth check_status(const Condition& c, const Subject& s) {
  if (s.finding.status == Status::unknown) return Truth::undecided;
  return any_glob(c.status, to_text(s.finding.status));
}

Truth check_id(const Condition& c, const Subject& s) {
  if (any_glob(c.id, s.finding.native_id) == Truth::yes) return Truth::yes;
  const auto& ids = s.finding.vuln_ids;
  return truth_of(std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    return any_glob(c.id, id) == Truth::yes;
  }));
}

bool is_set(const std::string& value) { return !value.empty(); }
bool is_set(const std::vector<std::string>& value) { return !value.empty(); }
template <class Value>
bool is_set(const std::optional<Value>& value) {
  return value.has_value();
}

template <auto member>
bool has(const Condition& condition) {
  return is_set(condition.*member);
}

// A condition whose texts are compared with one text of the finding.
template <auto globs, auto text>
Truth check_text(const Condition& c, const Subject& s) {
  return any_glob(c.*globs, s.finding.*text);
}

// The same of what may be unknown: only a glob that matches everything holds for that.
template <auto globs, auto text>
Truth check_known_text(const Condition& c, const Subject& s) {
  const Truth truth = any_glob(c.*globs, s.finding.*text);
  return truth == Truth::no && (s.finding.*text).empty() ? Truth::undecided : truth;
}

Truth check_kind(const Condition& c, const Subject& s) {
  return any_glob(c.kind, to_text(s.finding.kind));
}

struct Part {
  std::string_view name;
  bool (*has)(const Condition&);
  Truth (*check)(const Condition&, const Subject&);
};

using C = Condition;
using F = Finding;

// Every part of a condition, by its name in patchbot.yaml.
constexpr std::array<Part, 22> parts{{
    {"severity", has<&C::severity>, check_severity},
    {"kev", has<&C::kev>, check_kev},
    {"kev_ransomware", has<&C::kev_ransomware>, check_ransomware},
    {"epss", has<&C::epss>, check_epss},
    {"epss_percentile", has<&C::epss_percentile>, check_percentile},
    {"exploitation", has<&C::exploitation>, check_exploitation},
    {"automatable", has<&C::automatable>, check_automatable},
    {"technical_impact", has<&C::technical_impact>, check_impact},
    {"exploit", has<&C::exploit>, check_exploit},
    {"fix_available", has<&C::fix_available>, check_fix},
    {"exposed", has<&C::exposed>, check_exposed},
    {"age_days", has<&C::age_days>, check_age},
    {"sla_overdue", has<&C::sla_overdue>, check_sla},
    {"new", has<&C::is_new>, check_new},
    {"status", has<&C::status>, check_status},
    {"kind", has<&C::kind>, check_kind},
    {"environment", has<&C::environment>, check_known_text<&C::environment, &F::environment>},
    {"team", has<&C::team>, check_text<&C::team, &F::team>},
    {"service", has<&C::service>, check_known_text<&C::service, &F::service>},
    {"source", has<&C::source>, check_text<&C::source, &F::source>},
    {"title", has<&C::title>, check_text<&C::title, &F::title>},
    {"id", has<&C::id>, check_id},
}};

}  // namespace

std::string_view to_text(Truth truth) {
  constexpr std::array<std::string_view, 3> words{"no", "undecided", "yes"};
  return words[static_cast<std::size_t>(truth)];
}

Truth check_condition(const Condition& condition, const Subject& subject) {
  Truth all = Truth::yes;
  for (const Part& part : parts) {
    if (!part.has(condition)) continue;
    all = std::min(all, part.check(condition, subject));
    if (all == Truth::no) break;
  }
  return all;
}

std::vector<ConditionPart> condition_parts(const Condition& condition, const Subject& subject) {
  std::vector<ConditionPart> told;
  for (const Part& part : parts) {
    if (part.has(condition)) told.push_back({part.name, part.check(condition, subject)});
  }
  return told;
}

bool is_severity_only(const Condition& condition) {
  Condition severity;
  severity.severity = condition.severity;
  return condition == severity;
}

}  // namespace patchbot
