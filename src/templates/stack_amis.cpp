// SPDX-License-Identifier: Apache-2.0
#include "templates/stack_amis.hpp"

#include <algorithm>

#include "templates/ami_slots.hpp"
#include "templates/chosen_amis.hpp"

namespace patchbot {
namespace {

using Uses = std::vector<AmiUse>;

const AmiReach::Written none;

AmiReach::Written written(const Uses& uses, const StackAmis& amis) {
  AmiReach::Written all;
  for (const AmiUse& use : uses) {
    const AmiReach::Written& one = amis.of(use);
    all.insert(all.end(), one.begin(), one.end());
  }
  return all;
}

// What any of the properties gets is no news where another had it.
std::vector<MovedAmi> difference(const AmiReach::Written& now, const AmiReach::Written& then) {
  std::vector<MovedAmi> moved;
  add_moved(now, then, moved);
  return moved;
}

bool is_handed_to(const AmiSlot& way, const std::vector<StackAmis::Nested>& nested) {
  return way.property.starts_with("Parameters.") &&
         std::any_of(nested.begin(), nested.end(), [&](const StackAmis::Nested& one) {
           return one.id == way.resource && one.amis != nullptr;
         });
}

// "Web/Server" is the server of the stack Web.
AmiUse inside(const AmiUse& use, std::size_t slash) {
  return {use.resource.substr(slash + 1), use.property};
}

}  // namespace

StackAmis::StackAmis(const TemplateNode& root, const StackWays& ways, const ParameterValues& values)
    : ways_(ways),
      root_(root),
      conditions_(root, values),
      living_(patchbot::living(root, conditions_)) {}

void StackAmis::settle(std::vector<Nested> nested) {
  nested_ = std::move(nested);
  std::vector<AmiSlot> ways = ami_ways(living_);
  std::erase_if(ways, [&](const AmiSlot& way) { return is_handed_to(way, nested_); });
  sources_ = ami_sources(root_, ami_slots(living_), &conditions_, ways);
  reach_ = std::make_unique<AmiReach>(sources_);
}

const StackAmis::Nested* StackAmis::nested_of(const std::string& id) const {
  const auto found =
      std::find_if(nested_.begin(), nested_.end(), [&](const Nested& one) { return one.id == id; });
  return found == nested_.end() || found->amis == nullptr ? nullptr : &*found;
}

const AmiReach::Written& StackAmis::of(const AmiUse& use) const {
  const auto slash = use.resource.find('/');
  if (slash == std::string::npos) return reach_->of(use);
  const Nested* const nested = nested_of(use.resource.substr(0, slash));
  return nested == nullptr ? none : nested->amis->of(inside(use, slash));
}

Uses StackAmis::uses() const {
  Uses uses = reach_->uses();
  for (const Nested& one : nested_) {
    if (one.amis == nullptr) continue;
    for (const AmiUse& use : one.amis->uses()) {
      uses.push_back({one.id + "/" + use.resource, use.property});
    }
  }
  return uses;
}

Uses StackAmis::uses_of_value(const std::string& parameter) const {
  Uses uses;
  const auto own = sources_.parameters.find(parameter);
  if (own != sources_.parameters.end()) uses = own->second;
  for (std::size_t i = 0; i < ways_.behind.size(); ++i) {
    const HandedDown& one = ways_.handed_down[i];
    const bool is_there = nested_of(one.slot.resource) != nullptr;
    if (is_there && ways_.behind[i].giving.contains(parameter)) unite(one.uses, uses);
  }
  return uses;
}

bool StackAmis::leaves_open(const std::string& parameter) const {
  if (sources_.undecided_parameters.contains(parameter)) return true;
  for (std::size_t i = 0; i < ways_.behind.size(); ++i) {
    const AmiParameters& behind = ways_.behind[i];
    if (!behind.giving.contains(parameter) && !behind.deciding.contains(parameter)) continue;
    if (leaves_open(ways_.handed_down[i])) return true;
  }
  return false;
}

bool StackAmis::leaves_open(const HandedDown& one) const {
  const Nested* const nested = nested_of(one.slot.resource);
  return nested != nullptr && nested->amis->leaves_open(one.name);
}

bool StackAmis::is_open() const {
  return !sources_.unresolved.empty() ||
         std::any_of(nested_.begin(), nested_.end(), [](const Nested& one) {
           return one.amis == nullptr || one.amis->is_open();
         });
}

bool StackAmis::uses_what_is_at(const std::string& path, const std::string& id) const {
  const auto found = sources_.ids.find(path);
  const bool is_here = found != sources_.ids.end() && found->second.find(id) != std::string::npos;
  if (is_here) return true;
  return std::any_of(nested_.begin(), nested_.end(), [&](const Nested& one) {
    return one.amis != nullptr && one.amis->uses_what_is_at(path, id);
  });
}

std::vector<MovedAmi> moved(const Uses& uses, const StackAmis& these, const StackAmis* others) {
  return difference(written(uses, these), others == nullptr ? none : written(uses, *others));
}

std::vector<MovedAmi> all_moved(const StackAmis& these, const StackAmis* others) {
  return difference(written(these.uses(), these),
                    others == nullptr ? none : written(others->uses(), *others));
}

}  // namespace patchbot
