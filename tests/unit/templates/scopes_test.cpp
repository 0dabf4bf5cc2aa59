// SPDX-License-Identifier: Apache-2.0
#include "templates/scopes.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

TEST(Scopes, TheFirstEntryThatSaysAThingDecidesIt) {
  Config config;
  config.pull_requests.templates = {
      {{}, {"*/staging/*"}, "", "stg", "444455556666", {}},
      {{"acme/*"}, {}, "web", "production", "111122223333", {"eu-west-1"}},
      {{"other/*"}, {}, "other", "", "", {}}};
  const TemplateScope staging = Scopes(config, "acme/web").of("cfn/staging/web.yaml");
  EXPECT_EQ(staging.service, "web");
  EXPECT_EQ(staging.environment, "staging");
  EXPECT_EQ(staging.account, "444455556666");
  EXPECT_EQ(staging.regions, std::vector<std::string>{"eu-west-1"});
  EXPECT_EQ(Scopes(config, "").of("cfn/web.yaml"), TemplateScope());
}

TEST(Scopes, AnEnvironmentIsReadFromNames) {
  Config config;
  config.environments["canary"] = "canary";
  const Scopes scopes(config, "");
  EXPECT_EQ(scopes.of("params/web-prod.json").environment, "production");
  EXPECT_EQ(scopes.of("LiveStack.yaml").environment, "production");
  EXPECT_EQ(scopes.of("canary/web.yaml").environment, "canary");
  EXPECT_EQ(scopes.of("web.yaml").environment, "");
  EXPECT_EQ(scopes.of("product/delivery.yaml").environment, "") << "parts of words say nothing";
  EXPECT_EQ(scopes.of("live-stream/staging.yaml").environment, "") << "two differ";
  const TemplateScope production{{}, {}, "", "production", "", {}};
  EXPECT_EQ(scopes.environment_of(production, "Mappings/Images/stage/web"), "staging");
  EXPECT_EQ(scopes.environment_of(production, "Mappings/Images/eu-west-1/web"), "production");
}

}  // namespace
}  // namespace patchbot
