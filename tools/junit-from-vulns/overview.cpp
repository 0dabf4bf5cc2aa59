// SPDX-License-Identifier: Apache-2.0
#include "overview.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_worst = 10;
constexpr std::size_t max_exploited = 10;
constexpr std::size_t max_problems = 10;
constexpr std::size_t title_width = 64;

class Paint {
 public:
  explicit Paint(bool colour) : colour_(colour) {}

  std::string level(GateLevel level, const std::string& text) const {
    if (!colour_) return text;
    const char* code = level == GateLevel::fail ? "31;1" : level == GateLevel::warn ? "33" : "32";
    return fmt::format("\x1B[{}m{}\x1B[0m", code, text);
  }

 private:
  bool colour_;
};

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return result;
}

std::string shortened(std::string_view title) {
  if (title.size() <= title_width) return std::string(title);
  return std::string(trim(cut_utf8(title, title_width - 3))) + "...";
}

std::string worst_findings(const GatedPlugins& gated, const Paint& paint) {
  if (gated.empty()) return {};
  std::vector<const std::pair<const std::string, GatedPlugin>*> order;
  for (const auto& entry : gated) order.push_back(&entry);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    const auto rank = [](const auto* e) {
      const GatedPlugin& p = e->second;
      return std::tuple(p.level, p.severity, p.known_exploited, p.records);
    };
    return rank(a) != rank(b) ? rank(a) > rank(b) : a->first < b->first;
  });
  std::string out = "worst findings:\n";
  for (std::size_t i = 0; i < order.size() && i < max_worst; ++i) {
    const GatedPlugin& p = order[i]->second;
    out += fmt::format("  {} {:<8} {:>5}x  {}{}{}\n",
                       paint.level(p.level, p.level == GateLevel::fail ? "FAIL" : "WARN"),
                       to_text(p.severity),
                       p.records,
                       shortened(p.title),
                       p.cves.empty() ? "" : " (" + p.cves + ")",
                       p.known_exploited ? ", known exploited" : "");
  }
  if (order.size() > max_worst) out += fmt::format("  and {} more\n", order.size() - max_worst);
  return out + "\n";
}

std::string team_table(const Summary& summary, const Paint& paint) {
  if (summary.teams.empty()) return {};
  std::size_t width = 4;
  for (const auto& [name, team] : summary.teams) width = std::max(width, name.size());
  std::string out = fmt::format("{:<{}}", "team", width);
  for (Severity severity : severities_worst_first) out += fmt::format(" {:>8}", to_text(severity));
  out += fmt::format(" {:>8}  gate\n", "waived");
  for (const auto& [name, team] : summary.teams) {
    out += fmt::format("{:<{}}", name, width);
    for (Severity severity : severities_worst_first)
      out += fmt::format(" {:>8}", team.findings[severity]);
    out += fmt::format(
        " {:>8}  {}\n", team.waived, paint.level(team.worst, upper(verdict_text(team.worst))));
  }
  const auto& compliance = summary.compliance;
  if (compliance[1] + compliance[2] + compliance[3] + compliance[4] > 0) {
    out += fmt::format(
        "compliance checks: {} passed, {} failed, {} warnings, {} could not be carried out\n",
        compliance[1],
        compliance[2],
        compliance[3],
        compliance[4]);
  }
  return out + "\n";
}

std::string newly_exploited_list(const std::optional<ExploitedSince>& listed) {
  if (!listed) return {};
  const auto& all = listed->vulnerabilities;
  std::string out = fmt::format("listed as known exploited since the last run ({}):{}\n",
                                to_date_text(listed->since),
                                all.empty() ? " none of these findings" : "");
  for (std::size_t i = 0; i < all.size() && i < max_exploited; ++i) {
    out += fmt::format("  {} on {}: {} {}{}, {}\n",
                       clean_line(all[i].id),
                       to_date_text(all[i].added),
                       all[i].findings,
                       all[i].findings == 1 ? "finding" : "findings",
                       all[i].waived == 0 ? "" : fmt::format(" ({} waived)", all[i].waived),
                       fmt::join(all[i].teams, ", "));
  }
  if (all.size() > max_exploited) out += fmt::format("  and {} more\n", all.size() - max_exploited);
  return out + "\n";
}

std::string problem_list(const std::vector<ScanProblem>& problems) {
  if (problems.empty()) return {};
  std::string out = "the scan does not tell everything:\n";
  for (std::size_t i = 0; i < problems.size() && i < max_problems; ++i) {
    out += fmt::format("  {}{}{}\n",
                       problems[i].team,
                       problems[i].team.empty() ? "" : ": ",
                       clean_line(problems[i].text));
  }
  if (problems.size() > max_problems)
    out += fmt::format("  and {} more\n", problems.size() - max_problems);
  return out + "\n";
}

std::string host_line(const Summary& summary) {
  std::string line = fmt::format("hosts scanned: {}, without credentials: {}",
                                 summary.hosts_scanned,
                                 summary.hosts_unauthenticated);
  if (summary.hosts_expected > 0) line += fmt::format(", expected: {}", summary.hosts_expected);
  if (summary.hosts_gone > 0) {
    line += fmt::format(", terminated meanwhile: {}", summary.hosts_gone);
  }
  return line + "\n";
}

std::string verdict_line(const Summary& summary, const Paint& paint) {
  const GateLevel worst = summary.verdict();
  std::string why;
  for (const GateReason& reason : summary.reasons) {
    why += fmt::format("{}{} {}", why.empty() ? "" : ", ", reason.count, reason.rule);
  }
  return fmt::format("gate: {}{}\n",
                     paint.level(worst, upper(verdict_text(worst))),
                     why.empty() ? "" : " (" + why + ")");
}

}  // namespace

std::string to_overview(const Summary& summary,
                        const GatedPlugins& gated,
                        const std::vector<ScanProblem>& problems,
                        bool colour) {
  const Paint paint(colour);
  return worst_findings(gated, paint) + newly_exploited_list(summary.newly_exploited) +
         team_table(summary, paint) + problem_list(problems) + host_line(summary) +
         verdict_line(summary, paint);
}

}  // namespace patchbot
