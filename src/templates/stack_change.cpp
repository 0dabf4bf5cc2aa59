// SPDX-License-Identifier: Apache-2.0
#include "templates/stack_change.hpp"

#include <algorithm>
#include <iterator>

#include "base/error.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

bool touches(const std::set<std::string>& places, const std::string& place) {
  return std::any_of(places.begin(), places.end(), [&](const std::string& one) {
    return is_at(one, place) || is_at(place, one);
  });
}

// None where servers and maps combine to too many ways: what is not known is told to be so.
AmiReach::Written written_for(const StackAmis& amis, const AmiUse& use) {
  try {
    return amis.of(use);
  } catch (const Error&) {
    return {};
  }
}

// Without an AMI of its own an instance, or an override, has that of the launch template.
AmiUse counting(const AmiTexts& texts, const AmiUse& use) {
  constexpr const char* mixed = "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification";
  AmiUse way{use.resource, ""};
  if (use.property == "ImageId") way.property = "LaunchTemplate";
  if (use.property.ends_with("Overrides.[].ImageId")) way.property = mixed;
  return !texts.contains(use) && texts.contains(way) ? way : use;
}

/// What a property gets in one of the two.
struct Side {
  bool is_there = false;
  bool is_known = false;   ///< one way or the other
  bool is_one_of = false;  ///< which one of the ids, a region or an account decides
  std::set<std::string> ids;

  Side(const StackAmis& amis, const AmiUse& named) {
    const AmiUse use = counting(amis.texts(), named);
    is_there = amis.texts().contains(use);
    ids = ids_of(amis.texts(), use);
    is_known = !is_there || !ids.empty();
    if (!is_known) add_possible(amis, use);
  }

 private:
  void add_possible(const StackAmis& amis, const AmiUse& use) {
    const AmiReach::Written written = written_for(amis, use);
    if (written.empty() || amis.may_be_others(use)) return;
    for (const auto* one : written) {
      for (std::string& id : ami_ids(one->second)) ids.insert(std::move(id));
    }
    is_known = is_one_of = !ids.empty();
  }
};

std::vector<std::string> those_without(const std::set<std::string>& these,
                                       const std::set<std::string>& others) {
  std::vector<std::string> rest;
  std::set_difference(
      these.begin(), these.end(), others.begin(), others.end(), std::back_inserter(rest));
  return rest;
}

// Each once, in the order of the properties.
void add(const std::vector<std::string>& ids, std::vector<std::string>& all) {
  for (const std::string& id : ids) {
    if (std::find(all.begin(), all.end(), id) == all.end()) all.push_back(id);
  }
}

bool starts_by_templates(const AmiTexts& texts) {
  return std::any_of(
      texts.begin(), texts.end(), [](const auto& one) { return !one.second.source.empty(); });
}

// A launch template is no server: where any are started from one, its AMI is that of these. That of
// an instance with an AMI of its own does not count.
bool is_of_servers(const AmiUse& use, const AmiTexts& texts, bool by_templates) {
  if (use.property == "LaunchTemplate" && texts.contains({use.resource, "ImageId"})) return false;
  return !by_templates || !texts.at(use).is_template;
}

std::set<std::string> all_ids(const AmiTexts& texts, bool by_templates) {
  std::set<std::string> all;
  for (const auto& [use, text] : texts) {
    if (is_of_servers(use, texts, by_templates)) all.merge(ids_of(texts, use));
  }
  return all;
}

std::set<std::string> used_ids(const StackAmis& amis, bool by_templates) {
  std::set<std::string> all;
  for (const auto& [use, text] : amis.texts()) {
    if (is_of_servers(use, amis.texts(), by_templates)) all.merge(Side(amis, use).ids);
  }
  return all;
}

std::string presence_of(const AmiTexts& texts, const AmiUse& use) {
  const auto found = texts.find(use);
  return found == texts.end() ? std::string() : found->second.presence;
}

}  // namespace

StackChange::StackChange(const StackAmis& before, const StackAmis& after)
    : before_(before), after_(after), uses_(differing(before.texts(), after.texts())) {}

std::vector<AmiUse> StackChange::uses_behind(const std::string& place) const {
  if (places_.empty()) {
    places_.reserve(uses_.size());
    for (const AmiUse& use : uses_) {
      std::set<std::string>& places = places_.emplace_back(before_.places_of(use));
      places.merge(after_.places_of(use));
    }
  }
  std::vector<AmiUse> uses;
  for (std::size_t i = 0; i < uses_.size(); ++i) {
    if (touches(places_[i], place)) uses.push_back(uses_[i]);
  }
  return uses;
}

void StackChange::tell(const std::vector<AmiUse>& uses, AmiChange& one) const {
  std::vector<std::string> arriving;
  std::vector<std::string> leaving;
  find_ids();
  for (const AmiUse& use : uses) {
    if (!add_told(use, arriving, leaving)) one.is_open = true;
  }
  one.arriving = moved(arriving, uses, after_);
  one.leaving = moved(leaving, uses, before_);
  if (!one.arriving.empty() && !used_) {
    used_ = used_ids(before_,
                     starts_by_templates(before_.texts()) || starts_by_templates(after_.texts()));
  }
  for (MovedAmi& ami : one.arriving) ami.was_used = used_->contains(ami.id);
}

bool StackChange::are_kept(const std::vector<AmiUse>& uses) const {
  return !uses.empty() && std::all_of(uses.begin(), uses.end(), [&](const AmiUse& use) {
    const std::set<std::string> then = ids_of(before_.texts(), use);
    return !then.empty() && then == ids_of(after_.texts(), use);
  });
}

bool StackChange::had(const std::vector<AmiUse>& uses, const std::string& id) const {
  find_ids();
  return !uses.empty() && std::all_of(uses.begin(), uses.end(), [&](const AmiUse& use) {
    const bool was_there = before_.texts().contains(use);
    if (!was_there) return ids_before_.contains(id);
    return ids_of(before_.texts(), use).contains(id) && ids_of(after_.texts(), use).contains(id);
  });
}

void StackChange::find_ids() const {
  const bool by_templates =
      starts_by_templates(before_.texts()) || starts_by_templates(after_.texts());
  if (ids_before_.empty()) ids_before_ = all_ids(before_.texts(), by_templates);
  if (ids_after_.empty()) ids_after_ = all_ids(after_.texts(), by_templates);
}

// Of some ids that it may have been, a choice may be left in whatever way: that is known where
// others come and others go.
bool StackChange::add_told(const AmiUse& use,
                           std::vector<std::string>& arriving,
                           std::vector<std::string>& leaving) const {
  const Side then(before_, use);
  const Side now(after_, use);
  const bool is_there_alike = presence_of(before_.texts(), use) == presence_of(after_.texts(), use);
  if (!then.is_known || !now.is_known || !is_there_alike) return false;
  // To a server that is new, or called anew, an AMI is no news that another one had.
  const std::vector<std::string> came =
      those_without(now.ids, then.is_there ? then.ids : ids_before_);
  const std::vector<std::string> went =
      those_without(then.ids, now.is_there ? now.ids : ids_after_);
  const bool is_new = !came.empty() || !now.is_there;
  const bool is_gone = !went.empty() || !then.is_there;
  if ((then.is_one_of || now.is_one_of) && !(is_new && is_gone)) return false;
  add(came, arriving);
  add(went, leaving);
  return true;
}

// Where one is written may not be known: a text may be put together.
std::vector<MovedAmi> StackChange::moved(const std::vector<std::string>& ids,
                                         const std::vector<AmiUse>& uses,
                                         const StackAmis& amis) {
  std::vector<MovedAmi> all;
  constexpr std::size_t most = 200;
  for (std::size_t i = 0; i < ids.size() && i < most; ++i) {
    MovedAmi& ami = all.emplace_back();
    ami.id = ids[i];
    for (const AmiUse& use : uses) {
      for (const auto* written : written_for(amis, use)) {
        const bool is_it = ami.path.empty() && written->second.find(ids[i]) != std::string::npos;
        if (is_it) ami.path = written->first;
      }
      if (!ami.path.empty()) break;
    }
    ami.region = region_of(ami.path);
  }
  return all;
}

}  // namespace patchbot
