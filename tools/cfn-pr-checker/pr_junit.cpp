// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "base/atomic_file.hpp"
#include "base/utf8.hpp"
#include "formats/junit_xml.hpp"
#include "pr_output.hpp"
#include "pr_words.hpp"

namespace patchbot {
namespace {

// Jenkins takes what stands before the last dot for a package.
std::string class_of(const ReviewedFile& file) {
  std::string name = file.name.empty() ? "template" : file.name;
  std::replace(name.begin(), name.end(), '.', '_');
  return "patchbot.pull-request." + name;
}

// The same rule in the same file is the same test, whatever it found there.
TestCase case_of(const ReviewedFile& file,
                 std::string_view rule,
                 const std::vector<const RuleHit*>& hits) {
  TestCase test;
  test.class_name = class_of(file);
  test.name = rule;
  GateLevel worst = GateLevel::none;
  for (const RuleHit* const hit : hits) {
    worst = std::max(worst, hit->level);
    test.text += place_of(file, hit->place) + "  " + std::string(to_text(hit->level)) + ": " +
                 clean_line(hit->message) + "\n";
  }
  if (worst < GateLevel::warn) return test;
  test.outcome = TestCase::Outcome::failed;
  test.message = (worst == GateLevel::fail ? "FAIL " : "WARN ") + clean_line(hits.front()->message);
  return test;
}

std::vector<TestCase> cases_of(const PullRequest& request) {
  std::vector<TestCase> cases;
  for (const ReviewedFile& file : request.files) {
    std::map<std::string_view, std::vector<const RuleHit*>> by_rule;
    for (const RuleHit& hit : file.hits) by_rule[hit.id].push_back(&hit);
    // Jenkins wants a case, also where nothing was found.
    TestCase compared;
    compared.class_name = class_of(file);
    compared.name = "compared";
    if (!file.unread) cases.push_back(compared);
    for (const auto& [rule, hits] : by_rule) cases.push_back(case_of(file, rule, hits));
  }
  return cases;
}

}  // namespace

void write_junit(const PullRequest& request, const std::string& path) {
  const std::vector<TestCase> cases = cases_of(request);
  TestCounts counts;
  for (const TestCase& test : cases) counts.add(test.outcome);
  AtomicFile file(path);
  JunitWriter writer(file.handle(), "patchbot pull request", counts);
  for (const TestCase& test : cases) writer.add(test);
  writer.finish();
  file.commit();
}

}  // namespace patchbot
