// SPDX-License-Identifier: Apache-2.0
#include "rules/sla.hpp"

#include <algorithm>

namespace patchbot {
namespace {

Date day_of(Time time) { return std::chrono::floor<std::chrono::days>(time); }

// The row that decides; null if none holds, and undecided if one before it might.
struct Choice {
  const SlaRow* row = nullptr;
  bool decided = true;
};

Choice choose(const Policy& policy, const Subject& subject) {
  for (const SlaRow& row : policy.sla) {
    const Truth truth = check_condition(row.when, subject);
    if (truth == Truth::undecided) return {nullptr, false};
    if (truth == Truth::yes) return {&row, true};
  }
  return {};
}

// Since when the clock runs; `surely` is false if it may have begun earlier.
struct Start {
  std::optional<Date> day;
  bool surely = false;
};

Start start_of(SlaClock clock, const Finding& finding) {
  Start start;
  if (finding.first_seen) start = {day_of(*finding.first_seen), true};
  const bool listed = finding.kev && finding.kev->added;
  if (clock == SlaClock::earliest && listed) {
    start.day = std::min(start.day.value_or(*finding.kev->added), *finding.kev->added);
  }
  return start;
}

}  // namespace

SlaVerdict check_sla(const Policy& policy, const Subject& subject, Time now) {
  const Finding& finding = subject.finding;
  if (finding.sla) return {finding.sla, finding.sla->overdue ? Truth::yes : Truth::no};
  const Choice choice = choose(policy, subject);
  if (!choice.decided) return {};
  if (choice.row == nullptr || !choice.row->days) return {{}, Truth::no};
  const Start start = start_of(policy.clock, finding);
  if (!start.day) return {};
  const Date due = *start.day + std::chrono::days(*choice.row->days);
  const bool overdue = day_of(now) > due;
  // An earlier start can only make it later than it is: overdue is sure, in time is not.
  if (!overdue && !start.surely) return {};
  return {Sla{due, overdue, choice.row->forensics}, overdue ? Truth::yes : Truth::no};
}

}  // namespace patchbot
