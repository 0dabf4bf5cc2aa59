// SPDX-License-Identifier: Apache-2.0
#include "templates/stacks.hpp"

#include <algorithm>

#include "templates/open_text.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_steps = 10'000'000;  // of one version; some seconds
constexpr std::size_t most_kept = 64;           // evaluations: each may be large

}  // namespace

void Stacks::spend(std::size_t steps) {
  spent_ += steps;
  if (spent_ <= most_steps) return;
  throw Error(Blame::input,
              "sets of parameters, servers and maps combine to millions of ways: give fewer sets "
              "a file, or fewer servers a template");
}

const std::string& Stacks::template_for(const std::string& file, const ParameterSet& set) {
  const auto [found, is_new] = template_for_.try_emplace({file, set.place});
  if (is_new) found->second = template_of(file, set, templates_);
  return found->second;
}

const StackWays& Stacks::ways_of(const std::string& path) {
  const auto known = ways_.find(path);
  if (known != ways_.end()) return known->second;
  return ways_.emplace(path, ways_in(*templates_.at(path), path, nests_)).first->second;
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
  if (depth == 0) on_the_way_.clear();  // what threw has not come back
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
  const auto amis = std::make_shared<StackAmis>(
      root, ways_of(path), values, [this](std::size_t steps) { spend(steps); });
  // Stacks that nest each other multiply, and each is kept in memory.
  constexpr std::size_t overhead = 1000;
  constexpr std::size_t for_each_resource = 20;
  spend(overhead + for_each_resource * amis->living().size());
  const bool is_first = on_the_way_.insert(path).second;
  for (const TemplateResource* const one : nested_stacks(*amis)) {
    amis->add(nested(*one, path, *amis, values, depth));
  }
  if (is_first) on_the_way_.erase(path);
  amis->settle();
  return amis;
}

// Those first that get nothing from others.
std::vector<const TemplateResource*> Stacks::nested_stacks(const StackAmis& amis) {
  std::vector<const TemplateResource*> stacks;
  for (const TemplateResource& one : amis.living()) {
    if (is_nested_stack(one)) stacks.push_back(&one);
  }
  std::stable_partition(stacks.begin(), stacks.end(), [](const TemplateResource* one) {
    const TemplateNode* const parameters = property_of(*one, "Parameters");
    return parameters == nullptr || !holds(*parameters, "Outputs.");
  });
  return stacks;
}

StackAmis::Nested Stacks::nested(const TemplateResource& resource,
                                 const std::string& path,
                                 const StackAmis& parent,
                                 const ParameterValues& values,
                                 std::size_t depth) {
  const TemplateNode* const where = property_of(resource, name_of_nested_path(resource));
  StackAmis::Nested stack{resource.id, {}, nullptr};
  if (where != nullptr) stack.path = nested_path(parent.text_of(*where), path);
  const bool is_circle = on_the_way_.contains(stack.path) || stack.path == path;
  if (depth + 1 > deepest_nest || is_circle || !templates_.contains(stack.path)) return stack;
  ParameterValues given;
  for (const auto& one : values) {
    if (one.first.starts_with("AWS::")) given.insert(one);
  }
  const TemplateNode* parameters = property_of(resource, "Parameters");
  if (parameters != nullptr) parameters = parent.conditions().living_branch(*parameters);
  for (std::size_t i = 0; parameters != nullptr && i < parameters->members.size(); ++i) {
    const TemplateNode::Member& one = parameters->members[i];
    std::string text = parent.text_of(one.value);
    if (is_no_value(text)) continue;
    given[one.key] = std::move(text);  // what only the stack knows is an expression in there, too
  }
  stack.amis = amis_of(stack.path, given, depth + 1);
  return stack;
}

}  // namespace patchbot
