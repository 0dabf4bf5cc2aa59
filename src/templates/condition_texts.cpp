// SPDX-License-Identifier: Apache-2.0
// The texts that expressions come to where parameters have known values.
#include "base/text.hpp"
#include "templates/conditions.hpp"
#include "templates/open_text.hpp"

namespace patchbot {
namespace {

// As many as CloudFormation lets the value of a parameter have. Texts that contain themselves
// several times would grow without end.
constexpr std::size_t most_bytes = 4096;

std::optional<std::string> bounded(std::string text) {
  if (text.size() > most_bytes) return std::nullopt;
  return text;
}

std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(text, separator)) parts.emplace_back(trim(part));
  return parts;
}

}  // namespace

// An expression inside of another nests no deeper than the template does.
std::optional<std::string> Conditions::value_of(const TemplateNode& node) const {
  if (node.is_scalar()) return std::string(node.value());
  if (const TemplateNode* const map = node.argument_of("Fn::FindInMap")) return looked_up(*map);
  if (const TemplateNode* const text = node.argument_of("Fn::Sub")) return substituted(*text);
  if (const TemplateNode* const parts = node.argument_of("Fn::Join")) return joined(*parts);
  if (const TemplateNode* const list = node.argument_of("Fn::Select")) return selected(*list);
  const TemplateNode* const ref = node.argument_of("Ref");
  return ref == nullptr ? std::nullopt : value_of_parameter(ref->text);
}

// What is looked up in Systems Manager is given as a name there.
std::optional<std::string> Conditions::value_of_parameter(const std::string& name) const {
  const TemplateNode* const parameter = parameters_ == nullptr ? nullptr : parameters_->find(name);
  const TemplateNode* const type = parameter == nullptr ? nullptr : parameter->find("Type");
  if (type != nullptr && type->text.starts_with("AWS::SSM::")) return std::nullopt;
  if (const auto known = values_.find(name); known != values_.end()) {
    return known->second && is_known(*known->second) ? known->second : std::nullopt;
  }
  const TemplateNode* const value = parameter == nullptr ? nullptr : parameter->find("Default");
  return value != nullptr && value->is_scalar() ? value_of(*value) : std::nullopt;
}

std::optional<std::string> Conditions::looked_up(const TemplateNode& arguments) const {
  const TemplateNode* node = maps_;
  if (arguments.items.size() != 3) return std::nullopt;
  for (const TemplateNode& key : arguments.items) {
    const auto name = value_of(key);
    node = name && node != nullptr ? node->find(*name) : nullptr;
  }
  return node != nullptr && node->is_scalar() ? value_of(*node) : std::nullopt;
}

// "${Name}" of a parameter, or of the call's own variables; "${!Name}" is the text "${Name}".
std::optional<std::string> Conditions::substituted(const TemplateNode& argument) const {
  const bool has_variables = argument.is_list() && argument.items.size() == 2;
  const std::string_view text = has_variables ? argument.items[0].text : argument.text;
  std::string whole;
  for (std::size_t at = 0;;) {
    const auto begin = text.find("${", at);
    whole += text.substr(at, begin - at);
    if (begin == std::string_view::npos) return bounded(std::move(whole));
    const auto end = text.find('}', begin);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string name(text.substr(begin + 2, end - begin - 2));
    const TemplateNode* const own = has_variables ? argument.items[1].find(name) : nullptr;
    const auto value = name.starts_with('!') ? std::optional("${" + name.substr(1) + "}")
                       : own != nullptr      ? value_of(*own)
                                             : value_of_parameter(name);
    if (!value || whole.size() + value->size() > most_bytes) return std::nullopt;
    whole += *value;
    at = end + 1;
  }
}

std::optional<std::string> Conditions::joined(const TemplateNode& arguments) const {
  if (arguments.items.size() != 2) return std::nullopt;
  const auto separator = value_of(arguments.items[0]);
  const auto parts = list_of(arguments.items[1]);
  if (!separator || !parts) return std::nullopt;
  std::string whole;
  for (const std::string& part : *parts) {
    if (&part != &parts->front()) whole += *separator;
    whole += part;
    if (whole.size() > most_bytes) return std::nullopt;
  }
  return whole;
}

std::optional<std::string> Conditions::selected(const TemplateNode& arguments) const {
  if (arguments.items.size() != 2) return std::nullopt;
  const auto index = value_of(arguments.items[0]);
  const auto parts = list_of(arguments.items[1]);
  const auto number = index ? parse_integer(*index) : std::nullopt;
  if (!parts || !number || *number < 0) return std::nullopt;
  const auto place = static_cast<std::size_t>(*number);
  return place < parts->size() ? std::optional((*parts)[place]) : std::nullopt;
}

// Written out, split from a text, or a parameter that is a list.
std::optional<std::vector<std::string>> Conditions::list_of(const TemplateNode& node) const {
  if (const TemplateNode* const call = node.argument_of("Fn::Split")) {
    if (call->items.size() != 2 || call->items[0].text.size() != 1) return std::nullopt;
    const auto text = value_of(call->items[1]);
    return text ? std::optional(parts_of(*text, call->items[0].text.front())) : std::nullopt;
  }
  if (!node.is_list()) {
    const auto text = value_of(node);
    return text ? std::optional(parts_of(*text, ',')) : std::nullopt;
  }
  std::vector<std::string> parts;
  for (const TemplateNode& item : node.items) {
    auto part = value_of(item);
    if (!part) return std::nullopt;
    parts.push_back(std::move(*part));
  }
  return parts;
}

}  // namespace patchbot
