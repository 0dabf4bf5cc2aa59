// SPDX-License-Identifier: Apache-2.0
#include "explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::size_t shortest_id = 6;  // of the beginning of a finding's id

std::string parts_of(const GateRule& rule, const Subject& subject) {
  std::string text;
  for (const ConditionPart& part : condition_parts(rule.when, subject)) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", part.name, to_text(part.truth));
  }
  return text.empty() ? "always" : text;
}

std::string line_of(const GateRule& rule, const Subject& subject, const GateDecision& decision) {
  const Truth truth = check_condition(rule.when, subject);
  return fmt::format("  {:<9} {} ({}): {}{}\n",
                     to_text(truth),
                     rule.id,
                     to_text(rule.level),
                     parts_of(rule, subject),
                     rule.id == decision.rule ? "  <- decides" : "");
}

std::string deadline_of(const Finding& finding, const Subject& subject, const Policy& policy) {
  if (policy.sla.empty()) return {};
  if (!finding.sla) {
    return subject.overdue == Truth::no ? "  no deadline applies\n"
                                        : "  the deadline cannot be told: what it depends on, or "
                                          "the day of detection, is not known\n";
  }
  return fmt::format("  due on {}{}{}\n",
                     to_date_text(finding.sla->due),
                     finding.sla->overdue ? ", overdue" : "",
                     finding.sla->forensics ? ", with a search for traces of intruders" : "");
}

// What came after the rules.
std::string outcome_of(const Finding& finding, const GateVerdict& verdict) {
  if (finding.waiver) {
    return fmt::format("  waived by {} until {}\n",
                       clean_line(finding.waiver->id),
                       to_date_text(finding.waiver->expires));
  }
  if (finding.gate == verdict.decision) return {};
  if (finding.gate.level < verdict.decision.level) {
    return "  in the baseline: it was there before gating began\n";
  }
  return "  what is undecided warns: nothing says that the rule does not hold\n";
}

}  // namespace

Explanation::Explanation(const std::string& wanted) : wanted_(to_lower(wanted)) {
  if (wanted_ == "all") wanted_.clear();
}

bool Explanation::is_wanted(const Finding& finding, const GateVerdict& verdict) const {
  if (wanted_.empty()) {
    return verdict.decision.level >= GateLevel::warn || !verdict.undecided.empty();
  }
  if (equals_nocase(wanted_, finding.native_id)) return true;
  if (wanted_.size() >= shortest_id && finding.id.hex().starts_with(wanted_)) return true;
  return std::any_of(finding.vuln_ids.begin(), finding.vuln_ids.end(), [this](const auto& id) {
    return equals_nocase(id, wanted_);
  });
}

void Explanation::add(const Policy& policy, const Subject& subject, const GateVerdict& verdict) {
  const Finding& finding = subject.finding;
  if (!is_wanted(finding, verdict) || !seen_.insert(finding.id).second) return;
  if (told_ == max_findings) {
    ++more_;
    return;
  }
  ++told_;
  text_ += fmt::format("{}: {} on {} (id {}, {})\n",
                       to_text(finding.gate.level),
                       finding.title,
                       finding.asset.id,
                       finding.id.hex(),
                       to_text(finding.severity));
  for (const GateRule& rule : policy.rules) {
    text_ += line_of(rule, subject, verdict.decision);
    if (rule.id == verdict.decision.rule) break;  // those behind it were not asked
  }
  if (verdict.decision.rule.empty()) text_ += "  no rule holds\n";
  text_ += deadline_of(finding, subject, policy) + outcome_of(finding, verdict);
}

std::string Explanation::text() const {
  if (told_ == 0) {
    return wanted_.empty() ? "the gate acts on no finding\n"
                           : "no open finding has the id '" + wanted_ + "'\n";
  }
  return more_ == 0 ? text_ : text_ + fmt::format("and {} more\n", more_);
}

}  // namespace patchbot
