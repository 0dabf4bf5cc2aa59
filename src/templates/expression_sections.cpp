// SPDX-License-Identifier: Apache-2.0
// What stands around the properties of servers: conditions of resources, outputs, macros.
#include "templates/expression_texts.hpp"
#include "templates/list_items.hpp"
#include "templates/open_text.hpp"
#include "templates/references.hpp"

namespace patchbot {
namespace {

using open_text::left;
using open_text::mark;
using open_text::shortened;

}  // namespace

std::string ExpressionTexts::presence_of(const TemplateResource& resource) {
  std::string text;
  for (const auto& [variable, loop] : loops_) {
    const bool is_inside = resource.path.starts_with(loop.within + "[");
    if (is_inside) text += of_name(variable);
  }
  const TemplateNode* const condition = resource.node->find("Condition");
  note(child(resource.path, "Condition"));  // also where there is none any more
  if (condition == nullptr || !condition->is_scalar()) return text;
  const std::optional<bool> holds = conditions_.holds(condition->text);
  if (records()) of_condition(condition->text);
  return holds ? text + (*holds ? "" : "\x1fnever") : text + of_condition(condition->text);
}

std::optional<std::string> ExpressionTexts::of_output(const std::string& name) {
  const TemplateNode* const outputs = root_.find("Outputs");
  const TemplateNode* const output = outputs == nullptr ? nullptr : outputs->find(name);
  const TemplateNode* const value = output == nullptr ? nullptr : output->find("Value");
  if (value == nullptr) return std::nullopt;
  const std::string place = child("Outputs", name);
  const TemplateNode* const condition = output->find("Condition");
  if (condition != nullptr) note(child(place, "Condition"));
  const bool is_gone = condition != nullptr && conditions_.holds(condition->text) == false;
  return is_gone ? std::nullopt : std::optional(of(*value, child(place, "Value")));
}

std::vector<std::string> ExpressionTexts::outputs() const {
  std::vector<std::string> names;
  const TemplateNode* const outputs = root_.find("Outputs");
  if (outputs == nullptr) return names;
  for (const TemplateNode::Member& one : outputs->members) names.push_back(one.key);
  return names;
}

std::map<std::string, std::string> ExpressionTexts::transforms() {
  std::map<std::string, std::string> all;
  const TemplateNode* const whole = root_.find("Transform");
  if (whole != nullptr && !only_rewrites(*whole)) {
    std::string text = of(*whole, "Transform");
    const TemplateNode* const parameters = root_.find("Parameters");
    for (std::size_t i = 0; parameters != nullptr && i < parameters->members.size(); ++i) {
      text += mark + of_name(parameters->members[i].key);
    }
    all.emplace("Transform", left("Fn::Transform", shortened(text)));
  }
  if (const TemplateNode* const section = root_.find("Resources")) {
    for (const TemplateNode::Member& one : section->members) {
      std::string text;
      if (one.key == "Fn::Transform") text = of(one.value, below("Resources", one.key));
      add_transforms(one.value, child("Resources", one.key), text);
      if (!text.empty()) all.emplace(one.key, left("Fn::Transform", shortened(text)));
    }
  }
  return all;
}

void ExpressionTexts::add_transforms(const TemplateNode& node,
                                     const std::string& path,
                                     std::string& text) {
  for (const TemplateNode::Member& one : node.members) {
    const std::string place = child(path, one.key);
    if (one.key == "Fn::Transform") {
      text += mark + of(one.value, place);
    } else {
      add_transforms(one.value, place, text);
    }
  }
  const auto paths = node.items.empty() ? std::vector<std::string>() : children(node, path);
  for (std::size_t i = 0; i < paths.size(); ++i) add_transforms(node.items[i], paths[i], text);
}

}  // namespace patchbot
