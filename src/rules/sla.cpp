// SPDX-License-Identifier: Apache-2.0
#include "rules/sla.hpp"

#include <algorithm>
#include <vector>

namespace patchbot {
namespace {

Date day_of(Time time) { return std::chrono::floor<std::chrono::days>(time); }

// The rows that may decide: the last of them holds for sure, or is null where none does.
using Choice = std::vector<const SlaRow*>;

Choice choose(const Policy& policy, const Subject& subject) {
  Choice rows;
  for (const SlaRow& row : policy.sla) {
    const Truth truth = check_condition(row.when, subject);
    if (truth != Truth::no) rows.push_back(&row);
    if (truth == Truth::yes) return rows;
  }
  rows.push_back(nullptr);
  return rows;
}

// The most time that any of them gives; none if one of them sets no day.
std::optional<int> laxest(const Choice& rows) {
  int days = 0;
  for (const SlaRow* row : rows) {
    if (row == nullptr || !row->days) return {};
    days = std::max(days, *row->days);
  }
  return days;
}

// Since when the clock runs; `surely` is false if it may have begun earlier.
struct Start {
  std::optional<Date> day;
  bool surely = false;
};

// A day to come is a mistake, and would never be over.
Start start_of(SlaClock clock, const Finding& finding, Time now) {
  Start start;
  const bool seen = finding.first_seen && *finding.first_seen <= now + std::chrono::days(1);
  if (seen) start = {day_of(*finding.first_seen), true};
  const bool listed = finding.kev && finding.kev->added;
  if (clock == SlaClock::earliest && listed) {
    start.day = std::min(start.day.value_or(*finding.kev->added), *finding.kev->added);
  }
  return start;
}

// Without a table of its own the policy takes the deadline that the finding came with, if any.
SlaVerdict annotated(const Finding& finding, Time now) {
  if (!finding.sla) return {};
  Sla sla = *finding.sla;
  sla.overdue = day_of(now) > sla.due;
  return {sla, sla.overdue ? Truth::yes : Truth::no};
}

}  // namespace

SlaVerdict check_sla(const Policy& policy, const Subject& subject, Time now) {
  const Finding& finding = subject.finding;
  if (policy.sla.empty()) return annotated(finding, now);
  const Choice choice = choose(policy, subject);
  const bool decided = choice.size() == 1;
  const auto days = laxest(choice);
  if (!days) return {{}, decided ? Truth::no : Truth::undecided};
  const Start start = start_of(policy.clock, finding, now);
  if (!start.day) return {};
  const Date due = *start.day + std::chrono::days(*days);
  const bool overdue = day_of(now) > due;
  if (!decided) return {{}, overdue ? Truth::yes : Truth::undecided};
  // An earlier start can only make it later than it is: overdue is sure, in time is not.
  if (!overdue && !start.surely) return {};
  return {Sla{due, overdue, choice.front()->forensics}, overdue ? Truth::yes : Truth::no};
}

}  // namespace patchbot
