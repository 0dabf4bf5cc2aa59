// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>

#include "rules/gate.hpp"

namespace patchbot {

/// Answers --explain: which rule decided on a finding, and why the others did not.
class Explanation {
 public:
  static constexpr std::size_t max_findings = 20;

  /// `wanted`: a finding's id or the beginning of one, the scanner's own id, or a CVE; empty or
  /// "all": what the gate acts on, or could not decide.
  explicit Explanation(const std::string& wanted);

  void add(const Policy& policy, const Subject& subject, const GateVerdict& verdict);

  /// For people, ending with how many more there are.
  std::string text() const;

 private:
  bool is_wanted(const Finding& finding, const GateVerdict& verdict) const;

  std::string wanted_;
  std::string text_;
  std::unordered_set<Digest> seen_;  ///< on one machine of an asset, it is the same on all
  std::uint64_t told_ = 0;
  std::uint64_t more_ = 0;
};

}  // namespace patchbot
