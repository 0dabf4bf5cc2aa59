// SPDX-License-Identifier: Apache-2.0
#include "junit_from_vulns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "formats/archive.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using nlohmann::json;
using test::slurp;
using test::TempDir;
using testing::HasSubstr;
using testing::Not;

std::string item(const std::string& plugin, int severity, const std::string& fields = {}) {
  return "<ReportItem port='22' protocol='tcp' severity='" + std::to_string(severity) +
         "' pluginID='" + plugin + "' pluginName='Plugin " + plugin + "' pluginFamily='F'>" +
         fields + "</ReportItem>";
}

std::string host(const std::string& name, const std::string& items, bool credentialed = true) {
  return "<ReportHost name='" + name + "'><HostProperties><tag name='Credentialed_Scan'>" +
         (credentialed ? "true" : "false") + "</tag></HostProperties>" + items + "</ReportHost>";
}

std::string report(const std::string& hosts) {
  return "<NessusClientData_v2><Report name='r'>" + hosts + "</Report></NessusClientData_v2>";
}

/// The whole command in process, with its results in a folder of its own.
class JunitFromVulnsTest : public testing::Test {
 protected:
  int run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(),
                     {"--now", "2026-11-23T06:00:00Z", "--summary", dir.file("summary.json")});
    arguments.insert(arguments.end(), {"--findings", dir.file("findings.jsonl")});
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    const int status = cli::run<JunitFromVulns>(arguments, out_stream, err_stream);
    out = out_stream.str();
    err = err_stream.str();
    return status;
  }

  int run_on(const std::string& hosts, std::vector<std::string> flags = {}) {
    flags.push_back(dir.write("scan.nessus", report(hosts)));
    return run(std::move(flags));
  }

  json summary() const { return json::parse(slurp(dir.file("summary.json"))); }

  std::vector<json> findings() const {
    std::istringstream lines(slurp(dir.file("findings.jsonl")));
    std::vector<json> parsed;
    for (std::string line; std::getline(lines, line);) parsed.push_back(json::parse(line));
    return parsed;
  }

  std::string junit(const std::string& name) const {
    return slurp(dir.file("junit/TEST-patchbot-" + name + ".xml"));
  }

  std::string inventory(const std::string& targets) const {
    return dir.write("inventory.json",
                     R"({"schema":"patchbot.inventory/1","targets":[)" + targets + "]}");
  }

  TempDir dir;
  std::string out;
  std::string err;
};

TEST_F(JunitFromVulnsTest, IsCleanBelowItsThresholds) {
  EXPECT_EQ(run_on(host("a", item("1", 2))), 0);
  EXPECT_EQ(summary()["gate"]["verdict"], "pass");
  EXPECT_EQ(out, "");
  EXPECT_THAT(err, HasSubstr("gate: PASS\n"));
}

TEST_F(JunitFromVulnsTest, WarnsOnHighAndFailsOnCritical) {
  EXPECT_EQ(run_on(host("a", item("1", 3))), 5);
  EXPECT_EQ(run_on(host("a", item("1", 4) + item("2", 3))), 1);
  EXPECT_EQ(summary()["gate"]["reasons"][0]["rule"], "fail-on-critical");
  EXPECT_EQ(run_on(host("a", item("1", 4)), {"--fail-on", "none", "--warn-on", "none"}), 0);
  EXPECT_EQ(run_on(host("a", item("1", 1)), {"--fail-on", "LOW"}), 1);
}

TEST_F(JunitFromVulnsTest, CountsEveryRecordThatTheGateActsOn) {
  std::string items;
  for (int i = 0; i < 5; ++i) items += item("1", 4);
  EXPECT_EQ(run_on(host("a", items) + host("b", items), {"--min-severity", "critical"}), 1);

  EXPECT_EQ(summary()["findings"]["critical"], 10);
  EXPECT_EQ(summary()["gate"]["reasons"][0]["count"], 10);
  EXPECT_EQ(findings().size(), 10U);
}

TEST_F(JunitFromVulnsTest, CountsTheSameWhetherFindingsAreWrittenOrNot) {
  const std::string hosts = host("a", item("1", 4) + item("1", 4) + item("2", 3)) +
                            host("b", item("1", 4) + item("3", 3));
  const auto path = dir.write("scan.nessus", report(hosts));
  run({path});
  const json whole = summary();
  std::ostringstream brief;
  std::ostringstream ignored;

  EXPECT_EQ(cli::run<JunitFromVulns>({"--summary", "-", path}, brief, ignored), 1);

  EXPECT_EQ(json::parse(brief.str()), whole);
}

TEST_F(JunitFromVulnsTest, WritesOneFilePerTeamAndOneOfTheScan) {
  const auto targets =
      inventory(R"({"id":"i-1","addresses":["10.0.0.1"],"team":"web","service":"shop"},
                   {"id":"i-2","addresses":["10.0.0.2"],"team":"pay","service":"till"})");
  EXPECT_EQ(run_on(host("10.0.0.1", item("1", 4)) + host("10.0.0.2", item("2", 2)),
                   {"--targets", targets, "--junit-dir", dir.file("junit")}),
            1);

  EXPECT_THAT(junit("web"), HasSubstr("classname=\"patchbot.web.shop\""));
  EXPECT_THAT(junit("web"), HasSubstr("tests=\"2\" failures=\"1\""));
  EXPECT_THAT(junit("pay"), HasSubstr("tests=\"2\" failures=\"0\""));
  EXPECT_THAT(junit("scan"), HasSubstr("tests=\"7\" failures=\"0\""));
  EXPECT_EQ(summary()["teams"]["web"]["verdict"], "fail");
  EXPECT_EQ(summary()["teams"]["pay"]["verdict"], "pass");
}

TEST_F(JunitFromVulnsTest, RefusesATeamWithTheNameOfTheScan) {
  const auto targets = inventory(R"({"id":"i-1","addresses":["10.0.0.1"],"team":"scan"})");
  EXPECT_EQ(run_on(host("10.0.0.1", ""), {"--targets", targets}), 3);

  EXPECT_THAT(err, HasSubstr("/targets/0/team: the team name 'scan' is taken"));
}

TEST_F(JunitFromVulnsTest, IsNeverGreenWithoutProof) {
  EXPECT_EQ(run_on(host("a", "", false)), 3);
  EXPECT_EQ(run_on(host("a", "", false), {"--allow-unauthenticated"}), 0);
  EXPECT_EQ(run_on(""), 3);
  EXPECT_EQ(summary()["gate"]["reasons"][0]["rule"], "no-host");
  EXPECT_EQ(run_on("<ReportHost name='a'>" + item("1", 0) + "</ReportHost>"), 3);
  EXPECT_EQ(run({dir.file("missing.nessus")}), 3);
}

TEST_F(JunitFromVulnsTest, ReadsOnWhenOneReportIsBroken) {
  const auto good = dir.write("good.nessus", report(host("a", item("1", 2))));
  const std::string whole = report(host("b", item("2", 2) + item("3", 2)));
  const auto cut = dir.write("cut.nessus", whole.substr(0, whole.size() - 50));

  EXPECT_EQ(run({cut, good}), 3);

  const json inputs = summary()["inputs"];
  EXPECT_EQ(inputs[0]["complete"], false);
  EXPECT_EQ(inputs[0]["format"], "nessus-v2");
  EXPECT_THAT(inputs[0]["problem"].get<std::string>(),
              testing::MatchesRegex(".*cut\\.nessus:1:[0-9]+: the file ends inside .*; "
                                    "hosts read before: 1, records: 1"));
  EXPECT_EQ(inputs[1]["complete"], true);
  EXPECT_EQ(summary()["hosts_scanned"], 2);
}

TEST_F(JunitFromVulnsTest, ReadsEveryReportOfAnArchive) {
  const auto archive = dir.write("a.zip",
                                 test::zip({{"x/", ""},
                                            {"x/1.nessus", report(host("a", item("1", 1)))},
                                            {"2.csv", "Plugin ID,Risk,Host\n5,Low,b\n"}}));
  run({"--allow-unauthenticated", archive});

  EXPECT_EQ(summary()["inputs"][0]["file"], archive + "!x/1.nessus");
  EXPECT_EQ(summary()["inputs"][1]["format"], "nessus-csv");
  EXPECT_EQ(summary()["inputs"][1]["complete"], true);
  EXPECT_EQ(summary()["findings"]["low"], 2);
}

TEST_F(JunitFromVulnsTest, ReportsAnArchiveWithoutReport) {
  EXPECT_EQ(run({dir.write("a.zip", test::zip({}))}), 3);
  EXPECT_THAT(summary()["inputs"][0]["problem"].get<std::string>(),
              HasSubstr("the archive holds no report"));
}

TEST_F(JunitFromVulnsTest, CountsTheHostsOfACsvOnce) {
  const auto csv = dir.write("a.csv",
                             "Plugin ID,Risk,Host,Plugin Output\n1,Low,a,\n1,Low,b,\n"
                             "19506,None,a,Credentialed checks : yes\n"
                             "19506,None,b,Credentialed checks : yes\n2,Low,a,\n");
  EXPECT_EQ(run({csv}), 0);

  EXPECT_EQ(summary()["inputs"][0]["hosts"], 2);
  EXPECT_EQ(summary()["inputs"][0]["items"], 5);
  EXPECT_EQ(summary()["hosts_scanned"], 2);
}

TEST_F(JunitFromVulnsTest, GivesAFindingTheSameIdInEveryReport) {
  const auto first = dir.write("1.csv", "Plugin ID,Risk,Host\n7,High,a\n");
  const auto second = dir.write("2.csv", "Plugin ID,Risk,Host\n7,High,a\n");
  run({"--allow-unauthenticated", first, second});

  ASSERT_EQ(findings().size(), 2U);
  EXPECT_EQ(findings()[0]["id"], findings()[1]["id"]);
}

TEST_F(JunitFromVulnsTest, NumbersEqualRecordsOfOneHost) {
  run_on(host("a", item("1", 3) + item("1", 3)) + host("b", item("1", 3)));

  const auto lines = findings();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0]["location"]["ordinal"], 0);
  EXPECT_EQ(lines[1]["location"]["ordinal"], 1);
  EXPECT_EQ(lines[2]["location"]["ordinal"], 0);
  EXPECT_NE(lines[0]["id"], lines[1]["id"]);
}

TEST_F(JunitFromVulnsTest, KeepsIdsOverAReplacementOfTheMachine) {
  const auto before = inventory(
      R"({"id":"i-1","addresses":["10.0.0.1"],"team":"web","service":"shop","ami_name":"w-1"})");
  run_on(host("10.0.0.1", item("1", 3)), {"--targets", before});
  const json old_id = findings().at(0)["id"];
  const auto after = inventory(
      R"({"id":"i-2","addresses":["10.0.9.9"],"team":"web","service":"shop","ami_name":"w-2"})");
  run_on(host("10.0.9.9", item("1", 3)), {"--targets", after});

  EXPECT_EQ(findings().at(0)["id"], old_id);
}

TEST_F(JunitFromVulnsTest, FailsForTargetsThatNoReportHolds) {
  const auto targets = inventory(R"({"id":"i-1","addresses":["10.0.0.1"],"team":"web"},
                                    {"id":"i-2","addresses":["10.0.0.2"],"team":"pay"})");
  const auto gone =
      dir.write("after.json", R"({"schema":"patchbot.inventory/1","targets":[{"id":"i-1"}]})");

  EXPECT_EQ(run_on(host("10.0.0.1", ""), {"--targets", targets}), 3);
  EXPECT_EQ(summary()["gate"]["reasons"][0]["example"], "i-2 10.0.0.2");
  EXPECT_EQ(summary()["teams"]["pay"]["verdict"], "fail");
  EXPECT_EQ(summary()["hosts_expected"], 2);
  EXPECT_EQ(run_on(host("10.0.0.1", ""), {"--targets", targets, "--targets-after", gone}), 0);
}

TEST_F(JunitFromVulnsTest, ExpectsWhatTheScannerWasAskedFor) {
  const auto path =
      dir.write("scan.nessus",
                "<NessusClientData_v2><Policy><preference><name>TARGET</name><value>a,10.0.0.0/24,b"
                "</value></preference></Policy><Report>" +
                    host("a", "") + "</Report></NessusClientData_v2>");

  EXPECT_EQ(run({path}), 3);
  EXPECT_EQ(summary()["hosts_expected"], 2);
  EXPECT_EQ(summary()["gate"]["reasons"][0]["example"], "b");
}

TEST_F(JunitFromVulnsTest, ShowsWaivedFindingsWithoutActingOnThem) {
  const auto waivers = dir.write("waivers.yaml",
                                 "schema: patchbot.waivers/1\nwaivers:\n- id: w1\n"
                                 "  match: {id: 1}\n  owner: Ann\n  reason: later\n"
                                 "  expires: 2026-11-30\n");
  EXPECT_EQ(run_on(host("a", item("1", 4)), {"--waivers", waivers}), 0);

  EXPECT_EQ(summary()["waived"], 1);
  EXPECT_EQ(summary()["findings"]["critical"], 1);
  EXPECT_EQ(findings().at(0)["waiver"]["id"], "w1");
  EXPECT_THAT(err, HasSubstr("warning: waiver w1 (Ann) expires on 2026-11-30\n"));
  EXPECT_EQ(
      run_on(host("a", item("1", 4)), {"--waivers", waivers, "--now", "2026-12-01T00:00:00Z"}),
      2);  // --now twice
}

TEST_F(JunitFromVulnsTest, NamesTheFileOfAWrongSetting) {
  const auto config = dir.write("patchbot.yaml", "schema: patchbot.config/1\nteam: {}\n");

  EXPECT_EQ(run_on(host("a", ""), {"--config", config}), 2);
  EXPECT_EQ(err,
            "error: " + config +
                ":2:1: unknown key 'team' in the configuration; did you mean 'teams'?\n");
  EXPECT_EQ(run_on(host("a", ""), {"--config", dir.file("none.yaml")}), 2);
  EXPECT_EQ(run_on(host("a", ""), {"--targets", dir.file("none.json")}), 3);
}

TEST_F(JunitFromVulnsTest, RefusesFlagsThatContradict) {
  EXPECT_EQ(run_on(host("a", ""), {"--targets-after", "x"}), 2);
  EXPECT_EQ(err, "error: --targets-after needs --targets\n");
  std::ostringstream ignored;
  std::ostringstream told;
  EXPECT_EQ(cli::run<JunitFromVulns>({"--findings", "-", "--summary", "-", "x"}, ignored, told), 2);
  EXPECT_EQ(told.str(), "error: --findings and --summary cannot both go to standard output\n");
}

TEST_F(JunitFromVulnsTest, NeedsAReport) {
  EXPECT_EQ(run({}), 2);
  EXPECT_EQ(run_on(host("a", ""), {"--max-cases", "0"}), 2);
  EXPECT_EQ(run_on(host("a", ""), {"--fail-on", "hihg"}), 2);
}

TEST_F(JunitFromVulnsTest, GivesEvidenceOnlyIfItMay) {
  const std::string hosts = host("a", item("1", 4, "<plugin_output>the password</plugin_output>"));
  run_on(hosts, {"--junit-dir", dir.file("junit")});
  EXPECT_THAT(junit("unowned") + slurp(dir.file("findings.jsonl")), HasSubstr("the password"));

  run_on(hosts, {"--junit-dir", dir.file("junit"), "--redact-evidence"});
  EXPECT_THAT(junit("unowned") + slurp(dir.file("findings.jsonl")), Not(HasSubstr("the password")));
}

TEST_F(JunitFromVulnsTest, FiltersWhatIsWrittenNotWhatIsCounted) {
  run_on(host("a", item("1", 1) + item("2", 4)),
         {"--min-severity", "high", "--junit-dir", dir.file("junit"), "--list-from", "critical"});

  EXPECT_EQ(findings().size(), 1U);
  EXPECT_EQ(summary()["findings"]["low"], 1);
  EXPECT_THAT(junit("unowned"), Not(HasSubstr("Plugin 1 ")));
}

TEST_F(JunitFromVulnsTest, WarnsOfUnknownSeverityAndAlwaysWritesIt) {
  EXPECT_EQ(run_on(host("a", "<ReportItem pluginID='1' pluginName='N'/>"),
                   {"--min-severity", "critical"}),
            5);
  EXPECT_EQ(findings().at(0)["severity"], "unknown");
}

TEST_F(JunitFromVulnsTest, CountsChecksApartFromFindings) {
  const std::string check =
      "<ReportItem pluginID='21157' pluginName='N' pluginFamily='Policy Compliance' severity='3'>"
      "<cm:compliance-check-name>5.2.1</cm:compliance-check-name>"
      "<cm:compliance-result>PASSED</cm:compliance-result></ReportItem>";
  EXPECT_EQ(run_on(host("a", check)), 0);

  EXPECT_EQ(summary()["compliance"]["passed"], 1);
  EXPECT_EQ(summary()["findings"]["high"], 0);
}

TEST_F(JunitFromVulnsTest, CountsFailedChecksTheSameWhetherFindingsAreWrittenOrNot) {
  const std::string control = R"({"id":"4.1","name":"Certificates","severity":"CRITICAL",)";
  const auto path = dir.write(
      "cluster.json",
      R"({"apiVersion":"aquasecurity.github.io/v1alpha1","kind":"ClusterComplianceReport",)"
      R"("status":{"summaryReport":{"controlCheck":[)" +
          control + R"("totalFail":2},)" + control + R"("totalFail":0},)" + control +
          R"("totalFail":1}]}}})");
  run({path});
  const json whole = summary();
  std::ostringstream brief;
  std::ostringstream overview;

  EXPECT_EQ(cli::run<JunitFromVulns>({"--summary", "-", path}, brief, overview), 1);

  EXPECT_EQ(json::parse(brief.str())["compliance"], whole["compliance"]);
  EXPECT_EQ(whole["gate"]["reasons"][0]["count"], 2);
  EXPECT_EQ(json::parse(brief.str())["gate"], whole["gate"]);
  for (const std::string& text : {overview.str(), err}) {
    EXPECT_THAT(text, HasSubstr("  FAIL critical     2x  Certificates\n"));
  }
}

TEST_F(JunitFromVulnsTest, NumbersRepeatsTheSameWhateverIsWritten) {
  const auto check = [](const std::string& result) {
    return "<ReportItem port='0' protocol='tcp' severity='1' pluginID='21157' pluginName='Checks' "
           "pluginFamily='Policy Compliance'><description>\"1.1 x\" : [" +
           result + "]</description></ReportItem>";
  };
  const std::string scan = host("a", check("PASSED") + check("FAILED"));
  const auto junit_dir = dir.file("junit");

  run_on(scan, {"--junit-dir", junit_dir});
  const std::string alone = junit("unowned");
  run_on(scan, {"--junit-dir", junit_dir, "--findings", dir.file("f.jsonl")});

  EXPECT_THAT(alone, HasSubstr("1.1 x [Checks] #2"));
  EXPECT_EQ(junit("unowned"), alone);
}

TEST_F(JunitFromVulnsTest, TellsInstancesAtOneAddressApart) {
  const auto instance = [](const std::string& id, const std::string& login) {
    return "<ReportHost name='10.0.0.1'><HostProperties><tag name='aws-instance-instance-id'>" +
           id + "</tag><tag name='Credentialed_Scan'>" + login + "</tag></HostProperties>" +
           item("1", 0) + "</ReportHost>";
  };

  EXPECT_EQ(run_on(instance("i-1", "true") + instance("i-2", "false")), 3);
  EXPECT_EQ(summary()["hosts_scanned"], 2);
  EXPECT_EQ(summary()["hosts_unauthenticated"], 1);
}

TEST_F(JunitFromVulnsTest, NeverForgetsAnAbortedScan) {
  const auto aborted =
      dir.write("aborted.nessus",
                report("<ReportHost name='a'><HostProperties><tag name='HOST_START'>x</tag><tag "
                       "name='Credentialed_Scan'>true</tag></HostProperties>" +
                       item("1", 0) + "</ReportHost>"));
  const auto whole = dir.write("whole.nessus", report(host("a", item("1", 0))));
  const auto csv =
      dir.write("scan.csv", "Plugin ID,Risk,Host,Protocol,Port,Name\n1,None,a,tcp,0,N\n");

  EXPECT_EQ(run({whole}), 0);
  EXPECT_EQ(run({whole, csv}), 0);
  EXPECT_EQ(run({aborted, whole}), 3);
  EXPECT_EQ(run({whole, aborted}), 3);
  EXPECT_EQ(run({aborted, csv}), 3);
}

TEST_F(JunitFromVulnsTest, CallsOutWhatBecameKnownExploited) {
  const std::string id =
      "<cve>CVE-2024-1001</cve><exploited_by_malware>true</exploited_by_malware>";
  dir.write("kev.tsv",
            "#patchbot.feed/1\tkev\tentries=1\tversion=1\tpublished=2026-11-18T00:00:00Z\t"
            "newest=2026-11-18\tfetched=2026-11-22T00:00:00Z\tsource=x\n"
            "#vulnerability\tadded\tdue\transomware\nCVE-2024-1001\t2026-11-18\t2026-12-09\t\n");
  const std::string hosts = host("web-1", item("1", 1, id));

  run_on(hosts, {"--feeds", dir.path(), "--last-run", "2026-11-16T06:00:00Z"});
  EXPECT_EQ(summary()["newly_exploited"],
            json::parse(R"({"since": "2026-11-16", "vulnerabilities": [{"id": "CVE-2024-1001",
              "added": "2026-11-18", "findings": 1, "waived": 0, "teams": ["unowned"]}]})"))
      << err;
  run_on(hosts, {"--feeds", dir.path(), "--last-run", "2026-11-19T06:00:00Z"});
  EXPECT_EQ(summary()["newly_exploited"]["vulnerabilities"], json::array());
  run_on(hosts, {"--feeds", dir.path()});
  EXPECT_FALSE(summary().contains("newly_exploited"));
  EXPECT_EQ(run_on(hosts, {"--last-run", "monday"}), 2);
  EXPECT_THAT(err, HasSubstr("--last-run: 'monday' is no time"));
}

TEST_F(JunitFromVulnsTest, TheNextBaselineOverwritesNothingElse) {
  const std::string scan = dir.write("scan.nessus", report(host("web-1", item("1", 4))));
  const std::string before = slurp(scan);
  EXPECT_EQ(run({scan, "--write-baseline", scan}), 2);
  EXPECT_THAT(err, HasSubstr("would overwrite another file of this run"));
  EXPECT_EQ(slurp(scan), before);
}

TEST_F(JunitFromVulnsTest, WhatIsUndecidedIsAFailedCaseAndAWarning) {
  const std::string config =
      dir.write("p.yaml",
                "schema: patchbot.config/1\ngate: {policy: p}\n"
                "policies: {p: {rules: [{id: likely, level: fail, when: {epss: 0.5}}]}}\n");
  const std::string hosts = host("web-1", item("1", 4, "<cve>CVE-2024-1001</cve>"));

  EXPECT_EQ(run_on(hosts, {"--config", config, "--junit-dir", dir.file("junit")}), 5);
  EXPECT_EQ(summary()["gate"]["reasons"][0]["rule"], "likely (undecided)");
  EXPECT_EQ(summary()["gate"]["levels"]["warn"], 1);
  EXPECT_EQ(findings().at(0)["gate"]["rule"], "likely (undecided)");
  EXPECT_THAT(junit("unowned"), HasSubstr("likely (undecided)"));
  EXPECT_THAT(junit("unowned"), HasSubstr("<failure"));
}

TEST_F(JunitFromVulnsTest, AnOldCatalogueDoesNotSayThatSomethingIsNotListed) {
  dir.write("kev.tsv",
            "#patchbot.feed/1\tkev\tentries=1\tversion=1\tpublished=2026-11-18T00:00:00Z\t"
            "newest=2026-11-18\tfetched=2026-11-18T00:00:00Z\tsource=x\n"
            "#vulnerability\tadded\tdue\transomware\nCVE-2020-1001\t2026-11-18\t2026-12-09\t\n");
  const std::string config =
      dir.write("p.yaml",
                "schema: patchbot.config/1\ngate: {policy: p}\n"
                "policies: {p: {rules: [{id: listed, level: fail, when: {kev: true}}]}}\n");
  const std::string scan =
      dir.write("scan.nessus", report(host("web-1", item("1", 4, "<cve>CVE-2024-1001</cve>"))));
  const auto status = [&](const char* now) {
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    return cli::run<JunitFromVulns>(
        {"--config", config, "--feeds", dir.path(), "--now", now, scan}, out_stream, err_stream);
  };
  EXPECT_EQ(status("2026-11-20T00:00:00Z"), 0);
  EXPECT_EQ(status("2026-12-20T00:00:00Z"), 5) << "a month old";
  EXPECT_EQ(status("2026-11-10T00:00:00Z"), 5) << "from the future";
}

TEST_F(JunitFromVulnsTest, WhatIsFixedLeavesTheBaselineWhateverElseIsWritten) {
  const std::string line =
      R"({"schema":"patchbot.finding/1","id":"00000000000000000000000000000001","kind":"vulnerability",)"
      R"("severity":"high","source":"nessus","native_id":"1","title":"t","asset":{"id":"a","name":"a"},)"
      R"("team":"unowned","location":{},"status":")";
  const std::string open = dir.write("open.jsonl", line + "open\"}\n");
  const std::string fixed = dir.write("fixed.jsonl", line + "fixed\"}\n");
  const std::string baseline = dir.file("b.jsonl");
  run({open, "--allow-unauthenticated", "--write-baseline", baseline});
  EXPECT_THAT(slurp(baseline), HasSubstr("patchbot.baseline/1"));
  run({fixed, "--allow-unauthenticated", "--baseline", baseline, "--write-baseline", baseline});
  EXPECT_EQ(slurp(baseline), "");
}

TEST_F(JunitFromVulnsTest, CheckConfigNeedsSomethingToCheck) {
  EXPECT_EQ(run({"--check-config"}), 2);
  EXPECT_THAT(err, HasSubstr("needs --config, --waivers or --baseline"));
}

TEST_F(JunitFromVulnsTest, ReportsThatNameNoMachineGoByTheirFiles) {
  const std::string wazuh =
      R"({"data":{"affected_items":[{"cve":"CVE-2026-1001","name":"a","version":"1","severity":"Low",)"
      R"("condition":"Package less than 2"}],"total_affected_items":1,"failed_items":[]},)"
      R"("message":"All selected vulnerabilities were returned","error":0})";
  const std::string one = dir.write("agent-1.json", wazuh);
  const std::string two = dir.write("agent-2.json", wazuh + "\n");
  run({one, two, "--allow-unauthenticated"});
  ASSERT_EQ(findings().size(), 2U);
  EXPECT_EQ(findings()[0]["asset"]["name"], "agent-1.json");
  EXPECT_NE(findings()[0]["id"], findings()[1]["id"]);

  std::filesystem::create_directory(dir.path() / "b");
  const std::string same = dir.write("b/agent-1.json", wazuh + " ");
  EXPECT_EQ(run({one, same, "--allow-unauthenticated"}), 3);
  EXPECT_THAT(err, HasSubstr("names no machine, like another report of the name agent-1.json"));
}

TEST_F(JunitFromVulnsTest, ADateInTheFutureProvesNothing) {
  const std::string scan =
      dir.write("g.json",
                R"({"matches":[],"source":{"type":"image","target":"x"},)"
                R"("descriptor":{"name":"grype","timestamp":"9999-12-31T23:59:59Z"}})");
  EXPECT_EQ(run({scan}), 0);
  EXPECT_EQ(run({scan, "--max-scan-age", "7"}), 3);
  EXPECT_THAT(err, HasSubstr("shows a date in the future, 9999-12-31"));
}

}  // namespace
}  // namespace patchbot
