// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/image.hpp"

namespace patchbot {

/// The catalogue as parse_images reads it. Whoever builds it has cleaned its texts and settled its
/// listings.
std::string to_json(const ImageCatalogue& catalogue);

}  // namespace patchbot
