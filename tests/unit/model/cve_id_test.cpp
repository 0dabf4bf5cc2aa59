// SPDX-License-Identifier: Apache-2.0
#include "model/cve_id.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

TEST(CveId, IsWrittenInOneWay) {
  EXPECT_EQ(parse_cve_id("CVE-2021-44228"), "CVE-2021-44228");
  EXPECT_EQ(parse_cve_id(" cve-1999-0001\r\n"), "CVE-1999-0001");
  EXPECT_EQ(parse_cve_id("Cve-2026-1234567890123456789"), "CVE-2026-1234567890123456789");
}

TEST(CveId, RefusesOtherIds) {
  for (const char* text : {"",
                           "CVE-",
                           "CVE-2021-123",
                           "CVE-21-44228",
                           "CVE-2021_44228",
                           "CVE-2021-4422x",
                           "CVE-20x1-44228",
                           "GHSA-jfh8-c2jp-5v3q",
                           "CVE-2021-44228 CVE-2021-45046",
                           "XCVE-2021-44228",
                           "CVE-2026-12345678901234567890",
                           "CVE-2021-44228\t9"}) {
    EXPECT_EQ(parse_cve_id(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace patchbot
