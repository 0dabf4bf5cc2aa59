// SPDX-License-Identifier: Apache-2.0
#include "image_survey.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/utf8.hpp"
#include "model/aws_names.hpp"
#include "model/inventory.hpp"
#include "services/aws/ec2_images.hpp"
#include "templates/image_checks.hpp"
#include "templates/image_lookup.hpp"

namespace patchbot {
namespace {

constexpr std::size_t at_once = 16;
constexpr std::size_t most_units = 2000;
constexpr std::size_t most_ids = 4000;
constexpr std::size_t most_problem_bytes = 600;

// What `work` could not do, in words; empty if it could.
template <class Work>
std::string problem_of(const Work& work) {
  try {
    work();
    return {};
  } catch (const Error& error) {
    return std::string(cut_utf8(clean_line(error.what()), most_problem_bytes));
  }
}

// Each account, or none, with its regions, or none.
std::set<std::pair<std::string, std::vector<std::string>>> places_of(const PullRequest& request) {
  std::set<std::pair<std::string, std::vector<std::string>>> places;
  for (const ReviewedFile& file : request.files) {
    for (const AmiChange& change : file.review.ami_changes) {
      for (const MovedAmi& ami : change.arriving) {
        ImagePlace place = image_place(file, ami);
        places.emplace(std::move(place.account), std::move(place.regions));
      }
    }
  }
  return places;
}

void append(std::vector<Image>& images, std::vector<Image>&& more) {
  images.insert(
      images.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

ImageWish image_wish(const PullRequest& request) {
  ImageWish wish;
  std::set<std::string> ids;
  for (const ReviewedFile& file : request.files) {
    for (const AmiChange& change : file.review.ami_changes) {
      if (change.arriving.empty()) continue;  // what only goes is not judged
      for (const MovedAmi& ami : change.arriving) wish.new_ids.insert(ami.id);
      for (const auto* moved : {&change.arriving, &change.leaving}) {
        for (const MovedAmi& ami : *moved) {
          if (ids.size() < most_ids) ids.insert(ami.id);
        }
      }
    }
  }
  wish.ids.assign(ids.begin(), ids.end());
  return wish;
}

std::vector<ImageListing> ImageSurvey::ask(const std::vector<aws::Access>& accounts,
                                           const PullRequest& request) const {
  std::vector<ImageListing> listings;
  std::vector<const aws::Access*> access;
  std::set<std::size_t> concerned;
  for (const Unit& unit : units(accounts, request)) {
    access.push_back(&accounts[unit.account]);
    concerned.insert(unit.account);
    listings.push_back({accounts[unit.account].id, unit.region});
  }
  // An account that does not let us in is asked once, and not for each region.
  std::vector<std::string> closed(accounts.size());
  const std::vector<std::size_t> order(concerned.begin(), concerned.end());
  in_parallel(order.size(), at_once, [&](std::size_t i) {
    closed[order[i]] = problem_of([&] { accounts[order[i]].credentials->get(); });
  });
  in_parallel(listings.size(), at_once, [&](std::size_t i) {
    const auto account = static_cast<std::size_t>(access[i] - accounts.data());
    listings[i].problem = closed[account];
    if (!listings[i].problem.empty()) return;
    aws::Client client(session_, access[i]->credentials, listings[i].region, access[i]->id);
    read(client, listings[i]);
    settle(listings[i]);
  });
  return listings;
}

std::vector<std::string> ImageSurvey::usual_regions(const aws::Access& account) const {
  return account.regions.empty() ? std::vector<std::string>{self_.region} : account.regions;
}

std::set<ImageSurvey::Unit> ImageSurvey::units(const std::vector<aws::Access>& accounts,
                                               const PullRequest& request) const {
  std::set<Unit> units;
  const auto add = [&](std::size_t account, const std::vector<std::string>& regions) {
    for (const std::string& region : regions) {
      // It becomes part of the host name that gets our signed requests.
      if (is_region(region) && units.size() < most_units) units.insert({account, region});
    }
  };
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (wish_.every_region_of.contains(accounts[i].id)) add(i, usual_regions(accounts[i]));
  }
  for (const auto& [account, regions] : places_of(request)) {
    for (std::size_t i = 0; i < accounts.size(); ++i) {
      if (!account.empty() && accounts[i].id != account) continue;
      add(i, regions.empty() ? usual_regions(accounts[i]) : regions);
    }
  }
  return units;
}

void ImageSurvey::read(aws::Client& client, ImageListing& listing) const {
  listing.problem = problem_of([&] { listing.images = images_by_id(client, wish_.ids); });
  if (!listing.problem.empty()) return listing.images.clear();
  listing.asked = wish_.ids;
  listing.families_problem = problem_of([&] {
    if (!wish_.whole.empty()) add_whole(client, listing);
    add_families(client, listing);
  });
}

void ImageSurvey::add_whole(aws::Client& client, ImageListing& listing) const {
  append(listing.images, images_of_owners(client, wish_.whole, {}));
  for (const std::string& owner : wish_.whole) {
    listing.owners.push_back(owner == "self" ? listing.account : owner);
  }
}

// Only of owners that are allowed: who else has how many images is no concern of ours.
void ImageSurvey::add_families(aws::Client& client, ImageListing& listing) const {
  std::set<ImageFamily> families;
  std::set<std::string> owners;
  std::set<std::string> patterns;
  for (const Image& image : listing.images) {
    const bool is_wanted = wish_.new_ids.contains(image.id) && !image.name.empty() &&
                           is_account_id(image.owner) &&
                           is_owned_by(image, listing.account, wish_.owners) &&
                           std::find(listing.owners.begin(), listing.owners.end(), image.owner) ==
                               listing.owners.end();
    if (!is_wanted) continue;
    families.insert({image.owner, ami_family(image.name)});
    owners.insert(image.owner);
    patterns.insert(aws::name_pattern(image.name));
  }
  std::vector<Image> found =
      images_of_owners(client, {owners.begin(), owners.end()}, {patterns.begin(), patterns.end()});
  std::erase_if(found, [&](const Image& image) {
    return !families.contains({image.owner, ami_family(image.name)});
  });
  append(listing.images, std::move(found));
  listing.families.assign(families.begin(), families.end());
}

}  // namespace patchbot
