// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "templates/ami_reach.hpp"
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
    std::shared_ptr<const StackAmis> amis;  ///< null: its template is not there
  };

  /// `root` and `ways` must outlive it.
  StackAmis(const TemplateNode& root, const StackWays& ways, const ParameterValues& values);
  StackAmis(const StackAmis&) = delete;
  StackAmis& operator=(const StackAmis&) = delete;

  /// In place of those that the template alone is asked for: ways into stacks that are read are
  /// none that lead out of sight.
  void settle(std::vector<Nested> nested);

  const AmiReach::Written& of(const AmiUse& use) const;
  std::vector<AmiUse> uses() const;

  /// Those of a parameter's value, as far as its servers are there.
  std::vector<AmiUse> uses_of_value(const std::string& parameter) const;

  /// Whether the parameter chooses among AMIs, and which one comes of it is not known.
  bool leaves_open(const std::string& parameter) const;

  /// The same of what a nested stack is given.
  bool leaves_open(const HandedDown& one) const;

  /// Whether a nested stack is there, and its template as well.
  bool has_read(const std::string& stack) const { return nested_of(stack) != nullptr; }

  /// Whether any server may get an AMI that is not known.
  bool is_open() const;

  /// Whether a property gets this AMI from that place.
  bool uses_what_is_at(const std::string& path, const std::string& id) const;

  const Conditions& conditions() const { return conditions_; }
  const std::vector<TemplateResource>& living() const { return living_; }
  std::size_t steps() const { return sources_.steps; }

 private:
  const Nested* nested_of(const std::string& id) const;

  const StackWays& ways_;
  const TemplateNode& root_;
  Conditions conditions_;
  std::vector<TemplateResource> living_;
  std::vector<Nested> nested_;
  AmiSources sources_;
  std::unique_ptr<AmiReach> reach_;
};

/// The AMIs of these properties that the other deployment gives to none of them. Null is a
/// deployment that there was not.
std::vector<MovedAmi> moved(const std::vector<AmiUse>& uses,
                            const StackAmis& these,
                            const StackAmis* others);

/// The same for all properties, whatever they are called in either.
std::vector<MovedAmi> all_moved(const StackAmis& these, const StackAmis* others);

}  // namespace patchbot
