// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/condition.hpp"

namespace patchbot {

/// What a policy says about a finding's deadline.
struct SlaVerdict {
  std::optional<Sla> sla;            ///< none: there is no deadline, or it is not known
  Truth overdue = Truth::undecided;  ///< no also where there is no deadline
};

/// The deadline by the first row that holds, in calendar days (UTC): due on the day of the start
/// plus the days, overdue from the next day on. Undecided where a row, or the day when the clock
/// started, is not known. A deadline that the finding brings along stands.
SlaVerdict check_sla(const Policy& policy, const Subject& subject, Time now);

}  // namespace patchbot
