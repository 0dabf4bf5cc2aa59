// SPDX-License-Identifier: Apache-2.0
#include "templates/stacks.hpp"

#include <algorithm>
#include <set>

#include "templates/ami_slots.hpp"
#include "templates/chosen_amis.hpp"

namespace patchbot {
namespace {

using Uses = std::vector<AmiUse>;

constexpr std::size_t most_steps = 10'000'000;  // of one version; some seconds
constexpr std::size_t most_kept = 64;           // evaluations: each may be large

// A large template has thousands of them.
void unite(const Uses& those, Uses& uses) {
  std::set<AmiUse> known(uses.begin(), uses.end());
  for (const AmiUse& use : those) {
    if (known.insert(use).second) uses.push_back(use);
  }
}

void merge(const std::unordered_map<std::string, Uses>& from, const std::string& name, Uses& uses) {
  const auto found = from.find(name);
  if (found != from.end()) unite(found->second, uses);
}

/// Puts together what the parameters of a template do.
class WaysIn {
 public:
  explicit WaysIn(const TemplateNode& root) : root_(root) {
    const std::vector<TemplateResource> resources = resources_of(root);
    std::vector<AmiSlot> slots = ami_slots(resources);
    const std::vector<AmiSlot> leading_out = ami_ways(resources);
    AmiParameters own = ami_parameters(root, slots, leading_out);
    slots.insert(slots.end(), leading_out.begin(), leading_out.end());
    ways.beside = parameters_beside(root, slots);
    ways.giving = std::move(own.giving);
    ways.deciding = std::move(own.deciding);
    for (const auto* names : {&ways.giving, &ways.deciding}) {
      for (const auto& [name, unused] : *names) ways.relevant.insert(name);
    }
  }

  // What a stack is given, and what decides about that.
  void add(std::vector<HandedDown> handed_down) {
    ways.handed_down = std::move(handed_down);
    ways.behind.reserve(ways.handed_down.size());
    for (const HandedDown& one : ways.handed_down) {
      ways.behind.push_back(ami_parameters(root_, {one.slot}));
      add_deciding(ways.behind.back(), one.uses);
    }
  }

  // Whether a stack is there decides about all of its servers.
  void add(const TemplateResource& stack, const Uses& below) {
    static const TemplateNode none;
    const TemplateNode* const condition = stack.node->find("Condition");
    if (condition == nullptr) return;
    add_deciding(ami_parameters(root_, {{stack.id, "", "", &none, {condition->text}}}), below);
  }

  StackWays ways;

 private:
  void add_deciding(const AmiParameters& behind, const Uses& uses) {
    for (const auto* names : {&behind.giving, &behind.deciding}) {
      for (const auto& [name, unused] : *names) {
        ways.relevant.insert(name);
        if (!uses.empty()) unite(uses, ways.deciding[name]);
      }
    }
  }

  const TemplateNode& root_;
};

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

Uses StackWays::uses_of(const std::string& parameter) const {
  Uses uses;
  merge(giving, parameter, uses);
  merge(deciding, parameter, uses);
  return uses;
}

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
  merge(sources_.parameters, parameter, uses);
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

void Stacks::spend(std::size_t steps) {
  spent_ += steps;
  if (spent_ <= most_steps) return;
  throw Error(Blame::input,
              "sets of parameters, servers and maps combine to millions of ways: give fewer sets "
              "a file, or fewer servers a template");
}

const StackWays& Stacks::ways_of(const std::string& path) {
  const auto known = ways_.find(path);
  if (known != ways_.end()) return known->second;
  const TemplateNode& root = *templates_.at(path);
  WaysIn all(root);
  all.add(nests_.handed_down(root, path));
  for (const TemplateResource& one : resources_of(root)) {
    if (is_nested_stack(one)) all.add(one, nests_.uses_below(one, path));
  }
  return ways_.emplace(path, std::move(all.ways)).first->second;
}

// Others leave every AMI as it is.
ParameterValues Stacks::relevant(const StackWays& ways, const ParameterValues& values) {
  ParameterValues those;
  for (const auto& one : values) {
    const bool is_pseudo = one.first.starts_with("AWS::");
    if (is_pseudo || ways.relevant.contains(one.first)) those.insert(one);
  }
  return those;
}

Stacks::Amis Stacks::amis_of(const std::string& path,
                             const ParameterValues& values,
                             std::size_t depth) {
  if (!templates_.contains(path)) return nullptr;
  Key key{path, relevant(ways_of(path), values)};
  if (depth > 0) return evaluated(path, key.second, depth);  // a part of what is kept
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  Amis amis = evaluated(path, key.second, depth);
  if (known_.size() >= most_kept) known_.clear();
  return known_.emplace(std::move(key), std::move(amis)).first->second;
}

Stacks::Amis Stacks::evaluated(const std::string& path,
                               const ParameterValues& values,
                               std::size_t depth) {
  const TemplateNode& root = *templates_.at(path);
  const auto amis = std::make_shared<StackAmis>(root, ways_of(path), values);
  constexpr std::size_t overhead = 1000;  // stacks that nest each other multiply
  spend(overhead + amis->living().size());
  std::vector<StackAmis::Nested> nests;
  for (const TemplateResource& resource : amis->living()) {
    if (!is_nested_stack(resource)) continue;
    nests.push_back({resource.id, nested(resource, path, *amis, values, depth)});
  }
  amis->settle(std::move(nests));
  spend(amis->steps());
  return amis;
}

Stacks::Amis Stacks::nested(const TemplateResource& resource,
                            const std::string& path,
                            const StackAmis& parent,
                            const ParameterValues& values,
                            std::size_t depth) {
  if (depth + 1 > deepest_nest) return nullptr;
  ParameterValues given;
  for (const auto& one : values) {
    if (one.first.starts_with("AWS::")) given.insert(one);
  }
  const TemplateNode* const parameters = property_of(resource, "Parameters");
  for (std::size_t i = 0; parameters != nullptr && i < parameters->members.size(); ++i) {
    const TemplateNode::Member& one = parameters->members[i];
    const TemplateNode* const value = parent.conditions().living_branch(one.value);
    given[one.key] = value == nullptr ? std::nullopt : parent.conditions().text_of(*value);
  }
  return amis_of(nested_path(resource, path), given, depth + 1);
}

std::vector<MovedAmi> moved(const Uses& uses, const StackAmis& these, const StackAmis* others) {
  return difference(written(uses, these), others == nullptr ? none : written(uses, *others));
}

std::vector<MovedAmi> all_moved(const StackAmis& these, const StackAmis* others) {
  return difference(written(these.uses(), these),
                    others == nullptr ? none : written(others->uses(), *others));
}

}  // namespace patchbot
