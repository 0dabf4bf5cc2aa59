// SPDX-License-Identifier: Apache-2.0
// What Fn::Sub, Join, Select and Split come to.
#include "base/text.hpp"
#include "templates/expression_texts.hpp"
#include "templates/open_text.hpp"

namespace patchbot {
namespace {

using open_text::bounded;
using open_text::left;
using open_text::mark;

std::vector<std::string> parts_of(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = separator.empty() ? std::string_view::npos : text.find(separator);
    parts.emplace_back(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
  }
}

}  // namespace

// "${Name}", "${Name.Attribute}", or one of the call's own variables; "${!Name}" is a text.
std::string ExpressionTexts::of_sub(const TemplateNode& argument, const std::string& path) {
  const bool has_variables = argument.is_list() && argument.items.size() == 2;
  const auto paths = children(argument, path);
  const std::string_view text = has_variables ? argument.items[0].text : argument.text;
  note(has_variables ? paths[0] : path);
  std::string whole;
  for (std::size_t at = 0;;) {
    step();
    const auto begin = text.find("${", at);
    whole += text.substr(at, begin - at);
    const auto end = begin == std::string_view::npos ? begin : text.find('}', begin);
    if (end == std::string_view::npos) return whole;
    const std::string name(text.substr(begin + 2, end - begin - 2));
    const TemplateNode* const own = has_variables ? argument.items[1].find(name) : nullptr;
    const auto dot = name.find('.');
    if (name.starts_with('!')) {
      whole += "${" + name.substr(1) + "}";
    } else if (own != nullptr) {
      whole += of(*own, child(paths[1], name));
    } else if (dot != std::string::npos) {
      whole += of_attribute(name.substr(0, dot), name.substr(dot + 1));
    } else {
      whole += of_name(name);
    }
    whole = bounded(std::move(whole));
    at = end + 1;
  }
}

std::string ExpressionTexts::of_join(const TemplateNode& argument, const std::string& path) {
  if (argument.items.size() != 2) return left("Fn::Join", of(argument, path));
  const auto paths = children(argument, path);
  const auto parts = list_of(argument.items[1], paths[1]);
  const std::string separator = of(argument.items[0], paths[0]);
  if (!parts) return left("Fn::Join", separator + mark + of(argument.items[1], paths[1]));
  std::string whole;
  bool is_first = true;
  for (const std::string& part : *parts) {
    if (is_no_value(part)) continue;
    if (!is_first) whole += separator;
    whole += part;
    whole = bounded(std::move(whole));
    is_first = false;
  }
  return whole;
}

std::string ExpressionTexts::of_select(const TemplateNode& argument, const std::string& path) {
  if (argument.items.size() != 2) return left("Fn::Select", of(argument, path));
  const auto paths = children(argument, path);
  const std::string index = of(argument.items[0], paths[0]);
  const auto parts = list_of(argument.items[1], paths[1]);
  const auto number = is_known(index) ? parse_integer(index) : std::nullopt;
  if (parts && number && *number >= 0 && static_cast<std::size_t>(*number) < parts->size()) {
    return (*parts)[static_cast<std::size_t>(*number)];
  }
  return left("Fn::Select", index + mark + of(argument.items[1], paths[1]));
}

// Written out, in a map or not, split from a text, or a parameter that is a list; none if its items
// are not known.
std::optional<std::vector<std::string>> ExpressionTexts::list_of(const TemplateNode& node,
                                                                 const std::string& path) {
  if (node.is_list()) {
    const auto paths = children(node, path);
    std::vector<std::string> parts;
    parts.reserve(paths.size());
    for (std::size_t i = 0; i < paths.size(); ++i) parts.push_back(of(node.items[i], paths[i]));
    return parts;
  }
  if (const TemplateNode* const cell = listed_cell(node, path)) {
    of(node, path);  // its places
    return list_of(*cell, {});
  }
  std::string separator = ",";
  const TemplateNode* whole = &node;
  std::string place = path;
  if (const TemplateNode* const call = node.argument_of("Fn::Split")) {
    if (call->items.size() != 2) return std::nullopt;
    const auto paths = children(*call, child(path, "Fn::Split"));
    separator = of(call->items[0], paths[0]);
    whole = &call->items[1];
    place = paths[1];
  }
  const std::string text = of(*whole, place);
  if (!is_known(text) || !is_known(separator)) return std::nullopt;
  return parts_of(text, separator);
}

}  // namespace patchbot
