// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "formats/nessus_fields.hpp"

namespace patchbot {

/// Puts each field where the model wants it. Fields that the table does not know are left out:
/// every release of the scanner brings some.
void fill_nessus_fields(Finding& finding,
                        const NessusItem& item,
                        const std::vector<NessusField>& fields);

/// Draws the conclusions that need several fields.
void finish_nessus_fields(Finding& finding);

}  // namespace patchbot
