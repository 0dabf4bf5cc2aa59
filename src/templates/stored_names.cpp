// SPDX-License-Identifier: Apache-2.0
#include "templates/stored_names.hpp"

#include <optional>
#include <set>

#include "base/text.hpp"
#include "templates/ami_texts.hpp"
#include "templates/chosen_amis.hpp"
#include "templates/open_text.hpp"

namespace patchbot {

namespace {

// An output, or a parameter that the template itself writes, is for others.
bool is_of_server(const AmiUse& use) {
  return !is_beside_resources(use) && use.property != "Value";
}

// Of a list of overrides each has its own, with commas between them.
StoredNames names_in(const std::string& text) {
  StoredNames found;
  for (const std::string_view part : split(text, ',')) {
    if (auto name = stored_name(part)) {
      found.names.push_back(std::move(*name));
    } else if (may_hold_name(part)) {
      found.is_open = true;
    }
  }
  return found;
}

}  // namespace

std::map<AmiUse, StoredNames> stored_names(const TemplateNode& root,
                                           const ParameterValues& values) {
  const Conditions conditions(root, values);
  const auto there = living(root, conditions);
  ExpressionTexts expressions(
      root, conditions, [](const auto&, const auto&) { return std::optional<std::string>(); });
  const std::set<std::string> unread;
  std::map<AmiUse, StoredNames> names;
  for (const auto& [use, text] : AmiTextReader(there, expressions, unread).all()) {
    if (!is_of_server(use)) continue;
    StoredNames found = names_in(text.value);
    if (!found.names.empty() || found.is_open) names.emplace(use, std::move(found));
  }
  return names;
}

}  // namespace patchbot
