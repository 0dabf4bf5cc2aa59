// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.hpp"
#include "templates/ami_reach.hpp"
#include "templates/ami_texts.hpp"
#include "templates/conditions.hpp"
#include "templates/resources.hpp"
#include "templates/stack_ways.hpp"

namespace patchbot {

/// Which AMIs servers get in one deployment: of a template with values for its parameters, the
/// defaults where they have none, and of the stacks that it nests.
class StackAmis {
 public:
  /// A stack that is nested, of those whose conditions do not rule them out.
  struct Nested {
    std::string id;
    std::string path;                       ///< of its template
    std::shared_ptr<const StackAmis> amis;  ///< null: its template is not there
  };

  /// What is asked of it costs steps; who has to bound them throws here.
  using Spend = std::function<void(std::size_t)>;

  /// `root`, `ways` and what `spend` refers to must outlive it.
  StackAmis(const TemplateNode& root,
            const StackWays& ways,
            const ParameterValues& values,
            Spend spend);
  StackAmis(const StackAmis&) = delete;
  StackAmis& operator=(const StackAmis&) = delete;

  /// A nested stack, before settle.
  void add(Nested nested);

  /// Once all nested stacks are there: ways into those that are read are none that lead out of
  /// sight.
  void settle();

  /// What every property comes to, those in nested stacks included ("Web/Server").
  const AmiTexts& texts() const { return texts_; }

  /// The places in this template of all that one of them comes of.
  std::set<std::string> places_of(const AmiUse& use) const;

  /// The stacks of a template that are nested here, however deep, by where: "Web/", "Web/Server/".
  std::map<std::string, std::shared_ptr<const StackAmis>> instances_of(
      const std::string& path) const;

  /// What nested stacks are given whose templates are not there, by their names.
  std::map<std::string, std::string> given_unread() const;

  /// What an expression of the template comes to.
  std::string text_of(const TemplateNode& node) const { return expressions_->of(node, ""); }

  const AmiReach::Written& of(const AmiUse& use) const;
  std::vector<AmiUse> uses() const;

  /// Those of a parameter's value, as far as its servers are there.
  std::vector<AmiUse> uses_of_value(const std::string& parameter) const;

  /// Whether the parameter chooses among AMIs, and which one comes of it is not known.
  bool leaves_open(const std::string& parameter) const;

  /// The same of what a nested stack is given.
  bool leaves_open(const HandedDown& one) const;

  /// Whether a property may get another AMI than those that `of` tells, or a parameter that nobody
  /// knows says which of them.
  bool may_be_others(const AmiUse& use) const;

  /// Whether any server may get an AMI that is not known.
  bool is_open() const;

  /// Whether a property gets this AMI from that place.
  bool uses_what_is_at(const std::string& path, const std::string& id) const;

  const Conditions& conditions() const { return conditions_; }
  const std::vector<TemplateResource>& living() const { return living_; }

 private:
  const Nested* nested_of(const std::string& id) const;
  const TemplateResource* living(const std::string& id) const;
  const TemplateResource* stack_of(const std::string& id) const;
  void add_texts_of(const Nested& nested);
  const AmiSources& sources() const;
  void find_sources() const;
  const AmiReach& reach() const;

  const StackWays& ways_;
  const TemplateNode& root_;
  Conditions conditions_;
  std::vector<TemplateResource> living_;
  std::unordered_map<std::string, const TemplateResource*> by_id_;  ///< of living_
  std::vector<Nested> nested_;
  Spend spend_;
  std::unique_ptr<ExpressionTexts> expressions_;
  std::set<std::string> unread_;  ///< nested stacks
  AmiTexts texts_;
  mutable std::unique_ptr<AmiSources> sources_;  ///< not all who ask for the texts ask for these
  mutable std::unique_ptr<AmiReach> reach_;
  mutable std::unique_ptr<Error> too_much_;
};

/// The AMIs of these properties that the other deployment gives to none of them. Null is a
/// deployment that there was not.
std::vector<MovedAmi> moved(const std::vector<AmiUse>& uses,
                            const StackAmis& these,
                            const StackAmis* others);

/// The same for all properties, whatever they are called in either.
std::vector<MovedAmi> all_moved(const StackAmis& these, const StackAmis* others);

}  // namespace patchbot
