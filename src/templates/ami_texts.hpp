// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "templates/ami_slots.hpp"
#include "templates/ami_sources.hpp"
#include "templates/expression_texts.hpp"

namespace patchbot {

/// What a property that an AMI goes into, or comes by, comes to in one deployment.
struct AmiText {
  std::string value;     ///< an id, several, or what is left of an expression
  std::string presence;  ///< what is left of what decides whether its server is there
  std::string source{};  ///< the template's own launch template that it leads to, the newest of it
  bool is_template = false;  ///< of a launch template or configuration, which is no server
};

/// All such properties of the servers that a template has in one deployment: those of the table of
/// ami_slots, those of foreign types that are called images, the ways to launch templates, what
/// nested stacks get whose templates are there, and outputs that are AMIs or launch templates:
/// other stacks take them.
using AmiTexts = std::map<AmiUse, AmiText>;

/// Finds them. Throws as ExpressionTexts does.
class AmiTextReader {
 public:
  /// `unread` are the nested stacks whose templates are not there: what they are given by names of
  /// images counts. All must outlive it.
  AmiTextReader(const std::vector<TemplateResource>& living,
                ExpressionTexts& expressions,
                const std::set<std::string>& unread);

  AmiTexts all();

  /// The places of all that an output comes of, or of all transforms.
  std::set<std::string> places_beside(const AmiUse& use);

  /// The places of all that a property of a server comes of.
  std::set<std::string> places_of(const TemplateResource& server, const std::string& property);

 private:
  using Property = std::string;
  void add(const TemplateResource& resource, const Property* only, AmiTexts& texts);
  void add_named(const TemplateResource& resource,
                 const TemplateNode& map,
                 const std::string& path,
                 const std::string& property,
                 const Property* only,
                 AmiTexts& texts);
  std::string source_of(const TemplateResource& resource, const AmiProperty& property);
  bool is_launch_template(const std::string& id) const;
  void add_output(const std::string& name, AmiTexts& texts);
  void add_stack(const TemplateResource& stack, const Property* only, AmiTexts& texts);

  const std::vector<TemplateResource>& living_;
  ExpressionTexts& expressions_;
  const std::set<std::string>& unread_;
};

/// Whether it is that of an output, or of a macro or an included file: these may be anything.
bool is_beside_resources(const AmiUse& use);

/// Whether it is that of an output: of which one, its resource says.
bool is_output(const AmiUse& use);

/// The uses at which two deployments differ, in order: other ids, another expression, or a server
/// that only one of them has.
std::vector<AmiUse> differing(const AmiTexts& before, const AmiTexts& after);

/// The ids that one of them comes to, of a launch template those that it leads to; none where it is
/// not known.
std::set<std::string> ids_of(const AmiTexts& texts, const AmiUse& use);

}  // namespace patchbot
