// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "model/gate_level.hpp"

// How far each service is with its newest AMI, as docs/schema/status-1.schema.json names it.

namespace patchbot {

/// The closed list of words for a stage, the most urgent first.
enum class StageStatus : std::uint8_t {
  blocked_ami,
  unknown,
  bake_failed,
  never_baked,
  bake_overdue,
  ahead,
  outside_stack,
  mixed,
  deployed_not_rolled,
  merged_not_deployed,
  pr_missing,
  behind,
  pr_open,
  rolling,
  bake_running,
  none_running,
  current
};

/// What a word means, what proves it, and what it asks whom to do: the documentation and the output
/// have it from here.
struct StatusWord {
  StageStatus status;
  std::string_view word;
  GateLevel level;  ///< what the gate makes of it
  std::string_view meaning;
  std::string_view evidence;
  std::string_view action;
};

std::span<const StatusWord> status_words();  ///< in the order of StageStatus
const StatusWord& word_of(StageStatus status);
std::string_view to_text(StageStatus status);

/// What each place says the AMI is; empty: it says nothing, or there is no such place.
struct StageAmis {
  std::string in_template;
  std::string stack;
  std::string launch_template;
  std::map<std::string, std::uint64_t> instances;  ///< how many run each AMI
  bool operator==(const StageAmis&) const = default;
};

/// From the bake to the first and to the last server that runs it.
struct PatchLatency {
  int first_days = 0;
  std::optional<int> last_days;  ///< once all do
  bool operator==(const PatchLatency&) const = default;
};

struct Stage {
  StageStatus status = StageStatus::unknown;
  std::optional<Time> since;
  StageAmis amis;
  std::optional<std::uint32_t> behind;  ///< bakes that the oldest server lacks
  std::optional<int> oldest_days;       ///< the age of the oldest AMI that runs
  std::optional<PatchLatency> latency;  ///< of the newest bake, once it runs somewhere
  std::vector<std::string> where;       ///< its servers and groups are, for people
  std::string link;                     ///< where to act
  std::string reason;                   ///< what was seen, in one sentence
  bool operator==(const Stage&) const = default;
};

struct NewestAmi {
  std::string id;  ///< of one region, where it has copies
  std::string name;
  std::optional<Time> created;  ///< of the bake, not of a copy
  std::string source;           ///< the AMI that it was baked from, where EC2 says
  bool operator==(const NewestAmi&) const = default;
};

struct ServiceStatus {
  std::string team;
  std::string service;
  std::string family;
  std::optional<NewestAmi> newest;
  std::map<std::string, Stage> stages;  ///< "baked" and the environments
  StageStatus verdict() const;          ///< the most urgent of its stages
  bool operator==(const ServiceStatus&) const = default;
};

struct PatchStatus {
  Time generated_at{};
  std::vector<std::string> problems;  ///< what could not be asked; then the status is partial
  std::vector<ServiceStatus> services;
  bool operator==(const PatchStatus&) const = default;
};

/// Whole days from one time to a later one; 0 for the other way round.
int days_between(Time from, Time to);

}  // namespace patchbot
