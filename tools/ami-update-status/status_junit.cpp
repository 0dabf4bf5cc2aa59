// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/atomic_file.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/junit_xml.hpp"
#include "status_output.hpp"
#include "status_words.hpp"

namespace patchbot {
namespace {

// Jenkins takes what stands before the last dot for a package.
std::string part(const std::string& text) {
  std::string name = text.empty() ? "unnamed" : clean_line(text);
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

TestCase case_of(const ServiceStatus& service,
                 const std::string& name,
                 const Stage& stage,
                 unsigned max_age) {
  TestCase test;
  test.class_name = "patchbot.status." + part(service.team) + "." + part(service.service);
  test.name = clean_line(name);
  const GateLevel level = level_of(stage, max_age);
  if (level < GateLevel::warn) return test;
  const StatusWord& word = word_of(stage.status);
  test.outcome = TestCase::Outcome::failed;
  test.message = std::string(level == GateLevel::fail ? "FAIL " : "WARN ") +
                 std::string(word.word) + ": " + clean_line(stage.reason);
  test.text =
      std::string(word.meaning) + "\n" + std::string(word.action) + "\n" + clean_line(stage.link);
  if (is_too_old(stage, max_age)) {
    test.message = "FAIL " + too_old_words(stage, max_age);
    test.text.insert(0, test.message + "\n");
  }
  return test;
}

}  // namespace

bool is_too_old(const Stage& stage, unsigned max_age) {
  return max_age > 0 && stage.oldest_days.value_or(0) > static_cast<int>(max_age);
}

GateLevel level_of(const Stage& stage, unsigned max_age) {
  return is_too_old(stage, max_age) ? GateLevel::fail : word_of(stage.status).level;
}

GateLevel worst_level(const PatchStatus& status, unsigned max_age) {
  GateLevel worst = GateLevel::none;
  for (const ServiceStatus& service : status.services) {
    for (const auto& [name, stage] : service.stages)
      worst = std::max(worst, level_of(stage, max_age));
  }
  return worst;
}

void write_junit(const PatchStatus& status, unsigned max_age, const std::string& path) {
  std::vector<TestCase> cases;
  for (const ServiceStatus& service : status.services) {
    for (const auto& [name, stage] : service.stages) {
      cases.push_back(case_of(service, name, stage, max_age));
    }
  }
  TestCase asked;
  asked.class_name = "patchbot.status";
  asked.name = "everything could be asked";
  if (!status.problems.empty()) {
    asked.outcome = TestCase::Outcome::failed;
    asked.message = clean_line(status.problems.front());
    for (const std::string& problem : status.problems) asked.text += clean_line(problem) + "\n";
  }
  cases.push_back(asked);
  TestCounts counts;
  for (const TestCase& test : cases) counts.add(test.outcome);
  AtomicFile file(path);
  JunitWriter writer(file.handle(), "patchbot status", counts);
  for (const TestCase& test : cases) writer.add(test);
  writer.finish();
  file.commit();
}

}  // namespace patchbot
