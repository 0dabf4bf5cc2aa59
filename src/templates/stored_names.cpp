// SPDX-License-Identifier: Apache-2.0
#include "templates/stored_names.hpp"

#include <optional>
#include <set>

#include "templates/ami_texts.hpp"
#include "templates/chosen_amis.hpp"
#include "templates/open_text.hpp"

namespace patchbot {

std::map<AmiUse, std::string> stored_names(const TemplateNode& root,
                                           const ParameterValues& values) {
  const Conditions conditions(root, values);
  const auto there = living(root, conditions);
  ExpressionTexts expressions(
      root, conditions, [](const auto&, const auto&) { return std::optional<std::string>(); });
  const std::set<std::string> unread;
  std::map<AmiUse, std::string> names;
  for (const auto& [use, text] : AmiTextReader(there, expressions, unread).all()) {
    if (auto name = stored_name(text.value)) names.emplace(use, std::move(*name));
  }
  return names;
}

}  // namespace patchbot
