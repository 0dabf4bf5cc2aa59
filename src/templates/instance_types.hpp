// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "templates/ami_sources.hpp"

namespace patchbot {

/// The instance types that stand beside AMIs in one template as plain words: InstanceType, or the
/// list InstanceTypes of Batch. What a parameter or a function gives is left out, for it may be
/// any.
class InstanceTypes {
 public:
  /// Null: there is no template, and no type.
  explicit InstanceTypes(const TemplateNode* root) : root_(root) {}

  /// Each once, sorted; of the first 1,000 uses.
  std::vector<std::string> beside(const std::vector<AmiUse>& uses);

 private:
  void index();

  const TemplateNode* root_;
  bool is_indexed_ = false;
  std::unordered_map<std::string_view, const TemplateNode*> resources_;
};

/// The processors of an instance type as EC2 names the architecture of images: "arm64" where a g
/// (Graviton) follows the number of the generation, as in m7g, c7gn, x2gd and im4gn, and for a1;
/// "x86_64" for the rest, also g4dn and g5, whose g is that of graphics. Empty for what is named
/// otherwise, such as mac2 and u-6tb1, and for what is no instance type.
std::string_view architecture_of_type(std::string_view instance_type);

}  // namespace patchbot
