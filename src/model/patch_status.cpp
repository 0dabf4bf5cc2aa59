// SPDX-License-Identifier: Apache-2.0
#include "model/patch_status.hpp"

#include <algorithm>
#include <array>

namespace patchbot {
namespace {

using Word = StageStatus;
using Level = GateLevel;

constexpr std::array<StatusWord, 17> words{{
    {Word::blocked_ami,
     "blocked-ami",
     Level::fail,
     "a server runs, or the template names, an AMI that must not be used",
     "images.blocked of the configuration fits its id or its name",
     "replace these servers now, by any other AMI"},
    {Word::unknown,
     "unknown",
     Level::warn,
     "nobody can tell",
     "something could not be asked or does not say; the reason names it",
     "repair what the reason names"},
    {Word::bake_failed,
     "bake-failed",
     Level::warn,
     "the last bake failed, so no newer AMI exists",
     "the last run of the job",
     "repair the bake"},
    {Word::never_baked,
     "never-baked",
     Level::warn,
     "no AMI of the family exists, and no bake of it was found",
     "the AMIs of the owner, and the job if there is one",
     "set up the bake, or name the family's owner"},
    {Word::bake_overdue,
     "bake-overdue",
     Level::warn,
     "the newest AMI is older than a bake should be",
     "the time of the newest bake",
     "start the bake, and see why it did not start"},
    {Word::ahead,
     "ahead",
     Level::warn,
     "servers run a newer AMI than what the template, the stack or the launch template has",
     "the running instances; the template on the main branch, the stack, the launch template",
     "bring it up to date: the next deployment or the next server goes back"},
    {Word::outside_stack,
     "outside-stack",
     Level::warn,
     "an outdated server belongs to no stack and no Auto Scaling group",
     "the tags that CloudFormation and Auto Scaling give to instances",
     "replace it by a server of a stack or group, or terminate it"},
    {Word::mixed,
     "mixed",
     Level::warn,
     "several AMIs run, and nothing is replacing servers",
     "the running instances, the stack and the instance refresh",
     "replace the servers that are left (instance refresh)"},
    {Word::deployed_not_rolled,
     "deployed-not-rolled",
     Level::warn,
     "the launch template or the stack has the newest AMI, and no server runs it",
     "the launch template of the group, or the parameters of the stack",
     "start an instance refresh; with an UpdatePolicy the next deployment will do that"},
    {Word::merged_not_deployed,
     "merged-not-deployed",
     Level::warn,
     "the template on the main branch has the newest AMI, and the stack has an older one",
     "the template and the stack",
     "deploy the stack, and see that its servers are replaced"},
    {Word::pr_missing,
     "pr-missing",
     Level::warn,
     "the template has an older AMI, and no open pull request bumps it",
     "the template and the open pull requests",
     "open a pull request that bumps the AMI"},
    {Word::behind,
     "behind",
     Level::warn,
     "servers run an older AMI, and where it is stuck is not known",
     "the running instances; the reason says what is missing",
     "replace the servers; tell PatchBot where their template is"},
    {Word::pr_open,
     "pr-open",
     Level::note,
     "a pull request that bumps the AMI waits",
     "the open pull requests",
     "review and merge it, then deploy"},
    {Word::rolling,
     "rolling",
     Level::note,
     "servers are being replaced right now",
     "the stack or the instance refresh is in progress",
     "wait, and look again"},
    {Word::bake_running,
     "bake-running",
     Level::note,
     "a bake runs right now",
     "the last run of the job",
     "wait, and look again"},
    {Word::none_running,
     "none-running",
     Level::note,
     "no server runs",
     "the instances; the template, the stack or the group exists",
     "nothing, if that is meant"},
    {Word::current,
     "current",
     Level::none,
     "every server runs the newest AMI; of a bake: it is as young as it should be",
     "the running instances; the newest AMI",
     "nothing"},
}};

}  // namespace

std::span<const StatusWord> status_words() { return words; }

const StatusWord& word_of(StageStatus status) { return words[static_cast<std::size_t>(status)]; }

std::string_view to_text(StageStatus status) { return word_of(status).word; }

StageStatus ServiceStatus::verdict() const {
  StageStatus worst = stages.empty() ? StageStatus::unknown : StageStatus::current;
  for (const auto& [name, stage] : stages) worst = std::min(worst, stage.status);
  return worst;
}

int days_between(Time from, Time to) {
  return to <= from ? 0
                    : static_cast<int>(std::chrono::floor<std::chrono::days>(to - from).count());
}

}  // namespace patchbot
