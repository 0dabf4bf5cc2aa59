// SPDX-License-Identifier: Apache-2.0
// All findings of the cloud, in chunks.
#include "bulk_export.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "chunk_files.hpp"
#include "run_fixture.hpp"

namespace patchbot {
namespace {

using nlohmann::json;
using test::FakeNessus;
using test::fault_of;
using test::in_words;
using test::NessusRunTest;
using testing::HasSubstr;
using testing::Not;
using Flavour = FakeNessus::Flavour;
using Trouble = FakeNessus::Trouble;

class BulkExportTest : public NessusRunTest {
 protected:
  void SetUp() override {
    NessusRunTest::SetUp();
    flags_.targets.clear();
    flags_.vulns_export = true;
    flags_.output = dir_.file("vulns.json");
  }
  json findings() const { return json::parse(test::slurp(flags_.output), nullptr, false); }

  std::size_t files_of_chunks() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(dir_.file(""))) {
      const std::string name = entry.path().filename().string();
      if (name.find(".chunk-") != std::string::npos) ++count;
    }
    return count;
  }
};

class CloudExport : public BulkExportTest {};
INSTANTIATE_TEST_SUITE_P(Servers, CloudExport, testing::Values(Flavour::cloud));

TEST_P(CloudExport, AllChunksBecomeOneList) {
  server_.vuln_chunks = 5;
  EXPECT_EQ(run(), 0) << text;
  ASSERT_TRUE(findings().is_array());
  EXPECT_GE(findings().size(), 5U);
  EXPECT_EQ(server_.vuln_exports(), 1U);
  EXPECT_EQ(files_of_chunks(), 0U);
  EXPECT_EQ(json::parse(server_.last_vuln_filters()),
            json::parse(R"({"state":["OPEN","REOPENED"]})"));
}

TEST_P(CloudExport, NothingFoundIsAnEmptyList) {
  server_.vuln_chunks = 0;
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(test::slurp(flags_.output), "[]\n");
}

TEST_P(CloudExport, AChunkThatIsCutIsFetchedAgain) {
  server_.cut_chunks = 3;
  EXPECT_EQ(run(), 0) << text;
  EXPECT_TRUE(findings().is_array());
}

TEST_P(CloudExport, ChunksThatTheServerLostAreTold) {
  server_.vuln_chunks = 4;
  server_.failed_chunks = 1;
  flags_.state = dir_.file("state");
  EXPECT_EQ(run(), 3) << text;
  EXPECT_THAT(text, HasSubstr("the server lost 1 chunk: "));
  EXPECT_TRUE(findings().is_array());
  EXPECT_THAT(test::slurp(flags_.state), Not(HasSubstr("last_success")));
}

TEST_P(CloudExport, ACallGoesOnWhereTheLastOneEnded) {
  server_.vuln_chunks = 6;
  server_.chunk_time = std::chrono::seconds(100);
  flags_.state = dir_.file("state");
  flags_.net.deadline_seconds = 350;
  EXPECT_EQ(run(), 4) << text;
  EXPECT_THAT(text, HasSubstr("the next call with --state goes on"));
  EXPECT_GT(files_of_chunks(), 0U);
  EXPECT_FALSE(has_report());
  flags_.net.deadline_seconds = 8 * 3600;
  EXPECT_EQ(run(), 0) << text;
  EXPECT_THAT(text, HasSubstr("of an earlier call"));
  EXPECT_EQ(server_.vuln_exports(), 1U);
  EXPECT_EQ(files_of_chunks(), 0U);
  EXPECT_TRUE(findings().is_array());
}

TEST_P(CloudExport, AChunkThatNeverComesLeavesNothingBehind) {
  for (int i = 0; i < 2000; ++i) server_.next("GET", "/chunks/2", Trouble::broken);
  EXPECT_EQ(run(), 4) << text;
  EXPECT_EQ(files_of_chunks(), 0U);
  EXPECT_LT(clock_.elapsed(), std::chrono::hours(1));
}

TEST_P(CloudExport, AnExportThatIsGoneTwiceIsTold) {
  server_.loses_exports = true;
  EXPECT_EQ(run(), 3) << text;
  EXPECT_THAT(text, HasSubstr("the export is gone from the server again"));
}

TEST_P(CloudExport, ATimeOfItsOwnIsNoLastSuccess) {
  flags_.state = dir_.file("state");
  flags_.since = "2026-11-01";
  EXPECT_EQ(run(), 0) << text;
  EXPECT_THAT(test::slurp(flags_.state), Not(HasSubstr("last_success")));
}

TEST_P(CloudExport, WithoutAStateFileNothingIsLeftBehind) {
  server_.vuln_chunks = 6;
  server_.chunk_time = std::chrono::seconds(100);
  flags_.net.deadline_seconds = 350;
  EXPECT_EQ(run(), 4) << text;
  EXPECT_EQ(files_of_chunks(), 0U);
}

TEST_P(CloudExport, AnExportThatIsGoneIsStartedAnew) {
  server_.vuln_chunks = 6;
  server_.chunk_time = std::chrono::seconds(100);
  flags_.state = dir_.file("state");
  flags_.net.deadline_seconds = 350;
  EXPECT_EQ(run(), 4) << text;
  clock_.sleep(std::chrono::hours(40));
  flags_.net.deadline_seconds = 8 * 3600;
  EXPECT_EQ(run(), 0) << text;
  EXPECT_THAT(text, HasSubstr(" is gone; starting anew"));
  EXPECT_EQ(server_.vuln_exports(), 2U);
  EXPECT_EQ(files_of_chunks(), 0U);
}

TEST_P(CloudExport, WhereTheAnswerIsLostTheOneThatGoesOnIsJoined) {
  server_.next("POST", "/vulns/export", Trouble::lost);
  EXPECT_EQ(run(), 0) << text;
  EXPECT_EQ(server_.vuln_exports(), 1U);
}

TEST_P(CloudExport, TroubleOnTheWayIsWaitedOut) {
  for (const Trouble trouble : {Trouble::refused, Trouble::unavailable, Trouble::lost}) {
    server_.next("GET", "/status", trouble);
    server_.next("GET", "/chunks/", trouble);
  }
  EXPECT_EQ(run(), 0) << text;
  EXPECT_TRUE(findings().is_array());
}

TEST_P(CloudExport, WhatChangedSinceTheLastSuccess) {
  flags_.state = dir_.file("state");
  flags_.since = "last";
  EXPECT_EQ(run(), 0) << text;
  EXPECT_THAT(server_.last_vuln_filters(), Not(HasSubstr("since")));
  const Time before = clock_.now();
  clock_.sleep(std::chrono::hours(24 * 7));
  EXPECT_EQ(run(), 0) << text;
  const json filters = json::parse(server_.last_vuln_filters());
  EXPECT_EQ(filters["state"], json::parse(R"(["OPEN","REOPENED","FIXED"])"));
  const Time since(std::chrono::seconds(filters["since"].get<long>()));
  EXPECT_LE(since, before - std::chrono::minutes(60));
  EXPECT_GE(since, before - std::chrono::minutes(120));
}

TEST_P(CloudExport, AStateOfAnotherServerIsRefused) {
  flags_.state = dir_.file("state");
  std::ofstream(flags_.state) << R"({"schema":"patchbot.vulns-export/1","url":"https://other"})";
  EXPECT_EQ(run(), 2) << text;
  EXPECT_THAT(text, HasSubstr("is the state of an export from https://other, not from"));
}

class OtherServers : public BulkExportTest {};
INSTANTIATE_TEST_SUITE_P(Servers,
                         OtherServers,
                         testing::Values(Flavour::nessus6, Flavour::manager, Flavour::professional),
                         [](const auto& tested) { return in_words(tested.param); });

TEST_P(OtherServers, HaveNoBulkExport) {
  EXPECT_EQ(run(), 2) << text;
  EXPECT_THAT(text, HasSubstr("has no bulk export; only Tenable Vulnerability Management has"));
}

TEST(Since, IsATimeOrTheLastSuccess) {
  const auto time = parse_rfc3339("2026-11-23T06:00:00Z");
  EXPECT_EQ(parse_since("", time), std::nullopt);
  EXPECT_EQ(parse_since("last", std::nullopt), std::nullopt);
  EXPECT_EQ(parse_since("last", time), *time - std::chrono::hours(1));
  EXPECT_EQ(parse_since("2026-11-23T07:00:00+01:00", std::nullopt), time);
  EXPECT_EQ(parse_since("2026-11-23", std::nullopt), parse_rfc3339("2026-11-23T00:00:00Z"));
  EXPECT_THAT(fault_of([] { parse_since("yesterday", std::nullopt); }),
              HasSubstr("--since: 'yesterday' must be last, a date"));
}

class Chunks : public testing::Test {
 protected:
  std::string joined(const std::vector<std::string>& texts) {
    ChunkFiles chunks(dir_.file("out"), "u" + std::to_string(++calls_));
    for (std::size_t i = 0; i < texts.size(); ++i) {
      std::ofstream(chunks.file_of(std::to_string(i + 1))) << texts[i];
      chunks.add(std::to_string(i + 1));
    }
    chunks.join();
    return test::slurp(dir_.file("out"));
  }
  test::TempDir dir_;
  int calls_ = 0;
};

TEST_F(Chunks, AreJoinedWhereverTheirBracketsAre) {
  EXPECT_EQ(joined({R"([{"a":[1]}])", " [ ]\n", R"([{"b":"]"}, {"c":2}] )"}),
            "[{\"a\":[1]},\n{\"b\":\"]\"}, {\"c\":2}]\n");
  EXPECT_EQ(joined({}), "[]\n");
  EXPECT_EQ(joined({"[]"}), "[]\n");
}

TEST_F(Chunks, AreJoinedWhereverABufferEnds) {
  for (const std::size_t size : {65534U, 65535U, 65536U, 65537U, 200'000U}) {
    const std::string text = "[\"" + std::string(size - 4, ']') + "\"]";
    EXPECT_EQ(joined({text, "[1]"}), text.substr(0, text.size() - 1) + ",\n1]\n") << size;
  }
}

TEST_F(Chunks, WhatIsNoListIsRefusedAndNothingIsWritten) {
  for (const char* text : {"{}", "[1", "[1]x", "", "  ", "<html>"}) {
    EXPECT_THAT(fault_of([&] { joined({text}); }), HasSubstr("is no JSON array")) << text;
    EXPECT_FALSE(std::filesystem::exists(dir_.file("out"))) << text;
  }
}

TEST_F(Chunks, ThoseOfAnotherExportAreNotTaken) {
  std::ofstream(dir_.file("out.other.chunk-1")) << "[1]";
  std::ofstream(dir_.file("out.u.chunk-10")) << "[10]";
  std::ofstream(dir_.file("out.u.chunk-2")) << "[2]";
  std::ofstream(dir_.file("out.u.chunk-3.tmp123")) << "[";
  ChunkFiles chunks(dir_.file("out"), "u");
  EXPECT_EQ(chunks.count(), 2U);
  chunks.join();
  EXPECT_EQ(test::slurp(dir_.file("out")), "[2,\n10]\n");
  chunks.remove();
  EXPECT_TRUE(std::filesystem::exists(dir_.file("out.other.chunk-1")));
  EXPECT_FALSE(std::filesystem::exists(dir_.file("out.u.chunk-2")));
}

}  // namespace
}  // namespace patchbot
