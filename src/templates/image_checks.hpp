// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/gate_level.hpp"
#include "model/image.hpp"
#include "model/pull_request_settings.hpp"

// The rules about one image, each by itself; image_rules.hpp puts them together.

namespace patchbot {

struct ImageHit {
  std::string_view rule;
  GateLevel level;
  std::string message;
};

using ImageHits = std::vector<ImageHit>;

/// "ami-0e92a6b4d17f3c805 (web-2026-11-22)", for messages.
std::string named(const Image& image);

std::string day_of(Time time);  ///< in UTC

/// Those of the settings; without any self, amazon and the accounts of the catalogue.
std::vector<std::string> allowed_owners(const ImageCatalogue& catalogue,
                                        const ImageSettings& settings);

/// Whether one of the words means the image's owner: an account, an alias, or self for the account
/// that sees the image.
bool is_owned_by(const Image& image,
                 const std::string& seen_by,
                 const std::vector<std::string>& owners);

/// foreign-owner; "self" among the owners is the account that sees the image.
void check_owner(const Image& image,
                 const ImageListing& listing,
                 const std::vector<std::string>& owners,
                 ImageHits& hits);

/// ami-not-available.
void check_state(const Image& image, ImageHits& hits);

/// ami-deprecated: a failure when it is, a warning 30 days before.
void check_deprecation(const Image& image, Time now, ImageHits& hits);

/// ami-behind, among those that servers of the same kind could start from; `families` are those of
/// the listing.
void check_newest(const Image& image,
                  const ImageListing& listing,
                  const ImageFamilies& families,
                  ImageHits& hits);

/// wrong-architecture. Where instance types are written out they decide, for a change of both at
/// once may be meant; else the image that was there before, if it is known.
void check_architecture(const Image& image,
                        const std::vector<std::string>& instance_types,
                        const Image* before,
                        ImageHits& hits);

/// family-changed and downgrade.
void check_succession(const Image& before, const Image& after, ImageHits& hits);

}  // namespace patchbot
