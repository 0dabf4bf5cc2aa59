// SPDX-License-Identifier: Apache-2.0
#include "written_reader.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "templates/ami_reach.hpp"
#include "templates/parameter_templates.hpp"
#include "templates/resources.hpp"
#include "written_amis.hpp"

namespace patchbot {

bool is_of(const ServiceFile& file, const ServicePlace& place) {
  const TemplateScope& scope = file.scope;
  return scope.service == place.service &&
         (scope.environment.empty() || scope.environment == place.environment);
}

WrittenAmis WrittenReader::read(const ServiceFile& file,
                                const ServicePlace& place,
                                const std::set<AwsPlace>& where) const {
  WrittenAmis one;
  try {
    const Template* const version = shelf_.find(file.version);
    if (version == nullptr) return one;
    std::set<std::string> once;
    std::string unknown;
    const auto add = [&](const AmisOfTemplate& found, const std::string& set) {
      for (const auto& [path, text] : found.by_path) {
        const std::string of = scopes_.environment_of(file.scope, set.empty() ? path : set);
        if (!of.empty() && of != place.environment) continue;
        for (const std::string& ami : ami_ids(text)) once.insert(ami);
      }
      if (unknown.empty()) unknown = found.unknown;
      one.since = std::max(one.since, found.since);
    };
    if (is_template(version->root)) {
      add(amis_with(version->root, {}, where, &stored_), {});
    } else {
      for (const ParameterSet& set : parameter_sets(version->root)) {
        const std::string of = scopes_.environment_of(file.scope, set.place);
        if (!of.empty() && of != place.environment) continue;
        const TemplateNode* const root = template_for(file, set);
        if (root != nullptr) add(amis_with(*root, set.values, where, &stored_), set.place);
      }
    }
    one.amis = {once.begin(), once.end()};
    if (one.amis.empty() && !unknown.empty()) {
      one.unknown = clean_line(file.version.path) + ": " + unknown;
    }
  } catch (const Error& error) {
    one.unknown = error.in(clean_line(file.version.path)).what();
  }
  return one;
}

const TemplateNode* WrittenReader::template_for(const ServiceFile& parameters,
                                                const ParameterSet& set) const {
  TemplatesByPath templates;
  for (const ServiceFile& file : main_) {
    if (file.version.path == parameters.version.path) continue;
    try {
      const Template* const version = shelf_.find(file.version);
      const bool is_one = version != nullptr && is_template(version->root);
      if (is_one) templates.emplace(file.version.path, &version->root);
    } catch (const Error&) {
      continue;  // a broken one is told where it is asked for itself
    }
  }
  const auto found = templates.find(template_of(parameters.version.path, set, templates));
  return found == templates.end() ? nullptr : found->second;
}

}  // namespace patchbot
