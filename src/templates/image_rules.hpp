// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/image.hpp"
#include "model/pull_request_settings.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// A recorded catalogue that is older than this misses a weekly bake.
constexpr std::chrono::days max_catalogue_age{8};

/// Adds what the catalogue tells of the AMIs that the pull request brings in, under the rules
/// ami-not-found, ami-unknown, foreign-owner, ami-behind, ami-deprecated, ami-not-available,
/// blocked-ami, wrong-architecture, downgrade, family-changed and stale-catalogue. Without a
/// catalogue only ids are held against images.blocked. `request.images` says how old it is.
/// AMIs that go, or stay, are not judged. Without images.owners the catalogue's accounts, the one
/// that sees the image and amazon are the owners allowed.
void add_image_rules(PullRequest& request,
                     const ImageCatalogue* catalogue,
                     const ImageSettings& settings);

}  // namespace patchbot
