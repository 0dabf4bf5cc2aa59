// SPDX-License-Identifier: Apache-2.0
#include "model/image.hpp"

#include <algorithm>

#include "model/inventory.hpp"

namespace patchbot {
namespace {

template <class Value>
void sort_once(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

bool is_usable(const Image& image, Time now) {
  const bool is_deprecated = image.deprecated_at && *image.deprecated_at <= now;
  return image.state == "available" && image.created && !is_deprecated;
}

}  // namespace

std::string Image::family() const {
  return tagged_family.empty() ? ami_family(name) : tagged_family;
}

const Image* ImageListing::find(std::string_view id) const {
  const auto found = std::lower_bound(
      images.begin(), images.end(), id, [](const Image& image, std::string_view wanted) {
        return image.id < wanted;
      });
  return found == images.end() || found->id != id ? nullptr : &*found;
}

bool ImageListing::has_asked_for(std::string_view id) const {
  return std::binary_search(asked.begin(), asked.end(), id);
}

ImageFamilies::ImageFamilies(const ImageListing& listing, Time now) : listing_(listing) {
  for (const Image& image : listing.images) {
    if (!is_usable(image, now)) continue;
    images_[{image.owner, ami_family(image.name), image.architecture}].push_back(&image);
  }
  for (auto& [key, images] : images_) {
    std::stable_sort(images.begin(), images.end(), [](const Image* a, const Image* b) {
      return *a->created > *b->created;
    });
  }
}

const std::vector<const Image*>* ImageFamilies::relatives(const Image& image) const& {
  const std::string family = ami_family(image.name);
  const auto& families = listing_.families;
  const auto& owners = listing_.owners;
  const bool is_whole =
      std::binary_search(families.begin(), families.end(), ImageFamily{image.owner, family}) ||
      std::binary_search(owners.begin(), owners.end(), image.owner);
  if (!is_whole) return nullptr;
  const auto found = images_.find({image.owner, family, image.architecture});
  return found == images_.end() ? &none_ : &found->second;
}

void settle(ImageListing& listing) {
  sort_once(listing.asked);
  sort_once(listing.families);
  sort_once(listing.owners);
  auto& images = listing.images;
  std::stable_sort(images.begin(), images.end(), [](auto& a, auto& b) { return a.id < b.id; });
  const auto again =
      std::unique(images.begin(), images.end(), [](auto& a, auto& b) { return a.id == b.id; });
  images.erase(again, images.end());
}

}  // namespace patchbot
