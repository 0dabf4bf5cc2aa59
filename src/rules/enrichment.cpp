// SPDX-License-Identifier: Apache-2.0
#include "rules/enrichment.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "model/cve_id.hpp"

namespace patchbot {
namespace {

void keep_earlier(std::optional<Date>& kept, const std::optional<Date>& day) {
  if (day && (!kept || *day < *kept)) kept = day;
}

void merge(std::optional<Kev>& merged, const Kev& kev) {
  if (!merged) merged.emplace();
  keep_earlier(merged->added, kev.added);
  keep_earlier(merged->due, kev.due);
  merged->ransomware = std::max(merged->ransomware, kev.ransomware);  // none < false < true
}

void merge(std::optional<Epss>& merged, Epss epss) {
  if (!merged || epss.score > merged->score) merged = std::move(epss);
}

// 0 for a word that is unknown: it takes nothing away from what is known.
std::size_t rank(std::string_view word) {
  constexpr std::array<std::string_view, 5> mild_first{"none", "poc", "active", "partial", "total"};
  const auto* const found = std::find(mild_first.begin(), mild_first.end(), word);
  return found == mild_first.end() ? 0 : 1 + static_cast<std::size_t>(found - mild_first.begin());
}

void keep_worse(std::string& kept, const std::string& word) {
  if (rank(word) > rank(kept)) kept = word;
}

void merge(std::optional<Ssvc>& merged, const Ssvc& ssvc) {
  if (!merged) merged.emplace();
  keep_worse(merged->exploitation, ssvc.exploitation);
  keep_worse(merged->technical_impact, ssvc.technical_impact);
  merged->automatable = std::max(merged->automatable, ssvc.automatable);
}

}  // namespace

FeedGaps enrich(Finding& finding, const ThreatFeeds& feeds) {
  std::optional<Kev> kev;
  std::optional<Epss> epss;
  std::optional<Ssvc> ssvc;
  FeedGaps gaps;
  for (const std::string& id : finding.vuln_ids) {
    const auto cve = parse_cve_id(id);
    if (!cve) continue;
    if (const auto entry = feeds.kev(*cve)) merge(kev, *entry);
    auto score = feeds.epss(*cve);
    gaps.epss |= !score;
    if (score) merge(epss, std::move(*score));
    const auto assessed = feeds.ssvc(*cve);
    gaps.ssvc |= !assessed;
    if (assessed) merge(ssvc, *assessed);
  }
  if (kev) finding.kev = kev;
  gaps.epss &= epss.has_value();
  gaps.ssvc &= ssvc.has_value();
  if (epss) finding.epss = std::move(epss);
  if (ssvc) finding.ssvc = std::move(ssvc);
  return gaps;
}

}  // namespace patchbot
