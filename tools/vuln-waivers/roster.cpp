// SPDX-License-Identifier: Apache-2.0
#include "roster.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "rules/waivers.hpp"

namespace patchbot {
namespace {

constexpr std::size_t no_row = std::numeric_limits<std::size_t>::max();

bool concerns(const WaiverMatch& match, const std::string& team) {
  return team.empty() || match.team.empty() ||
         std::any_of(match.team.begin(), match.team.end(), [&team](const std::string& glob) {
           return matches_glob(glob, team);
         });
}

}  // namespace

std::string_view to_text(RosterRow::State state) {
  switch (state) {
    case RosterRow::State::valid: return "valid";
    case RosterRow::State::ends_soon: return "ends soon";
    case RosterRow::State::expired: return "expired";
  }
  return {};
}

std::string conditions_of(const RosterRow& row) {
  std::string text = row.is_vex() ? "vex " + clean_line(row.vex_file) : "";
  const auto add = [&text](std::string_view key, const std::vector<std::string>& globs) {
    if (globs.empty()) return;
    text.append(text.empty() ? "" : "; ").append(key);
    for (const std::string& glob : globs) text += " " + clean_line(glob);
  };
  add("id", row.match.id);
  add("cve", row.match.cve);
  add("check", row.match.check);
  add("package", row.match.package);
  add("purl", row.match.purl);
  add("source", row.match.source);
  add("kind", row.match.kind);
  add("asset", row.match.asset);
  add("team", row.match.team);
  add("environment", row.match.environment);
  add("runs on", row.runs_on);
  return text;
}

Roster::Roster(WaiverFile file, Date today, std::uint32_t soon, const std::string& team)
    : today_(today), soon_(soon), team_(team), vex_(std::move(file.vex)) {
  for (const Waiver& waiver : file.waivers) {
    if (concerns(waiver.match, team)) rows_.push_back(row_of(waiver, waiver.match));
  }
  for (std::size_t i = 0; i < vex_.all().size(); ++i) {
    const VexWaiver& waiver = vex_.all()[i];
    if (!concerns(waiver.match, team)) continue;
    rows_.push_back(row_of(waiver, waiver.match));
    rows_.back().vex_file = waiver.file;
    rows_.back().runs_on = waiver.runs_on;
    rows_.back().shortfall = vex_.shortfall(i);
  }
  std::sort(rows_.begin(), rows_.end(), [](const RosterRow& a, const RosterRow& b) {
    return std::tie(a.terms.expires, a.terms.id) < std::tie(b.terms.expires, b.terms.id);
  });
  vex_rows_.assign(vex_.all().size(), no_row);
  for (std::size_t i = 0; i < vex_rows_.size(); ++i) {
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      if (rows_[r].is_vex() && rows_[r].terms.id == vex_.all()[i].id) vex_rows_[i] = r;
    }
  }
}

RosterRow Roster::row_of(const Acceptance& terms, const WaiverMatch& match) const {
  RosterRow row;
  row.terms = terms;
  row.match = match;
  row.days_left = static_cast<int>((terms.expires - today_).count());
  if (row.days_left <= static_cast<int>(soon_)) row.state = RosterRow::State::ends_soon;
  if (has_expired(terms, today_)) row.state = RosterRow::State::expired;
  return row;
}

void Roster::begin_counting() {
  for (RosterRow& row : rows_) row.findings = 0;
}

void Roster::count(const Finding& finding) {
  if (finding.status == Status::fixed) return;  // needs no waiver
  if (!team_.empty() && !equals_nocase(finding.team, team_)) return;
  for (RosterRow& row : rows_) {
    if (!row.is_vex() && check_waiver(row.match, finding)) ++*row.findings;
  }
  for (const VexWaivers::Cover& cover : vex_.covering(finding)) {
    const std::size_t row = vex_rows_[cover.waiver];
    if (row != no_row) ++*rows_[row].findings;
  }
}

}  // namespace patchbot
