// SPDX-License-Identifier: Apache-2.0
#include "rules/image_name.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace patchbot {
namespace {

std::string repository_of(std::string_view text) {
  std::string name = to_lower(text);
  for (std::string_view prefix : {"https://", "index.docker.io/", "docker.io/", "library/"}) {
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
  }
  return name;
}

// For oci the name is the last part of the repository, which repository_url has whole.
Fit fit_repository(const Purl& wanted, const ImageName& image) {
  std::string whole =
      wanted.name_space.empty() ? wanted.name : wanted.name_space + "/" + wanted.name;
  if (const std::string url = wanted.qualifier("repository_url"); !url.empty()) {
    whole = repository_of(url);
    if (wanted.type == "docker" || !(whole == wanted.name || whole.ends_with("/" + wanted.name))) {
      whole += "/" + wanted.name;
    }
  }
  whole = repository_of(whole);
  if (whole == image.repository) return Fit::yes;
  const bool is_short = whole.find('/') == std::string::npos;
  return is_short && image.repository.ends_with("/" + whole) ? Fit::maybe : Fit::no;
}

Fit fit_text(const std::string& wanted, const std::string& found) {
  if (wanted.empty() || wanted == found) return Fit::yes;
  return found.empty() ? Fit::maybe : Fit::no;
}

}  // namespace

ImageName parse_image_name(std::string_view text) {
  ImageName image;
  const auto at = text.find('@');
  if (at != std::string_view::npos) {
    image.digest = to_lower(text.substr(at + 1));
    text = text.substr(0, at);
  }
  const auto colon = text.rfind(':');
  if (colon != std::string_view::npos && text.find('/', colon) == std::string_view::npos) {
    image.tag = text.substr(colon + 1);
    text = text.substr(0, colon);
  }
  image.repository = repository_of(text);
  return image;
}

// What has the digest that is wanted is the image, wherever it was pulled from.
Fit fit_image(const Purl& wanted, const ImageName& image) {
  const bool is_digest = wanted.version.find(':') != std::string::npos;
  const std::string digest = is_digest ? to_lower(wanted.version) : std::string();
  const std::string tag = is_digest ? wanted.qualifier("tag") : wanted.version;
  const Fit repository = fit_repository(wanted, image);
  if (repository == Fit::no) return Fit::no;
  if (!digest.empty() && digest == image.digest) return Fit::yes;
  return std::min({repository,
                   fit_text(digest, image.digest),
                   fit_text(tag.empty() ? wanted.qualifier("tag") : tag, image.tag)});
}

}  // namespace patchbot
