// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_sets.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "model/aws_names.hpp"
#include "templates/list_items.hpp"
#include "templates/parameter_file.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

// Of a list of ParameterKey and ParameterValue. Without a value (UsePreviousValue) a parameter
// keeps the one that the stack has.
void add_pairs(const TemplateNode& list, const std::string& place, ParameterSet& set) {
  const auto paths = item_paths(list.items, place);
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

constexpr std::string_view all_commands = "global";

struct Option {
  std::string value;
  std::string path;
};

/// An environment of SAM's settings.
class SamEnvironment {
 public:
  explicit SamEnvironment(const TemplateNode::Member& environment)
      : node_(environment.value), path_(below("", environment.key)) {}

  // A set for every command that has parameters.
  void add_given(std::vector<ParameterSet>& sets) const {
    for (const TemplateNode::Member& command : node_.members) {
      if (has_own(command)) sets.push_back(set_of(command, sam_overrides_of(command.value)));
    }
  }

  // Of the command that deploys, if it has none: it takes those that all commands have.
  void add_deployments(std::vector<ParameterSet>& sets) const {
    const TemplateNode::Member* const main = deploying();
    const bool is_by_all = main != nullptr && !has_own(*main);
    for (const TemplateNode::Member& command : node_.members) {
      // What they all have is taken by it, or hidden by its own.
      const bool is_told = main != nullptr && main != &command && command.key == all_commands;
      if (has_own(command) && !is_told) {
        sets.push_back(set_of(command, sam_overrides_of(command.value)));
      }
    }
    if (!is_by_all) return;
    const TemplateNode* const all = node_.find(all_commands);
    sets.push_back(set_of(*main, all == nullptr ? nullptr : sam_overrides_of(*all)));
  }

 private:
  // Nobody asks for one without a name.
  bool has_own(const TemplateNode::Member& command) const {
    return !path_.empty() && !command.key.empty() && sam_overrides_of(command.value) != nullptr;
  }

  const TemplateNode::Member* deploying() const {
    for (const std::string_view name :
         {std::string_view("deploy"), std::string_view("sync"), all_commands}) {
      const auto found = std::find_if(node_.members.begin(),
                                      node_.members.end(),
                                      [&](const auto& command) { return command.key == name; });
      if (found != node_.members.end() && !path_.empty()) return &*found;
    }
    return nullptr;
  }

  ParameterSet set_of(const TemplateNode::Member& command, const TemplateNode* given) const {
    ParameterSet set;
    const std::string section = given == sam_overrides_of(command.value) || given == nullptr
                                    ? command.key
                                    : std::string(all_commands);
    set.place = below(path_, section) + "/" + std::string(sam_overrides);
    if (given != nullptr) add_pairs(*given, set.place, set);
    set.place = below(path_, command.key) + "/" + std::string(sam_overrides);
    Option named = deployed_template(command);
    set.template_file = std::move(named.value);
    set.template_path = std::move(named.path);
    Option region = option_of(command.key, "region");
    if (!is_region(region.value)) return set;
    set.region = std::move(region.value);
    set.region_path = std::move(region.path);
    return set;
  }

  // An option of a command; where the command has none, of all of its environment.
  Option option_of(const std::string& command, std::string_view option) const {
    for (const std::string& name : {command, std::string(all_commands)}) {
      const TemplateNode* const one = node_.find(name);
      const TemplateNode* const parameters = one == nullptr ? nullptr : one->find("parameters");
      const TemplateNode* const value = parameters == nullptr ? nullptr : parameters->find(option);
      if (value != nullptr && value->is_scalar()) {
        return {value->text, below(below(path_, name) + "/parameters", option)};
      }
    }
    return {};
  }

  Option template_of(const std::string& command) const {
    for (const char* option : {"template_file", "template"}) {
      Option named = option_of(command, option);
      if (!named.value.empty()) return named;
    }
    return {};
  }

  // What is given to all commands goes to the template that is deployed.
  Option deployed_template(const TemplateNode::Member& command) const {
    Option named = template_of(command.key);
    if (!named.value.empty() || command.key != all_commands) return named;
    for (const char* deploying : {"deploy", "sync"}) {
      if (named.value.empty()) named = template_of(deploying);
    }
    return named;
  }

  const TemplateNode& node_;
  std::string path_;
};

ParameterSet plain_set(const TemplateNode& root) {
  ParameterSet set;
  const TemplateNode* const named = root.find("template-file-path");
  if (named != nullptr) {
    set.template_file = named->text;
    set.template_path = "template-file-path";
  }
  add_pairs(root, "", set);
  if (const TemplateNode* const list = root.find("Parameters")) add_pairs(*list, "Parameters", set);
  add_sections(root, set);
  return set;
}

}  // namespace

std::vector<ParameterSet> parameter_sets(const TemplateNode& root) {
  std::vector<ParameterSet> sets;
  if (is_plain_parameter_file(root)) sets.push_back(plain_set(root));
  for (const auto& environment : root.members) SamEnvironment(environment).add_given(sets);
  return sets;
}

std::vector<ParameterSet> deployments_of(const TemplateNode& root) {
  std::vector<ParameterSet> sets;
  if (is_plain_parameter_file(root)) sets.push_back(plain_set(root));
  for (const auto& environment : root.members) SamEnvironment(environment).add_deployments(sets);
  return sets;
}

const ParameterSet* counterpart(const std::vector<ParameterSet>& sets, const std::string& place) {
  if (const ParameterSet* const same = set_at(sets, place)) return same;
  const auto steps = split(place, '/');
  if (steps.size() < 2) return nullptr;
  const bool is_for_all = steps[1] == all_commands;
  for (const std::string_view command : {"deploy", "sync", "global"}) {
    const bool may_count = is_for_all || command == all_commands;
    const std::string other =
        std::string(steps[0]).append("/").append(command).append("/").append(sam_overrides);
    const ParameterSet* const one = may_count ? set_at(sets, other) : nullptr;
    if (one != nullptr) return one;
  }
  return nullptr;
}

bool is_for_all_commands(const ParameterSet& set) {
  const auto steps = split(set.place, '/');
  return steps.size() > 1 && steps[1] == all_commands;
}

ParameterValues values_of(const ParameterSet& set) {
  ParameterValues values = set.values;
  if (!set.region.empty()) values.emplace("AWS::Region", set.region);
  return values;
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
