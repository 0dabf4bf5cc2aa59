// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/template_node.hpp"
#include "templates/conditions.hpp"
#include "templates/resources.hpp"

namespace patchbot {

/// What expressions of a template come to in one deployment. What is known has its value; what only
/// the stack knows (Fn::ImportValue, an attribute of a resource, a condition that nobody can
/// decide) stays an expression, with all that is known put into it. Two deployments in which one
/// comes to equal texts do the same with it, as far as templates and parameters say.
class ExpressionTexts {
 public:
  /// What an output of a nested stack comes to; none if that is not there to read.
  using Outputs = std::function<std::optional<std::string>(const std::string& stack,
                                                           const std::string& output)>;

  /// All of these must outlive it.
  ExpressionTexts(const TemplateNode& root, const Conditions& conditions, Outputs outputs);

  /// Throws Error(input) where it takes millions of steps, in all.
  std::string of(const TemplateNode& node, const std::string& path);

  /// Of a property below a node, by the steps of its path ("[]": every item of a list, with commas
  /// between them): branches of Fn::If on the way are taken, and what another function makes stands
  /// for all of it. Empty if it is not there. Items that `counts` says no to are left out.
  using Counts = std::function<bool(const TemplateNode& owner, const TemplateNode& value)>;
  std::string at(const TemplateNode& node,
                 const std::string& path,
                 const std::vector<std::string_view>& steps,
                 const Counts& counts);

  /// What decides whether, and how often, a resource is there: empty where nothing does, or its
  /// condition holds.
  std::string presence_of(const TemplateResource& resource);

  /// The macros and included files that may add servers, or AMIs to them, and what each is given:
  /// by "Transform" where it is one of the whole template, which gets all of its parameters, else
  /// by the resource; of AWS's own those that only rewrite are none.
  std::map<std::string, std::string> transforms();

  /// The names of the template's outputs.
  std::vector<std::string> outputs() const;

  /// Of an output of the template; none if there is no such one, or its condition does not hold.
  std::optional<std::string> of_output(const std::string& name);

  /// As long as it lives, the places of all that is looked at are added to `places`.
  class Recording {
   public:
    Recording(ExpressionTexts& texts, std::set<std::string>& places);
    ~Recording();
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

   private:
    ExpressionTexts& texts_;
  };

  /// The servers of the template that were referred to since it was last asked: their AMIs are not
  /// in the texts, for they have texts of their own.
  std::set<std::string> take_servers() { return std::exchange(servers_, {}); }

  /// What was found out so far may be something else now: outputs of a stack have come.
  void forget() { known_.clear(); }

  std::size_t steps() const { return steps_; }

 private:
  struct Loop {
    const TemplateNode* values;
    std::string path;  ///< of the values
    std::string within;
  };

  void collect_loops(const TemplateNode& map, const std::string& path);
  void step();
  bool records() const { return places_ != nullptr; }
  void note(const std::string& path);
  std::string child(const std::string& path, std::string_view step) const;
  std::vector<std::string> children(const TemplateNode& list, const std::string& path) const;

  std::string of_expression(const TemplateNode& node, const std::string& path);
  std::string of_members(const TemplateNode& map, const std::string& path);
  std::string of_items(const TemplateNode& list, const std::string& path);
  std::string of_call(const TemplateNode::Member& call, const std::string& path);
  std::string of_name(const std::string& name);
  std::string of_parameter(const std::string& name, const TemplateNode& parameter);
  std::string of_attribute(const std::string& resource, const std::string& attribute);
  std::string of_resource(const std::string& id);
  std::string of_condition(const std::string& name);
  std::string of_definition(const std::string& name);
  void add_transforms(const TemplateNode& node, const std::string& path, std::string& text);
  std::string of_map(const TemplateNode& argument, const std::string& path);
  bool has_included_cells(const std::vector<std::string>& keys) const;
  std::string of_cell(const std::vector<std::string>& keys);
  std::string of_cells(const std::vector<std::string>& keys);
  std::string of_sub(const TemplateNode& argument, const std::string& path);
  std::string of_join(const TemplateNode& argument, const std::string& path);
  std::string of_select(const TemplateNode& argument, const std::string& path);
  const TemplateNode* listed_cell(const TemplateNode& node, const std::string& path);
  std::optional<std::vector<std::string>> list_of(const TemplateNode& node,
                                                  const std::string& path);
  template <class Branch>
  std::string branched(const TemplateNode& branches, const std::string& path, const Branch& branch);

  const TemplateNode& root_;
  const Conditions& conditions_;
  Outputs outputs_;
  std::map<std::string, Loop> loops_;  ///< by their variable
  std::unordered_map<std::string, TemplateResource> resources_;
  std::unordered_map<std::string, std::string> known_;  ///< of what may be asked for many times
  std::set<std::string> on_the_way_;                    ///< against circles
  std::set<std::string>* places_ = nullptr;
  std::set<std::string> servers_;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace patchbot
