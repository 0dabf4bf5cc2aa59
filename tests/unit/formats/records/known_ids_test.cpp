// SPDX-License-Identifier: Apache-2.0
#include "formats/records/known_ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> ids_in(std::string_view text) {
  std::vector<std::string> ids;
  add_ids_in(ids, text);
  return ids;
}

std::vector<std::string> cwes_in(std::string_view text) {
  std::vector<std::string> cwes;
  add_cwes_in(cwes, text);
  return cwes;
}

TEST(KnownIds, StandAnywhereInAText) {
  EXPECT_THAT(ids_in("VENDOR-1 (CVE-2026-1000), cve-2026-123456 and ghsa-Ab12-cd34-ef56."),
              ElementsAre("CVE-2026-1000", "CVE-2026-123456", "GHSA-ab12-cd34-ef56"));
  EXPECT_THAT(ids_in("CVE-2026-1000 CVE-2026-1000"), ElementsAre("CVE-2026-1000"));
}

TEST(KnownIds, AreWhole) {
  EXPECT_THAT(ids_in("CVE-2026-12"), IsEmpty());
  EXPECT_THAT(ids_in("CVE-26-1000"), IsEmpty());
  EXPECT_THAT(ids_in("XCVE-2026-1000"), IsEmpty());
  EXPECT_THAT(ids_in("GHSA-ab12-cd34-ef5"), IsEmpty());
  EXPECT_THAT(ids_in("GHSA-ab12-cd34-ef567"), IsEmpty());
  EXPECT_THAT(ids_in("GHSA-ab12_cd34-ef56"), IsEmpty());
  EXPECT_THAT(ids_in("CVE-"), IsEmpty());
}

TEST(KnownIds, WeaknessesLoseTheirZeros) {
  EXPECT_THAT(cwes_in("external/cwe/cwe-079"), ElementsAre("CWE-79"));
  EXPECT_THAT(cwes_in("CWE-798: hard-coded, CWE-0"), ElementsAre("CWE-798", "CWE-0"));
  EXPECT_THAT(cwes_in("cwe-, CWE-1234567"), IsEmpty());
}

}  // namespace
}  // namespace patchbot
