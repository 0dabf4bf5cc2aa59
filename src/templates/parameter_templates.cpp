// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_templates.hpp"

#include <algorithm>
#include <filesystem>

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

std::string stem_of(const std::string& path) { return fs::path(path).stem().string(); }

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
  for (std::string& name : names) name = (folder / name).lexically_normal().string();
  return names;
}

std::string template_of(const std::string& path,
                        const ParameterSet& set,
                        const TemplatesByPath& templates) {
  for (const std::string& named : named_templates(path, set)) {
    if (templates.contains(named)) return named;
  }
  if (set.place.empty() && !set.template_file.empty()) return {};
  std::vector<std::string> fitting;
  for (const auto& [name, root] : templates) {
    if (has_all(*root, set.values)) fitting.push_back(name);
  }
  if (fitting.size() > 1) {
    std::erase_if(fitting, [&](const std::string& name) {
      return !stem_of(path).starts_with(stem_of(name));
    });
  }
  if (fitting.size() > 1) {  // a folder for each environment
    std::erase_if(fitting, [&](const std::string& name) {
      return fs::path(path).parent_path() != fs::path(name).parent_path();
    });
  }
  return fitting.size() == 1 ? fitting.front() : std::string();
}

}  // namespace patchbot
