// SPDX-License-Identifier: Apache-2.0
// A fleet that is scanned in shards, in parts, and by its agents.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "formats/nessus_merge.hpp"
#include "run_fixture.hpp"
#include "shards.hpp"

namespace patchbot {
namespace {

using test::FakeNessus;
using test::fault_of;
using test::in_words;
using test::NessusRunTest;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using Flavour = FakeNessus::Flavour;
using Trouble = FakeNessus::Trouble;

std::vector<std::string> addresses(int count) {
  std::vector<std::string> targets;
  for (int i = 0; i < count; ++i) {
    targets.push_back("10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250 + 1));
  }
  return targets;
}

TEST(Shards, AreNamedByTwoNumbers) {
  EXPECT_EQ(parse_shard("2/5"), (Shard{2, 5, "", 0, true}));
  for (const char* text : {"", "2", "0/5", "6/5", "-1/5", "2/5/7", "a/b", "2/", "1/10001"}) {
    EXPECT_THAT(fault_of([&] { parse_shard(text); }), HasSubstr("must be N/M, such as 2/5"))
        << text;
  }
}

TEST(Shards, TakeEveryTargetOnceAndAboutAsMany) {
  const auto targets = addresses(5000);
  std::set<std::string> taken;
  for (std::size_t number = 1; number <= 7; ++number) {
    Shard shard{number, 7, "", 0, true};
    const auto part = take_shard(shard, targets);
    EXPECT_EQ(shard.targets, part.size());
    EXPECT_EQ(shard.list, digest_of(targets));
    EXPECT_NEAR(static_cast<double>(part.size()), 5000.0 / 7, 120);
    for (const std::string& target : part) EXPECT_TRUE(taken.insert(target).second) << target;
  }
  EXPECT_EQ(taken.size(), targets.size());
}

TEST(Shards, AMachineMoreMovesNoOther) {
  auto targets = addresses(100);
  Shard before{3, 4, "", 0, true};
  auto part = take_shard(before, targets);
  targets.insert(targets.begin(), "10.9.9.9");
  Shard after{3, 4, "", 0, true};
  auto grown = take_shard(after, targets);
  std::erase(grown, "10.9.9.9");
  EXPECT_EQ(part, grown);
  EXPECT_NE(before.list, after.list);
}

TEST(Parts, AreAsLargeAsTheyMayBe) {
  EXPECT_THAT(in_parts(addresses(7), 3), ElementsAre(SizeIs(3), SizeIs(3), SizeIs(1)));
  EXPECT_THAT(in_parts(addresses(6), 3), ElementsAre(SizeIs(3), SizeIs(3)));
  EXPECT_THAT(in_parts(addresses(7), 0), ElementsAre(SizeIs(7)));
  EXPECT_THAT(in_parts({}, 3), ElementsAre(SizeIs(0)));
}

class Fleet : public NessusRunTest {
 protected:
  void write_targets(int count) {
    std::ofstream file(dir_.file("targets"));
    for (const std::string& target : addresses(count)) file << target << '\n';
  }
  // Seven targets in parts of three, left to the next call when so much time is over.
  void leave_parts_after(unsigned seconds) {
    write_targets(7);
    flags_.max_hosts = 3;
    flags_.state = dir_.file("state");
    flags_.on_abort = "leave";
    flags_.net.deadline_seconds = seconds;
    EXPECT_EQ(run(), 4) << text;
  }
  std::string part(int number) const { return flags_.output + ".part-" + std::to_string(number); }

  NessusRun shard_flags(int number, int of) {
    NessusRun flags = flags_;
    flags.shard = std::to_string(number) + "/" + std::to_string(of);
    flags.output = dir_.file("shard-" + std::to_string(number));
    return flags;
  }
  int merge(const std::vector<int>& numbers) {
    NessusRun flags;
    flags.command = "merge";
    flags.output = flags_.output;
    for (const int number : numbers) {
      flags.reports.push_back(dir_.file("shard-" + std::to_string(number)));
    }
    return run(flags);
  }
};
INSTANTIATE_TEST_SUITE_P(Servers,
                         Fleet,
                         testing::Values(Flavour::manager, Flavour::cloud),
                         [](const auto& tested) { return in_words(tested.param); });

TEST_P(Fleet, IsScannedInShardsAndMerged) {
  write_targets(20);
  for (int number = 1; number <= 3; ++number) EXPECT_EQ(run(shard_flags(number, 3)), 0) << text;
  EXPECT_EQ(merge({3, 1, 2}), 0) << text;
  EXPECT_EQ(hosts_in_report(), 20U);
  EXPECT_THAT(text, HasSubstr("weekly.nessus: 3 of 3 shards, 20 targets\n"));
  EXPECT_EQ(server_.launches(), 3U);
}

TEST_P(Fleet, AMissingShardIsToldAndTheOthersAreMerged) {
  write_targets(20);
  for (const int number : {1, 3}) EXPECT_EQ(run(shard_flags(number, 4)), 0) << text;
  EXPECT_EQ(merge({1, 3}), 3) << text;
  EXPECT_THAT(text, HasSubstr("2 shards are missing of 4: 2, 4"));
  EXPECT_GT(hosts_in_report(), 0U);
}

TEST_P(Fleet, OneShardTwiceOrOfAnotherSetIsRefused) {
  write_targets(20);
  EXPECT_EQ(run(shard_flags(1, 2)), 0) << text;
  std::filesystem::copy(dir_.file("shard-1"), dir_.file("shard-8"));
  EXPECT_EQ(merge({1, 8}), 3) << text;
  EXPECT_THAT(text, HasSubstr("is shard 1 of 2, and so is"));
  EXPECT_EQ(run(shard_flags(3, 3)), 0) << text;
  EXPECT_EQ(merge({1, 3}), 3) << text;
  EXPECT_THAT(text, HasSubstr("is shard 3 of 3, but"));
  EXPECT_FALSE(has_report());
}

TEST_P(Fleet, ShardsOfOtherListsAreTold) {
  write_targets(20);
  EXPECT_EQ(run(shard_flags(1, 2)), 0) << text;
  write_targets(21);
  EXPECT_EQ(run(shard_flags(2, 2)), 0) << text;
  EXPECT_EQ(merge({1, 2}), 3) << text;
  EXPECT_THAT(text, HasSubstr("shard 2 is of another list of targets than"));
  EXPECT_GE(hosts_in_report(), 20U);
}

TEST_P(Fleet, AShardOfAnEarlierWeekIsTold) {
  write_targets(20);
  EXPECT_EQ(run(shard_flags(1, 2)), 0) << text;
  clock_.sleep(std::chrono::hours(24 * 7));
  EXPECT_EQ(run(shard_flags(2, 2)), 0) << text;
  EXPECT_EQ(merge({1, 2}), 3) << text;
  EXPECT_THAT(text, HasSubstr("shard 1 is of "));
  EXPECT_THAT(text, HasSubstr("long before the newest one"));
}

TEST_P(Fleet, TheStateOfAnotherShardIsNotGoneOnWith) {
  write_targets(20);
  NessusRun first = shard_flags(1, 2);
  NessusRun second = shard_flags(2, 2);
  first.state = second.state = dir_.file("state");
  first.on_abort = "leave";
  first.net.deadline_seconds = 60;
  EXPECT_EQ(run(first), 4) << text;
  EXPECT_EQ(run(second), 2) << text;
  EXPECT_THAT(text, HasSubstr("is the state of another scan"));
  EXPECT_EQ(server_.launches(), 1U);
}

TEST_P(Fleet, AScanOfAnEarlierListIsNotAllOfTheNewOne) {
  write_targets(4);
  NessusRun flags = shard_flags(1, 1);
  flags.state = dir_.file("state");
  flags.on_abort = "leave";
  flags.net.deadline_seconds = 60;
  EXPECT_EQ(run(flags), 4) << text;
  write_targets(6);
  flags.net.deadline_seconds = 8 * 3600;
  EXPECT_EQ(run(flags), 3) << text;
  EXPECT_THAT(text, HasSubstr("the scan is of an earlier list of targets"));
  EXPECT_EQ(merge({1}), 3) << text;
  EXPECT_THAT(text, HasSubstr("shard 1 was cut short"));
}

TEST_P(Fleet, APartialListMakesAPartialReport) {
  std::ofstream(dir_.file("targets"))
      << R"({"schema":"patchbot.inventory/1","partial":true,"targets":[)"
      << R"({"id":"i-1","state":"running","addresses":["10.0.0.1"]}]})";
  EXPECT_EQ(run(shard_flags(1, 1)), 3) << text;
  EXPECT_EQ(merge({1}), 3) << text;
}

TEST_P(Fleet, ARunWithoutHostsIsNoSuccess) {
  server_.report = dir_.file("empty");
  std::ofstream(server_.report)
      << "<NessusClientData_v2><Report name=\"x\"></Report></NessusClientData_v2>";
  EXPECT_EQ(run(), 3) << text;
  EXPECT_THAT(text, HasSubstr("the run completed without any host; are 3 targets out of"));
}

TEST_P(Fleet, AShardThatWasCutShortIsTold) {
  write_targets(40);
  EXPECT_EQ(run(shard_flags(1, 2)), 0) << text;
  server_.aborts_after = std::chrono::seconds(200);
  EXPECT_EQ(run(shard_flags(2, 2)), 3) << text;
  EXPECT_EQ(merge({1, 2}), 3) << text;
  EXPECT_THAT(text, HasSubstr("shard 2 was cut short: it lacks hosts"));
  EXPECT_LT(hosts_in_report(), 40U);
}

TEST_P(Fleet, AShardWithoutTargetsIsAReportWithoutHosts) {
  write_targets(1);
  int scanned = 0;
  for (int number = 1; number <= 3; ++number) {
    EXPECT_EQ(run(shard_flags(number, 3)), 0) << text;
    if (text.find("no target is of this shard") == std::string::npos) ++scanned;
  }
  EXPECT_EQ(scanned, 1);
  EXPECT_EQ(server_.launches(), 1U);
  EXPECT_EQ(merge({1, 2, 3}), 0) << text;
  EXPECT_EQ(hosts_in_report(), 1U);
}

TEST_P(Fleet, NoScanHasMoreHostsThanItMay) {
  write_targets(7);
  flags_.max_hosts = 3;
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.launches(), 3U);
  EXPECT_THAT(server_.targets_of_last_run(), SizeIs(1));
  EXPECT_EQ(hosts_in_report(), 7U);
  EXPECT_THAT(text, HasSubstr("part 3/3 of the targets\n"));
  for (int number = 1; number <= 3; ++number) EXPECT_FALSE(std::filesystem::exists(part(number)));
}

TEST_P(Fleet, AnExistingScanIsLaunchedForEachPart) {
  EXPECT_EQ(run(), 0) << text;
  write_targets(7);
  flags_.max_hosts = 3;
  flags_.scan = "7";
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.scans(), 1U);
  EXPECT_EQ(server_.launches(), 4U);
  EXPECT_EQ(hosts_in_report(), 7U);
}

TEST_P(Fleet, PartsGoOnWhereTheyWere) {
  leave_parts_after(400);  // in the second part
  EXPECT_EQ(server_.launches(), 2U);
  EXPECT_TRUE(std::filesystem::exists(part(1)));
  EXPECT_FALSE(has_report());
  flags_.net.deadline_seconds = 8 * 3600;
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.launches(), 3U);
  EXPECT_EQ(hosts_in_report(), 7U);
  EXPECT_FALSE(std::filesystem::exists(flags_.state));
}

TEST_P(Fleet, WhatIsLeftAfterASignalOrTheTimeGoesOnToo) {
  leave_parts_after(220);  // while the first part is exported
  EXPECT_TRUE(std::filesystem::exists(flags_.state));
  flags_.net.deadline_seconds = 8 * 3600;
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.launches(), 3U);
  EXPECT_EQ(hosts_in_report(), 7U);
}

TEST_P(Fleet, APartWhoseReportIsGoneIsScannedAgain) {
  leave_parts_after(400);
  std::filesystem::remove(part(1));
  flags_.net.deadline_seconds = 8 * 3600;
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.launches(), 4U);
  EXPECT_EQ(hosts_in_report(), 7U);
}

TEST_P(Fleet, PartsOfAnotherDayAreNotTaken) {
  write_targets(7);
  flags_.max_hosts = 3;
  std::ofstream(part(1)) << "an old one";
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(hosts_in_report(), 7U);
}

TEST_P(Fleet, OnePartIsNotTakenForTheWhole) {
  leave_parts_after(400);
  flags_.max_hosts = 0;
  EXPECT_EQ(run(), 2) << text;
  EXPECT_THAT(text, HasSubstr("is the state of another scan"));
}

TEST_P(Fleet, WhatWasScannedBeforeTheTimeWasOverComes) {
  write_targets(7);
  flags_.max_hosts = 3;
  flags_.net.deadline_seconds = 400;
  EXPECT_EQ(run(), 3) << text;
  EXPECT_THAT(text, HasSubstr("1 shard is missing of 3: 3"));
  EXPECT_THAT(text, HasSubstr("shard 2 was cut short"));
  EXPECT_GE(hosts_in_report(), 3U);
  EXPECT_LT(hosts_in_report(), 7U);
}

TEST_P(Fleet, AShardInPartsIsAShard) {
  write_targets(20);
  flags_.max_hosts = 4;
  for (int number = 1; number <= 2; ++number) EXPECT_EQ(run(shard_flags(number, 2)), 0) << text;
  EXPECT_EQ(merge({1, 2}), 0) << text;
  EXPECT_EQ(hosts_in_report(), 20U);
}

TEST_P(Fleet, AgentsThatDidNotReportAreNamed) {
  flags_.targets.clear();
  flags_.agent_groups = {"production"};
  flags_.absent_agents = dir_.file("absent");
  server_.agents = {"web-1", "web-2", "web-3"};
  server_.silent_agents = {"web-2"};
  server_.silent_are_on = true;
  EXPECT_EQ(run(), 3) << text;
  EXPECT_THAT(text, HasSubstr("2 of 3 agents reported\n"));
  EXPECT_THAT(text, HasSubstr("error: agent web-2"));
  EXPECT_THAT(text, HasSubstr(" did not report, last scanned "));
  EXPECT_THAT(text, Not(HasSubstr("agent web-1")));
  EXPECT_EQ(hosts_in_report(), 2U);
  const std::string table = test::slurp(flags_.absent_agents);
  EXPECT_THAT(table, testing::StartsWith("name\taddress\tinstance\tstatus\tlast_scanned\nweb-2\t"));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 2);
}

TEST_P(Fleet, AnAgentThatIsOffIsAWarning) {
  flags_.targets.clear();
  flags_.agent_groups = {"production"};
  server_.agents = {"web-1", "web-2"};
  server_.silent_agents = {"web-2"};
  EXPECT_EQ(run(), 5) << text;
  EXPECT_THAT(text, HasSubstr("warning: agent web-2"));
  EXPECT_THAT(text, HasSubstr(" is off, last scanned "));
}

TEST_P(Fleet, AGroupWithoutAgentsIsNoScan) {
  flags_.targets.clear();
  flags_.agent_groups = {"production"};
  server_.agents.clear();
  EXPECT_EQ(run(), 3) << text;
  EXPECT_THAT(text, HasSubstr("there is no agent in the groups: nobody scanned"));
}

TEST_P(Fleet, WhenAgentsCannotBeListedTheReportIsHere) {
  flags_.targets.clear();
  flags_.agent_groups = {"production"};
  server_.agents = {"web-1"};
  for (int i = 0; i < 6; ++i) server_.next("GET", "/agents", Trouble::broken);
  EXPECT_EQ(run(), 4) << text;
  EXPECT_THAT(text, HasSubstr("which agents did not report cannot be told: "));
  EXPECT_EQ(hosts_in_report(), 1U);
}

TEST_P(Fleet, AScanOfOursIsPutIntoAFolderIfThatIsWanted) {
  flags_.after = "archive";
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.folder_of(), "PatchBot");
  flags_.archive_folder = "My Scans";
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.folder_of(), "My Scans");
  EXPECT_EQ(server_.scans(), 2U);
}

TEST_P(Fleet, AFolderWhoseAnswerIsLostIsMadeOnce) {
  flags_.after = "archive";
  server_.next("POST", "/folders", Trouble::lost);
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.folder_of(), "PatchBot");
}

TEST_P(Fleet, AScanThatCannotBeMovedStaysAndTheReportIsHere) {
  flags_.after = "archive";
  for (int i = 0; i < 6; ++i) server_.next("PUT", "/folder", Trouble::broken);
  EXPECT_EQ(run(), 0) << text;
  EXPECT_THAT(text, HasSubstr("; the scan stays where it is"));
  EXPECT_EQ(hosts_in_report(), 3U);
}

}  // namespace
}  // namespace patchbot
