// SPDX-License-Identifier: Apache-2.0
#include "templates/image_rules.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "templates/image_checks.hpp"
#include "templates/image_lookup.hpp"

namespace patchbot {
namespace {

std::string words_of(const ImagePlace& place) {
  std::string words;
  for (const std::string& region : place.regions) words += (words.empty() ? "" : ", ") + region;
  if (words.empty()) words = "any region that was asked";
  return words + (place.account.empty() ? "" : " for account " + place.account);
}

void check_blocked(const std::string& id,
                   const Image* image,
                   const std::vector<std::string>& patterns,
                   ImageHits& hits) {
  for (const std::string& pattern : patterns) {
    const bool fits =
        matches_glob(pattern, id) || (image != nullptr && matches_glob(pattern, image->name));
    if (!fits) continue;
    std::string message = image == nullptr ? id : named(*image);
    message.append(" is blocked: '").append(pattern).append("' of images.blocked fits it");
    hits.push_back({"blocked-ami", GateLevel::fail, std::move(message)});
    return;
  }
}

void tell_absence(const std::string& id,
                  const ImagePlace& where,
                  const ImageAnswer& answer,
                  ImageHits& hits) {
  const std::string hint = answer.elsewhere.empty() ? "" : "; it is in " + answer.elsewhere;
  if (!answer.unknown.empty()) {
    hits.push_back({"ami-unknown",
                    GateLevel::warn,
                    id + ": whether it exists is not known: " + answer.unknown + hint});
    return;
  }
  hits.push_back({"ami-not-found",
                  GateLevel::fail,
                  id + " does not exist in " + words_of(where) +
                      ", or is not shared with the account" + hint});
}

/// What one catalogue says of the AMIs of one file.
class ImageJudge {
 public:
  ImageJudge(const ImageCatalogue& catalogue, const ImageSettings& settings, Time now)
      : catalogue_(catalogue),
        blocked_(settings.blocked),
        owners_(allowed_owners(catalogue, settings)),
        now_(now) {
    for (const ImageListing& listing : catalogue.listings) {
      families_.emplace(&listing, ImageFamilies(listing, now));
    }
  }

  ImageHits judge(const ReviewedFile& file, const AmiChange& change) const {
    ImageHits hits;
    for (const MovedAmi& ami : change.arriving) {
      const std::string& id = ami.id;
      const ImagePlace where = image_place(file, ami);
      const ImageAnswer answer = look_up(catalogue_, where, id);
      check_blocked(id, answer.image, blocked_, hits);
      if (answer.image == nullptr) {
        tell_absence(id, where, answer, hits);
      } else {
        judge(*answer.image, *answer.listing, change, hits);
      }
    }
    return hits;
  }

 private:
  void judge(const Image& image,
             const ImageListing& listing,
             const AmiChange& change,
             ImageHits& hits) const {
    const Image* const before = change.from_image ? &*change.from_image : nullptr;
    check_owner(image, listing, owners_, hits);
    check_state(image, hits);
    check_deprecation(image, now_, hits);
    check_newest(image, listing, families_.at(&listing), hits);
    check_architecture(image, change.instance_types, before, hits);
    if (before != nullptr) check_succession(*before, image, hits);
  }

  const ImageCatalogue& catalogue_;
  const std::vector<std::string>& blocked_;
  std::vector<std::string> owners_;
  Time now_;
  std::map<const ImageListing*, ImageFamilies> families_;
};

// The past of the branch may have told it already (downgrade.hpp).
bool is_told(const ReviewedFile& file, std::string_view rule, const Position& place) {
  return rule == "downgrade" &&
         std::any_of(file.hits.begin(), file.hits.end(), [&](const RuleHit& hit) {
           return hit.id == rule && hit.place == place;
         });
}

// An AMI that is new where it is written, and that another property now gets as well.
bool is_told(const ReviewedFile& file, const ImageHit& one) {
  return std::any_of(file.hits.begin(), file.hits.end(), [&](const RuleHit& hit) {
    return hit.id == one.rule && hit.message == clean_line(one.message);
  });
}

void add_hits(ReviewedFile& file, const AmiChange& change, ImageHits&& hits) {
  for (ImageHit& hit : hits) {
    if (is_told(file, hit.rule, change.change.place)) continue;
    if (change.kind == AmiChange::Kind::form && is_told(file, hit)) continue;
    file.hits.push_back({hit.rule, hit.level, clean_line(hit.message), change.change.place});
  }
}

// What is known without asking anybody.
ImageHits judge_ids(const AmiChange& change, const ImageSettings& settings) {
  ImageHits hits;
  for (const MovedAmi& ami : change.arriving) {
    check_blocked(ami.id, nullptr, settings.blocked, hits);
  }
  return hits;
}

// Told once, where the first AMI is judged by it.
void judge_age(PullRequest& request) {
  const ImageOrigin& origin = request.images;
  if (origin.kind != ImageOrigin::Kind::file || !origin.generated_at) return;
  if (origin.as_of - *origin.generated_at <= max_catalogue_age) return;
  for (ReviewedFile& file : request.files) {
    for (const AmiChange& change : file.review.ami_changes) {
      if (change.arriving.empty()) continue;
      file.hits.push_back({"stale-catalogue",
                           GateLevel::warn,
                           "the catalogue of images is of " + day_of(*origin.generated_at) +
                               ": newer bakes are missing from it",
                           change.change.place});
      return;
    }
  }
}

}  // namespace

void add_image_rules(PullRequest& request,
                     const ImageCatalogue* catalogue,
                     const ImageSettings& settings) {
  if (catalogue != nullptr) {
    add_images(request, *catalogue);
    judge_age(request);
  }
  const ImageCatalogue none;
  const ImageJudge judge(catalogue == nullptr ? none : *catalogue, settings, request.images.as_of);
  for (ReviewedFile& file : request.files) {
    for (const AmiChange& change : file.review.ami_changes) {
      add_hits(file,
               change,
               catalogue == nullptr ? judge_ids(change, settings) : judge.judge(file, change));
    }
  }
}

}  // namespace patchbot
