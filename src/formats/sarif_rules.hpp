// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/json_writer.hpp"
#include "model/finding.hpp"

namespace patchbot {

/// Plain text as SARIF 2.1.0 wants it in messages (3.11.5, 3.11.6): braces doubled, and nothing in
/// it becomes a link.
std::string to_sarif_message(std::string_view text);

/// "error", "warning" or "note".
std::string_view sarif_level(Severity severity);

/// The rules of one SARIF run: one for each source and native id, told by the first finding that
/// names it and as severe as the worst. Memory grows with the number of rules, at most about 8 KB
/// each.
class SarifRules {
 public:
  static constexpr std::size_t max_tags = 20;  ///< GitHub takes no more

  /// The index of the finding's rule, which is new if need be.
  std::size_t index_of(const Finding& finding, const std::string& name);

  std::size_t size() const { return rules_.size(); }
  void append(JsonWriter& json, std::string& out) const;
  void clear();

 private:
  struct Rule {
    std::string head;  ///< its JSON up to what further findings may change
    Severity severity = Severity::unknown;
    double score = 0;  ///< 0: none within the severity's band
  };

  std::unordered_map<std::string, std::size_t> by_name_;
  std::vector<Rule> rules_;
};

}  // namespace patchbot
