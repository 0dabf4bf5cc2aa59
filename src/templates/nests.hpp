// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "templates/ami_sources.hpp"
#include "templates/parameter_templates.hpp"
#include "templates/references.hpp"
#include "templates/resources.hpp"

namespace patchbot {

/// How deep nested stacks are followed.
constexpr std::size_t deepest_nest = 8;

/// Whether a resource is a nested stack, or an application of SAM.
bool is_nested_stack(const TemplateResource& resource);

/// Its property of that name; null if it has none.
const TemplateNode* property_of(const TemplateResource& resource, std::string_view name);

/// Where the template of a nested stack is: TemplateURL or Location, as a path in the repository,
/// from the folder of the template at `path`; empty for what is no such path.
std::string nested_path(const TemplateResource& resource, const std::string& path);

/// The same for what the property comes to.
std::string nested_path(const std::string& where, const std::string& path);

/// The property that says it.
std::string_view name_of_nested_path(const TemplateResource& stack);

/// The same, as it stands there: "Resources/Web/Properties/TemplateURL".
std::string place_of_nested_path(const TemplateResource& resource);

/// A parameter that a nested stack is given, and what the stack's template makes of it.
struct HandedDown {
  AmiSlot slot;
  std::string name;  ///< of the parameter
  std::vector<AmiUse> uses{};
  bool is_named = true;  ///< the template does something with it, maybe no AMI
};

/// What templates make of their parameters and hand down to nested stacks. Reads each once, whoever
/// nests it.
class Nests {
 public:
  explicit Nests(const TemplatesByPath& templates) : templates_(templates) {}

  /// Nothing where the template of a stack is not there: it may do anything with them. Throws
  /// Error(input) where that is too much to follow.
  std::vector<HandedDown> handed_down(const TemplateNode& root,
                                      const std::string& path,
                                      std::size_t depth = 0);

  /// Every property for an AMI in the template of a nested stack, and of those in it.
  std::vector<AmiUse> uses_below(const TemplateResource& stack, const std::string& path);

 private:
  /// The properties that get the value of each parameter of a template.
  using UsesByParameter = std::map<std::string, std::vector<AmiUse>>;

  void add_handed_down(const TemplateResource& stack,
                       const std::string& path,
                       std::size_t depth,
                       std::vector<HandedDown>& all);
  const UsesByParameter* uses_in(const std::string& path, std::size_t depth);
  const std::vector<AmiUse>& all_uses(const std::string& path);
  bool is_named(const std::string& path, const std::string& name);

  const TemplatesByPath& templates_;
  std::map<std::pair<std::string, std::size_t>, UsesByParameter> known_;
  std::map<std::string, References> references_;
  std::map<std::string, std::vector<AmiUse>> all_uses_;  ///< of templates; none in a circle
  std::set<std::string> on_the_way_;
  std::size_t uses_ = 0;  ///< in all: templates multiply
};

}  // namespace patchbot
