// SPDX-License-Identifier: Apache-2.0
#include "templates/stack_ways.hpp"

#include <utility>

#include "templates/ami_slots.hpp"
#include "templates/references.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

using Uses = std::vector<AmiUse>;

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
    ways.relevant = parameters_for_amis(root);
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
        if (!uses.empty()) unite(uses, ways.deciding[name]);
      }
    }
  }

  const TemplateNode& root_;
};

}  // namespace

Uses StackWays::uses_of(const std::string& parameter) const {
  Uses uses;
  for (const auto* those : {&giving, &deciding}) {
    const auto found = those->find(parameter);
    if (found != those->end()) unite(found->second, uses);
  }
  return uses;
}

StackWays ways_in(const TemplateNode& root, const std::string& path, Nests& nests) {
  WaysIn all(root);
  all.add(nests.handed_down(root, path));
  for (const TemplateResource& one : resources_of(root)) {
    if (is_nested_stack(one)) all.add(one, nests.uses_below(one, path));
  }
  return std::move(all.ways);
}

}  // namespace patchbot
