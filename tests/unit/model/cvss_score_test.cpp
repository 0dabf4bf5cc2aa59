// SPDX-License-Identifier: Apache-2.0
#include "model/cvss_score.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

TEST(CvssScore, AgreesWithTheExamplesOfTheSpecification) {
  EXPECT_EQ(cvss3_base_score("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), 9.8);
  EXPECT_EQ(cvss3_base_score("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"), 10.0);
  EXPECT_EQ(cvss3_base_score("CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N"), 6.4);
  EXPECT_EQ(cvss3_base_score("CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N"), 3.1);
  EXPECT_EQ(cvss3_base_score("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N"), 4.6);
  EXPECT_EQ(cvss3_base_score("CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L"), 4.2);
  EXPECT_EQ(cvss3_base_score("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"), 6.1);
  EXPECT_EQ(cvss3_base_score("CVSS:3.1/AV:A/AC:H/PR:H/UI:N/S:U/C:H/I:N/A:N"), 4.2);
}

TEST(CvssScore, NothingLostIsNoScoreAboveZero) {
  EXPECT_EQ(cvss3_base_score("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"), 0.0);
  EXPECT_EQ(cvss3_base_score("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:N"), 0.0);
}

TEST(CvssScore, OrderAndFurtherMetricsDoNotMatter) {
  EXPECT_EQ(cvss3_base_score("CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N/E:P/RL:O/MAV:P"), 9.8);
}

TEST(CvssScore, OtherVersionsAndParts) {
  for (const char* text : {"",
                           "AV:N/AC:L/Au:N/C:P/I:N/A:N",
                           "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
                           "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H",
                           "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",
                           "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                           "CVSS:3.1/"}) {
    EXPECT_EQ(cvss3_base_score(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace patchbot
