// SPDX-License-Identifier: Apache-2.0
#include "policy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace patchbot {
namespace {

using Level = WaiverProblem::Level;
using State = RosterRow::State;

std::string days(int count) { return fmt::format("{} {}", count, count == 1 ? "day" : "days"); }

std::string uncovered(std::uint64_t findings) {
  if (findings == 0) return {};
  return fmt::format(
      "; {} {} waived no longer", findings, findings == 1 ? "finding is" : "findings are");
}

class PolicyCheck {
 public:
  explicit PolicyCheck(const VulnWaivers& flags) : flags_(flags) {}

  std::vector<WaiverProblem> take() { return std::move(problems_); }

  void look_at(const RosterRow& row) {
    row_ = &row;
    check_end();
    check_approver();
    if (row.state != State::expired) check_use();
    if (row.is_vex()) check_document();
  }

 private:
  void add(Level level, const char* rule, const std::string& what) {
    problems_.push_back({level,
                         rule,
                         row_->terms.id,
                         row_->terms.position,
                         fmt::format("waiver {} ({}){}", row_->terms.id, row_->terms.owner, what)});
  }

  // Somebody has to decide anew: silence would be the end of it, or nobody would notice.
  void check_end() {
    const std::string day = to_date_text(row_->terms.expires);
    if (row_->state == State::expired) {
      add(Level::fail,
          "expired",
          fmt::format(
              " expired on {}: renew or remove it{}", day, uncovered(row_->findings.value_or(0))));
    } else if (row_->state == State::ends_soon) {
      const std::string when = row_->days_left == 0 ? "today" : "in " + days(row_->days_left);
      add(Level::warn, "ends-soon", fmt::format(" ends on {}, {}", day, when));
    }
    if (flags_.max_days > 0 && row_->days_left > static_cast<int>(flags_.max_days)) {
      add(Level::fail,
          "too-long",
          fmt::format(" runs for another {}, until {}; at most {} are allowed",
                      days(row_->days_left),
                      day,
                      days(static_cast<int>(flags_.max_days))));
    }
  }

  void check_approver() {
    if (!flags_.require_approver) return;
    if (row_->terms.approver.empty()) {
      add(Level::fail, "no-approver", " has no approver");
    } else if (equals_nocase(trim(row_->terms.approver), trim(row_->terms.owner))) {
      add(Level::fail, "self-approved", " is approved by its owner");
    }
  }

  // A document that only takes words back does so without covering anything.
  void check_use() {
    const bool can_cover = !row_->is_vex() || row_->shortfall.harmless > 0;
    if (row_->findings != 0U || !can_cover) return;
    add(Level::warn,
        "unused",
        row_->is_vex() ? " matches no finding: check its products, and runs_on (docs/waivers.md)"
                       : " matches no finding");
  }

  void check_document() {
    for (const std::string& what : to_texts(row_->shortfall)) {
      add(Level::warn, "vex-waives-less", ": " + what);
    }
  }

  const VulnWaivers& flags_;
  const RosterRow* row_ = nullptr;
  std::vector<WaiverProblem> problems_;
};

}  // namespace

std::string_view to_text(Level level) {
  switch (level) {
    case Level::warn: return "warn";
    case Level::fail: return "fail";
    case Level::error: return "error";
  }
  return {};
}

std::vector<WaiverProblem> check_policy(const std::vector<RosterRow>& rows,
                                        const VulnWaivers& flags) {
  PolicyCheck check(flags);
  for (const RosterRow& row : rows) check.look_at(row);
  std::vector<WaiverProblem> problems = check.take();
  std::stable_sort(problems.begin(), problems.end(), [](const auto& a, const auto& b) {
    return a.position.offset < b.position.offset;
  });
  return problems;
}

}  // namespace patchbot
