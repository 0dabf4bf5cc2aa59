// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_file.hpp"

#include <algorithm>

namespace patchbot {
namespace {

bool is_command_line_list(const TemplateNode& root) {
  const auto& items = root.items;
  return !items.empty() && std::all_of(items.begin(), items.end(), [](const TemplateNode& item) {
    return item.find("ParameterKey") != nullptr;
  });
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

}  // namespace

bool is_parameter_file(const TemplateNode& root) {
  return is_command_line_list(root) || is_deployment_file(root) || is_pipeline_configuration(root);
}

bool is_parameter_value(std::string_view path) {
  const bool section = path.starts_with("Parameters/") || path.starts_with("parameters/");
  return (section && std::count(path.begin(), path.end(), '/') == 1) ||
         (path.starts_with('[') && path.ends_with("/ParameterValue"));
}

}  // namespace patchbot
