// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_uses.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "templates/ami_slots.hpp"
#include "templates/chosen_amis.hpp"
#include "templates/conditions.hpp"
#include "templates/nested_stacks.hpp"
#include "templates/parameter_choices.hpp"
#include "templates/parameter_file.hpp"
#include "templates/resources.hpp"
#include "templates/server_rules.hpp"

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

void add_nested_uses(AmiChange& one, const NestedUses& nested) {
  std::erase_if(one.uses, [&](const AmiUse& use) {
    return std::find(nested.ways.begin(), nested.ways.end(), use) != nested.ways.end();
  });
  one.uses.insert(one.uses.end(), nested.uses.begin(), nested.uses.end());
}

void add_uses(ReviewedFile& file,
              const TemplateNode& values,
              const TemplatesByPath& templates,
              const std::string& path) {
  const TemplateNode& root = *templates.at(path);
  const Conditions conditions(root, parameter_values(values));
  const std::vector<TemplateResource> resources = living(root, conditions);
  const AmiSources sources = ami_sources(root, ami_slots(resources), &conditions);
  const Rollings rollings(root, resources, {});
  const auto nested = nested_uses(root, path, resources, conditions, templates);
  for (AmiChange& one : file.review.ami_changes) {
    const std::string name = parameter_at(values, one.change.path);
    const auto uses = sources.parameters.find(name);
    if (uses != sources.parameters.end()) one.uses = uses->second;
    one.rolling = rollings.of(one.uses);
    const auto below = nested.find(name);
    if (below != nested.end()) add_nested_uses(one, below->second);
  }
}

const Template* version_of(const TemplateFiles& files, const std::string& name) {
  const auto file = files.find(name);
  return file == files.end() || !file->second.read ? nullptr : &*file->second.read;
}

}  // namespace

std::string template_of(const std::string& path,
                        const TemplateNode& file,
                        const TemplatesByPath& templates) {
  if (const TemplateNode* const named = file.find("template-file-path")) {
    const std::string whole = fs::path(named->text).lexically_normal().string();
    return templates.contains(whole) ? whole : std::string();
  }
  const ParameterValues values = parameter_values(file);
  std::vector<std::string> fitting;
  for (const auto& [name, root] : templates) {
    if (has_all(*root, values)) fitting.push_back(name);
  }
  if (fitting.size() > 1) {
    std::erase_if(fitting, [&](const std::string& name) {
      return !stem_of(path).starts_with(stem_of(name));
    });
  }
  return fitting.size() == 1 ? fitting.front() : std::string();
}

void add_parameter_uses(PullRequest& request,
                        const TemplateFiles& base,
                        const TemplateFiles& head,
                        const TemplatesByPath& templates) {
  for (ReviewedFile& file : request.files) {
    const Template* const before = version_of(base, file.name);
    const Template* const after = version_of(head, file.name);
    if (!file.is_parameter_file || after == nullptr) continue;
    const TemplateNode& values = after->root;
    const auto root = templates.find(template_of(file.name, values, templates));
    if (root == templates.end()) continue;
    try {
      add_choices(file, before, *after, *root->second);
      add_uses(file, values, templates, root->first);
    } catch (const Error&) {
      continue;  // it combines to too many ways: the change is told, its servers are not
    }
    for (RuleHit& hit : server_rules(*root->second, file.review)) {
      file.hits.push_back(std::move(hit));
    }
  }
}

}  // namespace patchbot
