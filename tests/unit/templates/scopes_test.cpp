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
  EXPECT_EQ(scopes.of("live/web.yaml").environment, "production");
  EXPECT_EQ(scopes.of("LiveStack.yaml").environment, "") << "streams are live, too";
  EXPECT_EQ(scopes.of("live/staging/web.yaml").environment, "staging") << "the innermost folder";
  EXPECT_EQ(scopes.of("live/dev/web.yaml").environment, "dev");
  EXPECT_EQ(scopes.of("production/stage-gate.yaml").environment, "production");
  EXPECT_EQ(scopes.of("production/test.yaml").environment, "production") << "a file is no folder";
  EXPECT_EQ(scopes.of("staging/live.yaml").environment, "staging");
  EXPECT_EQ(scopes.of("live/non-prod/web.yaml").environment, "");
  EXPECT_EQ(scopes.of("non-prod/web.yaml").environment, "");
  EXPECT_EQ(scopes.of("canary/web.yaml").environment, "canary");
  EXPECT_EQ(scopes.of("web.yaml").environment, "");
  EXPECT_EQ(scopes.of("product/delivery.yaml").environment, "") << "parts of words say nothing";
  EXPECT_EQ(scopes.of("web-stage-prod.yaml").environment, "") << "two differ";
  EXPECT_EQ(scopes.of("params/eu-west-1/web.json").regions, std::vector<std::string>{"eu-west-1"});
  const TemplateScope production{{}, {}, "", "production", "", {}};
  EXPECT_EQ(scopes.environment_of(production, "Mappings/Images/stage/web"), "staging");
  EXPECT_EQ(scopes.environment_of(production, "Mappings/Images/eu-west-1/web"), "production");
  EXPECT_EQ(scopes.environment_of(production, "Resources/StageGate/Properties/ImageId"),
            "production");
  EXPECT_EQ(scopes.environment_of({}, "Parameters/StagingAmi/Default"), "staging");
  const std::string sam = "/deploy/parameters/parameter_overrides[StagingAmi]/ParameterValue";
  EXPECT_EQ(scopes.environment_of(production, "stg" + sam), "staging");
  EXPECT_EQ(scopes.environment_of(production, "dev" + sam), "dev");
  EXPECT_EQ(scopes.environment_of(production, "default" + sam), "production");
  EXPECT_EQ(scopes.environment_of({}, "web-prod" + sam), "production");
  EXPECT_EQ(scopes.environment_of({}, "default" + sam), "staging");
}

}  // namespace
}  // namespace patchbot
