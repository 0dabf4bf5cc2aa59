// SPDX-License-Identifier: Apache-2.0
#include "written_reader.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "templates/ami_reach.hpp"
#include "templates/parameter_templates.hpp"
#include "templates/resources.hpp"

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
    if (!is_template(version->root)) {
      for (const ParameterSet& set : parameter_sets(version->root)) {
        const TemplateNode* const root = template_for(file, set);
        const bool is_other = !may_be_for(file, set.place, place);
        if (root == nullptr || is_other) continue;
        add(amis_with(*root, set.values, where, &stored_), file, set.place, place, one);
      }
    } else if (!gets_values(file, version->root, place)) {
      add(amis_with(version->root, {}, where, &stored_), file, {}, place, one);
    }
    if (!one.amis.empty()) one.unknown = one.unstored;
  } catch (const Error& error) {
    one.unknown = error.in(clean_line(file.version.path)).what();
  }
  return one;
}

bool WrittenReader::may_be_for(const ServiceFile& file,
                               const std::string& path,
                               const ServicePlace& place) const {
  const std::string of = scopes_.environment_of(file.scope, path);
  return of.empty() || of == place.environment;
}

void WrittenReader::add(const AmisOfTemplate& found,
                        const ServiceFile& file,
                        const std::string& set,
                        const ServicePlace& place,
                        WrittenAmis& to) const {
  std::set<std::string> once(to.amis.begin(), to.amis.end());
  for (const auto& [path, text] : found.by_path) {
    if (!may_be_for(file, set.empty() ? path : set, place)) continue;
    for (const std::string& ami : ami_ids(text)) once.insert(ami);
  }
  to.amis = {once.begin(), once.end()};
  to.since = std::max(to.since, found.since);
  const std::string name = clean_line(file.version.path) + ": ";
  if (to.unknown.empty() && !found.unknown.empty()) to.unknown = name + found.unknown;
  if (to.unstored.empty() && !found.unstored.empty()) to.unstored = name + found.unstored;
}

// Then the values say what servers get, and its defaults only where these leave them.
bool WrittenReader::gets_values(const ServiceFile& file,
                                const TemplateNode& root,
                                const ServicePlace& place) const {
  const auto gives = [&](const ServiceFile& other) {
    if (other.version.path == file.version.path || !is_of(other, place)) return false;
    const Template* const values = readable(other);
    if (values == nullptr || is_template(values->root)) return false;
    const std::vector<ParameterSet> sets = parameter_sets(values->root);
    return std::any_of(sets.begin(), sets.end(), [&](const ParameterSet& set) {
      return scopes_.environment_of(other.scope, set.place) == place.environment &&
             template_for(other, set) == &root;
    });
  };
  return std::any_of(main_.begin(), main_.end(), gives);
}

// A broken one is told where it is asked for itself.
const Template* WrittenReader::readable(const ServiceFile& file) const {
  try {
    return shelf_.find(file.version);
  } catch (const Error&) {
    return nullptr;
  }
}

const TemplateNode* WrittenReader::template_for(const ServiceFile& parameters,
                                                const ParameterSet& set) const {
  TemplatesByPath templates;
  for (const ServiceFile& file : main_) {
    if (file.version.path == parameters.version.path) continue;
    const Template* const version = readable(file);
    const bool is_one = version != nullptr && is_template(version->root);
    if (is_one) templates.emplace(file.version.path, &version->root);
  }
  const auto found = templates.find(template_of(parameters.version.path, set, templates));
  return found == templates.end() ? nullptr : found->second;
}

}  // namespace patchbot
