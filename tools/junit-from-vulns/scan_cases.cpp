// SPDX-License-Identifier: Apache-2.0
#include "scan_cases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "case_text.hpp"

namespace patchbot {
namespace {

// Jenkins keeps every case: a fleet that nobody scanned must not fill its disk.
constexpr std::size_t max_cases_of_a_question = 1000;

struct Question {
  std::string_view rule;
  std::string_view answer;  ///< the name of the passing case
};

constexpr std::array<Question, 8> questions{{
    {"incomplete-input", "every input is complete"},
    {"no-host", "the scan found hosts"},
    {"missing-target", "every target was scanned"},
    {"unfinished-host", "the scan of every host was finished"},
    {"unauthenticated-host", "the scanner logged in to every host"},
    {"stale-host", "every host was looked at lately"},
    {"ambiguous-host", "every host is told apart"},
    {"licence-limit", "the scanner's licence left no host out"},
}};

using Problems = std::vector<ScanProblem>;

void add_input_problems(Problems& problems, const Summary& summary, const Inventory& inventory) {
  for (const InputSummary& input : summary.inputs) {
    if (!input.complete) {
      problems.push_back(
          {"incomplete-input", "", input.file + " is complete", input.problem, input.file});
    } else if (input.hosts == 0) {
      problems.push_back({"no-host",
                          "",
                          input.file + " holds hosts",
                          input.file + " holds no host: an empty scan proves nothing; did the scan "
                                       "find its targets?",
                          input.file});
    }
  }
  if (inventory.partial) {
    std::string text =
        fmt::format("the inventory is partial: {}", fmt::join(inventory.problems, "; "));
    problems.push_back({"incomplete-input", "", "the inventory is complete", text, "inventory"});
  }
  const bool said = std::any_of(problems.begin(), problems.end(), [](const ScanProblem& problem) {
    return problem.rule == "no-host";
  });
  if (summary.hosts_scanned == 0 && !said) {
    problems.push_back({"no-host",
                        "",
                        "the scan found hosts",
                        "no report holds a host: an empty scan proves nothing",
                        "scan"});
  }
}

void add_missing(Problems& problems, const Coverage& coverage) {
  for (const Target* target : coverage.missing) {
    const std::string name = display_name(*target);
    problems.push_back({"missing-target",
                        target->team.empty() ? std::string(unowned) : target->team,
                        name + " was scanned",
                        name + " was never scanned: no report holds it; is it running, and does "
                               "the scanner reach it?",
                        name});
  }
}

// An agent that reports no more leaves its last, reassuring words behind.
void add_stale(Problems& problems, const HostRecord& host, const ScanQuestions& asked) {
  if (asked.max_age_days == 0) return;
  const auto oldest = asked.now - std::chrono::days(asked.max_age_days);
  const bool is_future = host.seen_at && *host.seen_at > asked.now + std::chrono::days(1);
  if (host.seen_at && *host.seen_at >= oldest && !is_future) return;
  const std::string day = host.seen_at ? to_rfc3339(*host.seen_at).substr(0, 10) : "";
  const std::string what = is_future      ? "shows a date in the future, " + day
                           : host.seen_at ? "was last looked at on " + day
                                          : "shows no date of its scan";
  problems.push_back(
      {"stale-host",
       std::string(host.team()),
       host.name + " was looked at lately",
       fmt::format("{} {}, and not within {} days (--max-scan-age): what it tells proves nothing "
                   "about today; is its agent running?",
                   host.name,
                   what,
                   asked.max_age_days),
       host.name});
}

void add_host_problems(Problems& problems, const HostRecord& host, const ScanQuestions& asked) {
  const std::string team(host.team());
  if (!host.finished.value_or(true)) {
    problems.push_back({"unfinished-host",
                        team,
                        host.name + " was scanned to the end",
                        "the scan of " + host.name + " began and never ended: aborted?",
                        host.name});
  }
  if (!host.authenticated.value_or(false) && !asked.allow_unauthenticated) {
    const char* why = host.authenticated ? "was scanned without credentials"
                                         : "shows no evidence of a credentialed scan";
    problems.push_back({"unauthenticated-host",
                        team,
                        "the scanner logged in to " + host.name,
                        host.name + " " + why +
                            ": missing patches stay invisible; check the scanner's credentials "
                            "(or pass --allow-unauthenticated)",
                        host.name});
  }
  add_stale(problems, host, asked);
  if (host.ambiguous) {
    problems.push_back({"ambiguous-host",
                        team,
                        host.name + " is told apart",
                        "several machines of the inventory share the address of " + host.name +
                            " and the report does not say which one it is",
                        host.name});
  }
}

TestCase case_of(const ScanProblem& problem) {
  return {.class_name = class_name("scan", problem.team.empty() ? "all" : problem.team),
          .name = problem.name,
          .outcome = TestCase::Outcome::failed,
          .message = "FAIL scan: " + problem.text,
          .text = problem.text,
          .properties = {{"patchbot.rule", problem.rule}}};
}

TestCase case_of_rest(std::string_view rule, std::size_t count) {
  const std::string text = fmt::format("{} more of the same, not listed", count);
  return {.class_name = class_name("scan", "all"),
          .name = fmt::format("further problems [{}]", rule),
          .outcome = TestCase::Outcome::failed,
          .message = "FAIL scan: " + text,
          .text = text,
          .properties = {{"patchbot.rule", std::string(rule)}}};
}

}  // namespace

std::vector<ScanProblem> find_scan_problems(const Summary& summary,
                                            const HostTable& hosts,
                                            const Inventory& inventory,
                                            const Coverage& coverage,
                                            const std::vector<std::string>& licence_limits,
                                            const ScanQuestions& asked) {
  Problems problems;
  add_input_problems(problems, summary, inventory);
  add_missing(problems, coverage);
  for (const HostRecord& host : hosts.all()) {
    add_host_problems(problems, host, asked);
  }
  for (const std::string& limit : licence_limits) {
    problems.push_back({"licence-limit",
                        "",
                        "the scanner's licence left no host out",
                        "the scanner dropped hosts because of its licence: " + limit,
                        limit});
  }
  return problems;
}

std::vector<TestCase> scan_cases(const std::vector<ScanProblem>& problems,
                                 const ScanQuestions& asked) {
  std::vector<TestCase> cases;
  std::map<std::pair<std::string, std::string>, int> taken;
  for (const Question& question : questions) {
    if (question.rule == "stale-host" && asked.max_age_days == 0) continue;  // nobody looked
    std::size_t count = 0;
    for (const ScanProblem& problem : problems) {
      if (problem.rule != question.rule || ++count > max_cases_of_a_question) continue;
      TestCase test = case_of(problem);
      const int nth = ++taken[{test.class_name, test.name}];
      if (nth > 1) test.name += fmt::format(" #{}", nth);
      cases.push_back(std::move(test));
    }
    if (count > max_cases_of_a_question) {
      cases.push_back(case_of_rest(question.rule, count - max_cases_of_a_question));
    }
    if (count == 0) {
      cases.push_back(
          {.class_name = class_name("scan", "all"), .name = std::string(question.answer)});
    }
  }
  return cases;
}

TestCase team_scan_case(const std::string& team,
                        const std::vector<ScanProblem>& problems,
                        std::uint64_t hosts) {
  TestCase test{.class_name = class_name(team, "scan"), .name = "the scan tells everything"};
  constexpr std::uint64_t shown = 20;
  std::uint64_t count = 0;
  for (const ScanProblem& problem : problems) {
    if (!problem.team.empty() && problem.team != team) continue;
    if (++count <= shown) test.text += problem.text + "\n";
  }
  if (count > shown) test.text += fmt::format("and {} more\n", count - shown);
  if (count > 0) {
    test.outcome = TestCase::Outcome::failed;
    test.message = fmt::format("FAIL scan: {} things keep this result from being complete", count);
  } else if (hosts == 0) {
    test.outcome = TestCase::Outcome::skipped;
    test.message = "the reports hold no machine of this team";
  }
  return test;
}

void add_reasons(Summary& summary, const std::vector<ScanProblem>& problems) {
  for (const ScanProblem& problem : problems) {
    const auto known = std::find_if(
        summary.reasons.begin(), summary.reasons.end(), [&problem](const GateReason& reason) {
          return reason.rule == problem.rule;
        });
    if (known != summary.reasons.end()) {
      ++known->count;
    } else {
      summary.reasons.push_back({problem.rule, GateLevel::fail, 1, problem.example});
    }
    for (auto& [name, team] : summary.teams) {
      if (problem.team.empty() || problem.team == name) team.worst = GateLevel::fail;
    }
  }
}

}  // namespace patchbot
