// SPDX-License-Identifier: Apache-2.0
#include "image_words.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "pr_words.hpp"

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

namespace {

std::string value_of(const std::string& text,
                     const char* without,
                     const std::optional<Image>& image,
                     Time as_of) {
  if (text.empty()) return without;
  return shown(text) + (ami_ids(text).empty() ? "" : image_note(image, as_of));
}

std::string all_of(const std::vector<MovedAmi>& amis,
                   const std::optional<Image>& image,
                   Time as_of) {
  const std::string first = amis.front().id + image_note(image, as_of);
  return amis.size() == 1 ? first : fmt::format("{} and {} more", first, amis.size() - 1);
}

}  // namespace

std::string old_value(const AmiChange& change, Time as_of) {
  return value_of(change.change.from, "new", change.from_image, as_of);
}

std::string new_value(const AmiChange& change, Time as_of) {
  return value_of(change.change.to, "gone", change.to_image, as_of);
}

std::string end_of_the_way(const AmiChange& change, Time as_of) {
  const bool says_leaving = change.leaving.empty() || !ami_ids(change.change.from).empty();
  const bool says_arriving = change.arriving.empty() || !ami_ids(change.change.to).empty();
  if (says_leaving && says_arriving) return {};
  std::string before;
  if (!change.leaving.empty()) before = all_of(change.leaving, change.from_image, as_of);
  if (change.arriving.empty()) return ", no longer " + before;
  if (!before.empty()) before += " -> ";
  return ", that is " + before + all_of(change.arriving, change.to_image, as_of);
}

}  // namespace patchbot
