// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "services/nessus/agents.hpp"

namespace patchbot::nessus {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> silent(const std::vector<Agent>& agents,
                                const std::vector<std::string>& hosts) {
  std::vector<std::string> names;
  for (const Agent& agent : silent_agents(agents, hosts)) names.push_back(agent.name);
  return names;
}

Agent named(const std::string& name, const std::string& address = "") {
  Agent agent;
  agent.name = name;
  agent.address = address;
  return agent;
}

TEST(SilentAgents, AreThoseInNoHostOfTheRun) {
  EXPECT_THAT(silent({named("web-1"), named("web-2")}, {"web-1"}), ElementsAre("web-2"));
  EXPECT_THAT(silent({named("web-1"), named("web-2")}, {}), ElementsAre("web-1", "web-2"));
  EXPECT_THAT(silent({}, {"web-1"}), IsEmpty());
}

TEST(SilentAgents, HaveReportedUnderAnyOfTheirNames) {
  EXPECT_THAT(silent({named("WEB-1.acme.internal")}, {"web-1"}), IsEmpty());
  EXPECT_THAT(silent({named("web-1")}, {"web-1.acme.internal"}), IsEmpty());
  EXPECT_THAT(silent({named("web-1", "10.0.0.1")}, {"10.0.0.1"}), IsEmpty());
}

TEST(SilentAgents, AHostIsProofOfOneAgent) {
  EXPECT_THAT(silent({named("web-1.east.acme"), named("web-1.west.acme")}, {"web-1.east.acme"}),
              ElementsAre("web-1.west.acme"));
  EXPECT_THAT(silent({named("web-1.east.acme"), named("web-1.west.acme")}, {"web-1"}),
              ElementsAre("web-1.east.acme", "web-1.west.acme"));
  EXPECT_THAT(silent({named("localhost"), named("localhost")}, {"localhost"}),
              ElementsAre("localhost"));
  EXPECT_THAT(silent({named("a", "10.0.0.1"), named("b", "10.0.0.1")}, {"10.0.0.1"}),
              ElementsAre("a", "b"));
}

TEST(SilentAgents, AnAddressIsNoNameWithLabels) {
  EXPECT_THAT(silent({named("10.0.0.2")}, {"10.0.0.1"}), ElementsAre("10.0.0.2"));
  EXPECT_THAT(silent({named("web-1", "10.0.0.2")}, {"10.9.9.9"}), ElementsAre("web-1"));
}

}  // namespace
}  // namespace patchbot::nessus
