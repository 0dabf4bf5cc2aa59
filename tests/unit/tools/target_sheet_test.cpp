// SPDX-License-Identifier: Apache-2.0
#include "target_sheet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "formats/inventory_csv.hpp"
#include "formats/inventory_json.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Machine {
  std::string id;
  std::string address = "10.0.0.1";
  std::string account = "1";
  std::string region = "eu-west-1";
  std::string vpc = "vpc-1";
  std::string state = "running";
  std::string team = "web";
  std::string environment = {};
};

Target target(const Machine& machine) {
  Target t;
  t.id = machine.id;
  if (!machine.address.empty()) t.addresses = {machine.address};
  t.account = machine.account;
  t.region = machine.region;
  t.vpc = machine.vpc;
  t.state = machine.state;
  t.team = machine.team;
  t.environment = machine.environment;
  return t;
}

class TargetSheetTest : public testing::Test {
 protected:
  TargetSheet& sheet() {
    if (!sheet_) sheet_ = std::make_unique<TargetSheet>(flags, config);
    return *sheet_;
  }

  void add(const std::vector<Machine>& machines) {
    std::vector<Target> targets;
    for (const Machine& machine : machines) targets.push_back(target(machine));
    sheet().add(std::move(targets));
  }

  std::string written() {
    std::string text;
    const InventoryHead head{parse_rfc3339("2026-01-02T03:04:05Z"), "ec2", false, {}};
    sheet().write(head, [&text](std::string_view piece) { text += piece; });
    return text;
  }

  std::vector<std::string> ids() {
    std::vector<std::string> all;
    for (const Target& t : parse_inventory(written()).targets) all.push_back(t.id);
    return all;
  }

  Ec2Targets flags;
  Config config;

 private:
  std::unique_ptr<TargetSheet> sheet_;
};

// ---- what is listed

TEST_F(TargetSheetTest, ListsRunningMachinesOnly) {
  add({{.id = "i-1"},
       {.id = "i-2", .state = "stopped"},
       {.id = "i-3", .state = "terminated"},
       {.id = "i-4", .state = ""}});

  EXPECT_THAT(ids(), ElementsAre("i-1", "i-4")) << "who does not tell the state may be running";
  EXPECT_THAT(sheet().states(), ElementsAre("running"));
  EXPECT_EQ(sheet().counts().machines, 2U);
}

TEST_F(TargetSheetTest, ListsTheStatesThatTheFlagNames) {
  flags.state = " Running, stopped ";
  add({{.id = "i-1"}, {.id = "i-2", .state = "stopped"}, {.id = "i-3", .state = "pending"}});

  EXPECT_THAT(ids(), ElementsAre("i-1", "i-2"));
}

TEST_F(TargetSheetTest, ListsAnyStateIfAsked) {
  flags.state = "any";
  add({{.id = "i-1"}, {.id = "i-2", .state = "terminated"}});

  EXPECT_THAT(ids(), ElementsAre("i-1", "i-2"));
  EXPECT_THAT(sheet().states(), IsEmpty());
}

TEST_F(TargetSheetTest, RefusesAStateThatIsNone) {
  const auto fault = [this](const std::string& state) {
    flags.state = state;
    return fault_of([this] { const TargetSheet made(flags, config); });
  };

  EXPECT_EQ(fault("runing"),
            "usage: --state: 'runing' is no state of an instance; did you mean running?");
  EXPECT_EQ(fault("running,"),
            "usage: --state: '' is no state of an instance; expected pending, running, stopping, "
            "stopped, shutting-down, terminated or any");
}

TEST_F(TargetSheetTest, ListsOneTeamOrEnvironment) {
  const std::vector<Machine> machines{{.id = "i-1", .team = "Web", .environment = "prod"},
                                      {.id = "i-2", .team = "search", .environment = "production"},
                                      {.id = "i-3", .team = "web", .environment = "stg"}};
  flags.team = "web";
  add(machines);
  EXPECT_THAT(ids(), ElementsAre("i-1", "i-3"));

  flags.team.clear();
  flags.environment = "Production";
  TargetSheet other(flags, config);
  for (const Machine& machine : machines) other.add({target(machine)});
  EXPECT_EQ(other.counts().machines, 2U);
}

TEST_F(TargetSheetTest, GivesMachinesTheirOwners) {
  Target tagged = target({.id = "i-1", .team = ""});
  tagged.tags = {{"env", "prd"}, {"team", "checkout"}};
  sheet().add({tagged, target({.id = "i-2", .team = ""})});

  const auto targets = parse_inventory(written()).targets;

  EXPECT_EQ(targets.at(0).team, "checkout");
  EXPECT_EQ(targets.at(0).environment, "production");
  EXPECT_EQ(targets.at(1).team, "unowned");
}

// ---- in which order

const std::vector<Machine> scattered{
    {.id = "i-2", .account = "2"},
    {.id = "i-3", .vpc = "vpc-2"},
    {.id = "i-9", .region = "eu-central-1"},
    {.id = "i-1", .account = "1"},
    {.id = "i-1", .account = "2"},
    {.id = "", .address = "10.0.0.9", .account = "", .region = "", .vpc = ""},
    {.id = "", .address = "10.0.0.8", .account = "", .region = "", .vpc = ""}};

TEST_F(TargetSheetTest, SortsByAccountRegionVpcAndId) {
  add(scattered);

  std::vector<std::string> order;
  for (const Target& t : parse_inventory(written()).targets) {
    order.push_back(t.account + "/" + t.region + "/" + t.vpc + "/" + t.id + t.addresses.at(0));
  }
  EXPECT_THAT(order,
              ElementsAre("///10.0.0.8",
                          "///10.0.0.9",
                          "1/eu-central-1/vpc-1/i-910.0.0.1",
                          "1/eu-west-1/vpc-1/i-110.0.0.1",
                          "1/eu-west-1/vpc-2/i-310.0.0.1",
                          "2/eu-west-1/vpc-1/i-110.0.0.1",
                          "2/eu-west-1/vpc-1/i-210.0.0.1"));
}

// Threads finish in any order; neither the list nor what is said of it may depend on it.
TEST_F(TargetSheetTest, DoesNotDependOnWhoComesFirst) {
  std::vector<Machine> machines;
  for (int i = 0; i < 9; ++i) {
    machines.push_back(
        {.id = "i-" + std::to_string(i), .vpc = "vpc-" + std::to_string(i % 2), .team = ""});
  }
  const auto told = [&] {
    TargetSheet made(flags, config);
    for (const Machine& machine : machines) {
      Target t = target(machine);
      t.coverage = {"not-covered", "not-managed"};
      made.add({t});
    }
    std::string text;
    made.write({}, [&text](std::string_view piece) { text += piece; });
    for (const std::string& line : made.shared_addresses()) text += line + "\n";
    for (const std::string& name : made.counts().unowned_names) text += name + "\n";
    for (const std::string& name : made.counts().unseen_names) text += name + "\n";
    return text;
  };

  const std::string forward = told();
  std::reverse(machines.begin(), machines.end());

  EXPECT_EQ(told(), forward);
}

TEST_F(TargetSheetTest, TakesMachinesFromManyThreads) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([this, thread, &shared = sheet()] {
      for (int i = 0; i < 100; ++i) {
        shared.add({target({.id = "i-" + std::to_string(1000 * (thread + 1) + i)})});
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  const auto all = ids();

  EXPECT_EQ(all.size(), 400U);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
}

// ---- forms

TEST_F(TargetSheetTest, WritesACompleteDocumentOfNothing) {
  EXPECT_THAT(parse_inventory(written()).targets, IsEmpty());
}

TEST_F(TargetSheetTest, WritesATable) {
  flags.format = "csv";
  add({{.id = "i-2"}, {.id = "i-1"}});

  EXPECT_EQ(written(),
            std::string(inventory_csv_header) +
                "i-1,1,eu-west-1,vpc-1,10.0.0.1,,,,,running,,,web,,,,,,,\n"
                "i-2,1,eu-west-1,vpc-1,10.0.0.1,,,,,running,,,web,,,,,,,\n");
}

TEST_F(TargetSheetTest, WritesEveryAddressOfEveryInterfaceOnceAndSorted) {
  flags.format = "ips";
  Target many = target({.id = "i-1", .address = "10.0.0.10"});
  many.addresses.insert(many.addresses.end(), {"10.0.0.9", "2001:db8::1", "10.0.0.9"});
  many.public_addresses = {"52.0.0.1"};
  Target outside = target({.id = "i-2", .address = ""});
  outside.public_addresses = {"52.0.0.2"};
  sheet().add({many,
               outside,
               target({.id = "i-3", .address = "10.0.0.9", .vpc = "vpc-2"}),
               target({.id = "i-4", .address = "web.example"}),
               target({.id = "i-5", .address = "10.1.0.0/24"}),
               target({.id = "i-6", .address = "2001:DB8:0::1", .state = "stopped"})});

  EXPECT_EQ(written(), "10.0.0.9\n10.0.0.10\n52.0.0.2\n2001:db8::1\n10.1.0.0/24\nweb.example\n")
      << "public addresses only where there is no other";
}

// ---- addresses that several machines have

TEST_F(TargetSheetTest, NamesAddressesThatSeveralMachinesHave) {
  add({{.id = "i-2", .vpc = "vpc-2"}, {.id = "i-1"}, {.id = "i-3", .address = "10.0.0.2"}});

  EXPECT_THAT(sheet().shared_addresses(), ElementsAre("10.0.0.1 is i-1 in vpc-1 and i-2 in vpc-2"));
}

TEST_F(TargetSheetTest, NamesSharedAddressesWhateverTheFormat) {
  for (const char* format : {"json", "csv", "ips"}) {
    flags.format = format;
    TargetSheet made(flags, config);
    made.add({target({.id = "i-1"}), target({.id = "i-2", .vpc = "vpc-2"})});
    made.write({}, [](std::string_view) {});
    EXPECT_EQ(made.shared_addresses().size(), 1U) << format;
  }
}

TEST_F(TargetSheetTest, DoesNotTakeOneMachineForTwo) {
  Target twice = target({.id = "i-1"});
  twice.addresses = {"10.0.0.1", "10.0.0.1"};
  sheet().add({twice});

  EXPECT_THAT(sheet().shared_addresses(), IsEmpty());
}

// EC2 may show a machine on two pages when others come and go between them.
TEST_F(TargetSheetTest, ListsAMachineOnceThatWasSeenTwice) {
  add({{.id = "i-1"}, {.id = "i-2"}});
  add({{.id = "i-2"}, {.id = "i-1", .account = "2"}});
  add({{.id = "", .address = "10.0.0.7"}, {.id = "", .address = "10.0.0.7"}});

  EXPECT_THAT(ids(), ElementsAre("", "", "i-1", "i-2", "i-1"));
  EXPECT_EQ(sheet().counts().machines, 5U);
}

// ---- counts

TEST_F(TargetSheetTest, Counts) {
  Target open = target({.id = "i-1", .team = "web"});
  open.exposed = true;
  open.coverage = {"active", "online"};
  Target closed = target({.id = "i-2", .team = "web"});
  closed.exposed = false;
  closed.coverage = {"unmanaged-ec2-instance", "not-managed"};
  closed.name = "db";
  Target unknown = target({.id = "i-3", .team = ""});
  unknown.coverage = {"", "not-managed"};
  Target half = target({.id = "i-4", .team = "search"});
  half.coverage = {"disabled", "online"};
  sheet().add({open, closed, unknown, half});

  const SheetCounts& counts = sheet().counts();

  EXPECT_EQ(counts.machines, 4U);
  EXPECT_EQ(counts.exposed, 3U) << "what is not known to be closed counts";
  EXPECT_EQ(counts.coverage_known, 3U);
  EXPECT_EQ(counts.teams.at("web").machines, 2U);
  EXPECT_EQ(counts.teams.at("web").unseen, 1U);
  EXPECT_EQ(counts.teams.at("search").unseen, 0U);
  EXPECT_EQ(counts.teams.at("unowned").machines, 1U);
  EXPECT_EQ(counts.teams.at("unowned").unseen, 0U) << "nobody asked Inspector";
  EXPECT_THAT(counts.unowned_names, ElementsAre("i-3 10.0.0.1"));
  EXPECT_THAT(counts.unseen_names, ElementsAre("i-2 db 10.0.0.1"));
}

}  // namespace
}  // namespace patchbot
