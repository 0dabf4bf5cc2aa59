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

// One in a region that nobody asked is no reason to doubt the others.
bool is_listed(const Bake& run, const BakeOrder& bakes) {
  return run.amis.empty() || std::any_of(run.amis.begin(), run.amis.end(), [&](const auto& made) {
           return bakes.rank_of(made.second).has_value();
         });
}

Stage not_listed(const Bake& run) {
  const auto& [region, ami] = *run.amis.begin();
  Stage made = stage(Word::unknown,
                     run_words(run) + " made " + ami + " in " + region +
                         ", which is no usable AMI of the family: gone, or of another account");
  made.since = run.ended_at ? run.ended_at : run.started_at;
  made.link = run.link;
  return made;
}

Stage judge_ended(const ServiceEvidence& evidence, const std::vector<Bake>& runs, Time now) {
  if (!runs.empty() && runs.front().state == Bake::State::failed) return failed(runs);
  if (!evidence.bake.unknown.empty()) return stage(Word::unknown, evidence.bake.unknown);
  if (!evidence.bakes_unknown.empty()) return stage(Word::unknown, evidence.bakes_unknown);
  if (!evidence.bakes.empty()) {
    const bool is_seen = runs.empty() || is_listed(runs.front(), evidence.bakes);
    return is_seen ? by_age(evidence, now) : not_listed(runs.front());
  }
  if (!evidence.family.empty()) {
    return stage(Word::never_baked, "no usable AMI of the family " + evidence.family);
  }
  const bool runs_somewhere =
      std::any_of(evidence.environments.begin(), evidence.environments.end(), [](const auto& one) {
        return !one.second.servers.empty() || !one.second.unknown.empty();
      });
  const char* const why = "which family of AMIs it runs is not known";
  return runs_somewhere ? stage(Word::unknown, why)
                        : stage(Word::none_running, std::string("no server runs, so ") + why);
}

}  // namespace

// A run that does not end would hide all that comes after it.
Stage judge_bake(const ServiceEvidence& evidence, Time now) {
  constexpr std::chrono::hours longest(24);
  std::vector<Bake> runs = evidence.bake.runs;
  std::string hung;
  while (!runs.empty() && runs.front().state == Bake::State::running) {
    const Bake& run = runs.front();
    if (!run.started_at || now - *run.started_at <= longest) {
      Stage made = stage(Word::bake_running, run_words(run) + " runs");
      made.since = run.started_at;
      made.link = run.link;
      return made;
    }
    hung += run_words(run) + " has not ended for " +
            counted(static_cast<std::uint64_t>(days_between(*run.started_at, now)), "day", "days") +
            "; ";
    runs.erase(runs.begin());
  }
  Stage made = judge_ended(evidence, runs, now);
  if (hung.empty()) return made;
  made.reason.insert(0, hung);
  if (made.status == Word::current) made.status = Word::unknown;
  return made;
}

}  // namespace patchbot
