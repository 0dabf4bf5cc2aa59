// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/template_node.hpp"

namespace patchbot {

/// One value that differs between two versions of a template.
struct TemplateChange {
  enum class Kind : std::uint8_t { added, removed, changed };

  Kind kind;
  std::string
      path;  ///< "Mappings/RegionMap/eu-west-1/AMI", "Resources/Web/Properties/Tags[Name]/Value"
  Position place;    ///< in the new version; of what was removed, in the old one
  std::string from;  ///< of a scalar; "{}" and "[]" for what is empty
  std::string to;
};

std::string_view to_text(TemplateChange::Kind kind);

/// What changes from `base` to `head`, value by value. The order of keys, quotes, comments and the
/// form of intrinsic functions are no change. Lists are aligned by what identifies their items
/// (Key, Sid, Name, DeviceName and the like), else by their longest common part.
std::vector<TemplateChange> diff_templates(const TemplateNode& base, const TemplateNode& head);

/// Every value of a template that is new, or gone.
std::vector<TemplateChange> all_values(const TemplateNode& root, TemplateChange::Kind kind);

}  // namespace patchbot
