// SPDX-License-Identifier: Apache-2.0
#include "templates/conditions.hpp"

namespace patchbot {

Conditions::Conditions(const TemplateNode& root, ParameterValues values)
    : conditions_(root.find("Conditions")),
      parameters_(root.find("Parameters")),
      maps_(root.find("Mappings")),
      values_(std::move(values)) {}

std::optional<bool> Conditions::holds(const std::string& name) const {
  Path path;
  return named(name, path);
}

const TemplateNode* Conditions::living_branch(const TemplateNode& node) const {
  const TemplateNode* living = &node;
  while (const TemplateNode* const branches = living->argument_of("Fn::If")) {
    if (branches->items.size() != 3) return nullptr;
    const auto is_first = holds(branches->items[0].text);
    if (!is_first) return nullptr;
    living = &branches->items[*is_first ? 1 : 2];
  }
  return living;
}

const std::optional<std::string>* Conditions::given(const std::string& name) const {
  const auto value = values_.find(name);
  return value == values_.end() ? nullptr : &value->second;
}

std::optional<bool> Conditions::named(const std::string& name, Path& path) const {
  const TemplateNode* const node = conditions_ == nullptr ? nullptr : conditions_->find(name);
  if (const auto known = known_.find(name); known != known_.end()) return known->second;
  if (node == nullptr || !path.insert(name).second) return std::nullopt;
  const std::optional<bool> result = evaluate(*node, path);
  path.erase(name);
  return known_.emplace(name, result).first->second;
}

// Thousands that lead from one to the next are made up.
std::optional<bool> Conditions::evaluate(const TemplateNode& node, Path& path) const {
  constexpr std::size_t deepest = 500;
  if (depth_ >= deepest) return std::nullopt;
  ++depth_;
  const std::optional<bool> result = evaluate_call(node, path);
  --depth_;
  return result;
}

std::optional<bool> Conditions::evaluate_call(const TemplateNode& node, Path& path) const {
  if (const TemplateNode* const name = node.argument_of("Condition"))
    return named(name->text, path);
  if (const TemplateNode* const both = node.argument_of("Fn::And")) {
    return all_or_any(*both, false, path);
  }
  if (const TemplateNode* const either = node.argument_of("Fn::Or")) {
    return all_or_any(*either, true, path);
  }
  if (const TemplateNode* const negated = node.argument_of("Fn::Not")) {
    if (negated->items.size() != 1) return std::nullopt;
    const auto inner = evaluate(negated->items.front(), path);
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  const TemplateNode* const equals = node.argument_of("Fn::Equals");
  if (equals == nullptr || equals->items.size() != 2) return std::nullopt;
  const auto left = value_of(equals->items[0]);
  const auto right = value_of(equals->items[1]);
  return left && right ? std::optional(*left == *right) : std::nullopt;
}

// One item decides when it is `stops_at`; else all have to be known.
std::optional<bool> Conditions::all_or_any(const TemplateNode& items,
                                           bool stops_at,
                                           Path& path) const {
  bool all_known = true;
  for (const TemplateNode& item : items.items) {
    const auto one = evaluate(item, path);
    if (one == stops_at) return stops_at;
    all_known = all_known && one.has_value();
  }
  return all_known ? std::optional(!stops_at) : std::nullopt;
}

}  // namespace patchbot
