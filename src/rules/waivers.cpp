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

// Qualifiers such as arch=amd64 belong to the machine more than to the package.
bool allows_purl(const std::vector<std::string>& globs, std::string_view purl) {
  return allows(globs, purl) || any_matches(globs, purl.substr(0, purl.find_first_of("?#")));
}

bool covers_cves(const std::vector<std::string>& globs, const Finding& finding) {
  if (globs.empty()) return true;
  const std::vector<std::string> ids = ids_to_cover(finding);
  return !ids.empty() && std::all_of(ids.begin(), ids.end(), [&globs](const std::string& id) {
    return any_matches(globs, id);
  });
}

}  // namespace

bool check_waiver(const WaiverMatch& match, const Finding& finding) {
  const Location& location = finding.location;
  const bool named = match.id.empty() || any_matches(match.id, finding.native_id) ||
                     names_finding(match.id, finding.id.hex());
  return named && allows(match.team, finding.team) && allows(match.source, finding.source) &&
         allows(match.environment, finding.environment) &&
         allows(match.kind, to_text(finding.kind)) && allows(match.asset, finding.asset.id) &&
         allows(match.check, location.check) && allows(match.package, location.package) &&
         allows_purl(match.purl, location.purl) && covers_cves(match.cve, finding);
}

bool has_expired(const Acceptance& waiver, Date today) { return waiver.expires < today; }

Waivers::Waivers(WaiverFile file, Time now)
    : waivers_(std::move(file.waivers)),
      vex_(std::move(file.vex)),
      used_(waivers_.size() + vex_.all().size()),
      today_(std::chrono::floor<std::chrono::days>(now)) {
  vex_.distrust_times_after(now);
}

std::optional<WaiverNote> Waivers::find(const Finding& finding) {
  for (std::size_t i = 0; i < waivers_.size(); ++i) {
    const Waiver& waiver = waivers_[i];
    if (has_expired(waiver, today_) || !check_waiver(waiver.match, finding)) continue;
    ++used_[i];
    return WaiverNote{waiver.id, waiver.owner, waiver.reason, waiver.expires};
  }
  if (vex_.all().empty()) return {};
  for (VexWaivers::Cover& cover : vex_.covering(finding)) {
    const VexWaiver& waiver = vex_.all()[cover.waiver];
    if (has_expired(waiver, today_)) continue;
    ++used_[waivers_.size() + cover.waiver];
    return WaiverNote{waiver.id, waiver.owner, std::move(cover.reason), waiver.expires};
  }
  return {};
}

std::vector<std::string> Waivers::remarks_on(const Acceptance& waiver, std::uint64_t used) const {
  const auto line = [&waiver](const std::string& what) {
    return std::vector{fmt::format("waiver {} ({}) {}", waiver.id, waiver.owner, what)};
  };
  const std::string day = to_date_text(waiver.expires);
  if (has_expired(waiver, today_)) return line("expired on " + day + " and no longer applies");
  std::vector<std::string> lines;
  if (used == 0) lines = line("matches no finding of this scan");
  if (waiver.expires - today_ <= soon) lines.push_back(line("expires on " + day).front());
  return lines;
}

std::vector<std::string> Waivers::remarks() const {
  std::vector<std::string> lines;
  const auto add = [&lines](const std::vector<std::string>& more) {
    lines.insert(lines.end(), more.begin(), more.end());
  };
  for (std::size_t i = 0; i < waivers_.size(); ++i) add(remarks_on(waivers_[i], used_[i]));
  for (std::size_t i = 0; i < vex_.all().size(); ++i) {
    const VexWaiver& waiver = vex_.all()[i];
    const VexWaivers::Shortfall shortfall = vex_.shortfall(i);
    const bool can_cover = shortfall.harmless > 0;
    add(remarks_on(waiver, can_cover ? used_[waivers_.size() + i] : 1));
    for (const std::string& what : to_texts(shortfall)) {
      lines.push_back(fmt::format("waiver {} ({}): {}", waiver.id, waiver.owner, what));
    }
  }
  return lines;
}

}  // namespace patchbot
