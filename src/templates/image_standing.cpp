// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "model/inventory.hpp"
#include "templates/image_checks.hpp"

namespace patchbot {
namespace {

constexpr std::chrono::days deprecation_notice{30};

std::string in_short(const std::vector<std::string>& owners) {
  constexpr std::size_t most = 8;
  std::string whole;
  for (std::size_t i = 0; i < std::min(most, owners.size()); ++i) {
    whole += (i == 0 ? "" : ", ") + owners[i];
  }
  return owners.size() > most ? whole + " and " + std::to_string(owners.size() - most) + " more"
                              : whole;
}

std::string state_in_words(const std::string& state) {
  if (state == "pending") return "is still being made: wait until it is available";
  if (state == "disabled") return "was disabled by its owner: nothing can start from it";
  if (state == "deregistered") return "was deregistered: nothing can start from it";
  if (state == "failed") return "could not be made: nothing can start from it";
  if (state == "error" || state == "invalid") return "is broken (" + state + ")";
  return "is not available (" + state + ")";
}

// A recorded catalogue that lacks a family is no news; a question that failed is.
void tell_no_relatives(const Image& image, const ImageListing& listing, ImageHits& hits) {
  const bool was_tried = !listing.families_problem.empty();
  hits.push_back({"ami-unknown",
                  was_tried ? GateLevel::warn : GateLevel::note,
                  named(image) + ": whether there is a newer one is not known: " +
                      (was_tried ? listing.families_problem
                                 : "the catalogue does not list its whole family")});
}

}  // namespace

std::string named(const Image& image) {
  return image.id + (image.name.empty() ? "" : " (" + image.name + ")");
}

std::string day_of(Time time) { return to_date_text(std::chrono::floor<std::chrono::days>(time)); }

std::vector<std::string> allowed_owners(const ImageCatalogue& catalogue,
                                        const ImageSettings& settings) {
  if (!settings.owners.empty()) return settings.owners;
  std::vector<std::string> owners{"self", "amazon"};
  owners.insert(owners.end(), catalogue.accounts.begin(), catalogue.accounts.end());
  return owners;
}

bool is_owned_by(const Image& image,
                 const std::string& seen_by,
                 const std::vector<std::string>& owners) {
  return std::any_of(owners.begin(), owners.end(), [&](const std::string& owner) {
    return owner == image.owner || (owner == "self" && image.owner == seen_by) ||
           (!image.owner_alias.empty() && owner == image.owner_alias);
  });
}

void check_owner(const Image& image,
                 const ImageListing& listing,
                 const std::vector<std::string>& owners,
                 ImageHits& hits) {
  if (image.owner.empty()) {
    hits.push_back({"ami-unknown", GateLevel::warn, named(image) + ": its owner is not known"});
    return;
  }
  if (is_owned_by(image, listing.account, owners)) return;
  const std::string alias = image.owner_alias.empty() ? "" : image.owner_alias + ", ";
  hits.push_back({"foreign-owner",
                  GateLevel::fail,
                  named(image) + " belongs to " + alias + "account " + image.owner +
                      ", which is none of the owners allowed: " + in_short(owners)});
}

void check_state(const Image& image, ImageHits& hits) {
  if (image.state == "available") return;
  if (image.state.empty()) {
    hits.push_back({"ami-unknown", GateLevel::warn, named(image) + ": its state is not known"});
    return;
  }
  const std::string reason = image.state_reason.empty() ? "" : " (" + image.state_reason + ")";
  hits.push_back({"ami-not-available",
                  GateLevel::fail,
                  named(image) + " " + state_in_words(image.state) + reason});
}

void check_deprecation(const Image& image, Time now, ImageHits& hits) {
  if (!image.deprecated_at || *image.deprecated_at > now + deprecation_notice) return;
  const bool is_past = *image.deprecated_at <= now;
  hits.push_back({"ami-deprecated",
                  is_past ? GateLevel::fail : GateLevel::warn,
                  named(image) +
                      (is_past ? " is deprecated by its owner since "
                               : " will be deprecated by its owner on ") +
                      day_of(*image.deprecated_at)});
}

void check_newest(const Image& image,
                  const ImageListing& listing,
                  const ImageFamilies& families,
                  ImageHits& hits) {
  if (image.name.empty() || !image.created) return;
  const auto* const relatives = families.relatives(image);
  if (relatives == nullptr) return tell_no_relatives(image, listing, hits);
  const auto behind =
      std::partition_point(relatives->begin(),
                           relatives->end(),
                           [&](const Image* one) { return *one->created > *image.created; }) -
      relatives->begin();
  if (behind == 0) return;
  const Image& newest = *relatives->front();
  hits.push_back({"ami-behind",
                  GateLevel::warn,
                  named(image) + " is " + std::to_string(behind) +
                      (behind == 1 ? " bake" : " bakes") + " behind: the newest of " +
                      ami_family(image.name) + " is " + named(newest) + " of " +
                      day_of(*newest.created)});
}

}  // namespace patchbot
