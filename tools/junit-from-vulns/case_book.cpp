// SPDX-License-Identifier: Apache-2.0
#include "case_book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/text.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_hosts_named = 50;
constexpr std::size_t max_lines_per_pile = 20;

// Clean text holds no NUL, so it can stand between the parts.
std::string flatten(const TestCase& test) {
  std::vector<std::string_view> parts{test.class_name, test.name, test.message, test.text};
  for (const auto& [name, value] : test.properties) {
    parts.emplace_back(name);
    parts.emplace_back(value);
  }
  return fmt::format("{}", fmt::join(parts, std::string_view("\0", 1)));
}

TestCase unflatten(const std::string& flat) {
  const auto parts = split(flat, '\0');
  TestCase test;
  test.class_name = parts.at(0);
  test.name = parts.at(1);
  test.message = parts.at(2);
  test.text = parts.at(3);
  for (std::size_t i = 4; i + 1 < parts.size(); i += 2) {
    test.properties.emplace_back(parts[i], parts[i + 1]);
  }
  return test;
}

std::string host_list(std::vector<std::uint32_t> indexes, const HostTable& hosts) {
  std::sort(indexes.begin(), indexes.end());  // several reports may tell of one machine
  indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
  if (indexes.size() == 1) return {};
  std::string list = fmt::format("Seen on {} machines: ", indexes.size());
  for (std::size_t i = 0; i < indexes.size() && i < max_hosts_named; ++i) {
    const HostRecord& host = hosts[indexes[i]];
    list += (i == 0 ? "" : ", ") + host.name;
    if (host.target != nullptr && !host.target->id.empty()) list += " (" + host.target->id + ")";
  }
  if (indexes.size() > max_hosts_named) {
    list += fmt::format(" and {} more", indexes.size() - max_hosts_named);
  }
  return list + "\n";
}

}  // namespace

CaseBook::Rank CaseBook::rank_of(const Finding& finding) {
  return finding.waiver ? Rank::waived : rank_of(finding.gate.level);
}

CaseBook::Rank CaseBook::rank_of(GateLevel level) {
  if (level == GateLevel::fail) return Rank::failed;
  return level == GateLevel::warn ? Rank::warned : Rank::passed;
}

void CaseBook::add(const Finding& finding,
                   const HostRecord& host,
                   std::uint32_t host_index,
                   const std::function<TestCase()>& render) {
  const Rank rank = rank_of(finding);
  if (piled_) {
    const bool shown = rank >= Rank::warned;
    pile_up(class_name(finding.team, host.class_part),
            rank,
            finding.severity,
            1,
            shown ? finding.title + " [" + finding.native_id + "]" : "");
    return;
  }
  const auto [place, added] =
      by_id_.try_emplace(finding.id, static_cast<std::uint32_t>(cases_.size()));
  if (added) {
    const auto& name = *class_names_.insert(class_name(finding.team, host.class_part)).first;
    cases_.emplace_back().class_name = &name;
  }
  Case& entry = cases_[place->second];
  ++entry.records;
  if (entry.hosts.empty() || entry.hosts.back() != host_index) entry.hosts.push_back(host_index);
  if (added || rank > entry.rank) {
    entry.rank = rank;
    entry.severity = finding.severity;
    entry.text = spool_.add(flatten(render()));
  }
  if (cases_.size() > max_cases_) pile_up_all();
}

bool CaseBook::only_counts(const std::string& class_name, GateLevel level) const {
  if (!piled_) return false;
  if (level < GateLevel::warn) return true;
  const auto pile = piles_.find(class_name);
  return pile != piles_.end() && pile->second.worst.size() >= max_lines_per_pile;
}

void CaseBook::count(const std::string& class_name, GateLevel level, Severity severity) {
  pile_up(class_name, rank_of(level), severity, 1, {});
}

void CaseBook::pile_up(const std::string& class_name,
                       Rank rank,
                       Severity severity,
                       std::uint64_t records,
                       const std::string& message) {
  Pile& pile = piles_[class_name];
  pile.counts[severity] += records;
  if (rank >= Rank::warned && severity > pile.worst_severity) pile.worst_severity = severity;
  if (rank == Rank::failed) pile.failed += records;
  if (rank == Rank::warned) pile.warned += records;
  if (rank == Rank::waived) pile.waived += records;
  if (rank < Rank::warned || pile.worst.size() >= max_lines_per_pile) return;
  std::string line =
      fmt::format("{} {}: {}", rank == Rank::failed ? "FAIL" : "WARN", to_text(severity), message);
  if (std::find(pile.worst.begin(), pile.worst.end(), line) == pile.worst.end()) {
    pile.worst.push_back(std::move(line));
  }
}

void CaseBook::pile_up_all() {
  piled_ = true;
  for (const Case& entry : cases_) {
    const bool named =
        entry.rank >= Rank::warned && piles_[*entry.class_name].worst.size() < max_lines_per_pile;
    const std::string name = named ? unflatten(spool_.read(entry.text)).name : std::string();
    pile_up(*entry.class_name, entry.rank, entry.severity, entry.records, name);
  }
  cases_ = {};
  by_id_ = {};
}

TestCase CaseBook::case_of(const Case& entry, const HostTable& hosts) {
  TestCase test = unflatten(spool_.read(entry.text));
  test.outcome = outcome_of(entry.rank);
  const bool failed = test.outcome == TestCase::Outcome::failed;
  if (failed && entry.hosts.size() > 1) test.text.insert(0, host_list(entry.hosts, hosts));
  return test;
}

TestCounts CaseBook::counts() const {
  TestCounts counts;
  if (piled_) {
    for_each_pile([&counts](const TestCase& test) { counts.add(test.outcome); });
    return counts;
  }
  for (const Case& entry : cases_) counts.add(outcome_of(entry.rank));
  return counts;
}

TestCase::Outcome CaseBook::outcome_of(Rank rank) {
  if (rank >= Rank::warned) return TestCase::Outcome::failed;
  return rank == Rank::waived ? TestCase::Outcome::skipped : TestCase::Outcome::passed;
}

void CaseBook::for_each(const HostTable& hosts, const std::function<void(const TestCase&)>& visit) {
  if (piled_) {
    for_each_pile(visit);
    return;
  }
  std::unordered_set<Digest> taken;
  for (const Case& entry : cases_) {
    TestCase test = case_of(entry, hosts);
    const std::string name = test.name;
    for (int n = 2; !taken.insert(Hasher().add(test.class_name).add(test.name).digest()).second;
         ++n) {
      test.name = fmt::format("{} #{}", name, n);
    }
    visit(test);
  }
}

TestCase CaseBook::case_of(const std::string& class_name, const Pile& pile) {
  TestCase test{.class_name = class_name, .name = "all findings"};
  std::vector<std::string> counts;
  for (Severity severity : severities_worst_first) {
    if (pile.counts[severity] == 0) continue;
    counts.push_back(fmt::format("{} {}", pile.counts[severity], to_text(severity)));
  }
  test.properties = {{"patchbot.findings", fmt::format("{}", fmt::join(counts, ", "))},
                     {"patchbot.waived", std::to_string(pile.waived)}};
  if (pile.failed + pile.warned == 0) return test;
  test.outcome = TestCase::Outcome::failed;
  test.message = fmt::format("{} {}: {} findings fail and {} warn ({})",
                             pile.failed > 0 ? "FAIL" : "WARN",
                             to_text(pile.worst_severity),
                             pile.failed,
                             pile.warned,
                             fmt::join(counts, ", "));
  test.text =
      fmt::format("Too many findings to list one by one (--max-cases). The first of them:\n{}\n",
                  fmt::join(pile.worst, "\n"));
  return test;
}

void CaseBook::for_each_pile(const std::function<void(const TestCase&)>& visit) const {
  std::vector<const std::pair<const std::string, Pile>*> order;
  for (const auto& entry : piles_) order.push_back(&entry);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::pair(a->second.failed, a->second.warned) >
           std::pair(b->second.failed, b->second.warned);
  });
  visit({.class_name = class_name_ + ".all",
         .name = "findings are listed one by one",
         .outcome = TestCase::Outcome::skipped,
         .message = fmt::format("more than {} (--max-cases): one case per asset", max_cases_)});
  const bool too_many = order.size() > max_cases_;
  const std::size_t listed = too_many ? max_cases_ - 1 : order.size();
  for (std::size_t i = 0; i < listed; ++i) visit(case_of(order[i]->first, order[i]->second));
  if (!too_many) return;
  Pile others;
  for (std::size_t i = listed; i < order.size(); ++i) {
    const Pile& pile = order[i]->second;
    for (Severity severity : severities_worst_first)
      others.counts[severity] += pile.counts[severity];
    others.failed += pile.failed;
    others.warned += pile.warned;
    others.waived += pile.waived;
    others.worst_severity = std::max(others.worst_severity, pile.worst_severity);
    if (others.worst.size() < max_lines_per_pile) others.worst.push_back(order[i]->first);
  }
  TestCase rest = case_of(class_name_ + ".all", others);
  rest.name = "further assets";
  const std::string why =
      fmt::format("{} assets are not listed; raise --max-cases", order.size() - listed);
  rest.text.insert(0, why + "\n");
  if (rest.outcome == TestCase::Outcome::passed) {
    rest.outcome = TestCase::Outcome::skipped;
    rest.message = why;
  }
  visit(rest);
}

}  // namespace patchbot
