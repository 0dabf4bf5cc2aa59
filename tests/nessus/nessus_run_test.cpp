// SPDX-License-Identifier: Apache-2.0
// nessus-run against a server that gets on as a clock of the tests does.
#include "nessus_run.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "run_fixture.hpp"

namespace patchbot {
namespace {

using test::FakeNessus;
using test::in_words;
using test::NessusRunTest;
using test::VirtualClock;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Flavour = FakeNessus::Flavour;
using Trouble = FakeNessus::Trouble;

class EveryServer : public NessusRunTest {};
INSTANTIATE_TEST_SUITE_P(Servers,
                         EveryServer,
                         testing::Values(Flavour::nessus6, Flavour::manager, Flavour::cloud),
                         [](const auto& tested) { return in_words(tested.param); });

TEST_P(EveryServer, AScanIsMadeFollowedAndFetched) {
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(hosts_in_report(), 3U);
  EXPECT_EQ(server_.launches(), 1U);
  EXPECT_THAT(server_.targets_of_last_run(), ElementsAre("10.0.0.1", "10.0.0.2", "10.0.0.3"));
  EXPECT_THAT(text,
              HasSubstr("running, 2 of 3 hosts done; 2 critical, 0 high, 4 medium, 0 low so far; 2 "
                        "minutes, about 1 minute left\n"));
}

TEST_P(EveryServer, ALineIsWrittenWheneverTheStatusIsAnotherOne) {
  flags_.poll_seconds = 5;
  EXPECT_EQ(run(), 0) << text;
  const auto lines = [this](const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
  };
  EXPECT_EQ(lines("\npending, 0 of 3 hosts done"), 1U) << text;
  EXPECT_EQ(lines("\nrunning, 0 of 3 hosts done"), 1U)
      << text << "not a minute after the last line";
  EXPECT_EQ(lines("\ncompleted, 3 of 3 hosts done"), 1U) << text;
  EXPECT_EQ(lines("\npublishing, "), GetParam() == Flavour::cloud ? 1U : 0U) << text;
}

TEST_P(EveryServer, AnExistingScanIsLaunchedWithOtherTargets) {
  EXPECT_EQ(run(), 0) << text;
  std::ofstream(dir_.file("targets")) << "10.9.9.9\n";
  flags_.scan = "7";
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.scans(), 1U);
  EXPECT_EQ(server_.launches(), 2U);
  EXPECT_THAT(server_.targets_of_last_run(), ElementsAre("10.9.9.9"));
  EXPECT_EQ(hosts_in_report(), 1U) << "of the new run, not of the one before";
}

TEST_P(EveryServer, ASessionThatEndsIsRenewed) {
  log_in_as_user();
  server_.session_life = std::chrono::seconds(15);  // less than the time between two questions
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(hosts_in_report(), 3U);
  EXPECT_GT(server_.sessions(), 2U);
}

TEST_P(EveryServer, TheAnswerToALaunchIsLost) {
  server_.next("POST", "/launch", Trouble::lost);
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.launches(), 1U) << "it was done, and is not done again";
}

TEST_P(EveryServer, TheAnswerToTheMakingIsLost) {
  server_.next("POST", "/scans", Trouble::lost);
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.scans(), 1U);
}

TEST_P(EveryServer, BusyAndBrokenAnswersAreSurvived) {
  for (const auto trouble : {Trouble::refused, Trouble::unavailable, Trouble::lost}) {
    for (const char* part : {"/editor", "/launch", "/export", "/status", "/download"}) {
      if (trouble == Trouble::unavailable && std::string(part) == "/launch") continue;
      server_.next(std::string(part) == "/launch" ? "POST" : "GET", part, trouble);
    }
  }
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.launches(), 1U);
  EXPECT_EQ(hosts_in_report(), 3U);
}

TEST_P(EveryServer, HalfAReportIsFetchedAgain) {
  server_.cut_downloads = 4;
  server_.dead_exports = 1;
  EXPECT_EQ(run(), 4) << "five tries and no more";
  EXPECT_FALSE(has_report()) << "nothing that looks whole";
  server_.cut_downloads = 3;
  server_.dead_exports = 1;
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(hosts_in_report(), 3U);
}

TEST_P(EveryServer, WhatAnAbortedRunFoundIsDelivered) {
  server_.aborts_after = std::chrono::seconds(100);
  EXPECT_EQ(run(), 3) << text;
  EXPECT_EQ(hosts_in_report(), 1U);
  EXPECT_THAT(text, HasSubstr("the server says: Scan aborted: the scanner went away"));
  EXPECT_THAT(text, HasSubstr("(aborted)"));
}

TEST_P(EveryServer, WhenTimeIsOverTheScanIsStoppedAndDelivered) {
  flags_.net.deadline_seconds = 110;
  EXPECT_EQ(run(), 3) << text;
  EXPECT_EQ(hosts_in_report(), 1U);
  EXPECT_THAT(text, HasSubstr("the time is over: stopping the scan"));
}

TEST_P(EveryServer, TheNextCallTakesUpWhatGoesOn) {
  flags_.state = dir_.file("state.json");
  flags_.on_abort = "leave";
  flags_.net.deadline_seconds = 60;
  EXPECT_EQ(run(), 4) << text;
  EXPECT_FALSE(has_report());
  EXPECT_THAT(text, HasSubstr("the next call with --state goes on with it"));
  flags_.net.deadline_seconds = 3600;
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.launches(), 1U);
  EXPECT_EQ(hosts_in_report(), 3U);
  EXPECT_FALSE(std::filesystem::exists(flags_.state)) << "all is done: the next call begins anew";
}

TEST_P(EveryServer, AServerThatIsLoadingIsWaitedFor) {
  server_.loading = std::chrono::minutes(10);
  EXPECT_EQ(run(), 0) << text;
  EXPECT_THAT(text, HasSubstr("the server is loading (50 %)"));
  server_.loading = std::chrono::hours(10);
  flags_.wait_minutes = 1;
  EXPECT_EQ(run(), 4) << text;
  EXPECT_THAT(text, HasSubstr("the server is not ready: loading"));
}

TEST_P(EveryServer, WrongNamesAndKeysSaySo) {
  flags_.scan_template = "patch-audit";
  EXPECT_EQ(run(), 2) << text;
  EXPECT_THAT(text,
              HasSubstr("no scan template is called 'patch-audit'; there is: basic, patch_audit"));
  EXPECT_EQ(server_.scans(), 0U);
  flags_.scan = "weekly";
  EXPECT_EQ(run(), 2) << text;
  variables_["PATCHBOT_NESSUS_SECRET_KEY"] = "another";
  EXPECT_EQ(run(), 4) << text;
  EXPECT_THAT(text, HasSubstr("the API keys are wrong"));
  variables_.erase("PATCHBOT_NESSUS_SECRET_KEY");
  EXPECT_EQ(run(), 2) << text;
}

TEST_P(EveryServer, CheckSaysWhatIsThere) {
  flags_.check = true;
  flags_.folder = "My Scans";
  EXPECT_EQ(run(), 0) << text;
  EXPECT_THAT(text, HasSubstr("ok    scans can be launched\n"));
  EXPECT_THAT(text, HasSubstr("ok    folder 'My Scans'\n"));
  EXPECT_THAT(text, HasSubstr("ok    template 'patch_audit'\n"));
  flags_.folder = "Theirs";
  EXPECT_EQ(run(), 2) << text;
  EXPECT_EQ(server_.scans(), 0U);
}

TEST_P(EveryServer, AgentsScanWithoutTargets) {
  flags_.targets.clear();
  flags_.agent_groups = {"production"};
  server_.agents = {"web-1"};
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.launches(), 1U);
}

TEST_P(EveryServer, AScanOfOursIsDeletedIfThatIsWanted) {
  flags_.after = "delete";
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.scans(), 0U);
  EXPECT_EQ(hosts_in_report(), 3U);
}

TEST_P(EveryServer, TheRunOfSomebodyElseIsNotTakenForOurs) {
  flags_.output = dir_.file("theirs");
  flags_.on_abort = "leave";
  flags_.net.deadline_seconds = 60;
  EXPECT_EQ(run(), 4) << text;  // a scan goes on
  NessusRun ours = flags_;
  ours.scan = "7";
  ours.output = dir_.file("weekly.nessus");
  ours.state = dir_.file("state");
  EXPECT_EQ(run(ours), 4) << text;
  EXPECT_THAT(text, HasSubstr("a run of this scan goes on that somebody else started"));
  clock_.sleep(std::chrono::hours(1));
  somebody_else("POST", "/scans/7/launch", "{}");
  clock_.sleep(std::chrono::hours(1));
  std::ofstream(dir_.file("targets")) << "10.9.9.9\n";
  ours.net.deadline_seconds = 8 * 3600;
  (void)run(ours);
  EXPECT_EQ(server_.launches(), 3U);
  EXPECT_THAT(server_.targets_of_last_run(), ElementsAre("10.9.9.9"));
}

TEST_P(EveryServer, AScanThatIsGoneFromTheServerIsMadeAnew) {
  flags_.state = dir_.file("state");
  flags_.on_abort = "leave";
  flags_.net.deadline_seconds = 60;
  EXPECT_EQ(run(), 4) << text;
  somebody_else("DELETE", "/scans/7", "");
  flags_.net.deadline_seconds = 8 * 3600;
  EXPECT_EQ(run(), 0) << text;
  EXPECT_THAT(text, HasSubstr("is gone from the server; beginning anew"));
  EXPECT_EQ(hosts_in_report(), 3U);
}

TEST_P(EveryServer, AScanInTheTrashIsNone) {
  somebody_else("POST", "/scans", R"({"uuid":"a","settings":{"name":"monthly"}})");
  somebody_else("POST", "/scans", R"({"uuid":"a","settings":{"name":"monthly"}})");
  somebody_else("PUT", "/scans/7/folder", R"({"folder_id":2})");
  flags_.scan = "monthly";
  EXPECT_EQ(run(), 0) << text;
  EXPECT_THAT(text, HasSubstr("launched scan 8 'monthly'"));
}

TEST_P(EveryServer, NothingIsLaunchedWhenTheTimeIsOver) {
  server_.loading = std::chrono::seconds(120);
  flags_.net.deadline_seconds = 60;
  EXPECT_EQ(run(), 4) << text;
  EXPECT_EQ(server_.launches(), 0U);
  EXPECT_EQ(server_.scans(), 0U);
}

TEST_P(EveryServer, WhereTheReportCannotBeWrittenNothingIsLaunched) {
  flags_.output = dir_.file("none/weekly.nessus");
  EXPECT_EQ(run(), 2) << text;
  EXPECT_EQ(server_.launches(), 0U);
}

TEST_P(EveryServer, AScanThatNeverRanHasNothingToExport) {
  somebody_else("POST", "/scans", R"({"uuid":"a","settings":{"name":"monthly"}})");
  flags_.export_only = true;
  flags_.scan = "monthly";
  EXPECT_EQ(run(), 4) << text;
  EXPECT_THAT(text, HasSubstr("the scan 'monthly' has never run"));
}

class Professional : public NessusRunTest {};
INSTANTIATE_TEST_SUITE_P(Servers,
                         Professional,
                         testing::Values(Flavour::professional),
                         [](const auto& tested) { return in_words(tested.param); });

// No imitation of its pages: what can be done instead is said.
TEST_P(Professional, TheLicenceIsSeenBeforeAnythingIsDone) {
  EXPECT_EQ(run(), 2) << text;
  EXPECT_THAT(text,
              HasSubstr("Nessus 10.8.3 (professional) does not let the API make or launch scans"));
  EXPECT_THAT(text, HasSubstr("--export-only --scan NAME"));
  flags_.check = true;
  EXPECT_EQ(run(), 2) << text;
  EXPECT_THAT(text, HasSubstr("FAIL  scans can be launched"));
}

}  // namespace
}  // namespace patchbot
