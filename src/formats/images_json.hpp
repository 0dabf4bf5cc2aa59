// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "model/image.hpp"

namespace patchbot {

/// A recorded catalogue of images (docs/schema/images-1.schema.json), at most 32 MiB. Throws
/// Error(input) that says where what is wrong.
ImageCatalogue parse_images(std::string_view text);

}  // namespace patchbot
