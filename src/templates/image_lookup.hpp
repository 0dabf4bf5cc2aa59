// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/image.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// Which account and regions an AMI is for, as far as the template and the configuration say.
/// Empty: any of those that were asked.
struct ImagePlace {
  std::string account;
  std::vector<std::string> regions;
};

ImagePlace image_place(const ReviewedFile& file, const MovedAmi& ami);

/// What a catalogue knows of one id.
struct ImageAnswer {
  const Image* image = nullptr;  ///< of the catalogue, as `listing` is
  const ImageListing* listing = nullptr;
  std::string unknown;    ///< without an image: why nobody can tell; empty: it is not there
  std::string elsewhere;  ///< then: the region that has it all the same
};

/// An image is not there only if all places that it may be in were asked for it, and none has it.
ImageAnswer look_up(const ImageCatalogue& catalogue,
                    const ImagePlace& place,
                    const std::string& id);

/// Fills in the images of every change by which one AMI comes or goes, as far as the catalogue has
/// them.
void add_images(PullRequest& request, const ImageCatalogue& catalogue);

}  // namespace patchbot
