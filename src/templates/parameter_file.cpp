// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_file.hpp"

#include <algorithm>

#include "templates/parameter_sets.hpp"

namespace patchbot {
namespace {

bool is_command_line_list(const TemplateNode& root) {
  const auto& items = root.items;
  return !items.empty() && std::all_of(items.begin(), items.end(), [](const TemplateNode& item) {
    return item.find("ParameterKey") != nullptr;
  });
}

// What a command of the command line tool takes as a whole: aws.md, --cli-input-json.
bool is_command_input(const TemplateNode& root) {
  const TemplateNode* const parameters = root.find("Parameters");
  return parameters != nullptr && is_command_line_list(*parameters);
}

// A template has Parameters, too, but these are descriptions, not values.
bool is_pipeline_configuration(const TemplateNode& root) {
  const TemplateNode* const parameters = root.find("Parameters");
  if (parameters == nullptr || parameters->members.empty()) return false;
  return std::all_of(parameters->members.begin(), parameters->members.end(), [](const auto& one) {
    return !one.value.is_map();
  });
}

bool is_deployment_file(const TemplateNode& root) {
  return root.find("template-file-path") != nullptr;
}

bool has_sam_overrides(const TemplateNode& root) {
  return std::any_of(root.members.begin(), root.members.end(), [](const auto& environment) {
    const auto& commands = environment.value.members;
    return std::any_of(commands.begin(), commands.end(), [](const auto& command) {
      return sam_overrides_of(command.value) != nullptr;
    });
  });
}

}  // namespace

bool is_parameter_file(const TemplateNode& root) {
  return is_plain_parameter_file(root) || has_sam_overrides(root);
}

bool is_parameter_file(const Template& file) {
  if (is_parameter_file(file.root)) return true;
  if (file.form != Template::Form::sam_settings) return false;
  const bool has_mistakes =
      std::any_of(file.problems.begin(), file.problems.end(), [](const TemplateProblem& problem) {
        return problem.kind == TemplateProblem::Kind::sam_setting;
      });
  const std::vector<ParameterSet> sets = deployments_of(file.root);
  return has_mistakes || std::any_of(sets.begin(), sets.end(), [](const ParameterSet& set) {
           return !set.names.empty() || !set.template_path.empty() || !set.region_path.empty();
         });
}

bool is_plain_parameter_file(const TemplateNode& root) {
  return is_command_line_list(root) || is_command_input(root) || is_deployment_file(root) ||
         is_pipeline_configuration(root);
}

bool is_parameter_value(std::string_view path) {
  const bool section = path.starts_with("Parameters/") || path.starts_with("parameters/");
  const bool is_in_list =
      path.starts_with('[') || path.starts_with("Parameters[") || !sam_environment_of(path).empty();
  return (section && std::count(path.begin(), path.end(), '/') == 1) ||
         (is_in_list && path.ends_with("/ParameterValue"));
}

const TemplateNode* sam_overrides_of(const TemplateNode& command) {
  const TemplateNode* const parameters = command.find("parameters");
  return parameters == nullptr ? nullptr : parameters->find("parameter_overrides");
}

// Behind the environment and the command; other slashes in their names are escaped.
std::string_view sam_environment_of(std::string_view path) {
  const auto first = path.find('/');
  const auto second = first == std::string_view::npos ? first : path.find('/', first + 1);
  if (second == std::string_view::npos) return {};
  return path.substr(second + 1).starts_with(sam_overrides) ? path.substr(0, first)
                                                            : std::string_view();
}

}  // namespace patchbot
