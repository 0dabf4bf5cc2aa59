// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_set>

#include "model/template_node.hpp"

namespace patchbot {

/// What a template refers to; anything, where a macro or an include may write more of it.
struct References {
  std::unordered_set<std::string> names;
  bool may_be_any = false;

  void add(const TemplateNode& node);

 private:
  void add_text(const std::string& text);
};

/// Whether the value of a template's Transform only names transforms that add no AMIs: SAM's, and
/// the language extensions, which are worked out here.
bool only_rewrites(const TemplateNode& transform);

/// The parameters that may have a say in which AMIs the template's servers get: more of them than
/// do, never less.
std::unordered_set<std::string> parameters_for_amis(const TemplateNode& root);

}  // namespace patchbot
