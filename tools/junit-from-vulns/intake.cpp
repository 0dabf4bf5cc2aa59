// SPDX-License-Identifier: Apache-2.0
#include "intake.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "formats/compressed.hpp"
#include "formats/finding_json.hpp"
#include "rules/enrichment.hpp"
#include "rules/sla.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_gated_plugins = 4096;

std::string counted(const InputSummary& input) {
  if (input.hosts == 0) return {};
  return fmt::format("; hosts read before: {}, records: {}", input.hosts, input.items);
}

// What a report that names no machine is about: two of them must not become one.
std::string own_name_of(std::string_view label) {
  if (label == "-") return std::string(nameless_host);
  return std::string(label.substr(label.find_last_of("/!") + 1));  // all of it without either
}

}  // namespace

Intake::Intake(const Wishes& wishes,
               const Policies& policies,
               Waivers& waivers,
               HostTable& hosts,
               const Ownership& ownership,
               BaselineKeeper* baseline)
    : wishes_(wishes),
      policies_(policies),
      waivers_(waivers),
      hosts_(hosts),
      ownership_(ownership),
      baseline_(baseline) {}

void Intake::read(const std::string& path) {
  const std::string label = clean_line(path);
  const std::size_t before = summary_.inputs.size();
  try {
    Members members(open_file(path));
    for (Member member = members.next(); member.source; member = members.next()) {
      read_member(member.name.empty() ? label : label + "!" + member.name, *member.source);
      member.source.reset();  // an archive has one open member at a time
    }
    if (summary_.inputs.size() == before) throw Error(Blame::input, "the archive holds no report");
  } catch (const Error& error) {
    if (error.blame() != Blame::input) throw;
    summary_.inputs.push_back({label, "unknown", false, 0, 0, error.in(label).what()});
  }
}

void Intake::read_member(const std::string& label, ByteSource& source) {
  InputSummary input{label, "unknown", false, 0, 0, {}};
  hosts_of_input_.clear();
  own_name_ = own_name_of(label);
  is_nameless_ = false;
  repeats_.clear();  // a report that broke off, or one in CSV, leaves those of its last hosts
  try {
    const auto report = open_report(source, wishes_.report);
    input.format = report->format();
    read_events(*report, input);
    const ScanFacts& facts = report->facts();
    targets_.insert(targets_.end(), facts.targets.begin(), facts.targets.end());
    limits_.insert(limits_.end(), facts.limits.begin(), facts.limits.end());
    for (const std::string& remark : facts.remarks) {
      remarks_.push_back(fmt::format("{}: {}", label, remark));
    }
    input.problem = fmt::format("{}", fmt::join(facts.problems, "; "));
    if (is_nameless_ && !nameless_.insert(own_name_).second) {
      input.problem += fmt::format(
          "{}names no machine, like another report of the name {}: give "
          "the files names of their own",
          input.problem.empty() ? "" : "; ",
          own_name_);
    }
    if (!input.problem.empty()) input.problem.insert(0, label + ": ");
    input.complete = input.problem.empty();
  } catch (const Error& error) {
    if (error.blame() != Blame::input) throw;
    input.problem = error.in(label).what() + counted(input);
  }
  summary_.inputs.push_back(std::move(input));
}

void Intake::read_events(Report& report, InputSummary& input) {
  for (;;) {
    switch (report.next()) {
      case Report::Event::end: return;
      case Report::Event::host:
        begin_host(report);
        hosts_of_input_.insert(scope_.host);  // a CSV comes back to a host again and again
        input.hosts = hosts_of_input_.size();
        break;
      case Report::Event::host_end:
        hosts_.update(scope_.host, report.host());
        repeats_.clear();
        break;
      case Report::Event::finding:
        ++input.items;
        take(report);
        break;
    }
  }
}

void Intake::begin_host(Report& report) {
  ScannedHost host = report.host();
  if (host.name == nameless_host) {
    host.name = own_name_;
    is_nameless_ = true;
  }
  scope_.host = hosts_.note(host);
  enter_team(std::string(hosts_[scope_.host].team()));
}

void Intake::enter_team(const std::string& team) {
  const HostRecord& host = hosts_[scope_.host];
  scope_.team_name = team;
  scope_.team = &summary_.teams[team];
  if (wishes_.cases) {
    scope_.cases =
        &cases_.try_emplace(team, team_class(team), spool_, wishes_.max_cases).first->second;
  }
  scope_.class_name = class_name(team, host.class_part);
  scope_.policy = &policies_.of(team, std::string(host.environment()));
  scope_.by_severity = is_severity_only(*scope_.policy);
  for (Severity severity : severities_worst_first) {
    scope_.decisions[static_cast<std::size_t>(severity)] =
        scope_.by_severity ? check_gate(*scope_.policy, severity) : GateDecision{};
  }
}

// Machines of the inventory have their team; on others each finding may have another by its path.
bool Intake::asks_for_path() const {
  return hosts_[scope_.host].target == nullptr && ownership_.has_paths();
}

void Intake::enter_team_of_path(const Report& report) {
  const HostRecord& host = hosts_[scope_.host];
  report.fill(finding_);
  std::string team =
      host.itself == nullptr ? "" : ownership_.team_at(*host.itself, finding_.location.path);
  if (team.empty()) team = host.team();
  if (team != scope_.team_name) enter_team(team);
}

void Intake::take(const Report& report) {
  const Brief brief = report.brief();
  if (asks_for_path()) enter_team_of_path(report);
  count(brief);
  // Every record counts as a repeat or not, whatever becomes of it: else names would depend on
  // flags.
  const bool identified = wishes_.cases || wishes_.take || reads_everything();
  ordinal_ = identified ? repeats_[report.repeat_key() + scope_.host]++ : 0;
  if (brief.fixed) {
    take_fixed(report, brief);
  } else if (is_written(brief.severity) || reads_everything()) {
    take_whole(report);
  } else {
    take_by_severity(report, brief);
  }
}

// Whether the decision on every record needs more of it than its brief.
bool Intake::reads_everything() const {
  return wishes_.explain || wishes_.newly_exploited != nullptr || baseline_ != nullptr ||
         !waivers_.empty() || !scope_.by_severity;
}

// What is repaired is no reason to act: it is written and counted apart, and nothing else.
void Intake::take_fixed(const Report& report, const Brief& brief) {
  if (!is_written(brief.severity)) return;
  read_whole(report);
  wishes_.take(finding_);
}

// Most records change nothing but a count: those are never read in full.
void Intake::take_by_severity(const Report& report, const Brief& brief) {
  const GateDecision& decision = scope_.decisions[static_cast<std::size_t>(brief.severity)];
  const bool gated = decision.level != GateLevel::none;
  const bool listed = is_listed(brief.severity, gated);
  const bool piled = listed && scope_.cases->only_counts(scope_.class_name, decision.level);
  if ((listed && !piled) || (gated && !repeats_known(brief, decision))) {
    take_whole(report);
    return;
  }
  ++summary_.levels[static_cast<std::size_t>(decision.level)];
  if (piled) scope_.cases->count(scope_.class_name, decision.level, brief.severity);
}

bool Intake::is_written(Severity severity) const {
  return wishes_.take &&
         (severity == Severity::unknown || is_at_least(severity, wishes_.min_severity));
}

bool Intake::is_listed(Severity severity, bool gated) const {
  return wishes_.cases &&
         (gated || severity == Severity::unknown || is_at_least(severity, wishes_.list_from));
}

void Intake::count(const Brief& brief) {
  if (brief.fixed) {
    ++summary_.fixed;
    return;
  }
  if (brief.check_result != CheckResult::none) {
    ++summary_.compliance[static_cast<std::size_t>(brief.check_result)];
    return;
  }
  ++summary_.findings[brief.severity];
  ++scope_.team->findings[brief.severity];
}

// What the gate acts on is counted by plugin or check; only the first record of each is read in
// full.
bool Intake::repeats_known(const Brief& brief, const GateDecision& decision) {
  const bool check = brief.check_result != CheckResult::none;
  if (check && brief.check.empty()) return false;
  const auto plugin = gated_.find(check ? brief.check : brief.native_id);
  GateReason* const reason = reason_for(decision);
  if (plugin == gated_.end() || reason == nullptr) return false;
  ++plugin->second.records;
  plugin->second.level = std::max(plugin->second.level, decision.level);
  plugin->second.severity = std::max(plugin->second.severity, brief.severity);
  ++reason->count;
  scope_.team->worst = std::max(scope_.team->worst, decision.level);
  return true;
}

void Intake::take_whole(const Report& report) {
  read_whole(report);
  if (baseline_ != nullptr) baseline_->annotate(finding_);
  decide();
  apply_waiver();
  if (wishes_.explain) wishes_.explain(*scope_.policy, subject_of_finding(), verdict_);
  deliver();
}

void Intake::read_whole(const Report& report) {
  const HostRecord& host = hosts_[scope_.host];
  report.fill(finding_);
  finding_.asset = host.asset();
  finding_.team = scope_.team_name;
  finding_.service = host.service();
  finding_.environment = host.environment();
  gaps_ = wishes_.feeds == nullptr ? FeedGaps() : enrich(finding_, *wishes_.feeds);
  finding_.gate = {};
  finding_.location.ordinal = ordinal_;
  finding_.id = identity_of(finding_);
  if (finding_.first_seen) {
    const auto age = std::chrono::floor<std::chrono::days>(wishes_.now - *finding_.first_seen);
    finding_.age_days.reset();  // a day to come is a mistake
    if (age.count() >= -1) finding_.age_days = std::max(0, static_cast<int>(age.count()));
  }
}

// What a feed does not list is known to be unlisted only while the feed is up to date.
Subject Intake::subject_of_finding() const {
  const Target* const target = hosts_[scope_.host].target;
  const auto is_known = [this](FeedKind kind) {
    const FeedInfo* const feed = wishes_.feeds == nullptr ? nullptr : wishes_.feeds->info(kind);
    return feed != nullptr && is_current(*feed, wishes_.now);
  };
  return {.finding = finding_,
          .exposed = target == nullptr || target->exposed.value_or(true),
          .kev_known = is_known(FeedKind::kev),
          .ssvc_known = is_known(FeedKind::ssvc),
          .gaps = gaps_,
          .overdue = overdue_};
}

void Intake::decide() {
  verdict_ = {};
  if (scope_.by_severity && !wishes_.explain) {
    finding_.gate = scope_.decisions[static_cast<std::size_t>(finding_.severity)];
    return;
  }
  const SlaVerdict sla = check_sla(*scope_.policy, subject_of_finding(), wishes_.now);
  finding_.sla = sla.sla;
  overdue_ = sla.overdue;
  verdict_ = check_gate(*scope_.policy, subject_of_finding());
  finding_.gate = verdict_.decision;
}

// What a rule could not decide is not taken for "no": the finding warns, unless it does so anyway.
void Intake::note_undecided() {
  for (const GateRule* rule : verdict_.undecided) {
    const GateDecision decision{GateLevel::warn, rule->id + " (undecided)"};
    if (finding_.gate.level < GateLevel::warn) {
      finding_.gate = decision;  // which is counted with all that the gate acts on
    } else {
      count_reason(decision, 1);
    }
  }
}

void Intake::apply_waiver() {
  finding_.waiver = waivers_.find(finding_);
  if (finding_.waiver) {
    finding_.gate.level = std::min(finding_.gate.level, GateLevel::note);
    ++summary_.waived;
    ++scope_.team->waived;
    return;
  }
  const bool in_baseline = baseline_ != nullptr && baseline_->apply(finding_);
  if (!in_baseline) note_undecided();
  ++summary_.levels[static_cast<std::size_t>(finding_.gate.level)];
  if (finding_.gate.level >= GateLevel::warn) note_gated(finding_);
}

void Intake::deliver() {
  if (wishes_.newly_exploited != nullptr) wishes_.newly_exploited->note(finding_);
  const HostRecord& host = hosts_[scope_.host];
  const bool gated = finding_.gate.level != GateLevel::none || finding_.waiver;
  if (is_listed(finding_.severity, gated)) {
    scope_.cases->add(finding_, host, scope_.host, [&] {
      return to_test_case(finding_, host, wishes_.evidence);
    });
  }
  if (is_written(finding_.severity)) wishes_.take(finding_);
}

void Intake::count_reason(const GateDecision& decision, std::uint64_t count) {
  if (GateReason* const reason = reason_for(decision)) {
    reason->count += count;
  } else {
    summary_.reasons.push_back({decision.rule, decision.level, count, finding_.id.hex()});
  }
}

GateReason* Intake::reason_for(const GateDecision& decision) {
  for (GateReason& reason : summary_.reasons) {
    if (reason.rule == decision.rule && reason.level == decision.level) return &reason;
  }
  return nullptr;
}

void Intake::note_gated(const Finding& finding) {
  const GateDecision& decision = finding.gate;
  scope_.team->worst = std::max(scope_.team->worst, decision.level);
  count_reason(decision, 1);
  const bool check = finding.check_result != CheckResult::none;
  const std::string& key = check ? finding.location.check : finding.native_id;
  const auto found = gated_.find(key);
  if (found != gated_.end()) {
    ++found->second.records;
    found->second.level = std::max(found->second.level, decision.level);
    found->second.severity = std::max(found->second.severity, finding.severity);
  } else if (gated_.size() < max_gated_plugins * (decision.level == GateLevel::fail ? 2 : 1)) {
    gated_.emplace(key,
                   GatedPlugin{finding.title,
                               cve_list(finding, 2),
                               finding.severity,
                               decision.level,
                               finding.kev.has_value(),
                               1});
  }
}

}  // namespace patchbot
