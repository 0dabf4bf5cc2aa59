// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "model/purl.hpp"
#include "rules/vex_match.hpp"

namespace patchbot {

/// A container image as scanners name it, "registry.example/acme/shop:1.4@sha256:...".
struct ImageName {
  std::string repository;  ///< in lower case, Docker's own registry left out
  std::string tag;
  std::string digest;
};

ImageName parse_image_name(std::string_view text);

/// Whether the image is the one that the package URL (oci or docker) means.
Fit fit_image(const Purl& wanted, const ImageName& image);

}  // namespace patchbot
