// SPDX-License-Identifier: Apache-2.0
#include "vuln-waivers/vuln_waivers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "formats/finding_json.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::TempDir;
using testing::HasSubstr;

struct Outcome {
  int status;
  std::string out;
  std::string err;
};

class VulnWaiversTest : public testing::Test {
 protected:
  Outcome run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(),
                     {"--waivers", dir_.file("w.yaml"), "--now", "2026-11-23T23:59:59Z"});
    std::ostringstream out;
    std::ostringstream err;
    const int status = cli::run<VulnWaivers>(arguments, out, err);
    return {status, out.str(), err.str()};
  }

  void write(const std::string& entries) {
    dir_.write("w.yaml", "schema: patchbot.waivers/1\nwaivers:\n" + entries);
  }

  std::string findings(const std::vector<Finding>& all) {
    std::string text;
    for (const Finding& finding : all) append_finding_line(text, finding, Evidence::keep);
    return dir_.write("findings.jsonl", text);
  }

  static std::string waiver(const std::string& id,
                            const std::string& expires,
                            const std::string& more = "") {
    return "- {id: " + id + ", match: {cve: " + id +
           "}, owner: Ann, reason: r, expires: " + expires + more + "}\n";
  }

  static Finding finding(const std::string& cve, const std::string& team = "web") {
    Finding f;
    f.vuln_ids = {cve};
    f.team = team;
    return f;
  }

  TempDir dir_;
};

TEST_F(VulnWaiversTest, CheckIsContentWithWaiversThatHold) {
  write(waiver("CVE-1", "2026-12-08"));
  const Outcome outcome = run({"check"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "");
}

TEST_F(VulnWaiversTest, AWaiverHoldsThroughItsLastDay) {
  write(waiver("CVE-1", "2026-11-23"));
  EXPECT_EQ(run({"check"}).status, 5);
  EXPECT_THAT(run({"check"}).out,
              HasSubstr("warn ends-soon: waiver CVE-1 (Ann) ends on 2026-11-23, today"));
  write(waiver("CVE-1", "2026-11-22"));
  EXPECT_EQ(run({"check"}).status, 1);
  EXPECT_THAT(run({"check"}).out,
              HasSubstr("fail expired: waiver CVE-1 (Ann) expired on 2026-11-22"));
}

TEST_F(VulnWaiversTest, CheckEndsWithTheWorst) {
  write(waiver("CVE-1", "2026-11-24") + waiver("CVE-2", "2026-11-01") + waiver("CVE-3", "soon") +
        waiver("CVE-4", "later"));
  const Outcome outcome = run({"check"});
  EXPECT_EQ(outcome.status, 2);
  for (const char* line : {"w.yaml:5:68: error invalid: expires: 'soon'",
                           "w.yaml:6:68: error invalid: expires: 'later'",
                           "w.yaml:3:3: warn ends-soon",
                           "w.yaml:4:3: fail expired"}) {
    EXPECT_THAT(outcome.out, HasSubstr(line));
  }
  EXPECT_THAT(outcome.err, HasSubstr("2 waivers: 2 errors, 1 failure, 1 warning"));
  EXPECT_EQ(run({"list"}).status, 2);
}

TEST_F(VulnWaiversTest, CheckAsksForWhatTheCompanyAsksFor) {
  write(waiver("CVE-1", "2027-11-23") + waiver("CVE-2", "2027-11-24", ", approver: ann"));
  const Outcome outcome = run({"check", "--max-days", "365", "--require-approver"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr("w.yaml:3:3: fail no-approver"));
  EXPECT_THAT(outcome.out, HasSubstr("w.yaml:4:3: fail self-approved"));
  EXPECT_THAT(outcome.out,
              HasSubstr("w.yaml:4:3: fail too-long: waiver CVE-2 (Ann) runs for another 366 days, "
                        "until 2027-11-24; at most 365 days are allowed"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("w.yaml:3:3: fail too-long")));
}

TEST_F(VulnWaiversTest, FindingsShowWhatIsUnusedAndWhatIsWaivedNoLonger) {
  write(waiver("CVE-1", "2027-11-23") + waiver("CVE-2", "2027-11-23") +
        waiver("CVE-3", "2026-11-01"));
  Finding fixed = finding("CVE-2");
  fixed.status = Status::fixed;
  const std::string file = findings({finding("CVE-1"), finding("CVE-3"), finding("CVE-3"), fixed});
  const Outcome outcome = run({"check", "--findings", file});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out,
              HasSubstr("w.yaml:4:3: warn unused: waiver CVE-2 (Ann) matches no finding\n"));
  EXPECT_THAT(outcome.out, HasSubstr("renew or remove it; 2 findings are waived no longer"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("unused: waiver CVE-1")));
  EXPECT_EQ(run({"check", "--findings", dir_.file("none")}).status, 3);
  EXPECT_EQ(run({"check", "--findings", dir_.file("w.yaml")}).status, 3);
}

TEST_F(VulnWaiversTest, AVexDocumentCountsWhatItCovers) {
  dir_.write(
      "v.json",
      R"({"@context":"https://openvex.dev/ns/v0.2.0","statements":[)"
      R"({"vulnerability":{"name":"CVE-1"},"products":[{"@id":"pkg:npm/a@1"}],"status":"fixed"}]})");
  dir_.write(
      "w.yaml",
      "schema: patchbot.waivers/1\nvex:\n- {file: v.json, owner: Ann, expires: 2027-01-01}\n");
  Finding covered = finding("CVE-1");
  covered.location.package = "a";
  covered.location.package_type = "npm";
  covered.location.installed = "1";
  const std::string file = findings({covered, finding("CVE-1")});
  const Outcome outcome = run({"list", "--findings", file, "--format", "csv"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("v.json,vex,valid,2027-01-01,39,1,Ann,,,vex v.json,,"));
  EXPECT_EQ(run({"check", "--findings", file}).status, 0);
  dir_.write("v.json", "{");
  EXPECT_THAT(run({"check"}).out, HasSubstr("w.yaml:3:10: error invalid: v.json:1:2: "));
}

TEST_F(VulnWaiversTest, ATeamSeesWhatMayCoverItsFindings) {
  write(waiver("CVE-1", "2027-01-01") +
        "- {id: w2, match: {cve: CVE-2, team: 'we*'}, owner: A, reason: r, expires: 2027-01-01}\n" +
        "- {id: w3, match: {cve: CVE-3, team: shop}, owner: A, reason: r, expires: 2027-01-01}\n");
  const std::string file = findings({finding("CVE-1"), finding("CVE-1", "shop")});
  const Outcome outcome = run({"list", "--team", "web", "--format", "csv", "--findings", file});
  EXPECT_THAT(outcome.out, HasSubstr("\nCVE-1,waiver,valid,2027-01-01,39,1,"));
  EXPECT_THAT(outcome.out, HasSubstr("\nw2,"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\nw3,")));
}

TEST_F(VulnWaiversTest, ExpiringWarnsOfThoseThatEndSoon) {
  write(waiver("CVE-1", "2026-12-07") + waiver("CVE-2", "2026-12-08") +
        waiver("CVE-3", "2026-11-01"));
  const Outcome outcome = run({"expiring", "--format", "csv"});
  EXPECT_EQ(outcome.status, 5);
  EXPECT_THAT(outcome.out, HasSubstr("\nCVE-1,"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\nCVE-2,")));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\nCVE-3,")));
  EXPECT_THAT(outcome.err, HasSubstr("1 waiver has expired already"));
  EXPECT_EQ(run({"expiring", "--within", "13"}).status, 0);
  EXPECT_EQ(run({"expiring", "--within", "13"}).out, "");
}

TEST_F(VulnWaiversTest, NeedsACommandThatItKnows) {
  write(waiver("CVE-1", "2027-01-01"));
  EXPECT_EQ(run({}).status, 2);
  EXPECT_EQ(run({"chekc"}).status, 2);
  EXPECT_EQ(run({"check", "list"}).status, 2);
}

TEST_F(VulnWaiversTest, NeverWritesOverWhatItReads) {
  write(waiver("CVE-1", "2027-01-01"));
  const Outcome outcome = run({"list", "--output", dir_.file("w.yaml")});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("would overwrite what this run reads"));
  EXPECT_EQ(run({"list", "--output", dir_.file("list")}).out, "");
  EXPECT_THAT(test::slurp(dir_.file("list")), HasSubstr("CVE-1"));
}

}  // namespace
}  // namespace patchbot
