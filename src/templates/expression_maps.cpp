// SPDX-License-Identifier: Apache-2.0
// What cells of maps come to.
#include <algorithm>

#include "templates/expression_texts.hpp"
#include "templates/list_items.hpp"
#include "templates/open_text.hpp"

namespace patchbot {
namespace {

using open_text::left;
using open_text::mark;
using open_text::no_value;
using open_text::shortened;

std::string key_of(const std::vector<std::string>& parts) {
  std::string key;
  for (const std::string& part : parts) key += part + mark;
  return key;
}

}  // namespace

std::string ExpressionTexts::of_map(const TemplateNode& argument, const std::string& path) {
  if (argument.items.size() < 3) return left("Fn::FindInMap", of(argument, path));
  const auto paths = children(argument, path);
  std::vector<std::string> keys;
  keys.reserve(3);
  for (std::size_t i = 0; i < 3; ++i) keys.push_back(of(argument.items[i], paths[i]));
  std::string cell = of_cell(keys);
  const TemplateNode* const standard =
      argument.items.size() > 3 ? argument.items[3].find("DefaultValue") : nullptr;
  if (standard == nullptr) return cell;
  const bool is_certain = std::all_of(keys.begin(), keys.end(), is_known);
  const bool is_missing = is_no_value(cell);
  if (!is_missing && is_certain) return cell;
  const std::string other = of(*standard, child(paths[3], "DefaultValue"));
  return is_missing ? other : left("Fn::FindInMap", cell + mark + other);
}

std::string ExpressionTexts::of_cell(const std::vector<std::string>& keys) {
  const std::string key = "Mappings" + (mark + key_of(keys));
  const auto known = known_.find(key);
  if (known == known_.end()) return known_[key] = of_cells(keys);
  std::string path = "Mappings";
  for (std::size_t i = 0; records() && i < keys.size() && is_known(keys[i]); ++i) {
    path = below(path, keys[i]);
  }
  note(path);
  if (records() && has_included_cells(keys)) of(*root_.find("Mappings"), "Mappings");
  return known->second;
}

// Of a map, or a row of it, that stands elsewhere.
bool ExpressionTexts::has_included_cells(const std::vector<std::string>& keys) const {
  const TemplateNode* node = root_.find("Mappings");
  for (std::size_t i = 0; node != nullptr && i < keys.size(); ++i) {
    if (has_function(*node)) return true;
    node = node->find(keys[i]);
  }
  return false;
}

// Behind a key that nobody knows, all of them count. Of one that is not there nothing comes.
std::string ExpressionTexts::of_cells(const std::vector<std::string>& keys) {
  std::string path = "Mappings";
  const TemplateNode* node = root_.find("Mappings");
  std::size_t depth = 0;
  while (node != nullptr && depth < keys.size() && is_known(keys[depth])) {
    path = child(path, keys[depth]);
    node = node->find(keys[depth]);
    ++depth;
  }
  note(path);
  if (depth == keys.size() && node != nullptr) return of(*node, path);
  if (node == nullptr && has_included_cells(keys)) {
    return left("Fn::FindInMap", key_of(keys) + shortened(of(*root_.find("Mappings"), "Mappings")));
  }
  if (node == nullptr) return std::string(no_value);
  return left("Fn::FindInMap", key_of(keys) + shortened(of(*node, path)));
}

const TemplateNode* ExpressionTexts::listed_cell(const TemplateNode& node,
                                                 const std::string& path) {
  const TemplateNode* const argument = node.argument_of("Fn::FindInMap");
  if (argument == nullptr || argument->items.size() < 3) return nullptr;
  const auto paths = children(*argument, child(path, "Fn::FindInMap"));
  const TemplateNode* cell = root_.find("Mappings");
  for (std::size_t i = 0; i < 3 && cell != nullptr; ++i) {
    cell = cell->find(of(argument->items[i], paths[i]));
  }
  return cell != nullptr && cell->is_list() ? cell : nullptr;
}

}  // namespace patchbot
