// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_sets.hpp"

#include <algorithm>
#include <optional>

#include "model/aws_names.hpp"
#include "templates/list_items.hpp"
#include "templates/parameter_file.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

// Of a list of ParameterKey and ParameterValue. Without a value (UsePreviousValue) a parameter
// keeps the one that the stack has.
void add_pairs(const TemplateNode& list, ParameterSet& set) {
  const auto paths = item_paths(list.items, set.place);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const TemplateNode* const name = list.items[i].find("ParameterKey");
    const TemplateNode* const value = list.items[i].find("ParameterValue");
    if (name == nullptr) continue;
    set.names.emplace(paths[i] + "/ParameterValue", name->text);
    const bool is_told = value != nullptr && value->is_scalar();
    if (is_told && name->text == "$include") {
      set.included = value->text;
    } else {
      set.values[name->text] = is_told ? std::optional(value->text) : std::nullopt;
    }
  }
}

// Sections of both kinds of file hold names and values.
void add_sections(const TemplateNode& root, ParameterSet& set) {
  for (const char* section : {"Parameters", "parameters"}) {
    const TemplateNode* const node = root.find(section);
    if (node == nullptr) continue;
    for (const TemplateNode::Member& one : node->members) {
      set.names.emplace(below(section, one.key), one.key);
      if (one.value.is_scalar()) set.values[one.key] = one.value.text;
    }
  }
}

// An option of a command; where the command has none, of all of its environment.
std::string option_of(const TemplateNode& environment,
                      const TemplateNode& command,
                      std::string_view option) {
  for (const TemplateNode* one : {&command, environment.find("global")}) {
    const TemplateNode* const parameters = one == nullptr ? nullptr : one->find("parameters");
    const TemplateNode* const value = parameters == nullptr ? nullptr : parameters->find(option);
    if (value != nullptr && value->is_scalar()) return value->text;
  }
  return {};
}

std::string template_file_of(const TemplateNode& environment, const TemplateNode& command) {
  for (const char* option : {"template_file", "template"}) {
    std::string named = option_of(environment, command, option);
    if (!named.empty()) return named;
  }
  return {};
}

// What is given to all commands goes to the template that is deployed.
std::string deployed_template(const TemplateNode& environment,
                              const TemplateNode::Member& command) {
  std::string named = template_file_of(environment, command.value);
  if (!named.empty() || command.key != "global") return named;
  for (const char* deploying : {"deploy", "sync"}) {
    const TemplateNode* const other = environment.find(deploying);
    if (named.empty() && other != nullptr) named = template_file_of(environment, *other);
  }
  return named;
}

void add_sam_sets(const TemplateNode::Member& environment, std::vector<ParameterSet>& sets) {
  for (const TemplateNode::Member& command : environment.value.members) {
    const TemplateNode* const given = sam_overrides_of(command.value);
    const bool is_nameless = environment.key.empty() || command.key.empty();  // nobody asks for it
    if (given == nullptr || is_nameless) continue;
    ParameterSet set;
    set.place = below(below("", environment.key), command.key) + "/" + std::string(sam_overrides);
    set.template_file = deployed_template(environment.value, command);
    const std::string region = option_of(environment.value, command.value, "region");
    if (is_region(region)) set.region = region;
    add_pairs(*given, set);
    sets.push_back(std::move(set));
  }
}

}  // namespace

std::vector<ParameterSet> parameter_sets(const TemplateNode& root) {
  std::vector<ParameterSet> sets;
  if (is_plain_parameter_file(root)) {
    ParameterSet set;
    const TemplateNode* const named = root.find("template-file-path");
    if (named != nullptr) set.template_file = named->text;
    add_pairs(root, set);
    add_sections(root, set);
    sets.push_back(std::move(set));
  }
  for (const TemplateNode::Member& environment : root.members) add_sam_sets(environment, sets);
  return sets;
}

const ParameterSet* set_at(const std::vector<ParameterSet>& sets, const std::string& place) {
  const auto found = std::find_if(
      sets.begin(), sets.end(), [&](const ParameterSet& set) { return set.place == place; });
  return found == sets.end() ? nullptr : &*found;
}

std::string region_at(const std::vector<ParameterSet>& sets, const std::string& path) {
  const auto found = std::find_if(
      sets.begin(), sets.end(), [&](const ParameterSet& set) { return set.names.contains(path); });
  return found == sets.end() ? std::string() : found->region;
}

}  // namespace patchbot
