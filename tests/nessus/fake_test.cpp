// SPDX-License-Identifier: Apache-2.0
// What the fake Nessus does by itself, as the clock moves.
#include <gmock/gmock.h>
#include <httplib.h>

#include <fstream>

#include "fake_nessus.hpp"
#include "support.hpp"
#include "virtual_clock.hpp"

namespace patchbot {
namespace {

using nlohmann::json;
using test::FakeNessus;
using testing::ElementsAre;
using Flavour = FakeNessus::Flavour;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class FakeNessusTest : public testing::Test {
 protected:
  explicit FakeNessusTest(Flavour flavour = Flavour::cloud) : server_(flavour, clock_) {
    client_.set_default_headers({{"X-ApiKeys",
                                  std::string("accessKey=") + FakeNessus::access_key +
                                      "; secretKey=" + FakeNessus::secret_key}});
  }

  // {"status": HTTP status, "body": JSON or null}
  static json said(const httplib::Result& result) {
    if (!result) return nullptr;
    const json body = json::parse(result->body, nullptr, false);
    return {{"status", result->status}, {"body", body.is_discarded() ? json() : body}};
  }
  json get(const std::string& path) { return said(client_.Get(path)); }
  json post(const std::string& path, const json& body) {
    return said(client_.Post(path, body.dump(), "application/json"));
  }
  json put(const std::string& path, const json& body) {
    return said(client_.Put(path, body.dump(), "application/json"));
  }
  std::string make_scan(json settings) {
    settings["name"] = "weekly";
    const json made = post("/scans", {{"uuid", "a"}, {"settings", settings}});
    return "/scans/" + made["body"]["scan"]["id"].dump();
  }
  std::string status(const std::string& scan) {
    return get(scan)["body"]["info"]["status"].get<std::string>();
  }

  test::VirtualClock clock_;
  FakeNessus server_;
  httplib::Client client_{server_.url()};
};

TEST_F(FakeNessusTest, ChunksBecomeReadyOneByOneAndNotInTheirOrder) {
  const json filters{{"filters", {{"state", {"OPEN"}}}}};
  const json started = post("/vulns/export", filters)["body"];
  const std::string path = "/vulns/export/" + started["export_uuid"].get<std::string>();
  EXPECT_EQ(get(path + "/status")["body"], json({{"status", "QUEUED"}}));
  EXPECT_EQ(post("/vulns/export", filters)["body"]["active_job_id"], started["export_uuid"]);
  clock_.sleep(seconds(60));
  const json half = get(path + "/status")["body"];
  EXPECT_EQ(half["status"], "PROCESSING");
  EXPECT_THAT(half["chunks_available"], ElementsAre(2, 3));
  EXPECT_EQ(get(path + "/chunks/1")["status"], 404);
  clock_.sleep(seconds(20));
  EXPECT_EQ(get(path + "/status")["body"]["status"], "FINISHED");
  EXPECT_EQ(get(path + "/chunks/1")["body"].size(), 2U);
  EXPECT_EQ(post("/vulns/export", filters)["status"], 200) << "nothing goes on any more";
  clock_.sleep(hours(24));
  EXPECT_EQ(get(path + "/chunks/1")["status"], 404) << "kept for a day";
  EXPECT_EQ(server_.vuln_exports(), 2U);
  EXPECT_EQ(server_.last_vuln_filters(), R"({"state":["OPEN"]})");
}

TEST_F(FakeNessusTest, AnExportFinishesThoughChunksFailedOrAreCut) {
  server_.failed_chunks = 1;
  server_.cut_chunks = 1;
  const json started = post("/vulns/export", json::object())["body"];
  const std::string path = "/vulns/export/" + started["export_uuid"].get<std::string>();
  clock_.sleep(minutes(5));
  const json done = get(path + "/status")["body"];
  EXPECT_EQ(done["status"], "FINISHED");
  EXPECT_THAT(done["chunks_failed"], ElementsAre(1));
  EXPECT_EQ(get(path + "/chunks/2")["body"], json()) << "half a list";
  EXPECT_EQ(get(path + "/chunks/2")["body"].size(), 2U);
  server_.loses_exports = true;
  EXPECT_EQ(get(path + "/status")["status"], 404);
}

TEST_F(FakeNessusTest, AgentsThatAreSilentAreWaitedForAndMissing) {
  server_.agents = {"web-1", "web-2", "web-3"};
  server_.silent_agents = {"web-2"};
  const std::string scan = make_scan({{"agent_group_id", {5}}, {"scan_time_window", 60}});
  post(scan + "/launch", json::object());
  EXPECT_THAT(server_.targets_of_last_run(), ElementsAre("web-1", "web-3"));
  clock_.sleep(minutes(59));
  EXPECT_EQ(status(scan), "running");
  clock_.sleep(minutes(3));
  EXPECT_EQ(status(scan), "completed");
  const json page = get("/scanners/null/agent-groups/5/agents?limit=2&offset=1")["body"];
  EXPECT_EQ(page["pagination"]["total"], 3);
  ASSERT_EQ(page["agents"].size(), 2U);
  EXPECT_EQ(page["agents"][0]["name"], "web-2");
  EXPECT_EQ(page["agents"][0]["status"], "off");
  EXPECT_EQ(get("/scanners/null/agent-groups/6/agents")["status"], 404);
}

TEST_F(FakeNessusTest, ScansAreKeptInFolders) {
  const std::string scan = make_scan({{"text_targets", "10.0.0.1"}});
  post(scan + "/launch", json::object());
  EXPECT_EQ(server_.folder_of(), "My Scans");
  const json folder = post("/folders", {{"name", "done"}})["body"]["id"];
  EXPECT_EQ(put(scan + "/folder", {{"folder_id", 99}})["status"], 404);
  EXPECT_EQ(put(scan + "/folder", {{"folder_id", folder}})["status"], 200);
  EXPECT_EQ(server_.folder_of(), "done");
  EXPECT_EQ(get("/scans?folder_id=" + folder.dump())["body"]["scans"].size(), 1U);
  EXPECT_EQ(get("/scans?folder_id=3")["body"]["scans"], json());
}

TEST_F(FakeNessusTest, AReportFromAFileIsFoundHostByHost) {
  const test::TempDir dir;
  const std::string report =
      "<NessusClientData_v2><Report><ReportHost name=\"a\"><ReportItem severity=\"4\">x > y"
      "</ReportItem><ReportItem severity=\"2\"/></ReportHost><ReportHost name=\"b\">"
      "</ReportHost></Report></NessusClientData_v2>\n";
  std::ofstream(dir.file("r.nessus")) << report;
  server_.report = dir.file("r.nessus");
  const std::string scan = make_scan({{"text_targets", "10.0.0.1"}});
  post(scan + "/launch", json::object());
  clock_.sleep(seconds(90));
  const json hosts = get(scan)["body"]["hosts"];
  ASSERT_EQ(hosts.size(), 2U);
  EXPECT_EQ(hosts[0]["hostname"], "a");
  EXPECT_EQ(hosts[0]["critical"], 1);
  EXPECT_EQ(hosts[0]["medium"], 1);
  EXPECT_EQ(hosts[1]["scanprogresscurrent"], 0) << "it is not done yet";
  clock_.sleep(minutes(5));
  const json file = post(scan + "/export", {{"format", "nessus"}})["body"]["file"];
  clock_.sleep(minutes(1));
  const auto fetched = client_.Get(scan + "/export/" + file.get<std::string>() + "/download");
  EXPECT_EQ(fetched->body, report);
}

class FakeManagerTest : public FakeNessusTest {
 protected:
  FakeManagerTest() : FakeNessusTest(Flavour::manager) {}
};

TEST_F(FakeManagerTest, BulkExportsAreOfTheCloudAlone) {
  EXPECT_EQ(post("/vulns/export", json::object())["status"], 404);
  server_.agents = {"web-1"};
  const json agents = get("/agent-groups/5/agents")["body"]["agents"];
  ASSERT_EQ(agents.size(), 1U);
  EXPECT_FALSE(agents[0].contains("aws_instance_id"));
  EXPECT_EQ(get("/scanners/null/agent-groups")["status"], 404);
}

}  // namespace
}  // namespace patchbot
