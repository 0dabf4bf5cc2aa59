// SPDX-License-Identifier: Apache-2.0
#include "templates/stack_amis.hpp"

#include <algorithm>

#include "templates/ami_slots.hpp"
#include "templates/chosen_amis.hpp"
#include "templates/open_text.hpp"

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

StackAmis::StackAmis(const TemplateNode& root,
                     const StackWays& ways,
                     const ParameterValues& values,
                     Spend spend)
    : ways_(ways),
      root_(root),
      conditions_(root, values),
      living_(patchbot::living(root, conditions_)),
      spend_(std::move(spend)) {
  for (const TemplateResource& one : living_) by_id_.emplace(one.id, &one);
  const auto output = [this](const std::string& stack,
                             const std::string& name) -> std::optional<std::string> {
    const Nested* const nested = nested_of(stack);
    return nested == nullptr ? std::nullopt : nested->amis->expressions_->of_output(name);
  };
  expressions_ = std::make_unique<ExpressionTexts>(root_, conditions_, output);
}

void StackAmis::add(Nested nested) {
  if (nested.amis == nullptr) unread_.insert(nested.id);
  nested_.push_back(std::move(nested));
  expressions_->forget();  // its outputs may have been asked for
}

void StackAmis::settle() {
  texts_ = AmiTextReader(living_, *expressions_, unread_).all();
  for (const Nested& one : nested_) {
    if (one.amis != nullptr) add_texts_of(one);
  }
  spend_(expressions_->steps());
}

void StackAmis::add_texts_of(const Nested& nested) {
  const TemplateResource* const stack = stack_of(nested.id);
  if (stack == nullptr) return;
  const std::string presence = expressions_->presence_of(*stack);
  for (const auto& [use, text] : nested.amis->texts()) {
    if (is_output(use)) continue;  // who takes it is here
    texts_[{nested.id + "/" + use.resource, use.property}] = {
        text.value, presence + text.presence, {}, text.is_template};
  }
}

std::map<std::string, std::shared_ptr<const StackAmis>> StackAmis::instances_of(
    const std::string& path) const {
  std::map<std::string, std::shared_ptr<const StackAmis>> all;
  for (const Nested& one : nested_) {
    if (one.amis == nullptr) continue;
    if (one.path == path) all.emplace(one.id + "/", one.amis);
    for (const auto& [chain, amis] : one.amis->instances_of(path)) {
      all.emplace(one.id + "/" + chain, amis);
    }
  }
  return all;
}

std::map<std::string, std::string> StackAmis::given_unread() const {
  std::map<std::string, std::string> given;
  for (const Nested& one : nested_) {
    const TemplateResource* const stack = stack_of(one.id);
    const TemplateNode* const values =
        stack == nullptr ? nullptr : property_of(*stack, "Parameters");
    if (one.amis == nullptr && values != nullptr) given.emplace(one.id, text_of(*values));
    if (one.amis == nullptr) continue;
    for (auto& [id, text] : one.amis->given_unread()) {
      given.emplace(one.id + "/" + id, std::move(text));
    }
  }
  return given;
}

const TemplateResource* StackAmis::living(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

const TemplateResource* StackAmis::stack_of(const std::string& id) const {
  const TemplateResource* const one = living(id);
  return one == nullptr || !is_nested_stack(*one) ? nullptr : one;
}

std::set<std::string> StackAmis::places_of(const AmiUse& use) const {
  const auto slash = use.resource.find('/');
  const std::string id = use.resource.substr(0, slash);
  const TemplateResource* const stack = stack_of(id);
  const Nested* const nested = nested_of(id);
  if (slash == std::string::npos && is_beside_resources(use)) {
    return AmiTextReader(living_, *expressions_, unread_).places_beside(use);
  }
  if (stack == nullptr || nested == nullptr) {
    const TemplateResource* const server = living(use.resource);
    if (server == nullptr) return {};
    return AmiTextReader(living_, *expressions_, unread_).places_of(*server, use.property);
  }
  std::set<std::string> inner;
  if (slash != std::string::npos) inner = nested->amis->places_of(inside(use, slash));
  std::set<std::string> places{place_of_nested_path(*stack)};
  const ExpressionTexts::Recording recording(*expressions_, places);
  expressions_->presence_of(*stack);
  const TemplateNode* const where = property_of(*stack, name_of_nested_path(*stack));
  if (where != nullptr) expressions_->of(*where, place_of_nested_path(*stack));
  const TemplateNode* const values = property_of(*stack, "Parameters");
  const bool is_call = values != nullptr && values->members.size() == 1 &&
                       values->members.front().key.starts_with("Fn::");
  if (is_call) expressions_->of(*values, below(stack->path + "/Properties", "Parameters"));
  for (std::size_t i = 0; values != nullptr && i < values->members.size(); ++i) {
    const TemplateNode::Member& one = values->members[i];
    const auto named = inner.lower_bound(below("Parameters", one.key));
    const bool is_asked = use.property == "Parameters." + one.key ||
                          (named != inner.end() && is_at(*named, below("Parameters", one.key)));
    if (is_asked) {
      expressions_->of(one.value, below(stack->path + "/Properties/Parameters", one.key));
    }
  }
  return places;
}

const AmiSources& StackAmis::sources() const {
  if (sources_ != nullptr) return *sources_;
  if (too_much_) throw Error(*too_much_);
  try {
    find_sources();
  } catch (const Error& error) {
    too_much_ = std::make_unique<Error>(error);  // whoever asks again is told at once
    throw;
  }
  return *sources_;
}

void StackAmis::find_sources() const {
  std::vector<AmiSlot> ways = ami_ways(living_);
  std::erase_if(ways, [&](const AmiSlot& way) { return is_handed_to(way, nested_); });
  sources_ =
      std::make_unique<AmiSources>(ami_sources(root_, ami_slots(living_), &conditions_, ways));
  spend_(sources_->steps);
}

const AmiReach& StackAmis::reach() const {
  if (reach_ == nullptr) reach_ = std::make_unique<AmiReach>(sources());
  return *reach_;
}

const StackAmis::Nested* StackAmis::nested_of(const std::string& id) const {
  const auto found =
      std::find_if(nested_.begin(), nested_.end(), [&](const Nested& one) { return one.id == id; });
  return found == nested_.end() || found->amis == nullptr ? nullptr : &*found;
}

const AmiReach::Written& StackAmis::of(const AmiUse& use) const {
  const auto slash = use.resource.find('/');
  if (slash == std::string::npos) return reach().of(use);
  const Nested* const nested = nested_of(use.resource.substr(0, slash));
  return nested == nullptr ? none : nested->amis->of(inside(use, slash));
}

Uses StackAmis::uses() const {
  Uses uses = reach().uses();
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
  const auto own = sources().parameters.find(parameter);
  if (own != sources().parameters.end()) uses = own->second;
  for (std::size_t i = 0; i < ways_.behind.size(); ++i) {
    const HandedDown& one = ways_.handed_down[i];
    const bool is_there = nested_of(one.slot.resource) != nullptr;
    if (is_there && ways_.behind[i].giving.contains(parameter)) unite(one.uses, uses);
  }
  return uses;
}

bool StackAmis::leaves_open(const std::string& parameter) const {
  if (sources().undecided_parameters.contains(parameter)) return true;
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

bool StackAmis::may_be_others(const AmiUse& use) const {
  const auto slash = use.resource.find('/');
  if (slash != std::string::npos) {
    const Nested* const nested = nested_of(use.resource.substr(0, slash));
    return nested == nullptr || nested->amis->may_be_others(inside(use, slash));
  }
  const auto& all = sources().unresolved;
  const auto& undecided = sources().undecided_parameters;
  return std::any_of(
             all.begin(), all.end(), [&](const UnresolvedAmi& one) { return one.use == use; }) ||
         std::any_of(undecided.begin(), undecided.end(), [&](const auto& parameter) {
           const std::vector<AmiUse>& uses = parameter.second;
           return std::find(uses.begin(), uses.end(), use) != uses.end();
         });
}

bool StackAmis::is_open() const {
  return !sources().unresolved.empty() ||
         std::any_of(nested_.begin(), nested_.end(), [](const Nested& one) {
           return one.amis == nullptr || one.amis->is_open();
         });
}

bool StackAmis::uses_what_is_at(const std::string& path, const std::string& id) const {
  const auto found = sources().ids.find(path);
  const bool is_here = found != sources().ids.end() && found->second.find(id) != std::string::npos;
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
