// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/template_node.hpp"

namespace patchbot {

/// A resource of a template, also one that Fn::ForEach makes several of.
struct TemplateResource {
  std::string id;    ///< the logical id, as written: "Web${Zone}" inside of Fn::ForEach
  std::string path;  ///< where it stands: "Resources/Web"
  const TemplateNode* node;

  std::string type() const;
};

/// Whether a file is a template at all: it has resources, or says its format version.
bool is_template(const TemplateNode& root);

std::vector<TemplateResource> resources_of(const TemplateNode& root);

/// Whether any value in it has this text in it.
bool holds(const TemplateNode& node, const std::string& text);

/// Whether one of the members of a map is an intrinsic function, which adds others to it.
bool has_function(const TemplateNode& map);

/// Longer paths end with "...": names are short, and made-up ones must not fill the memory.
constexpr std::size_t max_path = 600;

/// A step of a path: "/" between steps, and inside of them "~1" for it, as in a JSON pointer.
std::string below(const std::string& path, std::string_view step);

/// The same for an item of a list: "Tags[Name]".
std::string item_path(const std::string& path, std::string_view name);

/// Whether a path is that place, or leads into what stands there.
bool is_at(std::string_view path, std::string_view place);

}  // namespace patchbot
