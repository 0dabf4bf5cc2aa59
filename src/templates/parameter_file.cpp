// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_file.hpp"

#include <algorithm>
#include <cctype>

#include "base/text.hpp"
#include "templates/list_items.hpp"

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

bool is_override(const TemplateNode& item) {
  const std::size_t end = item.text.find('=');
  return item.is_scalar() && end != std::string::npos && end > 0 &&
         std::all_of(item.text.begin(),
                     item.text.begin() + static_cast<std::ptrdiff_t>(end),
                     [](unsigned char c) { return std::isalnum(c) != 0; });
}

TemplateNode spelled_out(const TemplateNode& item) {
  const std::size_t end = item.text.find('=');
  const auto scalar = [&](std::string text, std::size_t shift) {
    TemplateNode node;
    node.text = std::move(text);
    node.place = item.place;
    node.place.column += shift;
    return node;
  };
  TemplateNode pair;
  pair.kind = TemplateNode::Kind::map;
  pair.place = item.place;
  pair.members.push_back({"ParameterKey", item.place, scalar(item.text.substr(0, end), 0)});
  pair.members.push_back(
      {"ParameterValue", item.place, scalar(item.text.substr(end + 1), end + 1)});
  return pair;
}

}  // namespace

void spell_out_overrides(TemplateNode& root) {
  const bool is_list =
      !root.items.empty() && std::all_of(root.items.begin(), root.items.end(), is_override);
  if (!is_list) return;
  for (TemplateNode& item : root.items) item = spelled_out(item);
}

bool is_parameter_file(const TemplateNode& root) {
  return is_command_line_list(root) || is_deployment_file(root) || is_pipeline_configuration(root);
}

// Sections of both kinds of file hold names and values. Without a value (UsePreviousValue) a
// parameter keeps the one that the stack has.
ParameterValues parameter_values(const TemplateNode& root) {
  ParameterValues values;
  for (const TemplateNode& item : root.items) {
    const TemplateNode* const name = item.find("ParameterKey");
    const TemplateNode* const value = item.find("ParameterValue");
    if (name == nullptr) continue;
    const bool is_told = value != nullptr && value->is_scalar();
    values[name->text] = is_told ? std::optional(value->text) : std::nullopt;
  }
  for (const char* section : {"Parameters", "parameters"}) {
    const TemplateNode* const node = root.find(section);
    if (node == nullptr) continue;
    for (const TemplateNode::Member& one : node->members) {
      if (one.value.is_scalar()) values[one.key] = one.value.text;
    }
  }
  return values;
}

std::string parameter_at(const TemplateNode& root, std::string_view path) {
  if (!is_parameter_value(path)) return {};
  const auto steps = split(path, '/');
  if (!path.starts_with('[')) return std::string(steps[1]);
  const auto paths = item_paths(root.items, "");
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const TemplateNode* const name = root.items[i].find("ParameterKey");
    if (paths[i] == steps[0] && name != nullptr) return name->text;
  }
  return {};
}

bool is_parameter_value(std::string_view path) {
  const bool section = path.starts_with("Parameters/") || path.starts_with("parameters/");
  return (section && std::count(path.begin(), path.end(), '/') == 1) ||
         (path.starts_with('[') && path.ends_with("/ParameterValue"));
}

}  // namespace patchbot
