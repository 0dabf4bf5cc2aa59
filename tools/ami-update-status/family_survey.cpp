// SPDX-License-Identifier: Apache-2.0
#include "family_survey.hpp"

#include <algorithm>

#include "bake_survey.hpp"
#include "services/aws/ec2_images.hpp"

namespace patchbot {
namespace {

std::set<std::string> owners_in(const FleetView& view) {
  std::set<std::string> owners;
  for (const RegionView& region : view.regions) {
    for (const auto& [id, image] : region.images) owners.insert(image.owner);
  }
  return owners;
}

}  // namespace

// Only its owner sees the tags of an AMI, whoever else runs it.
void FamilySurvey::read_tags(FleetView& view) {
  if (config_.status.family_tag.empty()) return;
  const std::set<std::string> owners = owners_in(view);
  walk_.again([&](const aws::Unit& unit, aws::Client& client) {
    const std::string& owner = unit.account->id;
    if (!owners.contains(owner)) return;
    std::vector<Image> images;
    const bool went_well = walk_.attempt(*unit.account, [&] {
      images = aws::images_with_tag(client, owner, config_.status.family_tag);
    });
    const std::lock_guard lock(mutex_);
    if (!went_well) {
      view.tags_unknown[owner] =
          "the tags of AMIs could not be listed in " + words_for({owner, unit.region});
    }
    if (went_well) asked_.emplace(owner, unit.region);
    for (Image& image : images) {
      tags_[image.id] = image.tagged_family;
      view.families[{owner, image.family()}].emplace(image.id, std::move(image));
    }
  });
  apply_tags(view);
}

// To the AMIs that run, wherever they do. Those of vendors have no tags that anybody could ask for.
void FamilySurvey::apply_tags(FleetView& view) {
  for (RegionView& region : view.regions) {
    for (auto& [id, image] : region.images) {
      apply_tag(image);
      const bool is_vendors = image.is_public == true || !image.owner_alias.empty();
      if (is_vendors || asked_.contains({image.owner, region.region})) continue;
      view.tags_unknown.emplace(image.owner,
                                "only account " + image.owner + " sees the tags of its AMIs in " +
                                    region.region + ", and it was not asked there (aws.accounts)");
    }
  }
}

void FamilySurvey::apply_tag(Image& image) const {
  const auto tag = tags_.find(image.id);
  if (tag != tags_.end()) image.tagged_family = tag->second;
}

std::vector<std::string> FamilySurvey::owners_of(const FamilyKey& key) const {
  const FamilySettings* const settings = settings_of(config_, key.second);
  const bool is_set = settings != nullptr && !settings->owners.empty();
  return is_set ? settings->owners : std::vector<std::string>{key.first};
}

// The families of the AMIs that run there, and what to ask for them.
FamilySurvey::Wanted FamilySurvey::wanted_in(const RegionView& region,
                                             const std::set<FamilyKey>& families) const {
  Wanted wanted;
  for (const auto& [id, image] : region.images) {
    const FamilyKey key{image.owner, image.family()};
    if (!families.contains(key)) continue;
    wanted.families.insert(key);
    for (const std::string& owner : owners_of(key)) wanted.owners.insert(owner);
    wanted.patterns.insert(aws::name_pattern(image.name));
  }
  return wanted;
}

void FamilySurvey::keep(const Wanted& wanted, const Image& image, FleetView& view) const {
  const std::string family = image.family();
  for (const FamilyKey& key : wanted.families) {
    if (family != key.second) continue;
    const std::vector<std::string> allowed = owners_of(key);
    const bool is_allowed = std::find(allowed.begin(), allowed.end(), image.owner) != allowed.end();
    if (is_allowed) view.families[key].emplace(image.id, image);
  }
}

void FamilySurvey::list_in(const aws::Unit& unit,
                           aws::Client& client,
                           const RegionView& region,
                           const Wanted& wanted,
                           FleetView& view) {
  std::vector<Image> images;
  const bool went_well = walk_.attempt(*unit.account, [&] {
    images = aws::images_of_owners(client,
                                   {wanted.owners.begin(), wanted.owners.end()},
                                   {wanted.patterns.begin(), wanted.patterns.end()});
  });
  const std::lock_guard lock(mutex_);
  if (!went_well) {
    for (const FamilyKey& key : wanted.families) {
      view.families_unknown[key] = "the AMIs of the family could not be listed in " +
                                   words_for({unit.account->id, unit.region});
    }
    return;
  }
  for (Image& image : images) {
    apply_tag(image);
    keep(wanted, image, view);
  }
  // What runs counts also where it is deprecated, which hides it from the list of another owner.
  for (const auto& [id, image] : region.images) keep(wanted, image, view);
}

void FamilySurvey::list(FleetView& view, const std::set<FamilyKey>& families) {
  if (families.empty()) return;
  walk_.again([&](const aws::Unit& unit, aws::Client& client) {
    const auto region =
        std::find_if(view.regions.begin(), view.regions.end(), [&](const auto& one) {
          return one.account == unit.account->id && one.region == unit.region;
        });
    if (region == view.regions.end()) return;
    const Wanted wanted = wanted_in(*region, families);
    if (!wanted.families.empty()) list_in(unit, client, *region, wanted, view);
  });
  for (const FamilyKey& key : families) {
    const auto unknown = view.tags_unknown.find(key.first);
    if (unknown != view.tags_unknown.end()) view.families_unknown.emplace(key, unknown->second);
  }
}

}  // namespace patchbot
