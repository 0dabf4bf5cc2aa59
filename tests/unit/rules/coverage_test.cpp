// SPDX-License-Identifier: Apache-2.0
#include "rules/coverage.hpp"

#include <gtest/gtest.h>

namespace patchbot {
namespace {

Target machine(const std::string& id, const std::string& address, const std::string& state = {}) {
  Target t;
  t.id = id;
  t.addresses = {address};
  t.state = state;
  return t;
}

std::string told(const Coverage& coverage) {
  std::string text = std::to_string(coverage.expected) + " expected";
  for (const Target* t : coverage.missing) text += ", " + display_name(*t) + " missing";
  for (const Target* t : coverage.gone) text += ", " + display_name(*t) + " gone";
  return text;
}

TEST(Coverage, NamesWhatWasNotReached) {
  const Inventory inventory{
      .targets = {machine("i-1", "10.0.0.1", "running"), machine("i-2", "10.0.0.2", "running")}};

  EXPECT_EQ(told(check_coverage(inventory, {true, false}, nullptr)),
            "2 expected, i-2 10.0.0.2 missing");
}

TEST(Coverage, ExpectsNoMachineThatDoesNotRunAndNoRange) {
  Target range = machine("", "10.0.0.0/24");
  range.is_range = true;
  const Inventory inventory{.targets = {machine("i-1", "10.0.0.1", "stopped"),
                                        range,
                                        machine("i-3", "10.0.0.3", "terminated"),
                                        machine("", "10.0.0.4")}};

  EXPECT_EQ(told(check_coverage(inventory, {false, false, false, false}, nullptr)),
            "1 expected, 10.0.0.4 missing");
}

TEST(Coverage, CallsGoneWhatNoLongerRunsAfterTheScan) {
  const Inventory before{.targets = {machine("i-1", "10.0.0.1", "running"),
                                     machine("i-2", "10.0.0.2", "running"),
                                     machine("i-3", "10.0.0.3", "running")}};
  const Inventory after{.targets = {machine("i-1", "10.0.0.1", "running"),
                                    machine("i-3", "10.0.0.3", "shutting-down")}};

  EXPECT_EQ(told(check_coverage(before, {false, false, false}, &after)),
            "3 expected, i-1 10.0.0.1 missing, i-2 10.0.0.2 gone, i-3 10.0.0.3 gone");
}

TEST(Coverage, DoesNotTakeTheNewOwnerOfAnAddressForTheOldMachine) {
  const Inventory before{.targets = {machine("i-old", "10.0.0.1", "running")}};
  const Inventory after{.targets = {machine("i-new", "10.0.0.1", "running")}};

  EXPECT_EQ(told(check_coverage(before, {false}, &after)), "1 expected, i-old 10.0.0.1 gone");
}

TEST(Coverage, ComparesAddressesOfPlainListsInAnySpelling) {
  const Inventory before{.targets = {machine("", "2001:DB8:0::5")}};
  const Inventory after{.targets = {machine("", "2001:db8::5")}};

  EXPECT_EQ(told(check_coverage(before, {false}, &after)), "1 expected, 2001:DB8:0::5 missing");
}

TEST(Coverage, OfNothingIsNothing) {
  EXPECT_EQ(told(check_coverage({}, {}, nullptr)), "0 expected");
}

}  // namespace
}  // namespace patchbot
