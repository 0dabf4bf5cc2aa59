// SPDX-License-Identifier: Apache-2.0
#include "model/finding.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace patchbot {
namespace {

Finding openssh() {
  Finding f;
  f.asset.id = "111122223333/eu-west-1/shop";
  f.environment = "production";
  f.source = "nessus";
  f.native_id = "201194";
  f.location.port = 22;
  f.location.protocol = "tcp";
  return f;
}

TEST(Identity, NeverChangesFromReleaseToRelease) {
  // A new value here loses every waiver by id, every ticket and all of Jenkins' history.
  EXPECT_EQ(identity_of(openssh()).hex(), "c1d79caebd1b0d286a576884c327bca5");
}

TEST(Identity, IgnoresWhatChangesFromScanToScan) {
  Finding f = openssh();
  f.severity = Severity::critical;
  f.title = "OpenSSH < 9.8 RCE";
  f.source = "nessus";
  f.vuln_ids = {"CVE-2024-6387"};
  f.location.installed = "9.7p1";
  f.location.service = "ssh";
  f.asset.address = "10.0.0.99";
  f.asset.instance = "i-0new";
  f.asset.name = "web-7";
  f.seen_at = Time{};
  f.team = "checkout";
  f.evidence = "Installed version : 9.7p1";
  f.cvss = {{"3.1", "", 8.1, "", {}, ""}};
  f.gate = {GateLevel::fail, "fail-on-critical"};

  EXPECT_EQ(identity_of(f), identity_of(openssh()));
}

TEST(Identity, DiffersByAssetVulnerabilityAndLocation) {
  const std::vector<std::function<void(Finding&)>> changes{
      [](Finding& f) { f.asset.id = "other"; },
      [](Finding& f) { f.environment = "staging"; },
      [](Finding& f) { f.source = "trivy"; },
      [](Finding& f) { f.native_id = "1"; },
      [](Finding& f) { f.location.port = 2222; },
      [](Finding& f) { f.location.port.reset(); },
      [](Finding& f) { f.location.port = 0; },
      [](Finding& f) { f.location.protocol = "udp"; },
      [](Finding& f) { f.location.check = "5.2.1 PermitRootLogin"; },
      [](Finding& f) { f.location.package = "openssh"; },
      [](Finding& f) { f.location.path = "openssh"; },
      [](Finding& f) { f.location.ordinal = 1; }};
  std::vector<Digest> seen{identity_of(openssh())};
  for (const auto& change : changes) {
    Finding f = openssh();
    change(f);
    seen.push_back(identity_of(f));
  }

  for (std::size_t i = 0; i < seen.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(seen[i], seen[j]) << i << " and " << j;
  }
}

TEST(Identity, OfACheckIsItsIdIfItHasOneNotItsName) {
  Finding f = openssh();
  f.location.check = "5.2.1 old wording";
  f.location.check_id = "abc";
  Finding renamed = f;
  renamed.location.check = "5.2.1 new wording";

  EXPECT_EQ(identity_of(f), identity_of(renamed));
}

TEST(FindingWords, AreThoseOfTheContract) {
  EXPECT_EQ(to_text(Kind::vulnerability), "vulnerability");
  EXPECT_EQ(to_text(Kind::exposure), "exposure");
  EXPECT_EQ(to_text(CheckResult::none), "");
  EXPECT_EQ(to_text(CheckResult::error), "error");
  EXPECT_EQ(to_text(GateLevel::none), "none");
  EXPECT_EQ(to_text(GateLevel::fail), "fail");
}

}  // namespace
}  // namespace patchbot
