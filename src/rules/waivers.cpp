// SPDX-License-Identifier: Apache-2.0
#include "rules/waivers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace patchbot {
namespace {

bool any_matches(const std::vector<std::string>& globs, std::string_view text) {
  return std::any_of(globs.begin(), globs.end(), [text](const std::string& glob) {
    return matches_glob(glob, text);
  });
}

// Finding ids are random digits, which a glob meant for the scanner's ids must never match.
bool names_finding(const std::vector<std::string>& ids, const std::string& id) {
  return std::any_of(
      ids.begin(), ids.end(), [&id](const std::string& text) { return equals_nocase(text, id); });
}

bool allows(const std::vector<std::string>& globs, std::string_view text) {
  return globs.empty() || any_matches(globs, text);
}

bool covers_cves(const std::vector<std::string>& globs, const std::vector<std::string>& cves) {
  if (globs.empty()) return true;
  return !cves.empty() && std::all_of(cves.begin(), cves.end(), [&globs](const std::string& cve) {
    return any_matches(globs, cve);
  });
}

}  // namespace

bool check_waiver(const WaiverMatch& match, const Finding& finding) {
  return (allows(match.id, finding.native_id) || names_finding(match.id, finding.id.hex())) &&
         covers_cves(match.cve, finding.vuln_ids) && allows(match.check, finding.location.check) &&
         allows(match.package, finding.location.package) && allows(match.asset, finding.asset.id) &&
         allows(match.team, finding.team) && allows(match.environment, finding.environment);
}

Waivers::Waivers(std::vector<Waiver> waivers, Time now)
    : today_(std::chrono::floor<std::chrono::days>(now)) {
  for (Waiver& waiver : waivers) waivers_.push_back({std::move(waiver), 0});
}

const Waiver* Waivers::find(const Finding& finding) {
  for (Entry& entry : waivers_) {
    if (entry.waiver.expires >= today_ && check_waiver(entry.waiver.match, finding)) {
      ++entry.used;
      return &entry.waiver;
    }
  }
  return nullptr;
}

std::vector<std::string> Waivers::remarks() const {
  std::vector<std::string> lines;
  for (const Entry& entry : waivers_) {
    const Waiver& waiver = entry.waiver;
    const auto add = [&](const std::string& what) {
      lines.push_back(fmt::format("waiver {} ({}) {}", waiver.id, waiver.owner, what));
    };
    const std::string day = to_date_text(waiver.expires);
    if (waiver.expires < today_) {
      add("expired on " + day + " and no longer applies");
    } else if (entry.used == 0) {
      add("matches no finding of this scan");
    } else if (waiver.expires - today_ <= soon) {
      add("expires on " + day);
    }
  }
  return lines;
}

}  // namespace patchbot
