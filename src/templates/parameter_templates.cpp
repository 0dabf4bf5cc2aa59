// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_templates.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "templates/ami_slots.hpp"
#include "templates/nested_stacks.hpp"
#include "templates/nests.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

bool has_all(const TemplateNode& root, const ParameterValues& values) {
  const TemplateNode* const parameters = root.find("Parameters");
  return parameters != nullptr && !values.empty() &&
         std::all_of(values.begin(), values.end(), [&](const auto& one) {
           return parameters->find(one.first) != nullptr;
         });
}

// There may be thousands of templates, and as many files of parameters: no std::filesystem here.
std::string_view folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return path.substr(0, slash == std::string_view::npos ? 0 : slash);
}

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view stem_of(std::string_view path) {
  const std::string_view name = name_of(path);
  const auto dot = name.rfind('.');
  return dot == 0 ? name : name.substr(0, dot);
}

using Names = std::vector<std::string>;

// Of several. What none of them does tells nothing of any.
template <class Does>
void keep_if_any(Names& names, const Does& does) {
  Names those;
  std::copy_if(names.begin(), names.end(), std::back_inserter(those), does);
  if (!those.empty()) names = std::move(those);
}

// "web-prod.json" and "web.yaml". Of web-internal.yaml as well, "web-internal-prod.json" is.
void keep_named_like(Names& names, const std::string& parameters) {
  const std::string_view stem = stem_of(parameters);
  std::size_t longest = 0;
  for (const std::string& name : names) {
    const bool is_one = stem.starts_with(stem_of(name));
    if (is_one) longest = std::max(longest, stem_of(name).size());
  }
  keep_if_any(names, [&](const std::string& name) {
    return stem_of(name).size() == longest && stem.starts_with(stem_of(name));
  });
}

// "parameters/web/prod.json" and "templates/web.yaml", or "web/template.yaml".
bool has_folder_of(const std::string& parameters, const std::string& name) {
  const auto folders = split(folder_of(parameters), '/');
  return std::any_of(folders.begin(), folders.end(), [&](const std::string_view one) {
    return !one.empty() && (one == stem_of(name) || one == name_of(folder_of(name)));
  });
}

bool has_servers(const TemplateNode& root) {
  const std::vector<TemplateResource> resources = resources_of(root);
  return !ami_slots(resources).empty() || !ami_ways(resources).empty() ||
         std::any_of(resources.begin(), resources.end(), is_nested_stack);
}

// Parents often hand down all of their parameters; their children are not deployed by themselves.
void drop_nested(Names& names, const TemplatesByPath& templates) {
  std::set<std::string> nested;
  for (const std::string& name : names) {
    for (std::string& path : nested_templates(*templates.at(name), name)) {
      if (path != name) nested.insert(std::move(path));
    }
  }
  std::erase_if(names, [&](const std::string& name) { return nested.contains(name); });
}

}  // namespace

std::vector<std::string> named_templates(const std::string& path, const ParameterSet& set) {
  const bool is_of_repository = set.place.empty();  // Git sync counts from its top
  const fs::path folder = is_of_repository ? fs::path() : fs::path(path).parent_path();
  std::vector<std::string> names{set.template_file};
  const bool is_built = set.template_file.find(".aws-sam/") != std::string::npos;
  if (!is_of_repository && (set.template_file.empty() || is_built)) {
    names = {"template.yaml", "template.yml", "template.json"};
  }
  std::erase(names, "");
  for (std::string& name : names) {
    if (is_of_repository) name.erase(0, name.find_first_not_of('/'));
    name = (folder / name).lexically_normal().string();
  }
  return names;
}

std::string template_of(const std::string& path,
                        const ParameterSet& set,
                        const TemplatesByPath& templates) {
  for (const std::string& named : named_templates(path, set)) {
    if (templates.contains(named)) return named;
  }
  if (set.place.empty() && !set.template_file.empty()) return {};
  Names fitting;
  for (const auto& [name, root] : templates) {
    if (has_all(*root, set.values)) fitting.push_back(name);
  }
  keep_named_like(fitting, path);
  keep_if_any(fitting, [&](const std::string& name) { return folder_of(path) == folder_of(name); });
  keep_if_any(fitting, [&](const std::string& name) { return has_folder_of(path, name); });
  keep_if_any(fitting, [&](const std::string& name) { return has_servers(*templates.at(name)); });
  if (fitting.size() > 1) drop_nested(fitting, templates);
  return fitting.size() == 1 ? fitting.front() : std::string();
}

}  // namespace patchbot
