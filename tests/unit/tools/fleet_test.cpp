// SPDX-License-Identifier: Apache-2.0
#include "fleet.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "base/error.hpp"
#include "formats/inventory_json.hpp"
#include "services/aws_fixture.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// Credentials that a role does not give.
class Denied : public aws::CredentialSource {
 public:
  aws::Credentials get() override {
    throw Error(Blame::remote, "sts AssumeRole: AccessDenied: not you");
  }
};

/// An AWS of machines by account and region, two a page, in which some calls fail.
class FleetTest : public aws::AwsTest {
 protected:
  FleetTest() {
    transport.handler = [this](const HttpRequest& request) { return handle(request); };
    flags.parallel = 4;
  }

  HttpResponse handle(const HttpRequest& request) {
    const std::string place = request.scope + request.label.substr(request.label.find(" in ") + 3);
    const std::string call = request.label.substr(0, request.label.find(" in "));
    const bool next = request.body.find("NextToken=next") != std::string::npos;
    if (broken.contains(call + (next ? " 2" : "") + " " + place)) return denied;
    if (call == "ec2 DescribeRegions") return test::replied(200, regions(request.scope));
    if (call == "ec2 DescribeInstances") return test::replied(200, page(machines[place], next));
    if (call == "ec2 DescribeImages") return test::replied(200, images(request.body));
    if (call == "inspector2 BatchGetAccountStatus") {
      return test::replied(200,
                           R"({"accounts":[{"resourceState":{"ec2":{"status":"DISABLED"}}}]})");
    }
    return test::replied(200, R"({"InstanceInformationList":[]})");
  }

  std::string regions(const std::string& account) {
    std::string body = "<DescribeRegionsResponse><regionInfo>";
    for (const auto& [place, ignored] : machines) {
      if (!place.starts_with(account)) continue;
      body += "<item><regionName>" + place.substr(account.size() + 1) + "</regionName></item>";
    }
    return body + "</regionInfo></DescribeRegionsResponse>";
  }

  static std::string page(const std::vector<std::string>& ids, bool next) {
    std::string body = "<DescribeInstancesResponse><reservationSet><item><instancesSet>";
    for (std::size_t i = next ? 2 : 0; i < std::min<std::size_t>(ids.size(), next ? 4 : 2); ++i) {
      body += "<item><instanceId>" + ids[i] + "</instanceId><imageId>ami-" + ids[i] +
              "</imageId></item>";
    }
    body += "</instancesSet></item></reservationSet>";
    if (!next && ids.size() > 2) body += "<nextToken>next</nextToken>";
    return body + "</DescribeInstancesResponse>";
  }

  static std::string images(const std::string& question) {
    std::string body = "<DescribeImagesResponse><imagesSet>";
    for (auto at = question.find("=ami-"); at != std::string::npos;
         at = question.find("=ami-", at + 1)) {
      const std::string id = question.substr(at + 1, question.find('&', at) - at - 1);
      if (id == "ami-gone") continue;
      body += "<item><imageId>" + id + "</imageId><name>name-of-" + id + "</name></item>";
    }
    return body + "</imagesSet></DescribeImagesResponse>";
  }

  void read(const std::vector<aws::Access>& accounts) {
    self.region = "eu-west-1";
    walk = std::make_unique<aws::RegionWalk>(session(), self, flags.parallel, log);
    sheet = std::make_unique<TargetSheet>(flags, config);
    walk->each(accounts, [&](const aws::Unit& unit, aws::Client& client) {
      read_machines(flags, *walk, unit, client, *sheet);
    });
  }

  aws::Access account(const std::string& id, std::vector<std::string> in = {}) {
    return {id, "name-" + id, credentials, "", std::move(in)};
  }

  std::vector<Target> targets() {
    std::string text;
    sheet->write({}, [&text](std::string_view piece) { text += piece; });
    return parse_inventory(text).targets;
  }

  std::vector<std::string> listed() {
    std::vector<std::string> all;
    for (const Target& t : targets()) all.push_back(t.account + " " + t.region + " " + t.id);
    return all;
  }

  std::size_t calls(const std::string& label) const {
    std::size_t count = 0;
    for (const HttpRequest& request : transport.requests) {
      if (request.label.starts_with(label)) ++count;
    }
    return count;
  }

  const HttpResponse denied = test::replied(
      403,
      "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error>"
      "</Errors></Response>");
  std::map<std::string, std::vector<std::string>> machines{{"1 eu-west-1", {"i-1", "i-2", "i-3"}},
                                                           {"1 us-east-1", {"i-4"}},
                                                           {"2 eu-west-1", {"i-5", "i-6", "i-7"}},
                                                           {"2 us-east-1", {}}};
  std::set<std::string> broken;

  Ec2Targets flags;
  Config config;
  std::ostringstream err;
  Log log{err};
  aws::Self self;
  std::unique_ptr<TargetSheet> sheet;
  std::unique_ptr<aws::RegionWalk> walk;
};

TEST_F(FleetTest, IsReadInAllItsAccountsAndRegions) {
  read({account("1"), account("2")});

  EXPECT_THAT(walk->problems(), IsEmpty());
  EXPECT_EQ(walk->units().size(), 4U);
  EXPECT_THAT(listed(),
              ElementsAre("1 eu-west-1 i-1",
                          "1 eu-west-1 i-2",
                          "1 eu-west-1 i-3",
                          "1 us-east-1 i-4",
                          "2 eu-west-1 i-5",
                          "2 eu-west-1 i-6",
                          "2 eu-west-1 i-7"));
  EXPECT_EQ(targets().at(2).ami_name, "name-of-ami-i-3");
  EXPECT_EQ(targets().at(0).coverage, AgentCoverage()) << "nobody asked for it";
  EXPECT_EQ(err.str(), "") << "no progress where there is no terminal";
}

TEST_F(FleetTest, IsReadOnlyInTheRegionsThatAnAccountNames) {
  read({account("1", {"us-east-1"})});

  EXPECT_THAT(listed(), ElementsAre("1 us-east-1 i-4"));
  EXPECT_EQ(calls("ec2 DescribeRegions"), 0U);
}

TEST_F(FleetTest, AsksForEachImageOnce) {
  machines = {{"1 eu-west-1", {"i-1", "gone", "gone", "i-1"}}};

  read({account("1")});

  EXPECT_EQ(calls("ec2 DescribeImages"), 1U) << "also for one that is gone";
  EXPECT_EQ(targets().at(0).ami_name, "");
  EXPECT_EQ(targets().at(1).ami_name, "name-of-ami-i-1");
}

TEST_F(FleetTest, ReadsTheRestWhereAnAccountLetsNobodyIn) {
  aws::Access closed = account("1");
  closed.credentials = std::make_shared<Denied>();
  aws::Access nameless = account("3", {"eu-west-1", "us-east-1"});
  nameless.name.clear();
  nameless.credentials = std::make_shared<Denied>();

  read({closed, account("2"), nameless});

  EXPECT_THAT(walk->problems(),
              ElementsAre("name-1: sts AssumeRole: AccessDenied: not you",
                          "sts AssumeRole: AccessDenied: not you"))
      << "one problem an account, not one a region";
  EXPECT_EQ(listed().size(), 3U);
}

TEST_F(FleetTest, KeepsTheMachinesBeforeAPageThatFails) {
  broken = {"ec2 DescribeInstances 2 2 eu-west-1"};

  read({account("1"), account("2")});

  EXPECT_THAT(walk->problems(),
              ElementsAre(StartsWith("name-2: ec2 DescribeInstances in eu-west-1 of account 2: "
                                     "UnauthorizedOperation: no (HTTP 403)")));
  EXPECT_THAT(listed(),
              ElementsAre("1 eu-west-1 i-1",
                          "1 eu-west-1 i-2",
                          "1 eu-west-1 i-3",
                          "1 us-east-1 i-4",
                          "2 eu-west-1 i-5",
                          "2 eu-west-1 i-6"));
}

TEST_F(FleetTest, ListsMachinesWhoseImagesHaveNoNames) {
  broken = {"ec2 DescribeImages 1 eu-west-1"};

  read({account("1")});

  EXPECT_THAT(walk->problems(),
              ElementsAre(StartsWith("name-1: ec2 DescribeImages in eu-west-1 of account 1: ")));
  EXPECT_EQ(listed().size(), 4U);
  EXPECT_EQ(targets().at(0).ami_name, "");
  EXPECT_EQ(targets().at(3).ami_name, "name-of-ami-i-4");
}

TEST_F(FleetTest, DoesNotAskAgainForAnImageWhoseNameItWasRefused) {
  machines = {{"1 eu-west-1", {"i-1", "i-2", "i-1"}}};
  broken = {"ec2 DescribeImages 1 eu-west-1"};

  read({account("1")});

  EXPECT_EQ(calls("ec2 DescribeImages"), 1U);
}

TEST_F(FleetTest, SaysWhereTheRegionsCannotBeTold) {
  broken = {"ec2 DescribeRegions 1 eu-west-1"};

  read({account("1"), account("2")});

  EXPECT_THAT(walk->problems(),
              ElementsAre(StartsWith("name-1: ec2 DescribeRegions in eu-west-1 of account 1: ")));
  EXPECT_EQ(listed().size(), 3U);
}

TEST_F(FleetTest, ListsMachinesWhoseAgentsCannotBeAsked) {
  flags.with_coverage = true;
  broken = {"ssm DescribeInstanceInformation 1 eu-west-1"};

  read({account("1", {"eu-west-1"}), account("2", {"eu-west-1"})});

  EXPECT_THAT(
      walk->problems(),
      ElementsAre(HasSubstr("ssm DescribeInstanceInformation in eu-west-1 of account 1: ")));
  EXPECT_EQ(targets().at(0).coverage, (AgentCoverage{"disabled", ""}));
  EXPECT_EQ(targets().at(3).coverage, (AgentCoverage{"disabled", "not-managed"}));
}

TEST_F(FleetTest, SortsProblemsAndTellsEachOnce) {
  for (const char* place : {"2 us-east-1", "2 eu-west-1", "1 us-east-1", "1 eu-west-1"}) {
    broken.insert("ec2 DescribeInstances " + std::string(place));
  }

  read({account("2"), account("1"), account("1")});

  const auto problems = walk->problems();
  ASSERT_EQ(problems.size(), 4U);
  EXPECT_TRUE(std::is_sorted(problems.begin(), problems.end()));
  EXPECT_THAT(listed(), IsEmpty());
}

TEST_F(FleetTest, ShowsHowFarItIs) {
  log.set_terminal(true);
  flags.parallel = 1;

  read({account("1", {"us-east-1"}), account("2", {"us-east-1"})});

  EXPECT_EQ(err.str(),
            "1 of 2 accounts read\r\x1B[K2 of 2 accounts read\r\x1B[K1 of 2 regions read\r\x1B[K"
            "2 of 2 regions read");
}

}  // namespace
}  // namespace patchbot
