// SPDX-License-Identifier: Apache-2.0
#include "agents.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "services/aws_fixture.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

/// The services of one region as a small table, and questions that may fail.
class AgentsTest : public aws::AwsTest {
 protected:
  AgentsTest() {
    transport.handler = [this](const HttpRequest& request) {
      const std::string call = request.label.substr(0, request.label.find(" in "));
      if (broken.contains(call)) return test::replied(403, "");
      if (call == "ssm DescribeInstanceInformation") {
        json list = json::array();
        for (const auto& [id, ping] : pings) {
          list.push_back({{"InstanceId", id}, {"PingStatus", ping}});
        }
        return test::replied(200, json{{"InstanceInformationList", list}}.dump());
      }
      if (call == "inspector2 BatchGetAccountStatus") {
        return test::replied(
            200, R"({"accounts":[{"resourceState":{"ec2":{"status":")" + inspector + "\"}}}]}");
      }
      if (call == "inspector2 ListCoverage") {
        return test::replied(200, json{{"coveredResources", covered}}.dump());
      }
      json findings = json::array();
      for (const std::string& id : reachable) {
        findings.push_back({{"resources", json::array({{{"id", id}}})}});
      }
      return test::replied(200, json{{"findings", findings}}.dump());
    };
  }

  void cover(const std::string& id,
             const std::string& type,
             const std::string& code,
             const std::string& reason = "") {
    covered.push_back({{"resourceId", id},
                       {"scanType", type},
                       {"scanStatus", {{"statusCode", code}, {"reason", reason}}}});
  }

  Target noted(bool exposed = false) {
    aws::Client asking = client();
    Agents agents;
    agents.ask(asking, [this](const std::function<void()>& question) {
      try {
        question();
      } catch (const Error&) {
        ++failures;
      }
    });
    Target target;
    target.id = "i-1";
    if (exposed) target.exposed = true;
    agents.note(target);
    return target;
  }

  std::string words() {
    const Target target = noted();
    return target.coverage.inspector + "|" + target.coverage.ssm;
  }

  std::string exposure(bool exposed = false) {
    const auto answer = noted(exposed).exposed;
    return answer ? (*answer ? "exposed" : "closed") : "unknown";
  }

  std::string inspector = "ENABLED";
  std::map<std::string, std::string> pings;
  json covered = json::array();
  std::vector<std::string> reachable;
  std::set<std::string> broken;
  int failures = 0;
};

TEST_F(AgentsTest, SayNothingBeforeTheyAreAsked) {
  Target target;
  Agents().note(target);

  EXPECT_EQ(target, Target());
}

TEST_F(AgentsTest, TranslateWhatSsmSays) {
  EXPECT_EQ(words(), "not-covered|not-managed");
  for (const auto& [said, word] :
       std::map<std::string, std::string>{{"Online", "online"},
                                          {"ConnectionLost", "connection-lost"},
                                          {"Connection Lost", "connection-lost"},
                                          {"Inactive", "inactive"}}) {
    pings["i-1"] = said;
    EXPECT_EQ(words(), "not-covered|" + word);
  }
}

TEST_F(AgentsTest, TranslateWhatInspectorSays) {
  cover("i-2", "PACKAGE", "ACTIVE");
  EXPECT_EQ(words(), "not-covered|not-managed");
  cover("i-1", "NETWORK", "ACTIVE");
  EXPECT_EQ(words(), "not-covered|not-managed") << "the packages count";
  cover("i-1", "PACKAGE", "INACTIVE", "UNMANAGED_EC2_INSTANCE");
  EXPECT_EQ(words(), "unmanaged-ec2-instance|not-managed");
  cover("i-1", "PACKAGE", "INACTIVE");
  EXPECT_EQ(words(), "inactive|not-managed");
  cover("i-1", "PACKAGE", "ACTIVE", "SUCCESSFUL");
  EXPECT_EQ(words(), "active|not-managed");
}

TEST_F(AgentsTest, SayThatInspectorIsOff) {
  inspector = "DISABLED";

  EXPECT_EQ(words(), "disabled|not-managed");
  EXPECT_EQ(transport.requests.size(), 2U) << "nobody asks it for more";
  EXPECT_EQ(exposure(), "unknown");
}

TEST_F(AgentsTest, KnowNothingOfWhomTheyCouldNotAsk) {
  broken = {"ssm DescribeInstanceInformation"};
  EXPECT_EQ(words(), "not-covered|");
  broken = {"inspector2 ListCoverage"};
  EXPECT_EQ(words(), "|not-managed");
  broken = {"inspector2 BatchGetAccountStatus"};
  EXPECT_EQ(words(), "|not-managed");
  EXPECT_EQ(failures, 3);
}

TEST_F(AgentsTest, CallClosedOnlyWhatInspectorLooksAt) {
  EXPECT_EQ(exposure(), "unknown");
  cover("i-1", "PACKAGE", "ACTIVE");
  EXPECT_EQ(exposure(), "unknown");
  cover("i-1", "NETWORK", "INACTIVE", "EC2_INSTANCE_STOPPED");
  EXPECT_EQ(exposure(), "unknown");
  covered.clear();
  cover("i-1", "NETWORK", "ACTIVE");
  EXPECT_EQ(exposure(), "closed");
}

TEST_F(AgentsTest, CallExposedWhatTheInternetReaches) {
  cover("i-1", "NETWORK", "ACTIVE");
  EXPECT_EQ(exposure(true), "exposed") << "a public address";
  reachable = {"i-2"};
  EXPECT_EQ(exposure(), "closed");
  reachable = {"i-2", "i-1"};
  EXPECT_EQ(exposure(), "exposed");
  covered.clear();
  EXPECT_EQ(exposure(), "exposed");
}

TEST_F(AgentsTest, CallNothingClosedWhereFindingsAreUnknown) {
  cover("i-1", "NETWORK", "ACTIVE");
  broken = {"inspector2 ListFindings"};
  EXPECT_EQ(exposure(), "unknown");
  EXPECT_EQ(exposure(true), "exposed");
  reachable = {"i-1"};
  broken = {"inspector2 ListCoverage"};
  EXPECT_EQ(exposure(), "exposed");
  reachable.clear();
  EXPECT_EQ(exposure(), "unknown");
}

}  // namespace
}  // namespace patchbot
