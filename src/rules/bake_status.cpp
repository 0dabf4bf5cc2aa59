// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.hpp"
#include "rules/patch_status.hpp"

namespace patchbot {
namespace {

using Word = StageStatus;

std::string run_words(const Bake& run) {
  return "the bake" + (run.name.empty() ? "" : " " + run.name);
}

Stage stage(Word status, std::string reason) {
  Stage made;
  made.status = status;
  made.reason = std::move(reason);
  return made;
}

// Since when: the first failure behind the last success.
Stage failed(const std::vector<Bake>& runs) {
  const auto success = std::find_if(runs.begin(), runs.end(), [](const Bake& run) {
    return run.state == Bake::State::succeeded;
  });
  const Bake& first = *std::prev(success);
  const auto times = success - runs.begin();
  const Bake& last = runs.front();
  Stage made = stage(Word::bake_failed, run_words(last) + " failed");
  if (!last.reason.empty()) made.reason += " (" + last.reason + ")";
  if (times > 1) made.reason += ", as " + std::to_string(times - 1) + " before it";
  made.since = first.started_at;
  made.link = last.link;
  return made;
}

Stage by_age(const ServiceEvidence& evidence, Time now) {
  const BakeOrder::Entry& newest = evidence.bakes.entries().front();
  const int age = days_between(newest.created, now);
  const bool is_overdue = age > evidence.bake.every_days;
  const std::string said =
      newest.name + " is " + counted(static_cast<std::uint64_t>(age), "day", "days") + " old";
  Stage made =
      is_overdue
          ? stage(Word::bake_overdue,
                  said + ", and a bake is expected every " +
                      counted(static_cast<std::uint64_t>(evidence.bake.every_days), "day", "days"))
          : stage(Word::current, said);
  made.since = newest.created;
  if (!evidence.bake.runs.empty()) made.link = evidence.bake.runs.front().link;
  return made;
}

}  // namespace

Stage judge_bake(const ServiceEvidence& evidence, Time now) {
  const auto& runs = evidence.bake.runs;
  if (!runs.empty() && runs.front().state == Bake::State::running) {
    Stage made = stage(Word::bake_running, run_words(runs.front()) + " runs");
    made.since = runs.front().started_at;
    made.link = runs.front().link;
    return made;
  }
  if (!runs.empty() && runs.front().state == Bake::State::failed) return failed(runs);
  if (!evidence.bake.unknown.empty()) return stage(Word::unknown, evidence.bake.unknown);
  if (evidence.bakes.empty()) {
    return stage(Word::never_baked,
                 evidence.family.empty() ? "which family of AMIs it runs is not known"
                                         : "no usable AMI of the family " + evidence.family);
  }
  return by_age(evidence, now);
}

}  // namespace patchbot
