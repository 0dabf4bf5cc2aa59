// SPDX-License-Identifier: Apache-2.0
#include "templates/resources.hpp"

#include <algorithm>

#include "templates/list_items.hpp"

namespace patchbot {
namespace {

// Fn::ForEach::Name: [variable, values, {"Key${variable}": resource}]
void collect(const TemplateNode& map,
             const std::string& path,
             std::vector<TemplateResource>& resources) {
  for (const TemplateNode::Member& member : map.members) {
    const std::string here = below(path, member.key);
    if (member.key.starts_with("Fn::ForEach::")) {
      const auto& loop = member.value.items;
      if (loop.size() == 3) collect(loop[2], item_paths(loop, here)[2], resources);
    } else if (member.value.is_map() && !member.key.starts_with("Fn::")) {
      resources.push_back({member.key, here, &member.value});
    }
  }
}

void append_escaped(std::string& path, std::string_view step) {
  if (step.find('/') == std::string_view::npos) {
    path += step;
    return;
  }
  for (const char c : step) {
    if (c == '/') {
      path += "~1";
    } else {
      path += c;
    }
  }
}

}  // namespace

std::string TemplateResource::type() const {
  const TemplateNode* const type = node->find("Type");
  return type == nullptr ? std::string() : type->text;
}

bool is_template(const TemplateNode& root) {
  const TemplateNode* const resources = root.find("Resources");
  return (resources != nullptr && resources->is_map()) ||
         root.find("AWSTemplateFormatVersion") != nullptr;
}

bool holds(const TemplateNode& node, const std::string& text) {
  if (node.is_scalar()) return node.text.find(text) != std::string::npos;
  const auto in = [&](const TemplateNode& one) { return holds(one, text); };
  return std::any_of(node.items.begin(), node.items.end(), in) ||
         std::any_of(node.members.begin(), node.members.end(), [&](const auto& member) {
           return in(member.value);
         });
}

std::vector<TemplateResource> resources_of(const TemplateNode& root) {
  std::vector<TemplateResource> resources;
  const TemplateNode* const section = root.find("Resources");
  if (section != nullptr) collect(*section, "Resources", resources);
  return resources;
}

std::string below(const std::string& path, std::string_view step) {
  constexpr std::string_view cut = "...";
  if (path.size() + step.size() > max_path)
    return path.ends_with(cut) ? path : path + std::string(cut);
  std::string whole;
  whole.reserve(path.size() + step.size() + 1);
  whole = path;
  if (!path.empty()) whole += '/';
  append_escaped(whole, step);
  return whole;
}

bool is_at(std::string_view path, std::string_view place) {
  return path.starts_with(place) &&
         (path.size() == place.size() || path[place.size()] == '/' || path[place.size()] == '[');
}

std::string item_path(const std::string& path, std::string_view name) {
  std::string whole = path;
  if (path.size() + name.size() > max_path) return whole;
  whole += '[';
  append_escaped(whole, name);
  return whole + "]";
}

bool has_function(const TemplateNode& map) {
  return std::any_of(map.members.begin(), map.members.end(), [](const auto& member) {
    return member.key.starts_with("Fn::");
  });
}

}  // namespace patchbot
