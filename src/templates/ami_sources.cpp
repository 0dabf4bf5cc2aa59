// SPDX-License-Identifier: Apache-2.0
#include "templates/ami_sources.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "templates/ami_id.hpp"
#include "templates/list_items.hpp"
#include "templates/open_text.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

using Section = std::unordered_map<std::string_view, const TemplateNode*>;

Section section_of(const TemplateNode& root, std::string_view name) {
  Section section;
  const TemplateNode* const node = root.find(name);
  if (node == nullptr) return section;
  for (const TemplateNode::Member& member : node->members) {
    section.emplace(member.key, &member.value);
  }
  return section;
}

struct Loop {
  const TemplateNode* values;
  std::string path;
};

using Loops = std::unordered_map<std::string_view, Loop>;

// Fn::ForEach::Name: [variable, values, {"Key${variable}": ...}], one inside of the other.
void collect_loops(const TemplateNode& map, const std::string& path, Loops& loops) {
  for (const TemplateNode::Member& member : map.members) {
    const auto& loop = member.value.items;
    if (!member.key.starts_with("Fn::ForEach::") || loop.size() != 3) continue;
    const auto paths = item_paths(loop, below(path, member.key));
    loops.emplace(loop[0].text, Loop{&loop[1], paths[1]});
    collect_loops(loop[2], paths[2], loops);
  }
}

std::set<std::string> names_in(std::string_view text) {
  std::set<std::string> names;
  for (auto at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
    const auto end = text.find('}', at);
    if (end == std::string_view::npos) break;
    const std::string_view name = text.substr(at + 2, end - at - 2);
    if (!name.starts_with('!')) names.emplace(name);
  }
  return names;
}

bool is_function(std::string_view key) {
  return key == "Ref" || key == "Condition" || key.starts_with("Fn::");
}

/// Finds members of maps by their keys, fast in large ones.
class MemberIndex {
 public:
  const TemplateNode* find(const TemplateNode& map, std::string_view key) {
    constexpr std::size_t small = 8;
    if (map.members.size() <= small) return map.find(key);
    const auto [place, is_new] = large_.try_emplace(&map);
    if (is_new) {
      for (const TemplateNode::Member& one : map.members)
        place->second.emplace(one.key, &one.value);
    }
    const auto found = place->second.find(key);
    return found == place->second.end() ? nullptr : found->second;
  }

 private:
  std::unordered_map<const TemplateNode*, Section> large_;
};

/// Follows one slot after the other back to where its value is written.
class Trace {
 public:
  enum class Of : std::uint8_t { values, names };  ///< names: of parameters alone

  Trace(const TemplateNode& root, const Conditions* conditions, Of what = Of::values)
      : conditions_(conditions),
        names_only_(what == Of::names),
        parameters_(section_of(root, "Parameters")),
        definitions_(section_of(root, "Conditions")),
        maps_(section_of(root, "Mappings")) {
    if (const TemplateNode* const resources = root.find("Resources")) {
      collect_loops(*resources, "Resources", loops_);
    }
  }

  void from(const AmiSlot& slot) {
    slot_ = &slot;
    deciding_ = false;
    followed_.clear();
    said_.clear();
    follow(*slot.value, slot.path);
    for (const std::string& condition : slot.conditions) follow_condition(condition);
  }

  // What is no AMI, and says which one it is.
  void from_way(const AmiSlot& way) {
    slot_ = &way;
    followed_.clear();
    deciding_ = true;
    undecided_ = conditions_ != nullptr;  // it leads to what the template does not hold
    follow(*way.value, way.path);
    deciding_ = undecided_ = false;
    for (const std::string& condition : way.conditions) follow_condition(condition);
  }

  // The same without a slot: whatever the template refers to.
  void everything(const TemplateNode& root) {
    slot_ = nullptr;
    followed_.clear();
    for (const char* section :
         {"Resources", "Outputs", "Conditions", "Rules", "Hooks", "Globals"}) {
      if (const TemplateNode* const node = root.find(section)) follow(*node, section);
    }
  }

  // Likewise, without the slots: neither their values nor what decides whether their resources are.
  void beside(const TemplateNode& root, const std::vector<AmiSlot>& slots) {
    slot_ = nullptr;
    follows_conditions_ = true;
    std::unordered_set<std::string_view> bearing;
    for (const AmiSlot& slot : slots) {
      skipped_.insert(slot.value);
      bearing.insert(slot.resource);
    }
    for (const TemplateResource& resource : resources_of(root)) {
      follow(*resource.node, resource.path);
      const TemplateNode* const condition = resource.node->find("Condition");
      const bool is_way = bearing.contains(resource.id) || condition == nullptr;
      if (!is_way) follow_condition(condition->text);
    }
    for (const auto& [variable, loop] : loops_) follow(*loop.values, loop.path);
    if (const TemplateNode* const rules = root.find("Rules")) follow(*rules, "Rules");
    const TemplateNode* const outputs = root.find("Outputs");
    if (outputs == nullptr) return;
    follow(*outputs, "Outputs");
    for (const TemplateNode::Member& output : outputs->members) {
      const TemplateNode* const condition = output.value.find("Condition");
      if (condition != nullptr) follow_condition(condition->text);
    }
  }

  std::size_t steps() const { return steps_; }

  AmiSources sources;
  std::unordered_set<std::string> reached;
  std::unordered_set<std::string> named;  ///< parameters, where there is no slot

 private:
  // Hostile templates combine many resources with many cells or variables.
  void step(std::size_t cost) {
    constexpr std::size_t most = 3'000'000;
    steps_ += cost;
    if (steps_ > most) {
      throw Error(Blame::input, "its resources, maps and texts combine to millions of ways");
    }
  }

  void follow(const TemplateNode& node, const std::string& path) {
    step(1);
    if (skipped_.contains(&node)) return;
    if (node.is_scalar()) return note(node, path);
    constexpr std::size_t deepest = 500;  // of values in what they refer to
    if (depth_ >= deepest) throw Error(Blame::input, "its values refer to each other too deep");
    ++depth_;
    follow_parts(node, path);
    --depth_;
  }

  void follow_parts(const TemplateNode& node, const std::string& path) {
    const auto paths = item_paths(node.items, path);
    for (std::size_t i = 0; i < paths.size(); ++i) follow(node.items[i], paths[i]);
    const bool is_call = node.members.size() == 1 && is_function(node.members.front().key);
    if (is_call) return follow_call(node.members.front(), path);
    if (slot_ != nullptr && !deciding_) return;
    for (const TemplateNode::Member& member : node.members) {
      follow(member.value, below(path, member.key));
    }
  }

  void follow_call(const TemplateNode::Member& call, const std::string& path) {
    const std::string_view name = call.key;
    const TemplateNode& argument = call.value;
    const std::string here = below(path, name);
    if (name == "Ref") return follow_ref(argument.text);
    if (name == "Fn::FindInMap") return follow_map(argument, here);
    if (name == "Fn::Sub") return follow_sub(argument, here);
    if (name == "Fn::If") return follow_branches(argument, here);
    if (name == "Condition" && (deciding_ || follows_conditions_))
      return follow_condition(argument.text);
    if (slot_ == nullptr || deciding_ || name == "Fn::Join" || name == "Fn::Select" ||
        name == "Fn::Split") {
      return follow(argument, here);
    }
    leave(unknown_call(call));
  }

  // Only a running stack, or whoever runs a macro, knows that.
  static std::string unknown_call(const TemplateNode::Member& call) {
    std::string what = call.key;
    if (call.value.is_scalar()) what += " " + call.value.text;
    for (const TemplateNode& item : call.value.items) {
      if (item.is_scalar()) what += (what == call.key ? " " : ".") + item.text;
    }
    return what + " is known to the running stack only";
  }

  void leave(std::string reason) {
    if (slot_ == nullptr || deciding_ || !said_.insert(reason).second) return;
    step(reason.size() / 16);
    sources.unresolved.push_back(
        {{slot_->resource, slot_->property}, slot_->value->place, std::move(reason)});
  }

  void follow_ref(const std::string& name) {
    step(1);
    if (const auto loop = loops_.find(name); loop != loops_.end()) {
      return follow_once(*loop->second.values, loop->second.path);
    }
    const auto parameter = parameters_.find(name);
    if (parameter == parameters_.end()) {
      if (name != "AWS::NoValue") leave("Ref " + name + " is no parameter of this template");
      return;
    }
    note_parameter(name);
    const auto* const given = conditions_ == nullptr ? nullptr : conditions_->given(name);
    if (given != nullptr) {
      return *given && is_known(**given)
                 ? note(**given, below("Parameters", name))
                 : leave("the parameter " + name + " keeps the value that the stack has");
    }
    const TemplateNode* const value = parameter->second->find("Default");
    if (value == nullptr) return leave("the parameter " + name + " gets its value at deployment");
    const TemplateNode* const type = parameter->second->find("Type");
    if (type != nullptr && type->text.starts_with("AWS::SSM::")) {
      leave("the parameter " + name + " is looked up in Systems Manager at deployment");
    }
    follow_once(*value, below(below("Parameters", name), "Default"));
  }

  // Many ways may lead to one value: it is enough to go there once for each slot.
  void follow_once(const TemplateNode& node, const std::string& path) {
    step(1);
    if (followed_.insert(deciding_ ? path + '\0' : path).second) follow(node, path);
  }

  void follow_deciding(const TemplateNode& node, const std::string& path, bool is_known) {
    if (slot_ == nullptr) {
      if (follows_conditions_) follow(node, path);
      return;
    }
    const bool before = std::exchange(deciding_, true);
    const bool known_before = std::exchange(undecided_, conditions_ != nullptr && !is_known);
    follow(node, path);
    undecided_ = known_before;
    deciding_ = before;
  }

  void follow_condition(const std::string& name) {
    const auto definition = definitions_.find(name);
    const bool is_followed = slot_ != nullptr || follows_conditions_;
    if (!is_followed || definition == definitions_.end()) return;
    const bool before = std::exchange(deciding_, slot_ != nullptr);
    const bool is_known = conditions_ == nullptr || conditions_->holds(name).has_value();
    const bool known_before = std::exchange(undecided_, !is_known);
    follow_once(*definition->second, below("Conditions", name));
    undecided_ = known_before;
    deciding_ = before;
  }

  void note_parameter(const std::string& name) {
    if (slot_ == nullptr) return void(named.insert(name));
    add_use(deciding_ ? sources.deciding_parameters[name] : sources.parameters[name]);
    if (deciding_ && undecided_) add_use(sources.undecided_parameters[name]);
  }

  void follow_branches(const TemplateNode& branches, const std::string& path) {
    const auto paths = item_paths(branches.items, path);
    if (!paths.empty()) follow_condition(branches.items[0].text);
    std::optional<bool> holds;
    if (conditions_ != nullptr && !paths.empty())
      holds = conditions_->holds(branches.items[0].text);
    for (std::size_t i = 1; i < paths.size(); ++i) {
      const bool is_dead = holds && (i == 1) != *holds;
      if (!is_dead) follow(branches.items[i], paths[i]);
    }
  }

  // "${Image}" in the text, unless the call brings its own variable of that name.
  void follow_sub(const TemplateNode& argument, const std::string& path) {
    const bool has_variables = argument.is_list() && argument.items.size() == 2;
    const TemplateNode& text = has_variables ? argument.items[0] : argument;
    const auto paths = item_paths(argument.items, path);
    note(text, has_variables ? paths[0] : path);
    step(text.text.size() / 16);
    for (const std::string& name : names_in(text.text)) {
      const TemplateNode* const own = has_variables ? argument.items[1].find(name) : nullptr;
      if (own != nullptr) {
        follow(*own, below(paths[1], name));
      } else if (name.find('.') == std::string::npos && !name.starts_with("AWS::")) {
        follow_ref(name);
      }
    }
  }

  // The name of the map, or a key, may itself be looked up: then every one is possible.
  void follow_map(const TemplateNode& argument, const std::string& path) {
    if (argument.items.size() < 3) return;
    const auto paths = item_paths(argument.items, path);
    std::array<std::optional<std::string>, 3> keys;
    for (std::size_t i = 0; i < 3; ++i) {
      const TemplateNode& key = argument.items[i];
      keys[i] = known_key(key);
      if (!key.is_scalar()) follow_deciding(key, paths[i], keys[i].has_value());
    }
    if (!names_only_) follow_cells(keys);
    if (argument.items.size() < 4) return;
    if (const TemplateNode* const value = argument.items[3].find("DefaultValue")) {
      follow(*value, below(paths[3], "DefaultValue"));
    }
  }

  // The variable of a loop makes a key of many.
  std::optional<std::string> known_key(const TemplateNode& key) const {
    if (!key.is_scalar()) return conditions_ == nullptr ? std::nullopt : conditions_->text_of(key);
    return key.text.find("${") == std::string::npos ? std::optional(key.text) : std::nullopt;
  }

  void follow_cells(const std::array<std::optional<std::string>, 3>& keys) {
    const auto follow_one = [&](std::string_view name, const TemplateNode& map) {
      const std::string path = below("Mappings", name);
      each_possible(map, keys[1], [&](std::string_view top, const TemplateNode& row) {
        const std::string above = below(path, top);
        each_possible(row, keys[2], [&](std::string_view cell, const TemplateNode& value) {
          follow_cell(value, below(above, cell));
        });
      });
    };
    if (keys[0]) {
      const auto map = maps_.find(*keys[0]);
      if (map != maps_.end()) follow_one(map->first, *map->second);
      return;
    }
    for (const auto& [name, map] : maps_) {
      step(1);
      follow_one(name, *map);
    }
  }

  template <class Visit>
  void each_possible(const TemplateNode& map,
                     const std::optional<std::string>& key,
                     const Visit& visit) {
    if (key) {
      step(1);
      const TemplateNode* const value = index_.find(map, *key);
      if (value != nullptr) visit(*key, *value);
      return;
    }
    for (const TemplateNode::Member& member : map.members) {
      step(1);
      visit(member.key, member.value);
    }
  }

  // There are thousands of them, and nearly all are texts.
  void follow_cell(const TemplateNode& value, const std::string& path) {
    if (!value.is_scalar() || deciding_) return follow_once(value, path);
    if (followed_.insert(path).second) note(value, path);
  }

  // Slots come one after the other, so what is there already is the last one.
  void note(const TemplateNode& node, const std::string& path) { note(node.text, path); }

  void note(const std::string& text, const std::string& path) {
    step(1);
    if (names_only_) return;
    if (slot_ == nullptr) {
      reached.insert(path);
      return;
    }
    if (deciding_) return add_use(sources.deciding[path]);
    add_use(sources.uses[path]);
    if (is_ami_list(text)) sources.ids.emplace(path, text);
  }

  void add_use(std::vector<AmiUse>& uses) const {
    const AmiUse use{slot_->resource, slot_->property};
    if (uses.empty() || uses.back() != use) uses.push_back(use);
  }

  const Conditions* conditions_;
  bool names_only_;
  MemberIndex index_;
  Section parameters_;
  Section definitions_;  ///< of conditions
  Section maps_;
  Loops loops_;
  const AmiSlot* slot_ = nullptr;  ///< none: whatever is referred to
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  bool deciding_ = false;            ///< what is followed chooses among AMIs and is none
  bool undecided_ = false;           ///< and what it comes to is not known
  bool follows_conditions_ = false;  ///< where they are named, not all of them
  std::unordered_set<const TemplateNode*> skipped_;
  std::unordered_set<std::string> followed_;
  std::set<std::string> said_;  ///< of the slot
};

// AWS runs these; every other is a macro of the account, whose code is not here.
bool is_known_transform(std::string_view name) {
  return name == "AWS::Serverless-2016-10-31" || name == "AWS::LanguageExtensions" ||
         name == "AWS::CodeDeployBlueGreen" || name.starts_with("AWS::SecretsManager-");
}

void add_transforms(const TemplateNode& root, std::vector<UnresolvedAmi>& unresolved) {
  const TemplateNode* const transform = root.find("Transform");
  if (transform == nullptr) return;
  const auto add = [&](const TemplateNode& one) {
    const TemplateNode* const name = one.is_scalar() ? &one : one.find("Name");
    if (name == nullptr || is_known_transform(name->text)) return;
    unresolved.push_back(
        {{}, one.place, "the macro " + name->text + " may add AMIs that are not written here"});
  };
  if (!transform->is_list()) add(*transform);
  for (const TemplateNode& one : transform->items) add(one);
}

// Fn::Transform as a key, anywhere among the resources: a macro, or a file in S3.
void add_includes(const TemplateNode& node, std::vector<UnresolvedAmi>& unresolved) {
  for (const TemplateNode& item : node.items) add_includes(item, unresolved);
  for (const TemplateNode::Member& member : node.members) {
    if (member.key == "Fn::Transform") {
      unresolved.push_back({{}, member.place, "Fn::Transform adds what is not written here"});
    }
    add_includes(member.value, unresolved);
  }
}

}  // namespace

void unite(const std::vector<AmiUse>& others, std::vector<AmiUse>& uses) {
  std::set<AmiUse> known(uses.begin(), uses.end());
  for (const AmiUse& use : others) {
    if (known.insert(use).second) uses.push_back(use);
  }
}

AmiSources ami_sources(const TemplateNode& root,
                       const std::vector<AmiSlot>& slots,
                       const Conditions* conditions,
                       const std::vector<AmiSlot>& ways) {
  Trace trace(root, conditions);
  for (const AmiSlot& slot : slots) trace.from(slot);
  for (const AmiSlot& way : ways) trace.from_way(way);
  add_transforms(root, trace.sources.unresolved);
  for (const char* section : {"Resources", "Mappings"}) {
    if (const TemplateNode* const node = root.find(section)) {
      add_includes(*node, trace.sources.unresolved);
    }
  }
  trace.sources.steps = trace.steps();
  return std::move(trace.sources);
}

AmiParameters ami_parameters(const TemplateNode& root,
                             const std::vector<AmiSlot>& slots,
                             const std::vector<AmiSlot>& ways) {
  Trace trace(root, nullptr, Trace::Of::names);
  for (const AmiSlot& slot : slots) trace.from(slot);
  for (const AmiSlot& way : ways) trace.from_way(way);
  return {std::move(trace.sources.parameters), std::move(trace.sources.deciding_parameters)};
}

std::unordered_set<std::string> parameters_beside(const TemplateNode& root,
                                                  const std::vector<AmiSlot>& slots) {
  Trace trace(root, nullptr, Trace::Of::names);
  trace.beside(root, slots);
  return std::move(trace.named);
}

std::unordered_set<std::string> reached_values(const TemplateNode& root) {
  Trace trace(root, nullptr);
  trace.everything(root);
  return std::move(trace.reached);
}

}  // namespace patchbot
