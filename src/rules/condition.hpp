// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"
#include "model/policy.hpp"
#include "rules/enrichment.hpp"

namespace patchbot {

/// What a condition may turn out to be. What cannot be known is never taken for false.
enum class Truth : std::uint8_t { no, undecided, yes };
std::string_view to_text(Truth truth);

/// A finding, and what is known beyond it.
struct Subject {
  const Finding& finding;
  bool exposed = true;      ///< unknown counts as exposed
  bool kev_known = false;   ///< the catalogue was asked: what it does not list is not listed
  bool ssvc_known = false;  ///< likewise; CISA's defaults stand for what it does not list
  FeedGaps gaps;            ///< what the feeds know of some of its CVEs only
  Truth overdue = Truth::undecided;
};

/// Whether all of a condition holds: no if any part does not, undecided if any part is.
Truth check_condition(const Condition& condition, const Subject& subject);

/// One part of a condition, for people.
struct ConditionPart {
  std::string_view name;  ///< as in patchbot.yaml
  Truth truth;
};

/// Every part that the condition has.
std::vector<ConditionPart> condition_parts(const Condition& condition, const Subject& subject);

/// Whether nothing but the severity matters.
bool is_severity_only(const Condition& condition);

}  // namespace patchbot
