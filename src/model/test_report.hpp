// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace patchbot {

/// One JUnit test case. class name + name is its identity over builds.
struct TestCase {
  enum class Outcome : std::uint8_t { passed, failed, skipped };

  std::string class_name;
  std::string name;
  Outcome outcome = Outcome::passed;
  std::string message;  ///< of the failure, or why it was skipped
  std::string text;     ///< of the failure
  std::vector<std::pair<std::string, std::string>> properties;
};

struct TestCounts {
  std::uint64_t tests = 0;
  std::uint64_t failures = 0;
  std::uint64_t skipped = 0;

  void add(TestCase::Outcome outcome) {
    ++tests;
    if (outcome == TestCase::Outcome::failed) ++failures;
    if (outcome == TestCase::Outcome::skipped) ++skipped;
  }
};

}  // namespace patchbot
