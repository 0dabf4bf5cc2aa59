// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/atomic_file.hpp"
#include "base/spool.hpp"
#include "baseline_keeper.hpp"
#include "case_book.hpp"
#include "formats/report.hpp"
#include "hosts.hpp"
#include "model/summary.hpp"
#include "model/threat_feeds.hpp"
#include "newly_exploited.hpp"
#include "rules/gate.hpp"
#include "rules/waivers.hpp"

namespace patchbot {

/// What the flags ask of every finding.
struct Wishes {
  ReportOptions report;
  Severity min_severity = Severity::info;
  Severity list_from = Severity::medium;
  Evidence evidence = Evidence::keep;
  std::uint32_t max_cases = 10000;
  bool cases = false;                        ///< whether JUnit is wanted
  const ThreatFeeds* feeds = nullptr;        ///< what findings are enriched with, if anything
  std::function<void(const Finding&)> take;  ///< is given every finding, if any is wanted
  /// Is told every decision, with all that led to it, if anybody wants to know.
  std::function<void(const Policy&, const Subject&, const GateVerdict&)> explain;
  NewlyExploited* newly_exploited = nullptr;  ///< is told of every finding, if anybody asks
  Time now{};
};

/// One plugin or check that the gate acts on, for the overview.
struct GatedPlugin {
  std::string title;
  std::string cves;
  Severity severity = Severity::unknown;
  GateLevel level = GateLevel::none;
  bool known_exploited = false;
  std::uint64_t records = 0;
};

/// By the scanner's id, or by the name of a compliance check.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
using GatedPlugins = std::unordered_map<std::string, GatedPlugin, TextHash, std::equal_to<>>;

/// Reads reports, one after the other, and keeps what the results need: counts, cases, reasons.
class Intake {
 public:
  /// `baseline` may be null.
  Intake(const Wishes& wishes,
         const Policies& policies,
         Waivers& waivers,
         HostTable& hosts,
         const Ownership& ownership,
         BaselineKeeper* baseline);

  /// Reads a file, with all members if it is an archive. What is wrong with it goes into
  /// summary().inputs: one bad report does not lose the others.
  void read(const std::string& path);

  Summary& summary() { return summary_; }
  std::map<std::string, CaseBook>& cases() { return cases_; }
  const std::vector<std::string>& named_targets() const { return targets_; }
  const std::vector<std::string>& limits() const { return limits_; }
  const std::vector<std::string>& remarks() const { return remarks_; }
  const GatedPlugins& gated() const { return gated_; }

 private:
  /// What is the same for all findings of the current host.
  struct Scope {
    std::uint32_t host = 0;
    std::string team_name;
    TeamSummary* team = nullptr;
    CaseBook* cases = nullptr;
    std::string class_name;
    const Policy* policy = nullptr;
    bool by_severity = true;  ///< the policy needs no more than the severity
    std::array<GateDecision, severity_count> decisions;
  };

  void read_member(const std::string& label, ByteSource& source);
  void read_events(Report& report, InputSummary& input);
  void begin_host(Report& report);
  void enter_team(const std::string& team);
  bool asks_for_path() const;
  void enter_team_of_path(const Report& report);
  void take(const Report& report);
  void count(const Brief& brief);
  bool is_written(Severity severity) const;
  bool is_listed(Severity severity, bool gated) const;
  bool repeats_known(const Brief& brief, const GateDecision& decision);
  bool reads_everything() const;
  void take_fixed(const Report& report, const Brief& brief);
  void take_by_severity(const Report& report, const Brief& brief);
  void take_whole(const Report& report);
  void read_whole(const Report& report);
  Subject subject_of_finding() const;
  void decide();
  void apply_waiver();
  void deliver();
  void note_undecided();
  GateReason* reason_for(const GateDecision& decision);
  void count_reason(const GateDecision& decision, std::uint64_t count);
  void note_gated(const Finding& finding);

  const Wishes& wishes_;
  const Policies& policies_;
  Waivers& waivers_;
  HostTable& hosts_;
  const Ownership& ownership_;
  BaselineKeeper* baseline_;
  Spool spool_;
  Summary summary_;
  std::map<std::string, CaseBook> cases_;
  GatedPlugins gated_;
  std::vector<std::string> targets_;
  std::vector<std::string> limits_;
  std::vector<std::string> remarks_;
  Scope scope_;
  std::unordered_set<std::uint32_t> hosts_of_input_;
  std::unordered_map<std::uint64_t, std::uint32_t> repeats_;  ///< by repeat_key and host
  std::uint32_t ordinal_ = 0;
  std::string own_name_;  ///< of the input, for what has no name
  bool is_nameless_ = false;
  std::unordered_set<std::string> nameless_;  ///< inputs that name no machine
  Finding finding_;
  FeedGaps gaps_;
  Truth overdue_ = Truth::undecided;
  GateVerdict verdict_;  ///< on the finding
};

}  // namespace patchbot
