// SPDX-License-Identifier: Apache-2.0
#include "related.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Finding finding(std::uint64_t id, const std::string& source, std::vector<std::string> vulns) {
  Finding f;
  f.id = {0, id};
  f.source = source;
  f.asset.id = "web";
  f.vuln_ids = std::move(vulns);
  return f;
}

TEST(RelatedFindings, LinkTheSameVulnerabilityOfTwoScannersBothWays) {
  RelatedFindings related;
  related.add(finding(1, "nessus", {"CVE-2026-1", "CVE-2026-2"}));
  related.add(finding(2, "trivy", {"CVE-2026-2"}));
  related.add(finding(3, "trivy", {"CVE-2026-3"}));
  related.link();

  EXPECT_THAT(related.of({0, 1}), ElementsAre(Digest{0, 2}));
  EXPECT_THAT(related.of({0, 2}), ElementsAre(Digest{0, 1}));
  EXPECT_THAT(related.of({0, 3}), IsEmpty());
}

TEST(RelatedFindings, AreOfOtherScannersOnly) {
  RelatedFindings related;
  related.add(finding(1, "trivy", {"CVE-2026-1"}));
  related.add(finding(2, "trivy", {"CVE-2026-1"}));
  related.link();

  EXPECT_TRUE(related.empty());
}

TEST(RelatedFindings, AreOfTheSameAssetAndEnvironmentOnly) {
  RelatedFindings related;
  Finding elsewhere = finding(2, "trivy", {"CVE-2026-1"});
  elsewhere.asset.id = "pay";
  Finding staging = finding(3, "trivy", {"CVE-2026-1"});
  staging.environment = "staging";
  related.add(finding(1, "nessus", {"CVE-2026-1"}));
  related.add(elsewhere);
  related.add(staging);
  related.link();

  EXPECT_TRUE(related.empty());
}

TEST(RelatedFindings, NameEachOnceHoweverOftenItIsSeen) {
  RelatedFindings related;
  for (int machine = 0; machine < 3; ++machine) {
    related.add(finding(1, "nessus", {"CVE-2026-1", "CVE-2026-2"}));
    related.add(finding(2, "trivy", {"CVE-2026-1", "CVE-2026-2"}));
  }
  related.link();

  EXPECT_THAT(related.of({0, 1}), ElementsAre(Digest{0, 2}));
}

TEST(RelatedFindings, AreBounded) {
  RelatedFindings related;
  related.add(finding(1000, "nessus", {"CVE-2026-1"}));
  for (std::uint64_t id = 1; id <= 100; ++id) related.add(finding(id, "trivy", {"CVE-2026-1"}));
  related.link();

  EXPECT_THAT(related.of({0, 1000}), SizeIs(RelatedFindings::max_links));
  EXPECT_THAT(related.of({0, 100}), ElementsAre(Digest{0, 1000}));
}

}  // namespace
}  // namespace patchbot
