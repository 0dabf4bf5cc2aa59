// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "templates/conditions.hpp"
#include "templates/nests.hpp"
#include "templates/parameter_templates.hpp"
#include "templates/stack_amis.hpp"
#include "templates/stack_ways.hpp"

namespace patchbot {

/// Evaluates deployments of the templates of one version. What was evaluated last is kept: sets of
/// parameters are often alike in what matters.
class Stacks {
 public:
  /// `templates` must outlive it.
  explicit Stacks(const TemplatesByPath& templates) : templates_(templates), nests_(templates) {}
  Stacks(const Stacks&) = delete;
  Stacks& operator=(const Stacks&) = delete;

  using Amis = std::shared_ptr<const StackAmis>;

  const TemplatesByPath& templates() const { return templates_; }

  /// The template that a set of a file is for: see parameter_templates.hpp.
  const std::string& template_for(const std::string& file, const ParameterSet& set);

  /// Of a template that is there. Throws Error(input) where it, or all of them together, combine to
  /// too much to follow.
  const StackWays& ways_of(const std::string& path);

  /// Null for a template that is not there; throws likewise.
  Amis amis_of(const std::string& path, const ParameterValues& values, std::size_t depth = 0);

 private:
  using Key = std::pair<std::string, ParameterValues>;

  Amis evaluated(const std::string& path, const ParameterValues& values, std::size_t depth);
  static std::vector<const TemplateResource*> nested_stacks(const StackAmis& amis);
  StackAmis::Nested nested(const TemplateResource& resource,
                           const std::string& path,
                           const StackAmis& parent,
                           const ParameterValues& values,
                           std::size_t depth);
  static ParameterValues relevant(const StackWays& ways, const ParameterValues& values);
  void spend(std::size_t steps);

  const TemplatesByPath& templates_;
  Nests nests_;
  std::map<std::string, StackWays> ways_;
  std::map<Key, Amis> known_;
  std::map<std::pair<std::string, std::string>, std::string> template_for_;  ///< by file and place
  std::set<std::string> on_the_way_;                                         ///< against circles
  std::size_t spent_ = 0;
};

}  // namespace patchbot
