// SPDX-License-Identifier: Apache-2.0
#include "templates/nests.hpp"

#include <filesystem>

#include "templates/ami_slots.hpp"
#include "templates/expression_texts.hpp"
#include "templates/open_text.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_handed_down = 1000;
constexpr std::size_t most_uses = 5000;

bool is_stack(const TemplateResource& resource) {
  return resource.type() == "AWS::CloudFormation::Stack";
}

[[noreturn]] void too_many() {
  throw Error(Blame::input, "nested stacks hand down too much to follow");
}

}  // namespace

bool is_nested_stack(const TemplateResource& resource) {
  return is_stack(resource) || resource.type() == "AWS::Serverless::Application";
}

const TemplateNode* property_of(const TemplateResource& resource, std::string_view name) {
  const TemplateNode* const properties = resource.node->find("Properties");
  return properties == nullptr ? nullptr : properties->find(name);
}

std::string nested_path(const TemplateResource& resource, const std::string& path) {
  if (!is_nested_stack(resource)) return {};
  const TemplateNode* const where = property_of(resource, name_of_nested_path(resource));
  const bool is_text = where != nullptr && where->is_scalar();
  return is_text ? nested_path(where->text, path) : std::string();
}

std::string nested_path(const std::string& where, const std::string& path) {
  const bool is_address = where.find(':') != std::string::npos;
  if (where.empty() || is_address || where.front() == '/' || !is_known(where)) return {};
  const fs::path whole = (fs::path(path).parent_path() / where).lexically_normal();
  return whole.string().starts_with("..") ? std::string() : whole.string();
}

std::string_view name_of_nested_path(const TemplateResource& stack) {
  return is_stack(stack) ? "TemplateURL" : "Location";
}

std::string place_of_nested_path(const TemplateResource& resource) {
  return below(resource.path + "/Properties", name_of_nested_path(resource));
}

std::vector<HandedDown> Nests::handed_down(const TemplateNode& root,
                                           const std::string& path,
                                           std::size_t depth) {
  if (depth == 0) {
    uses_ = 0;
    on_the_way_.clear();  // whoever gave up has left it as it was
  }
  std::vector<HandedDown> all;
  for (const TemplateResource& resource : resources_of(root)) {
    if (is_nested_stack(resource)) add_handed_down(resource, path, depth, all);
  }
  return all;
}

void Nests::add_handed_down(const TemplateResource& stack,
                            const std::string& path,
                            std::size_t depth,
                            std::vector<HandedDown>& all) {
  const TemplateNode* const values = property_of(stack, "Parameters");
  const std::string nested = values == nullptr ? std::string() : nested_path(stack, path);
  const UsesByParameter* const inside = values == nullptr ? nullptr : uses_in(nested, depth);
  if (inside == nullptr) return;
  const TemplateNode* const condition = stack.node->find("Condition");
  std::vector<std::string> conditions;
  if (condition != nullptr) conditions.push_back(condition->text);
  for (const TemplateNode::Member& one : values->members) {
    const std::string place = below(stack.path + "/Properties/Parameters", one.key);
    HandedDown& next = all.emplace_back(
        HandedDown{{stack.id, "Parameters." + one.key, place, &one.value, conditions}, one.key});
    next.is_named = is_named(nested, one.key);
    if (all.size() > most_handed_down) too_many();
    const auto uses = inside->find(one.key);
    if (uses == inside->end()) continue;
    for (const AmiUse& use : uses->second) {
      next.uses.push_back({stack.id + "/" + use.resource, use.property});
      if (++uses_ > most_uses) too_many();
    }
  }
}

std::vector<AmiUse> Nests::uses_below(const TemplateResource& stack, const std::string& path) {
  std::vector<AmiUse> all;
  const std::string nested = nested_path(stack, path);
  if (!templates_.contains(nested)) return all;
  for (const AmiUse& use : all_uses(nested)) {
    all.push_back({stack.id + "/" + use.resource, use.property});
  }
  return all;
}

const std::vector<AmiUse>& Nests::all_uses(const std::string& path) {
  const auto [place, is_new] = all_uses_.try_emplace(path);
  if (!is_new) return place->second;
  std::vector<AmiUse> all;
  const std::vector<TemplateResource> resources = resources_of(*templates_.at(path));
  for (const AmiSlot& slot : ami_slots(resources)) all.push_back({slot.resource, slot.property});
  for (const TemplateResource& one : resources) {
    if (!is_nested_stack(one) || all.size() >= most_uses) continue;
    const std::vector<AmiUse> below = uses_below(one, path);
    all.insert(all.end(), below.begin(), below.end());
  }
  if (all.size() > most_uses) all.resize(most_uses);
  return place->second = std::move(all);
}

// Null for one that is not there, or nests too deep or in a circle.
const Nests::UsesByParameter* Nests::uses_in(const std::string& path, std::size_t depth) {
  const auto root = templates_.find(path);
  const bool is_circle = on_the_way_.contains(path);
  if (root == templates_.end() || depth >= deepest_nest || is_circle) return nullptr;
  const auto known = known_.find({path, depth});
  if (known != known_.end()) return &known->second;
  on_the_way_.insert(path);
  UsesByParameter uses;
  const AmiParameters own = ami_parameters(*root->second, ami_slots(resources_of(*root->second)));
  for (const auto* parameters : {&own.giving, &own.deciding}) {
    for (const auto& [name, those] : *parameters) unite(those, uses[name]);
  }
  for (const HandedDown& one : handed_down(*root->second, path, depth + 1)) {
    const AmiParameters given = ami_parameters(*root->second, {one.slot});
    for (const auto* parameters : {&given.giving, &given.deciding}) {
      for (const auto& [name, unused] : *parameters) unite(one.uses, uses[name]);
    }
  }
  on_the_way_.erase(path);
  return &known_.emplace(std::pair(path, depth), std::move(uses)).first->second;
}

// One that it does not have is an error of another kind.
bool Nests::is_named(const std::string& path, const std::string& name) {
  const TemplateNode& root = *templates_.at(path);
  const TemplateNode* const parameters = root.find("Parameters");
  if (parameters == nullptr || parameters->find(name) == nullptr) return true;
  const auto [place, is_new] = references_.try_emplace(path);
  if (is_new) place->second.add(root);
  return place->second.may_be_any || place->second.names.contains(name);
}

}  // namespace patchbot
