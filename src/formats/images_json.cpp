// SPDX-License-Identifier: Apache-2.0
#include "formats/images_json.hpp"

#include "base/error.hpp"
#include "formats/vex/whole_json.hpp"
#include "model/aws_names.hpp"

namespace patchbot {
namespace {

// EC2's own limits, with room: a name has at most 128 characters.
constexpr std::size_t max_text = 1024;

/// An object of the document, and where it stands.
class Reader {
 public:
  Reader(const Node& object, std::string place) : object_(object), place_(std::move(place)) {
    if (!object_.is_object()) refuse("", "must be an object");
  }

  std::string text(std::string_view key) const {
    const Node found = object_[key];
    if (!found) return {};
    if (found.type() != NodeType::text) refuse(key, "must be a string");
    std::string line = found.line();
    if (line.size() > max_text) refuse(key, "is longer than 1,024 bytes");
    return line;
  }

  std::string required(std::string_view key, bool (*is_right)(std::string_view), const char* what) {
    std::string value = text(key);
    if (!is_right(value)) refuse(key, std::string("must be ") + what);
    return value;
  }

  std::optional<Time> time(std::string_view key) const {
    const std::string value = text(key);
    if (value.empty()) return {};
    const auto time = parse_rfc3339(value);
    if (!time) refuse(key, "must be a time such as 2026-11-23T06:00:00Z");
    return time;
  }

  std::optional<bool> boolean(std::string_view key) const {
    const Node found = object_[key];
    if (found && found.type() != NodeType::boolean) refuse(key, "must be true or false");
    return found.boolean();
  }

  std::vector<std::string> texts(std::string_view key) const {
    std::vector<std::string> values;
    for (const Node item : list(key)) {
      std::string line = item.type() == NodeType::text ? item.line() : std::string();
      if (line.empty() || line.size() > max_text) {
        refuse(key, "must be a list of strings, none of them empty or longer than 1,024 bytes");
      }
      values.push_back(std::move(line));
    }
    return values;
  }

  /// Calls read(reader) for every object of a list.
  template <class Read>
  void each(std::string_view key, const Read& read) const {
    std::size_t index = 0;
    for (const Node item : list(key)) {
      read(Reader(item, place_ + "/" + std::string(key) + "/" + std::to_string(index++)));
    }
  }

  void require(std::string_view key) const {
    if (!object_[key]) refuse(key, "is missing");
  }

 private:
  NodeRange list(std::string_view key) const {
    const Node found = object_[key];
    if (found && !found.is_list()) refuse(key, "must be a list");
    return found.items();
  }

  [[noreturn]] void refuse(std::string_view key, const std::string& what) const {
    const std::string where = key.empty() ? place_ : place_ + "/" + std::string(key);
    throw Error(Blame::input, (where.empty() ? "the document" : where) + ": " + what);
  }

  Node object_;
  std::string place_;
};

bool is_something(std::string_view text) { return !text.empty(); }
bool is_known_schema(std::string_view text) { return text == "patchbot.images/1"; }

Image read_image(Reader reader) {
  Image image;
  image.id = reader.required("id", is_something, "the id of an image");
  image.name = reader.text("name");
  image.owner = reader.text("owner");
  image.owner_alias = reader.text("owner_alias");
  image.created = reader.time("created");
  image.deprecated_at = reader.time("deprecated_at");
  image.state = reader.text("state");
  image.state_reason = reader.text("state_reason");
  image.architecture = reader.text("architecture");
  image.platform = reader.text("platform");
  image.is_public = reader.boolean("public");
  image.source = reader.text("source");
  return image;
}

ImageListing read_listing(Reader reader) {
  ImageListing listing;
  listing.account = reader.required("account", is_account_id, "an account of 12 digits");
  listing.region = reader.required("region", is_region, "a region such as eu-west-1");
  listing.problem = reader.text("problem");
  listing.families_problem = reader.text("families_problem");
  listing.asked = reader.texts("asked");
  listing.owners = reader.texts("owners");
  reader.each("families", [&](Reader family) {
    listing.families.push_back({family.required("owner", is_something, "an account"),
                                family.required("name", is_something, "the name of a family")});
  });
  reader.each("images", [&](const Reader& one) { listing.images.push_back(read_image(one)); });
  settle(listing);
  return listing;
}

}  // namespace

ImageCatalogue parse_images(std::string_view text) {
  const WholeJson document(text);
  Reader reader(document.root(), "");
  reader.required("schema", is_known_schema, "\"patchbot.images/1\"");
  reader.require("generated_at");
  reader.require("listings");
  ImageCatalogue catalogue;
  catalogue.generated_at = reader.time("generated_at");
  catalogue.accounts = reader.texts("accounts");
  reader.each("listings",
              [&](const Reader& listing) { catalogue.listings.push_back(read_listing(listing)); });
  return catalogue;
}

}  // namespace patchbot
