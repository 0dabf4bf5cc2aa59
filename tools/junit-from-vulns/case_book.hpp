// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "base/spool.hpp"
#include "case_text.hpp"
#include "hosts.hpp"
#include "model/finding.hpp"
#include "model/summary.hpp"
#include "model/test_report.hpp"

namespace patchbot {

/// The test cases of one team. Records of one finding on several machines of an asset are one case;
/// texts wait in a spool, so memory holds only what identifies a case. Above max_cases there is one
/// case per asset instead, and one case that says so.
class CaseBook {
 public:
  /// `class_name` is what the class names of all cases begin with.
  CaseBook(std::string class_name, Spool& spool, std::uint32_t max_cases)
      : class_name_(std::move(class_name)), spool_(spool), max_cases_(max_cases) {}

  /// `render` makes the case's text; it is asked for only when the text is needed.
  void add(const Finding& finding,
           const HostRecord& host,
           std::uint32_t host_index,
           const std::function<TestCase()>& render);

  /// Whether a record changes nothing but counts: then count() does.
  bool only_counts(const std::string& class_name, GateLevel level) const;
  void count(const std::string& class_name, GateLevel level, Severity severity);

  /// Of the cases that for_each visits.
  TestCounts counts() const;

  /// Every case in the order of the reports, each name once per class.
  void for_each(const HostTable& hosts, const std::function<void(const TestCase&)>& visit);

 private:
  enum class Rank : std::uint8_t { passed, waived, warned, failed };

  struct Case {
    Spool::Slice text;
    const std::string* class_name = nullptr;  ///< one of class_names_
    Rank rank = Rank::passed;
    Severity severity = Severity::unknown;
    std::uint64_t records = 0;
    std::vector<std::uint32_t> hosts;
  };

  /// All findings of one asset, once there are too many to list.
  struct Pile {
    SeverityCounts counts;
    std::uint64_t failed = 0;
    std::uint64_t warned = 0;
    std::uint64_t waived = 0;
    Severity worst_severity = Severity::unknown;  ///< of those that fail or warn
    std::vector<std::string> worst;
  };

  static Rank rank_of(const Finding& finding);
  static Rank rank_of(GateLevel level);
  static TestCase::Outcome outcome_of(Rank rank);
  void pile_up(const std::string& class_name,
               Rank rank,
               Severity severity,
               std::uint64_t records,
               const std::string& message);
  void pile_up_all();
  TestCase case_of(const Case& entry, const HostTable& hosts);
  static TestCase case_of(const std::string& class_name, const Pile& pile);
  void for_each_pile(const std::function<void(const TestCase&)>& visit) const;

  std::string class_name_;
  Spool& spool_;
  std::uint32_t max_cases_;
  std::unordered_map<Digest, std::uint32_t> by_id_;
  std::vector<Case> cases_;
  std::set<std::string> class_names_;
  bool piled_ = false;
  std::map<std::string, Pile> piles_;
};

}  // namespace patchbot
