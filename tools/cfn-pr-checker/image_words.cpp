// SPDX-License-Identifier: Apache-2.0
#include "image_words.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"

namespace patchbot {

std::string image_note(const std::optional<Image>& image, Time as_of) {
  if (!image) return {};
  std::string note(cut_utf8(clean_line(image->name), 128));
  if (image->created) {
    const auto age = std::chrono::floor<std::chrono::days>(as_of - *image->created).count();
    if (!note.empty()) note += ", ";
    note += fmt::format("{} {}", age, age == 1 ? "day" : "days");
  }
  return note.empty() ? note : " (" + note + ")";
}

std::string images_note(const ImageOrigin& origin) {
  if (origin.kind != ImageOrigin::Kind::file || !origin.generated_at) return {};
  return "AMIs as the catalogue of " + to_rfc3339(*origin.generated_at) + " knows them\n";
}

}  // namespace patchbot
