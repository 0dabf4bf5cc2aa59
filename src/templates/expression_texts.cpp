// SPDX-License-Identifier: Apache-2.0
#include "templates/expression_texts.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "templates/list_items.hpp"
#include "templates/open_text.hpp"

namespace patchbot {
namespace {

using open_text::bounded;
using open_text::left;
using open_text::looked_up;
using open_text::mark;
using open_text::no_value;
using open_text::shortened;

bool is_function(std::string_view key) {
  return key == "Ref" || key == "Condition" ||
         (key.starts_with("Fn::") && !key.starts_with("Fn::ForEach::"));
}

const TemplateNode::Member* call_in(const TemplateNode& node) {
  const bool is_one = node.members.size() == 1 && is_function(node.members.front().key);
  return is_one ? &node.members.front() : nullptr;
}

bool is_server(const std::string& type) {
  return type == "AWS::EC2::Instance" || type == "AWS::EC2::LaunchTemplate" ||
         type == "AWS::AutoScaling::LaunchConfiguration";
}

}  // namespace

ExpressionTexts::ExpressionTexts(const TemplateNode& root,
                                 const Conditions& conditions,
                                 Outputs outputs)
    : root_(root), conditions_(conditions), outputs_(std::move(outputs)) {
  for (TemplateResource& one : resources_of(root)) resources_.emplace(one.id, std::move(one));
  if (const TemplateNode* const section = root.find("Resources"))
    collect_loops(*section, "Resources");
}

ExpressionTexts::Recording::Recording(ExpressionTexts& texts, std::set<std::string>& places)
    : texts_(texts) {
  texts_.places_ = &places;
}

// What threw has not come back from where it was.
ExpressionTexts::Recording::~Recording() {
  texts_.places_ = nullptr;
  texts_.depth_ = 0;
  texts_.on_the_way_.clear();
}

// Fn::ForEach::Name: [variable, values, {"Key${variable}": ...}], one inside of the other.
void ExpressionTexts::collect_loops(const TemplateNode& map, const std::string& path) {
  for (const TemplateNode::Member& member : map.members) {
    const auto& loop = member.value.items;
    if (!member.key.starts_with("Fn::ForEach::") || loop.size() != 3) continue;
    const std::string here = below(path, member.key);
    const auto paths = item_paths(loop, here);
    loops_.emplace(loop[0].text, Loop{&loop[1], paths[1], here});
    collect_loops(loop[2], paths[2]);
  }
}

// Hostile templates refer to themselves in many ways.
void ExpressionTexts::step() {
  constexpr std::size_t most = 3'000'000;
  if (++steps_ <= most) return;
  throw Error(Blame::input, "its resources, maps and texts combine to millions of ways");
}

void ExpressionTexts::note(const std::string& path) {
  if (records()) places_->insert(path);
}

// Paths are needed where they are recorded, and cost more than all else.
std::string ExpressionTexts::child(const std::string& path, std::string_view step) const {
  return records() ? below(path, step) : std::string();
}

std::vector<std::string> ExpressionTexts::children(const TemplateNode& list,
                                                   const std::string& path) const {
  return records() ? item_paths(list.items, path) : std::vector<std::string>(list.items.size());
}

std::string ExpressionTexts::of(const TemplateNode& node, const std::string& path) {
  constexpr std::size_t deepest = 500;  // of expressions in what they refer to
  step();
  if (node.is_scalar()) {
    note(path);
    return bounded(std::string(node.value()));
  }
  if (depth_ >= deepest) throw Error(Blame::input, "its values refer to each other too deep");
  ++depth_;
  std::string text = of_expression(node, path);
  --depth_;
  return text;
}

std::string ExpressionTexts::of_expression(const TemplateNode& node, const std::string& path) {
  if (node.is_list()) return of_items(node, path);
  if (const TemplateNode::Member* const call = call_in(node)) {
    return bounded(of_call(*call, child(path, call->key)));
  }
  return of_members(node, path);
}

std::string ExpressionTexts::of_items(const TemplateNode& list, const std::string& path) {
  const auto paths = children(list, path);
  std::string text;
  for (std::size_t i = 0; i < paths.size(); ++i)
    text += shortened(of(list.items[i], paths[i])) + mark;
  return left("list", text);
}

// In whatever order they stand.
std::string ExpressionTexts::of_members(const TemplateNode& map, const std::string& path) {
  std::vector<std::string> texts;
  texts.reserve(map.members.size());
  for (const TemplateNode::Member& member : map.members) {
    const std::string text = of(member.value, child(path, member.key));
    if (!is_no_value(text)) texts.push_back(member.key + mark + shortened(text) + mark);
  }
  std::sort(texts.begin(), texts.end());
  std::string all;
  for (const std::string& text : texts) all += text;
  return left("map", all);
}

std::string ExpressionTexts::of_call(const TemplateNode::Member& call, const std::string& path) {
  const std::string& name = call.key;
  const TemplateNode& argument = call.value;
  if (name == "Ref") {
    note(path);
    if (argument.is_scalar()) return of_name(argument.text);
    const std::string named = of(argument, path);  // AWS::LanguageExtensions
    return is_known(named) ? of_name(named) : left("Ref", named);
  }
  if (name == "Fn::FindInMap") return of_map(argument, path);
  if (name == "Fn::Sub") return of_sub(argument, path);
  if (name == "Fn::Join") return of_join(argument, path);
  if (name == "Fn::Select") return of_select(argument, path);
  if (name == "Condition") {
    note(path);
    return of_condition(argument.text);
  }
  if (name == "Fn::If") {
    return branched(argument, path, [&](const TemplateNode& node, const std::string& place) {
      return of(node, place);
    });
  }
  if (name == "Fn::GetAtt" && argument.items.size() == 2) {
    note(path);
    const std::string resource = of(argument.items[0], path);
    const std::string attribute = of(argument.items[1], path);
    return is_known(resource) ? of_attribute(resource, attribute)
                              : left("Fn::GetAtt", resource + mark + attribute);
  }
  return left(name, of(argument, path));
}

template <class Branch>
std::string ExpressionTexts::branched(const TemplateNode& branches,
                                      const std::string& path,
                                      const Branch& branch) {
  if (branches.items.size() != 3) return left("Fn::If", of(branches, path));
  const auto paths = children(branches, path);
  const std::string& name = branches.items[0].text;
  note(paths[0]);
  const std::optional<bool> holds = conditions_.holds(name);
  if (records() || !holds) of_condition(name);
  if (holds) {
    const std::size_t living = *holds ? 1 : 2;
    return branch(branches.items[living], paths[living]);
  }
  std::string first = branch(branches.items[1], paths[1]);
  const std::string second = branch(branches.items[2], paths[2]);
  if (first == second) return first;
  return left("Fn::If", of_condition(name) + mark + shortened(first) + mark + shortened(second));
}

std::string ExpressionTexts::of_name(const std::string& name) {
  if (const auto loop = loops_.find(name); loop != loops_.end()) {
    return left("each", name + mark + shortened(of(*loop->second.values, loop->second.path)));
  }
  const TemplateNode* const parameters = root_.find("Parameters");
  const TemplateNode* const parameter = parameters == nullptr ? nullptr : parameters->find(name);
  if (parameter != nullptr) return of_parameter(name, *parameter);
  if (name == "AWS::NoValue") return std::string(no_value);
  const auto* const given = conditions_.given(name);
  if (given != nullptr && *given) return **given;
  return left("Ref", name + mark + of_resource(name));
}

std::string ExpressionTexts::of_parameter(const std::string& name, const TemplateNode& parameter) {
  const std::string path = records() ? below("Parameters", name) : std::string();
  const TemplateNode* const type = parameter.find("Type");
  note(child(path, "Type"));
  const auto* const given = conditions_.given(name);
  const TemplateNode* const standard = parameter.find("Default");
  std::string value = left("given", name);
  if (given != nullptr) {
    note(child(path, "given"));
    value = *given ? bounded(**given) : left("previous", name);
  } else {
    note(child(path, "Default"));
    if (standard != nullptr && standard->is_scalar())
      value = bounded(std::string(standard->value()));
  }
  const bool is_looked_up =
      type != nullptr && type->text.starts_with("AWS::SSM::Parameter::Value<");
  return is_looked_up ? looked_up(value) : value;
}

std::string ExpressionTexts::of_attribute(const std::string& resource,
                                          const std::string& attribute) {
  constexpr std::string_view outputs = "Outputs.";
  if (attribute.starts_with(outputs)) {
    const auto output = outputs_(resource, attribute.substr(outputs.size()));
    if (output && records()) of_resource(resource);
    if (output) return *output;
  }
  return left("Fn::GetAtt", resource + mark + attribute + mark + of_resource(resource));
}

std::string ExpressionTexts::of_resource(const std::string& id) {
  const auto found = resources_.find(id);
  const std::string key = "Resources" + (mark + id);
  if (found == resources_.end() || on_the_way_.contains(key)) return {};
  const TemplateResource& resource = found->second;
  std::string type = resource.type();
  if (is_server(type)) {
    servers_.insert(id);
    return type;
  }
  const auto known = known_.find(key);
  if (known != known_.end() && !records()) return known->second;
  on_the_way_.insert(key);
  std::string text = presence_of(resource) + mark + type + mark;
  const TemplateNode* const own = resource.node->find("Properties");
  if (own != nullptr) text += of(*own, child(resource.path, "Properties"));
  on_the_way_.erase(key);
  return known_[key] = shortened(std::move(text));
}

std::string ExpressionTexts::of_condition(const std::string& name) {
  const std::string key = "Conditions" + (mark + name);
  if (on_the_way_.contains(key)) return name;
  const auto known = known_.find(key);
  if (known != known_.end() && !records()) return known->second;
  on_the_way_.insert(key);
  std::string text = of_definition(name);
  on_the_way_.erase(key);
  return known_[key] = left("Condition", shortened(std::move(text)));
}

// One that is not written out may come of a loop.
std::string ExpressionTexts::of_definition(const std::string& name) {
  const TemplateNode* const all = root_.find("Conditions");
  if (all == nullptr) return name;
  if (const TemplateNode* const one = all->find(name)) return of(*one, child("Conditions", name));
  std::string text = name;
  for (const TemplateNode::Member& loop : all->members) {
    if (!loop.key.starts_with("Fn::")) continue;
    text += mark + of(loop.value, child("Conditions", loop.key));
  }
  return text;
}

std::string ExpressionTexts::at(const TemplateNode& node,
                                const std::string& path,
                                const std::vector<std::string_view>& steps,
                                const Counts& counts) {
  step();
  if (const TemplateNode* const branches = node.argument_of("Fn::If")) {
    return branched(*branches,
                    child(path, "Fn::If"),
                    [&](const TemplateNode& branch, const std::string& place) {
                      return at(branch, place, steps, counts);
                    });
  }
  if (steps.empty() || call_in(node) != nullptr) {
    std::string text = of(node, path);
    return is_no_value(text) ? std::string() : text;
  }
  const std::vector<std::string_view> rest(steps.begin() + 1, steps.end());
  if (steps.front() == "[]") {
    const auto paths = children(node, path);
    std::string all;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const std::string one = at(node.items[i], paths[i], rest, counts);
      if (!one.empty()) all += (all.empty() ? "" : ",") + one;
    }
    return bounded(std::move(all));
  }
  const TemplateNode* const value = node.find(steps.front());
  if (value == nullptr) return has_function(node) ? of(node, path) : std::string();
  if (rest.empty() && counts && !counts(node, *value)) return {};
  return at(*value, child(path, steps.front()), rest, counts);
}

}  // namespace patchbot
