// SPDX-License-Identifier: Apache-2.0
#include "formats/images_json.hpp"

#include "bodies.hpp"
#include "formats/images_writer.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {

int fuzz_images_json(const std::uint8_t* data, std::size_t size) {
  parses([&] {
    const ImageCatalogue catalogue = parse_images(text_of(data, size));
    const ImageCatalogue again = parse_images(to_json(catalogue));
    require(again == catalogue, "what is written is read back");
    for (const ImageListing& listing : catalogue.listings) {
      const ImageFamilies families(listing, Time{});
      require_clean(listing.problem, "a problem");
      for (const Image& image : listing.images) {
        require_clean(image.name, "an image's name");
        require(listing.find(image.id) != nullptr, "an image is found by its id");
        const auto* const relatives = families.relatives(image);
        require(relatives == nullptr || relatives->size() <= listing.images.size(), "relatives");
      }
    }
  });
  return 0;
}

}  // namespace patchbot::fuzz
