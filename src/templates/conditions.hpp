// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/template_node.hpp"

namespace patchbot {

/// The values of parameters in one environment, by name; pseudo parameters such as AWS::Region too.
/// None stands for one that only the running stack knows, and so does an open_text.
using ParameterValues = std::map<std::string, std::optional<std::string>>;

/// The conditions of a template where parameters have known values. What these do not decide is
/// unknown, never false.
class Conditions {
 public:
  /// A parameter without a value has its default. `root` must outlive it.
  Conditions(const TemplateNode& root, ParameterValues values);

  /// Whether the condition of that name holds; none if that is unknown, or there is no such one.
  std::optional<bool> holds(const std::string& name) const;

  /// The text that an expression comes to: a literal, a parameter, a cell of a map, and what
  /// Fn::Sub, Join and Select make of these; none if that is unknown.
  std::optional<std::string> text_of(const TemplateNode& node) const { return value_of(node); }

  /// The branch that is alive of Fn::If, and of one in it; null if that is unknown.
  const TemplateNode* living_branch(const TemplateNode& node) const;

  /// The value that a parameter was given, not its default; null if it was given none.
  const std::optional<std::string>* given(const std::string& name) const;

 private:
  using Path = std::set<std::string>;  ///< the conditions on the way, against circles

  std::optional<bool> named(const std::string& name, Path& path) const;
  std::optional<bool> evaluate(const TemplateNode& node, Path& path) const;
  std::optional<bool> evaluate_call(const TemplateNode& node, Path& path) const;
  std::optional<bool> all_or_any(const TemplateNode& items, bool stops_at, Path& path) const;
  std::optional<std::string> value_of(const TemplateNode& node) const;
  std::optional<std::string> value_of_parameter(const std::string& name) const;
  std::optional<std::string> looked_up(const TemplateNode& arguments) const;
  std::optional<std::string> substituted(const TemplateNode& argument) const;
  std::optional<std::string> joined(const TemplateNode& arguments) const;
  std::optional<std::string> selected(const TemplateNode& arguments) const;
  std::optional<std::vector<std::string>> list_of(const TemplateNode& node) const;

  const TemplateNode* conditions_;
  const TemplateNode* parameters_;
  const TemplateNode* maps_;
  ParameterValues values_;
  mutable std::size_t depth_ = 0;
  mutable std::map<std::string, std::optional<bool>> known_;  ///< one may be asked for many times
};

}  // namespace patchbot
