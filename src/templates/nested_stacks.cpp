// SPDX-License-Identifier: Apache-2.0
#include "templates/nested_stacks.hpp"

#include <algorithm>
#include <unordered_set>

#include "templates/ami_sources.hpp"
#include "templates/nests.hpp"

namespace patchbot {
namespace {

TemplateNode* member_of(TemplateNode* node, std::string_view key) {
  if (node == nullptr) return nullptr;
  for (TemplateNode::Member& member : node->members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

// The template without what it hands down to those who make nothing of it.
TemplateNode without_unnamed(const TemplateNode& root, const std::vector<HandedDown>& all) {
  TemplateNode rest = root;
  for (const HandedDown& one : all) {
    if (one.is_named) continue;
    TemplateNode* const stack = member_of(member_of(&rest, "Resources"), one.slot.resource);
    TemplateNode* const values = member_of(member_of(stack, "Properties"), "Parameters");
    if (values == nullptr) continue;
    const std::string name = one.slot.property.substr(std::string_view("Parameters.").size());
    std::erase_if(values->members, [&](const auto& member) { return member.key == name; });
  }
  return rest;
}

void add_nested(ReviewedFile& file, const TemplateNode& root, const std::vector<HandedDown>& all) {
  const std::unordered_set<std::string> reached = reached_values(without_unnamed(root, all));
  for (const HandedDown& next : all) {
    const AmiSources sources = ami_sources(root, {next.slot});
    const AmiUse way{next.slot.resource, next.slot.property};
    for (AmiChange& one : file.review.ami_changes) {
      if (!sources.uses.contains(one.change.path)) continue;
      if (!next.uses.empty() || !next.is_named) std::erase(one.uses, way);
      for (const AmiUse& use : next.uses) {
        const bool is_known = std::find(one.uses.begin(), one.uses.end(), use) != one.uses.end();
        if (!is_known) one.uses.push_back(use);
      }
    }
  }
  for (AmiChange& one : file.review.ami_changes) {
    if (one.uses.empty() && !reached.contains(one.change.path)) one.reached = false;
  }
}

}  // namespace

void add_nested_uses(PullRequest& request,
                     const TemplateFiles& head,
                     const TemplatesByPath& templates) {
  Nests nests(templates);
  for (ReviewedFile& file : request.files) {
    const auto version = head.find(file.name);
    const bool is_one = file.is_template && version != head.end() && version->second.read;
    if (!is_one || file.review.ami_changes.empty()) continue;
    const Template& after = *version->second.read;
    try {
      const auto all = nests.handed_down(after.root, file.name, 0);
      if (all.empty()) continue;
      add_nested(file, after.root, all);
      judge_again(file, nullptr, after, {"unused-ami"});
    } catch (const Error&) {
      continue;  // it combines to too many ways: what is known of the template alone stays
    }
  }
}

std::vector<std::string> nested_templates(const TemplateNode& root, const std::string& path) {
  std::vector<std::string> paths;
  for (const TemplateResource& resource : resources_of(root)) {
    std::string nested = nested_path(resource, path);
    if (!nested.empty()) paths.push_back(std::move(nested));
  }
  return paths;
}

}  // namespace patchbot
