// SPDX-License-Identifier: Apache-2.0
#include "rules/vex_waivers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/waivers.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Time now = parse_rfc3339("2026-11-23T12:00:00Z").value();

VexStatement said(const std::string& cve,
                  VexStatus status,
                  const char* time,
                  const std::string& justification = "why") {
  VexStatement statement;
  statement.vulnerability = {cve};
  statement.status = status;
  statement.word = is_harmless(status) ? "not_affected" : "affected";
  statement.justification = justification;
  statement.time = parse_rfc3339(time);
  statement.subjects = {{0, {}}};
  return statement;
}

VexWaiver document(std::vector<VexStatement> statements, const char* id = "doc") {
  VexWaiver waiver;
  waiver.id = id;
  waiver.owner = "Ann";
  waiver.expires = parse_date("2027-01-31").value();
  waiver.document.products = {{"curl", {parse_purl("pkg:deb/debian/curl").value()}, "", "", false}};
  waiver.document.statements = std::move(statements);
  return waiver;
}

Finding finding(std::vector<std::string> ids = {"CVE-1"}) {
  Finding f;
  f.vuln_ids = std::move(ids);
  f.location.package = "curl";
  f.location.package_type = "debian";
  f.team = "web";
  return f;
}

std::string reason(std::vector<VexWaiver> waivers, const Finding& f = finding()) {
  Waivers all({{}, std::move(waivers)}, now);
  const auto note = all.find(f);
  return note ? note->id + ": " + note->reason : "none";
}

constexpr auto harmless = VexStatus::not_affected;
constexpr auto affected = VexStatus::affected;
constexpr auto early = "2026-11-01T00:00:00Z";
constexpr auto late = "2026-11-02T00:00:00Z";

TEST(VexWaivers, WaiveWhatIsSaidToBeHarmless) {
  EXPECT_EQ(reason({document({said("cve-1", harmless, early)})}), "doc: not_affected (why)");
  EXPECT_EQ(reason({document({said("CVE-1", affected, early)})}), "none");
  EXPECT_EQ(reason({document({said("CVE-1", VexStatus::under_investigation, early)})}), "none");
  EXPECT_EQ(reason({document({said("CVE-2", harmless, early)})}), "none");
}

TEST(VexWaivers, AFixNeedsTheVersionThatHasIt) {
  VexWaiver fixed = document({said("CVE-1", VexStatus::fixed, early, "")});
  EXPECT_EQ(reason({fixed}), "none");
  fixed.document.products[0].purls[0].version = "7";
  Finding f = finding();
  f.location.installed = "7";
  EXPECT_EQ(reason({fixed}, f), "doc: not_affected");
  f.location.installed = "6";
  EXPECT_EQ(reason({fixed}, f), "none");
}

TEST(VexWaivers, AWordOfADayToComeIsOneOfUnknownTime) {
  const VexWaiver future = document({said("CVE-1", harmless, "2099-01-01T00:00:00Z")});
  EXPECT_EQ(reason({future}), "doc: not_affected (why)");
  EXPECT_EQ(reason({future, document({said("CVE-1", affected, early)}, "b")}), "none");
}

TEST(VexWaivers, TheLatestWordCounts) {
  EXPECT_EQ(reason({document({said("CVE-1", harmless, early), said("CVE-1", affected, late)})}),
            "none");
  EXPECT_EQ(
      reason({document({said("CVE-1", affected, early), said("CVE-1", harmless, late, "b")})}),
      "doc: not_affected (b)");
  EXPECT_EQ(reason({document({said("CVE-1", affected, early), said("CVE-1", harmless, early)})}),
            "none");
}

TEST(VexWaivers, AWordOfUnknownTimeMayBeTheLatest) {
  EXPECT_EQ(reason({document({said("CVE-1", affected, ""), said("CVE-1", harmless, late)})}),
            "none");
  EXPECT_EQ(reason({document({said("CVE-1", affected, early), said("CVE-1", harmless, "")})}),
            "none");
  EXPECT_EQ(reason({document({said("CVE-1", harmless, "")})}), "doc: not_affected (why)");
}

TEST(VexWaivers, AnotherDocumentTakesAWordBackAlsoWhenItsWaiverHasExpired) {
  VexWaiver later = document({said("CVE-1", affected, late)}, "later");
  EXPECT_EQ(reason({document({said("CVE-1", harmless, early)}), later}), "none");
  later.expires = parse_date("2026-11-22").value();
  EXPECT_EQ(reason({document({said("CVE-1", harmless, early)}), later}), "none");
  later.match.team = {"other"};
  EXPECT_EQ(reason({document({said("CVE-1", harmless, early)}), later}), "doc: not_affected (why)");
}

TEST(VexWaivers, AWordOnWhatMayBeMeantTakesBackButDoesNotWaive) {
  VexWaiver vague = document({said("CVE-1", harmless, late), said("CVE-1", affected, late)});
  vague.document.products = {{"curl", {}, "curl", "<8", true}};
  EXPECT_EQ(reason({document({said("CVE-1", harmless, early)}), vague}), "none");
  vague.document.statements.pop_back();
  EXPECT_EQ(reason({vague}), "none");
}

TEST(VexWaivers, EveryCveMustBeCovered) {
  const VexWaiver one = document({said("CVE-1", harmless, early)});
  const VexWaiver both =
      document({said("CVE-1", harmless, early, "a"), said("CVE-2", harmless, early, "b")}, "both");
  EXPECT_EQ(reason({one}, finding({"CVE-1", "CVE-2"})), "none");
  EXPECT_EQ(reason({one, both}, finding({"CVE-1", "CVE-2"})),
            "both: not_affected (a); not_affected (b)");
  EXPECT_EQ(reason({one}, finding({"CVE-1", "GHSA-1"})), "doc: not_affected (why)");
  EXPECT_EQ(reason({one}, finding({})), "none");
}

TEST(VexWaivers, NeedAReasonAndTakeOurs) {
  VexWaiver silent = document({said("CVE-1", harmless, early, "")});
  EXPECT_EQ(reason({silent}), "none");
  silent.reason = "We looked";
  EXPECT_EQ(reason({silent}), "doc: We looked: not_affected");
}

TEST(VexWaivers, AreNarrowedDown) {
  VexWaiver narrow = document({said("CVE-1", harmless, early)});
  narrow.match.team = {"search"};
  EXPECT_EQ(reason({narrow}), "none");
  narrow.match.team = {"we*"};
  EXPECT_EQ(reason({narrow}), "doc: not_affected (why)");
}

TEST(VexWaivers, HoldThroughTheirLastDay) {
  VexWaiver last = document({said("CVE-1", harmless, early)});
  last.expires = parse_date("2026-11-23").value();
  EXPECT_EQ(reason({last}), "doc: not_affected (why)");
  last.expires = parse_date("2026-11-22").value();
  EXPECT_EQ(reason({last}), "none");
}

TEST(VexWaivers, SayWhatTheyCannotWaive) {
  VexWaiver waiver = document({said("CVE-1", harmless, early, ""), said("CVE-1", harmless, early)});
  waiver.document.products = {{"ref-1", {}, "", "", false}};
  Waivers all({{}, {waiver}}, now);
  EXPECT_THAT(all.remarks(),
              ElementsAre("waiver doc (Ann) matches no finding of this scan",
                          "waiver doc (Ann): 1 of 2 statements that could waive something give no "
                          "reason; give one with reason:",
                          "waiver doc (Ann): 2 of 2 statements that could waive something name no "
                          "package or image that a finding has (such as 'ref-1'); say with "
                          "runs_on: on which assets the product runs"));
  Waivers nothing({{}, {document({said("CVE-1", affected, early)})}}, now);
  EXPECT_THAT(
      nothing.remarks(),
      ElementsAre("waiver doc (Ann): the document waives nothing; it can only take back what "
                  "another one says"));
}

TEST(VexWaivers, OfNothingCoverNothing) {
  EXPECT_THAT(VexWaivers().covering(finding()), IsEmpty());
}

}  // namespace
}  // namespace patchbot
