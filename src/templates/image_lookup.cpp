// SPDX-License-Identifier: Apache-2.0
#include "templates/image_lookup.hpp"

#include <algorithm>

namespace patchbot {
namespace {

bool holds(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

std::vector<const ImageListing*> listings_for(const ImageCatalogue& catalogue,
                                              const ImagePlace& place) {
  std::vector<const ImageListing*> found;
  for (const ImageListing& listing : catalogue.listings) {
    const bool is_account = place.account.empty() || listing.account == place.account;
    const bool is_region = place.regions.empty() || holds(place.regions, listing.region);
    if (is_account && is_region) found.push_back(&listing);
  }
  return found;
}

// A place that nobody asked, in words; empty if there is none.
std::string unasked(const ImagePlace& place, const std::vector<const ImageListing*>& listings) {
  const std::string account = place.account.empty() ? "" : " of account " + place.account;
  for (const std::string& region : place.regions) {
    const bool is_asked = std::any_of(listings.begin(), listings.end(), [&](const auto* listing) {
      return listing->region == region;
    });
    if (!is_asked) return region + account;
  }
  if (!listings.empty()) return {};
  return account.empty() ? "any account" : "any region" + account;
}

std::string why_unknown(const ImagePlace& place,
                        const std::vector<const ImageListing*>& listings,
                        const std::string& id) {
  for (const ImageListing* listing : listings) {
    if (!listing->problem.empty()) return listing->problem;
  }
  if (std::string where = unasked(place, listings); !where.empty()) {
    return "nothing is known of the images in " + where;
  }
  for (const ImageListing* listing : listings) {
    if (!listing->has_asked_for(id)) {
      return listing->region + " of account " + listing->account + " was not asked for it";
    }
  }
  return {};
}

}  // namespace

ImagePlace image_place(const ReviewedFile& file, const MovedAmi& ami) {
  ImagePlace place{file.scope.account, file.scope.regions};
  if (!ami.region.empty()) place.regions = {ami.region};
  return place;
}

ImageAnswer look_up(const ImageCatalogue& catalogue,
                    const ImagePlace& place,
                    const std::string& id) {
  const auto listings = listings_for(catalogue, place);
  ImageAnswer answer;
  for (const ImageListing* listing : listings) {
    answer.image = listing->find(id);
    answer.listing = listing;
    if (answer.image != nullptr) return answer;
  }
  answer.listing = nullptr;
  answer.unknown = why_unknown(place, listings, id);
  for (const ImageListing& listing : catalogue.listings) {
    if (listing.find(id) != nullptr) answer.elsewhere = listing.region;
  }
  return answer;
}

void add_images(PullRequest& request, const ImageCatalogue& catalogue) {
  for (ReviewedFile& file : request.files) {
    const auto image_of = [&](const std::vector<MovedAmi>& amis) {
      std::optional<Image> image;
      if (amis.size() != 1) return image;
      const auto* const known = look_up(catalogue, image_place(file, amis[0]), amis[0].id).image;
      if (known != nullptr) image = *known;
      return image;
    };
    for (AmiChange& change : file.review.ami_changes) {
      change.from_image = image_of(change.leaving);
      change.to_image = image_of(change.arriving);
    }
  }
}

}  // namespace patchbot
