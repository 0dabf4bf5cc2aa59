// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "services/aws/endpoints.hpp"
#include "support.hpp"

namespace patchbot::aws {
namespace {

std::string fault(const std::string& url) {
  return test::fault_of([&] {
    const Endpoints endpoints(
        [&](const std::string& name) { return name == "AWS_ENDPOINT_URL" ? url : std::string(); });
  });
}

// Recordings keep the addresses that were asked, and messages quote them.
TEST(EndpointSecrets, HaveNoPlaceInAnEndpoint) {
  const std::string expected =
      "usage: AWS_ENDPOINT_URL: expected https://host[:port][/path], without user, query or "
      "fragment";
  EXPECT_EQ(fault("https://me:S3CR3T@host"), expected);
  EXPECT_EQ(fault("https://host/?token=S3CR3T"), expected);
  EXPECT_EQ(fault("https://host#x"), expected);
  EXPECT_EQ(fault("https://ho st"), expected);
  EXPECT_EQ(fault("https://host\\@other"), expected);
  EXPECT_EQ(fault("ftp://me:S3CR3T@host"), "usage: AWS_ENDPOINT_URL: is no http or https URL");
  EXPECT_EQ(fault("http://[::1]:4566/path/"), "nothing");
}

}  // namespace
}  // namespace patchbot::aws
