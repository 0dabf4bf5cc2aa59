// SPDX-License-Identifier: Apache-2.0
#include "rules/patch_status.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "rules/ami_places.hpp"
#include "rules/rollout.hpp"

namespace patchbot {
namespace {

using Word = StageStatus;
using Ranks = std::set<std::uint32_t>;

std::string joined(const std::vector<std::string>& texts, std::string_view between = ", ") {
  std::string whole;
  for (const std::string& text : texts) {
    if (!whole.empty()) whole += between;
    whole += text;
  }
  return whole;
}

std::string some_of(const std::vector<std::string>& names) {
  if (names.empty()) return "?";
  return names.front() +
         (names.size() > 1 ? " and " + std::to_string(names.size() - 1) + " more" : "");
}

std::string bakes_behind(std::uint32_t rank) { return counted(rank, "bake", "bakes") + " behind"; }

/// One environment of one service.
class Judge {
 public:
  Judge(const ServiceEvidence& service, const EnvironmentEvidence& here, Time now)
      : service_(service), here_(here), now_(now) {}

  Stage run() {
    gather();
    decide();
    if (stage_.since && *stage_.since > now_) stage_.since = now_;
    return std::move(stage_);
  }

 private:
  // ---- what runs

  void gather() {
    for (const AlikeServers& some : here_.servers) {
      stage_.amis.instances[some.ami] += some.count;
      const auto rank = service_.bakes.rank_of(some.ami);
      rank ? void(ranks_.insert(*rank)) : void(foreign_.insert(some.ami));
      const auto created = service_.created.find(some.ami);
      if (created == service_.created.end()) continue;
      const int age = days_between(created->second, now_);
      stage_.oldest_days = std::max(stage_.oldest_days.value_or(0), age);
    }
    if (!ranks_.empty()) stage_.behind = *ranks_.rbegin();
    std::set<std::string> where;
    for (const AlikeServers& some : here_.servers) where.insert(some.where);
    for (const GroupEvidence& one : here_.groups) where.insert(one.where);
    stage_.where = {where.begin(), where.end()};
    stage_.amis.in_template = joined(amis_of(here_.templates));
    for (const StackEvidence& one : here_.stacks) add_each(one.amis, stage_.amis.stack);
    for (const GroupEvidence& one : here_.groups) add_each({one.ami}, stage_.amis.launch_template);
    measure_latency();
  }

  static void add_each(const std::vector<std::string>& amis, std::string& text) {
    for (const std::string& ami : amis) {
      if (ami.empty() || text.find(ami) != std::string::npos) continue;
      text += (text.empty() ? "" : ", ") + ami;
    }
  }

  void measure_latency() {
    const auto launched = launches_of_newest(here_, service_.bakes);
    if (!launched) return;
    const Time baked = *newest_baked();
    stage_.latency = PatchLatency{days_between(baked, launched->first), std::nullopt};
    if (runs_newest_only()) stage_.latency->last_days = days_between(baked, launched->second);
  }

  bool runs_newest_only() const { return foreign_.empty() && ranks_ == Ranks{0}; }

  // ---- what that means

  void decide() {
    if (is_blocked()) return;
    if (!here_.unknown.empty()) return say(Word::unknown, joined(here_.unknown, "; "));
    if (here_.servers.empty()) return none_running();
    if (!service_.bakes_unknown.empty()) return say(Word::unknown, service_.bakes_unknown);
    if (service_.bakes.empty()) return no_bakes();
    if (!foreign_.empty() && ranks_.empty()) return foreign();
    if (runs_newest_only()) return newest_everywhere();
    if (const auto rolling = rollout_of(here_, service_.bakes, now_)) {
      return say(Word::rolling, rolling->reason, rolling->since);
    }
    const auto outside = outside_of_stacks(here_, service_.bakes);
    if (!outside.empty()) return say(Word::outside_stack, outside_words(outside));
    stuck();
  }

  bool is_blocked() {
    std::vector<std::string> used = amis_of(here_.templates);
    for (const auto& [ami, count] : stage_.amis.instances) used.push_back(ami);
    const auto ami = std::find_if(used.begin(), used.end(), [this](const std::string& one) {
      return service_.blocked.contains(one);
    });
    if (ami == used.end()) return false;
    say(Word::blocked_ami,
        *ami + " is blocked by '" + service_.blocked.at(*ami) + "' of images.blocked");
    return true;
  }

  void none_running() {
    std::string reason = "no server runs";
    for (const GroupEvidence& one : here_.groups) {
      if (one.group.desired == 0) continue;
      return say(Word::unknown,
                 reason + ", but " + one.group.name + " wants " +
                     std::to_string(one.group.desired) + ": see the activities of the group");
    }
    if (here_.stopped > 0) reason += ", and " + counted(here_.stopped, "is", "are") + " stopped";
    say(Word::none_running, reason);
  }

  void no_bakes() {
    say(Word::unknown,
        "no usable AMI of " +
            (service_.family.empty() ? std::string("its family")
                                     : "the family " + service_.family) +
            " was found, so nobody can say which one is the newest");
  }

  void foreign() {
    say(Word::unknown,
        *foreign_.begin() + " is no usable AMI of the family " + service_.family +
            ": gone, deprecated, or of another family or owner");
  }

  void newest_everywhere() {
    const auto launched = launches_of_newest(here_, service_.bakes);
    const auto last = launched ? std::optional(launched->second) : std::nullopt;
    if (const std::string older = what_is_older(); !older.empty()) {
      say(Word::ahead, older, last);
      stage_.link = link_of(here_.templates);
      return;
    }
    std::string said = "every server runs " + newest_words();
    if (!here_.unseen.empty()) {
      return say(Word::unknown,
                 said + " where anybody could look, and " + here_.unseen + " could not be asked");
    }
    const std::string unread = unread_template();
    if (!unread.empty()) {
      return say(Word::unknown, said + ", and what their template says is not known: " + unread);
    }
    if (!here_.elsewhere.empty()) said += "; " + here_.elsewhere + " could not be asked";
    say(Word::current, said, last);
  }

  // One that does not say is no matter where a place nearer to the servers does.
  std::string unread_template() const {
    if (!here_.templates_unknown.empty()) return here_.templates_unknown;
    if (deployed(here_, service_.bakes).is_newest) return {};
    for (const WrittenAmis& one : here_.templates) {
      if (!one.unknown.empty()) return one.unknown;
    }
    return {};
  }

  std::string newest_words() const {
    const auto& [name, created, source, ids] = service_.bakes.entries().front();
    const bool is_one = std::all_of(
        stage_.amis.instances.begin(), stage_.amis.instances.end(), [&ids = ids](const auto& one) {
          return std::binary_search(ids.begin(), ids.end(), one.first);
        });
    return is_one ? name : "the newest AMI of its family";
  }

  // What the next deployment, or the next server, would start from.
  std::string what_is_older() const {
    const auto written = oldest_written(here_.templates, service_.bakes);
    if (written && *written > 0) return "the template is " + bakes_behind(*written);
    for (const std::string& ami : amis_of(here_.templates)) {
      const bool is_known = service_.bakes.rank_of(ami) || service_.created.contains(ami);
      if (!is_known) return "the template names " + ami + ", which is no AMI that AWS tells of";
    }
    if (!deployed(here_, service_.bakes).is_older) return {};
    const bool by_group = !stage_.amis.launch_template.empty();
    return std::string(by_group ? "the launch template" : "the stack") +
           " has another AMI: " + (by_group ? stage_.amis.launch_template : stage_.amis.stack);
  }

  // From the servers back to the first place that has the newest AMI.
  void stuck() {
    const bool some_are_new = ranks_.contains(0);
    const Deployed places = deployed(here_, service_.bakes);
    if (places.is_newest) {
      if (some_are_new) return say(Word::mixed, mixed_words(), places.since);
      return say(Word::deployed_not_rolled, deployed_words(), places.since);
    }
    if (!here_.templates_unknown.empty()) return no_template_read();
    const auto written = oldest_written(here_.templates, service_.bakes);
    if (written && *written > 0) return not_merged(*written);
    if (some_are_new && !places.is_older) return say(Word::mixed, mixed_words());
    if (written == 0U) {
      const std::string place = place_words();
      say(Word::merged_not_deployed,
          "the template has " + service_.bakes.entries().front().name +
              (place.empty() ? "" : ", " + place + " has not") + "; the servers are " +
              servers_behind() + silent_part(),
          since_of(here_.templates));
      stage_.link = link_of(here_.templates);
      return;
    }
    if (ranks_.size() + foreign_.size() > 1) return say(Word::mixed, mixed_words());
    say(Word::behind, "the servers are " + servers_behind() + "; " + why_no_template());
    stage_.since = newest_baked();
  }

  void no_template_read() {
    say(Word::unknown,
        "the servers are " + servers_behind() +
            ", and what their template says is not known: " + here_.templates_unknown);
  }

  void not_merged(std::uint32_t written) {
    if (const auto proposal = best_proposal(here_, service_.bakes, written)) {
      return proposed(*proposal);
    }
    const std::string behind = "the template is " + bakes_behind(written);
    if (here_.pull_requests_unknown.empty()) {
      say(Word::pr_missing, behind, newest_baked());
    } else {
      say(Word::unknown,
          behind +
              ", and whether a pull request bumps it is not known: " + here_.pull_requests_unknown);
    }
    stage_.link = link_of(here_.templates);
  }

  void proposed(const Proposal& one) {
    const std::string draft = one.request->is_draft ? ", a draft," : "";
    say(Word::pr_open,
        "the pull request" + draft +
            (one.rank == 0 ? " bumps to the newest AMI"
                           : " bumps to an AMI that is " + bakes_behind(one.rank)),
        one.request->since);
    stage_.link = one.request->link;
  }

  static std::string link_of(const std::vector<WrittenAmis>& written) {
    return written.empty() ? std::string() : written.front().link;
  }

  std::optional<Time> newest_baked() const { return service_.bakes.entries().front().created; }

  // ---- words

  std::string servers_behind() const {
    if (ranks_.empty()) return "of unknown age";
    return bakes_behind(*ranks_.rbegin());
  }

  std::string outside_words(const std::vector<std::string>& servers) const {
    return some_of(servers) + (servers.size() > 1 ? " belong" : " belongs") +
           " to no stack and no Auto Scaling group (" + std::to_string(servers.size()) + " of " +
           counted(all_servers(), "server", "servers") + ", " + servers_behind() + ")";
  }

  std::size_t all_servers() const {
    std::size_t count = 0;
    for (const AlikeServers& some : here_.servers) count += some.count;
    return count;
  }

  std::string mixed_words() const {
    std::string text = std::to_string(stage_.amis.instances.size()) + " AMIs run";
    if (!ranks_.empty() && *ranks_.rbegin() > 0) {
      text += ", the oldest " + bakes_behind(*ranks_.rbegin());
    }
    if (!foreign_.empty()) text += ", and " + *foreign_.begin() + " is none of the family";
    return text;
  }

  std::string deployed_words() const {
    return place_words() + " has the newest AMI, the servers are " + servers_behind();
  }

  // Where servers start from: as near to them as anything says.
  std::string place_words() const {
    if (!stage_.amis.launch_template.empty()) {
      return "the launch template of the group " + group_names();
    }
    return here_.stacks.empty() ? "" : "the stack " + stack_names();
  }

  std::string group_names() const {
    std::vector<std::string> names;
    for (const GroupEvidence& one : here_.groups) names.push_back(one.group.name);
    return some_of(names);
  }

  std::string stack_names() const {
    std::vector<std::string> names;
    for (const StackEvidence& one : here_.stacks) names.push_back(one.stack.name);
    return some_of(names);
  }

  // Of a template that names other AMIs as well.
  std::string silent_part() const {
    for (const WrittenAmis& one : here_.templates) {
      if (!one.unknown.empty()) return "; not known is the rest: " + one.unknown;
    }
    return {};
  }

  std::string why_no_template() const {
    for (const WrittenAmis& one : here_.templates) {
      if (!one.unknown.empty()) return one.unknown;
    }
    return here_.templates.empty() ? "no template is known for it"
                                   : "its template names an AMI of another family";
  }

  void say(Word status, std::string reason, std::optional<Time> since = {}) {
    stage_.status = status;
    stage_.reason = std::move(reason);
    stage_.since = since;
  }

  const ServiceEvidence& service_;
  const EnvironmentEvidence& here_;
  Time now_;
  Stage stage_;
  Ranks ranks_;                    ///< of what runs
  std::set<std::string> foreign_;  ///< AMIs that run and have no rank
};

}  // namespace

Stage judge_environment(const ServiceEvidence& evidence,
                        const EnvironmentEvidence& environment,
                        Time now) {
  return Judge(evidence, environment, now).run();
}

ServiceStatus judge_service(const ServiceEvidence& evidence, Time now) {
  ServiceStatus status;
  status.team = evidence.team;
  status.service = evidence.service;
  status.family = evidence.family;
  if (!evidence.bakes.empty()) {
    const BakeOrder::Entry& newest = evidence.bakes.entries().front();
    status.newest = NewestAmi{newest.ids.front(), newest.name, newest.created, newest.source};
  }
  status.stages.emplace("baked", judge_bake(evidence, now));
  for (const auto& [name, environment] : evidence.environments) {
    status.stages.emplace(name, judge_environment(evidence, environment, now));
  }
  return status;
}

}  // namespace patchbot
