// SPDX-License-Identifier: Apache-2.0
#include "rules/patch_status.hpp"

#include <gmock/gmock.h>

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

const Time now = *parse_rfc3339("2026-11-27T06:00:00Z");
const std::string newest = "ami-0ccccccccccccccc3";
const std::string copy = "ami-0ddddddddddddddd4";  // of the newest, in another region
const std::string older = "ami-0bbbbbbbbbbbbbbb2";
const std::string oldest = "ami-0aaaaaaaaaaaaaaa1";

Time day(int of_november, int hour = 0) {
  return Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / of_november)) +
         std::chrono::hours(hour);
}

Image image(const std::string& id, const std::string& name, Time created) {
  Image one;
  one.id = id;
  one.name = name;
  one.owner = "111122223333";
  one.state = "available";
  one.created = created;
  return one;
}

std::vector<Image> three_bakes() {
  return {image(oldest, "web-1", day(8)),
          image(copy, "web-3", day(25)),
          image(newest, "web-3", day(22)),
          image(older, "web-2", day(15))};
}

BakeOrder order_of(const std::vector<Image>& images) { return {images, images.front(), now}; }

AlikeServers server(const std::string& ami, Time launched = day(24)) {
  return {.ami = ami,
          .stack = "web",
          .count = 1,
          .launched = {{launched, launched}},
          .ids = {"i-" + ami.substr(4, 4)}};
}

WrittenAmis written(const std::string& ami, const std::string& link = "https://example.com/t") {
  WrittenAmis one;
  if (!ami.empty()) one.amis = {ami};
  one.link = link;
  one.since = day(23);
  return one;
}

GroupEvidence group(const std::string& ami) {
  GroupEvidence one;
  one.group.name = "web-group";
  one.group.desired = 1;
  one.ami = ami;
  one.since = day(24);
  return one;
}

StackEvidence stack(const std::string& ami, const std::string& status = "UPDATE_COMPLETE") {
  StackEvidence one;
  one.stack.name = "web";
  one.stack.status = status;
  one.stack.updated_at = day(24);
  if (!ami.empty()) one.amis = {ami};
  return one;
}

ServiceEvidence service() {
  ServiceEvidence web;
  web.team = "shop";
  web.service = "web";
  web.family = "web";
  web.bakes = order_of(three_bakes());
  web.created = {{oldest, day(8)}, {older, day(15)}, {newest, day(22)}};
  return web;
}

Stage judge(const EnvironmentEvidence& here) { return judge_environment(service(), here, now); }

std::string told(const EnvironmentEvidence& here) {
  const Stage stage = judge(here);
  return std::string(to_text(stage.status)) + ": " + stage.reason;
}

// ---- bakes

TEST(BakeOrder, CopiesAreOneBakeOfItsFirstDate) {
  const BakeOrder order = order_of(three_bakes());
  ASSERT_EQ(order.entries().size(), 3U);
  EXPECT_EQ(order.entries()[0].name, "web-3");
  EXPECT_EQ(order.entries()[0].created, day(22));
  EXPECT_THAT(order.entries()[0].ids, ElementsAre(newest, copy));
  EXPECT_EQ(order.rank_of(copy), 0U);
  EXPECT_EQ(order.rank_of(oldest), 2U);
  EXPECT_EQ(order.rank_of("ami-0"), std::nullopt);
}

// A refresh of servers that run the newest of their own kind would change nothing.
TEST(BakeOrder, FamiliesAndArchitecturesHaveOrdersOfTheirOwn) {
  std::vector<Image> images = three_bakes();
  images.push_back(image("ami-0e", "web-4", day(26)));
  images.back().architecture = "arm64";
  images.push_back(image("ami-0f", "db-1", day(2)));
  const BakeOrder order = order_of(images);
  EXPECT_EQ(order.entries().front().name, "web-3");
  EXPECT_EQ(order.rank_of("ami-0e"), 0U);
  EXPECT_EQ(order.rank_of("ami-0f"), 0U);
  EXPECT_EQ(order.rank_of(newest), 0U);
}

TEST(BakeOrder, WhatNobodyMayStartIsNoBakeButMayBeBehindOne) {
  std::vector<Image> images = three_bakes();
  images[0].deprecated_at = now;
  images[1].state = "failed";
  images[2].deprecated_at = now;
  const BakeOrder order = order_of(images);
  ASSERT_EQ(order.entries().size(), 1U);
  EXPECT_EQ(order.entries()[0].name, "web-2");
  EXPECT_EQ(order.rank_of(older), 0U);
  EXPECT_EQ(order.rank_of(oldest), 1U) << "deprecated since, and still known to be older";
  EXPECT_EQ(order.rank_of(newest), std::nullopt) << "a bake that was taken back";
}

TEST(BakeOrder, ATagMakesAFamilyOfNamesThatHaveNothingInCommon) {
  std::vector<Image> images{image(older, "golden-7f3a", day(15)),
                            image(newest, "release candidate", day(22))};
  EXPECT_EQ(order_of(images).rank_of(newest), 0U);
  EXPECT_EQ(order_of(images).rank_of(older), 0U) << "each is the newest of its own";
  for (Image& one : images) one.tagged_family = "web";
  EXPECT_EQ(order_of(images).rank_of(older), 1U);
}

Bake run(Bake::State state, Time started, const std::string& name = "#7") {
  Bake one;
  one.state = state;
  one.started_at = started;
  one.name = name;
  one.link = "https://jenkins.example/" + name;
  return one;
}

std::string bake_told(const ServiceEvidence& evidence) {
  const Stage stage = judge_bake(evidence, now);
  return std::string(to_text(stage.status)) + ": " + stage.reason;
}

TEST(BakeStatus, IsTheLastRunElseTheAgeOfTheNewestAmi) {
  ServiceEvidence web = service();
  EXPECT_EQ(bake_told(web), "current: web-3 is 5 days old");
  web.bake.every_days = 5;
  web.bake.runs = {run(Bake::State::succeeded, day(22))};  // Jenkins does not tell its AMIs
  EXPECT_EQ(bake_told(web), "current: web-3 is 5 days old");
  web.bake.runs.clear();
  web.bake.every_days = 4;
  EXPECT_EQ(bake_told(web),
            "bake-overdue: web-3 is 5 days old, and a bake is expected every 4 days");
  web.bake.runs = {run(Bake::State::running, day(27))};
  EXPECT_EQ(bake_told(web), "bake-running: the bake #7 runs");
  web.bake.runs = {run(Bake::State::failed, day(27), "#8"),
                   run(Bake::State::failed, day(26)),
                   run(Bake::State::succeeded, day(22), "#6")};
  web.bake.runs[0].reason = "ABORTED";
  EXPECT_EQ(bake_told(web), "bake-failed: the bake #8 failed (ABORTED), as 1 before it");
  EXPECT_EQ(judge_bake(web, now).since, day(26));
  EXPECT_EQ(judge_bake(web, now).link, "https://jenkins.example/#8");
}

TEST(BakeStatus, WhatARunMadeHasToBeThere) {
  ServiceEvidence web = service();
  web.bake.runs = {run(Bake::State::succeeded, day(26))};
  web.bake.runs[0].amis = {{"eu-west-1", "ami-0eeeeeeeeeeeeeee5"}};
  EXPECT_EQ(
      bake_told(web),
      "unknown: the bake #7 made ami-0eeeeeeeeeeeeeee5 in eu-west-1, which is no usable AMI of "
      "the family: gone, or of another account");
  web.bake.runs[0].amis.emplace("us-east-1", newest);
  EXPECT_EQ(bake_told(web), "current: web-3 is 5 days old");
}

TEST(PatchStatus, LatencyBeginsWithTheFirstServer) {
  EnvironmentEvidence here;
  here.servers = {server(older, day(1)), server(newest, day(24))};
  EXPECT_EQ(judge(here).latency, (PatchLatency{2, std::nullopt}));
  here.servers[1].launched.reset();
  EXPECT_EQ(judge(here).latency, std::nullopt);
  here.servers.push_back(server(newest, day(25)));
  EXPECT_EQ(judge(here).latency, std::nullopt) << "the unknown one may have been the first";
  here.servers = {server(older)};
  EXPECT_EQ(judge(here).latency, std::nullopt);
}

TEST(BakeStatus, ARunThatDoesNotEndHidesNothing) {
  ServiceEvidence web = service();
  web.bake.runs = {run(Bake::State::running, day(2), "#9"), run(Bake::State::failed, day(1), "#8")};
  EXPECT_EQ(bake_told(web),
            "bake-failed: the bake #9 has not ended for 25 days; the bake #8 failed");
  web.bake.runs.pop_back();
  EXPECT_EQ(bake_told(web), "unknown: the bake #9 has not ended for 25 days; web-3 is 5 days old");
}

TEST(BakeStatus, WithoutServersTheFamilyIsNotKnown) {
  ServiceEvidence web;
  web.environments["production"];
  EXPECT_EQ(bake_told(web),
            "none-running: no server runs, so which family of AMIs it runs is not known");
  web.environments["production"].servers = {server(newest)};
  EXPECT_EQ(bake_told(web), "unknown: which family of AMIs it runs is not known");
}

TEST(BakeStatus, WithoutAnyAmiItWasNeverBakedUnlessNobodyCouldLook) {
  ServiceEvidence web = service();
  web.bakes = {};
  EXPECT_EQ(bake_told(web), "never-baked: no usable AMI of the family web");
  web.bake.unknown = "Jenkins does not answer";
  EXPECT_EQ(bake_told(web), "unknown: Jenkins does not answer");
}

// ---- environments: one word each

TEST(PatchStatus, EveryServerRunsTheNewest) {
  EnvironmentEvidence here;
  here.servers = {server(newest, day(23)), server(copy, day(25))};
  here.templates = {written(newest)};
  const Stage stage = judge(here);
  EXPECT_EQ(stage.status, StageStatus::current);
  EXPECT_EQ(stage.reason, "every server runs web-3");
  EXPECT_EQ(stage.since, day(25));
  EXPECT_EQ(stage.latency, (PatchLatency{1, 3}));
  EXPECT_EQ(stage.behind, 0U);
  EXPECT_THAT(stage.amis.instances, ElementsAre(Pair(newest, 1U), Pair(copy, 1U)));
}

// "Everywhere" is where anybody could look.
TEST(PatchStatus, AnAccountThatCouldNotBeAsked) {
  EnvironmentEvidence here;
  here.servers = {server(newest)};
  here.elsewhere = "account 444455556666";
  EXPECT_EQ(told(here),
            "current: every server runs web-3; account 444455556666 could not be asked");
  here.unseen = "account 444455556666";
  EXPECT_EQ(told(here),
            "unknown: every server runs web-3 where anybody could look, and account 444455556666 "
            "could not be asked");
  here.servers = {server(older)};
  here.templates = {written(older)};
  EXPECT_EQ(judge(here).status, StageStatus::pr_missing)
      << "there is something to do, whatever else";
}

TEST(PatchStatus, WhatComesNextMayBeOlderThanWhatRuns) {
  EnvironmentEvidence here;
  here.servers = {server(newest)};
  here.groups = {group(older)};
  EXPECT_EQ(told(here), "ahead: the launch template has another AMI: " + older);
  here.groups.clear();
  here.stacks = {stack(older)};
  EXPECT_EQ(told(here), "ahead: the stack has another AMI: " + older);
  here.stacks[0].amis = {newest, "ami-0eeeeeeeeeeeeeee5"};
  EXPECT_EQ(judge(here).status, StageStatus::current) << "the other one is for other servers";
  here.templates = {written("ami-0eeeeeeeeeeeeeee5")};
  EXPECT_EQ(told(here),
            "ahead: the template names ami-0eeeeeeeeeeeeeee5, which is no AMI that AWS tells of");
}

TEST(PatchStatus, ServersMayBeAheadOfTheTemplate) {
  EnvironmentEvidence here;
  here.servers = {server(newest)};
  here.templates = {written(older)};
  EXPECT_EQ(told(here), "ahead: the template is 1 bake behind");
}

TEST(PatchStatus, ABumpIsMissingOrWaits) {
  EnvironmentEvidence here;
  here.servers = {server(oldest)};
  here.templates = {written(oldest)};
  EXPECT_EQ(told(here), "pr-missing: the template is 2 bakes behind");
  EXPECT_EQ(judge(here).since, day(22)) << "since there is something to bump to";
  EXPECT_EQ(judge(here).behind, 2U);
  EXPECT_EQ(judge(here).oldest_days, 19);
  here.pull_requests = {written(oldest, "https://example.com/no"),
                        written(newest, "https://example.com/7")};
  EXPECT_EQ(told(here), "pr-open: the pull request bumps to the newest AMI");
  EXPECT_EQ(judge(here).link, "https://example.com/7");
  here.pull_requests = {written(older)};
  EXPECT_EQ(told(here), "pr-open: the pull request bumps to an AMI that is 1 bake behind");
}

TEST(PatchStatus, OfSeveralBumpsTheBestOneIsTold) {
  EnvironmentEvidence here;
  here.servers = {server(oldest)};
  here.templates = {written(oldest)};
  WrittenAmis draft = written(newest, "https://example.com/draft");
  draft.is_draft = true;
  here.pull_requests = {written(older, "https://example.com/older"), draft};
  EXPECT_EQ(told(here), "pr-open: the pull request, a draft, bumps to the newest AMI");
  EXPECT_EQ(judge(here).link, "https://example.com/draft");
  here.pull_requests.push_back(written(newest, "https://example.com/ready"));
  here.pull_requests.push_back(written(newest, "https://example.com/later"));
  EXPECT_EQ(told(here), "pr-open: the pull request bumps to the newest AMI");
  EXPECT_EQ(judge(here).link, "https://example.com/ready");
}

// That none exists is a claim, too.
TEST(PatchStatus, PullRequestsThatNobodyCouldRead) {
  EnvironmentEvidence here;
  here.servers = {server(oldest)};
  here.templates = {written(oldest)};
  here.pull_requests_unknown = "the host refuses";
  EXPECT_EQ(told(here),
            "unknown: the template is 2 bakes behind, and whether a pull request bumps it is not "
            "known: the host refuses");
  EXPECT_EQ(judge(here).link, "https://example.com/t");
  here.pull_requests = {written(newest)};
  EXPECT_EQ(judge(here).status, StageStatus::pr_open);
  here.pull_requests.clear();
  here.templates = {written(newest)};
  EXPECT_EQ(judge(here).status, StageStatus::merged_not_deployed) << "it does not depend on them";
}

TEST(PatchStatus, TemplatesThatNobodyCouldRead) {
  EnvironmentEvidence here;
  here.servers = {server(oldest)};
  here.templates_unknown = "the host refuses";
  EXPECT_EQ(told(here),
            "unknown: the servers are 2 bakes behind, and what their template says is not known: "
            "the host refuses");
  here.templates = {written(oldest)};
  EXPECT_EQ(judge(here).status, StageStatus::unknown) << "another file may say something else";
  here.stacks = {stack(newest)};
  EXPECT_EQ(judge(here).status, StageStatus::deployed_not_rolled) << "it does not depend on them";
  here.servers = {server(newest)};
  here.templates.clear();
  EXPECT_EQ(told(here),
            "unknown: every server runs web-3, and what their template says is not known: the host "
            "refuses");
}

TEST(PatchStatus, WhatIsMergedMayNotBeDeployed) {
  EnvironmentEvidence here;
  here.servers = {server(older)};
  here.templates = {written(newest)};
  here.stacks = {stack(older)};
  EXPECT_EQ(
      told(here),
      "merged-not-deployed: the template has web-3, the stack web has not; the servers are 1 bake "
      "behind");
  EXPECT_EQ(judge(here).since, day(23));
  here.stacks = {stack(newest)};
  EXPECT_EQ(told(here),
            "deployed-not-rolled: the stack web has the newest AMI, the servers are 1 bake behind");
  here.groups = {group(older)};
  EXPECT_EQ(judge(here).status, StageStatus::merged_not_deployed)
      << "the launch template is nearer to the servers than a parameter";
}

TEST(PatchStatus, WhatIsDeployedMayNotBeRolled) {
  EnvironmentEvidence here;
  here.servers = {server(older), server(older)};
  here.groups = {group(newest)};
  EXPECT_EQ(told(here),
            "deployed-not-rolled: the launch template of the group web-group has the newest AMI, "
            "the servers are "
            "1 bake behind");
  here.servers[0].ami = newest;
  EXPECT_EQ(told(here), "mixed: 2 AMIs run, the oldest 1 bake behind");
  InstanceRefresh refresh;
  refresh.status = "InProgress";
  refresh.percent = 40;
  refresh.started_at = day(26);
  here.servers[1].group = "web-group";
  here.groups[0].refresh = refresh;
  EXPECT_EQ(told(here), "rolling: instance refresh of web-group: InProgress, 40 %");
  here.groups[0].refresh->status = "Failed";
  EXPECT_EQ(judge(here).status, StageStatus::mixed);
  here.groups.clear();
  here.stacks = {stack(newest, "UPDATE_IN_PROGRESS")};
  here.stacks[0].stack.updated_at = day(26);
  EXPECT_EQ(told(here), "rolling: stack web: UPDATE_IN_PROGRESS");
}

// What goes back, goes elsewhere or has gone on for weeks is no reason to wait.
TEST(PatchStatus, OnlyWhatLeadsToTheNewestAmiRolls) {
  EnvironmentEvidence here;
  here.servers = {server(older)};
  here.servers[0].group = "web-group";
  here.groups = {group(newest)};
  InstanceRefresh refresh;
  refresh.status = "InProgress";
  refresh.started_at = day(26);
  const auto with = [&](const InstanceRefresh& one) {
    here.groups[0].refresh = one;
    return judge(here).status;
  };
  EXPECT_EQ(with(refresh), StageStatus::rolling);
  InstanceRefresh other = refresh;
  other.started_at = day(1);
  EXPECT_EQ(with(other), StageStatus::deployed_not_rolled);
  other = refresh;
  other.status = "RollbackInProgress";
  EXPECT_EQ(with(other), StageStatus::deployed_not_rolled);
  here.groups[0].ami = older;
  EXPECT_EQ(with(refresh), StageStatus::behind);
  here.groups[0].ami = newest;
  here.servers.push_back(server(older));
  here.servers[1].group = "another-group";
  EXPECT_NE(with(refresh), StageStatus::rolling) << "one server is no part of it";
  here.groups.clear();
  here.servers.pop_back();
  for (const char* status : {"UPDATE_ROLLBACK_IN_PROGRESS", "DELETE_IN_PROGRESS"}) {
    here.stacks = {stack(newest, status)};
    here.stacks[0].stack.updated_at = day(26);
    EXPECT_NE(judge(here).status, StageStatus::rolling) << status;
  }
}

// Two stacks, of which one is deployed; and servers of which nobody knows the way.
TEST(PatchStatus, SomeServersMayBeNewAlready) {
  EnvironmentEvidence here;
  here.servers = {server(newest), server(older)};
  here.templates = {written(newest)};
  here.stacks = {stack(newest), stack(older)};
  EXPECT_EQ(judge(here).status, StageStatus::merged_not_deployed);
  here.stacks.clear();
  EXPECT_EQ(told(here), "mixed: 2 AMIs run, the oldest 1 bake behind");
  here.templates = {written(newest), written(older)};
  EXPECT_EQ(told(here), "pr-missing: the template is 1 bake behind");
  here.servers = {server(newest), server("ami-0eeeeeeeeeeeeeee5")};
  here.templates.clear();
  EXPECT_EQ(told(here),
            "mixed: 2 AMIs run, and ami-0eeeeeeeeeeeeeee5 is none of "
            "the family");
}

TEST(PatchStatus, AServerStartedByHandIsOutsideOfTheStack) {
  EnvironmentEvidence here;
  here.servers = {server(newest), server(older)};
  here.servers[1].stack.clear();
  EXPECT_EQ(told(here),
            "outside-stack: i-0bbb belongs to no stack and no Auto Scaling group (1 of 2 servers, "
            "1 bake behind)");
  here.servers[0].ami = older;
  EXPECT_NE(judge(here).status, StageStatus::outside_stack) << "the others are no better";
}

TEST(PatchStatus, ABlockedAmiIsWorseThanAnythingElse) {
  ServiceEvidence web = service();
  web.blocked = {{newest, "web-3*"}};
  EnvironmentEvidence here;
  here.servers = {server(newest)};
  EXPECT_EQ(judge_environment(web, here, now).status, StageStatus::blocked_ami);
  here.servers = {server(older)};
  EXPECT_NE(judge_environment(web, here, now).status, StageStatus::blocked_ami);
  here.templates = {written(newest)};
  EXPECT_EQ(judge_environment(web, here, now).reason,
            newest + " is blocked by 'web-3*' of images.blocked");
}

TEST(PatchStatus, WhatIsNotKnownIsNeverGuessed) {
  EnvironmentEvidence here;
  here.servers = {server(newest)};
  here.unknown = {"autoscaling says no", "cloudformation says no"};
  EXPECT_EQ(told(here), "unknown: autoscaling says no; cloudformation says no");
  here.unknown.clear();
  here.servers = {server("ami-0eeeeeeeeeeeeeee5")};
  EXPECT_THAT(told(here),
              HasSubstr("unknown: ami-0eeeeeeeeeeeeeee5 is no usable AMI of the family web"));
  ServiceEvidence web = service();
  web.bakes = {};
  EXPECT_EQ(judge_environment(web, here, now).status, StageStatus::unknown);
  web = service();
  web.bakes_unknown = "DescribeImages is denied";
  here.servers = {server(newest)};
  EXPECT_EQ(judge_environment(web, here, now).reason, "DescribeImages is denied");
  EXPECT_EQ(judge_bake(web, now).status, StageStatus::unknown);
  here.servers = {server(older)};
  EXPECT_EQ(told(here), "behind: the servers are 1 bake behind; no template is known for it");
  here.templates = {written("")};
  here.templates[0].unknown = "a macro writes it";
  EXPECT_EQ(told(here), "behind: the servers are 1 bake behind; a macro writes it");
}

TEST(PatchStatus, WithoutServersThereIsNothingToReplace) {
  EnvironmentEvidence here;
  here.stopped = 2;
  EXPECT_EQ(told(here), "none-running: no server runs, and 2 are stopped");
  here.groups = {group(newest)};
  here.groups[0].group.desired = 2;
  EXPECT_EQ(told(here),
            "unknown: no server runs, but web-group wants 2: see the activities of the group");
}

TEST(PatchStatus, AStateDoesNotBeginInTheFuture) {
  EnvironmentEvidence here;
  here.servers = {server(newest, now + std::chrono::hours(1))};
  EXPECT_EQ(judge(here).since, now);
}

TEST(PatchStatus, TheVerdictIsTheMostUrgentStage) {
  ServiceEvidence web = service();
  web.environments["production"].servers = {server(older)};
  web.environments["staging"].servers = {server(newest)};
  const ServiceStatus status = judge_service(web, now);
  EXPECT_EQ(status.stages.at("staging").status, StageStatus::current);
  EXPECT_EQ(status.verdict(), StageStatus::behind);
  EXPECT_EQ(status.newest->name, "web-3");
  EXPECT_EQ(ServiceStatus().verdict(), StageStatus::unknown);
}

TEST(PatchStatus, EveryWordIsExplained) {
  ASSERT_EQ(status_words().size(), static_cast<std::size_t>(StageStatus::current) + 1);
  for (std::size_t i = 0; i < status_words().size(); ++i) {
    const StatusWord& one = status_words()[i];
    EXPECT_EQ(static_cast<std::size_t>(one.status), i) << one.word;
    EXPECT_FALSE(one.meaning.empty() || one.evidence.empty() || one.action.empty()) << one.word;
  }
}

TEST(PatchStatus, OneNameInTwoRegionsIsTwoStacks) {
  EnvironmentEvidence here;
  here.servers = {server(older), server(newest)};
  here.servers[0].where = "eu-central-1 of account 1";
  here.servers[1].where = "eu-west-1 of account 1";
  here.stacks = {stack(newest, "UPDATE_IN_PROGRESS"), stack(older)};
  here.stacks[0].where = here.servers[1].where;
  here.stacks[1].where = here.servers[0].where;
  here.stacks[0].stack.updated_at = now;
  EXPECT_NE(judge(here).status, StageStatus::rolling) << "the other one is stuck";
  here.servers[0].where = here.servers[1].where;
  EXPECT_EQ(judge(here).status, StageStatus::rolling);
}

TEST(PatchStatus, AStackWhoseAmiIsUnknownRollsNothing) {
  EnvironmentEvidence here;
  here.servers = {server(older), server(newest)};
  here.stacks = {stack("", "UPDATE_IN_PROGRESS")};
  here.stacks[0].stack.updated_at = now;
  EXPECT_EQ(judge(here).status, StageStatus::mixed);
}

TEST(PatchStatus, AStackCountsForServersInNoGroup) {
  EnvironmentEvidence here;
  here.servers = {server(newest)};
  here.servers[0].group = "web-group";
  here.groups = {group(newest)};
  here.stacks = {stack(older)};
  EXPECT_EQ(judge(here).status, StageStatus::current) << "the group says what comes next";
  here.servers.push_back(server(newest));
  EXPECT_EQ(judge(here).status, StageStatus::ahead);
}

TEST(PatchStatus, AGroupThatRestsSaysNothing) {
  EnvironmentEvidence here;
  here.servers = {server(newest)};
  here.groups = {group(newest), group(older)};
  EXPECT_EQ(judge(here).status, StageStatus::ahead);
  here.groups[1].group.desired = 0;
  EXPECT_EQ(judge(here).status, StageStatus::current);
}

TEST(PatchStatus, AmisOfOtherFamiliesInATemplateAreForOtherServers) {
  EnvironmentEvidence here;
  here.servers = {server(newest)};
  here.templates = {written(older)};
  here.templates[0].amis.emplace_back("ami-0eeeeeeeeeeeeeee5");
  EXPECT_EQ(told(here), "ahead: the template is 1 bake behind");
}

TEST(PatchStatus, ATemplateThatDoesNotSayMattersWhereNothingElseDoes) {
  EnvironmentEvidence here;
  here.servers = {server(newest)};
  here.templates = {written("")};
  here.templates[0].unknown = "web.yaml: a macro";
  EXPECT_EQ(
      told(here),
      "unknown: every server runs web-3, and what their template says is not known: web.yaml: "
      "a macro");
  here.stacks = {stack(newest)};
  EXPECT_EQ(judge(here).status, StageStatus::current);
}

}  // namespace
}  // namespace patchbot
