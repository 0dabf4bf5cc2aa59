// SPDX-License-Identifier: Apache-2.0
#include "formats/images_writer.hpp"

#include "formats/json_writer.hpp"

namespace patchbot {
namespace {

void write_image(JsonWriter& json, const Image& image) {
  json.open_object()
      .member("id", image.id)
      .member_if("name", image.name)
      .member_if("owner", image.owner)
      .member_if("owner_alias", image.owner_alias);
  if (image.created) json.member("created", to_rfc3339(*image.created));
  if (image.deprecated_at) json.member("deprecated_at", to_rfc3339(*image.deprecated_at));
  json.member_if("state", image.state)
      .member_if("state_reason", image.state_reason)
      .member_if("architecture", image.architecture)
      .member_if("platform", image.platform);
  if (image.is_public) json.key("public").boolean(*image.is_public);
  json.member_if("source", image.source);
  json.close_object();
}

void write_families(JsonWriter& json, const std::vector<ImageFamily>& families) {
  if (families.empty()) return;
  json.key("families").open_array();
  for (const ImageFamily& family : families) {
    json.open_object().member("owner", family.owner).member("name", family.name).close_object();
  }
  json.close_array();
}

void write_listing(JsonWriter& json, const ImageListing& listing) {
  json.open_object()
      .member("account", listing.account)
      .member("region", listing.region)
      .member_if("problem", listing.problem)
      .member_if("families_problem", listing.families_problem)
      .texts_if("asked", listing.asked)
      .texts_if("owners", listing.owners);
  write_families(json, listing.families);
  json.key("images").open_array();
  for (const Image& image : listing.images) write_image(json, image);
  json.close_array().close_object();
}

}  // namespace

std::string to_json(const ImageCatalogue& catalogue) {
  std::string out;
  JsonWriter json(out);
  json.open_object().member("schema", "patchbot.images/1");
  if (catalogue.generated_at) json.member("generated_at", to_rfc3339(*catalogue.generated_at));
  json.texts_if("accounts", catalogue.accounts).key("listings").open_array();
  for (const ImageListing& listing : catalogue.listings) write_listing(json, listing);
  json.close_array().close_object();
  return out + "\n";
}

}  // namespace patchbot
