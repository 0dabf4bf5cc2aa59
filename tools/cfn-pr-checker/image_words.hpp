// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "templates/pull_request.hpp"

namespace patchbot {

/// What is known of an image besides its id, " (web-2026-11-15, 11 days)"; empty if nothing is.
std::string image_note(const std::optional<Image>& image, Time as_of);

/// A line that says of when a recorded catalogue is; empty without one.
std::string images_note(const ImageOrigin& origin);

/// The value before and after, with what is known of the images that stand there: "new" and "gone"
/// where there is none.
std::string old_value(const AmiChange& change, Time as_of);
std::string new_value(const AmiChange& change, Time as_of);

/// Where the way to an AMI changes: which AMI becomes which by it, with a comma before; else empty.
std::string end_of_the_way(const AmiChange& change, Time as_of);

}  // namespace patchbot
