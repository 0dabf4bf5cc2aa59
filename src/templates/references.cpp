// SPDX-License-Identifier: Apache-2.0
#include "templates/references.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "templates/ami_slots.hpp"
#include "templates/nests.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

/// Goes from name to name: of parameters, conditions and resources.
class Closure {
 public:
  explicit Closure(const TemplateNode& root) : resources_(root.find("Resources")) {
    for (const char* name : {"Parameters", "Conditions"}) {
      if (const TemplateNode* const section = root.find(name)) sections_.push_back(section);
    }
  }

  void from(const TemplateNode* node) {
    if (node != nullptr) pending_.push_back(node);
  }

  // Chains of them may be long.
  void run() {
    while (!pending_.empty()) {
      const TemplateNode& node = *pending_.back();
      pending_.pop_back();
      References here;
      add_names(node, here);
      may_be_any = may_be_any || here.may_be_any;
      for (const std::string& name : here.names) {
        if (names.insert(name).second) follow(name);
      }
    }
  }

  std::unordered_set<std::string> names;
  bool may_be_any = false;

 private:
  // Any text may be the name of a condition, or of a resource.
  static void add_names(const TemplateNode& node, References& here) {
    here.add(node);
    std::vector<const TemplateNode*> rest{&node};
    while (!rest.empty()) {
      const TemplateNode& one = *rest.back();
      rest.pop_back();
      if (one.is_scalar()) here.names.insert(one.text.substr(0, one.text.find('.')));
      for (const TemplateNode& item : one.items) rest.push_back(&item);
      for (const TemplateNode::Member& member : one.members) rest.push_back(&member.value);
    }
  }

  void follow(const std::string& name) {
    for (const TemplateNode* const section : sections_) from(section->find(name));
    const TemplateNode* const resource = resources_ == nullptr ? nullptr : resources_->find(name);
    if (resource == nullptr) return;
    from(resource->find("Properties"));
    from(resource->find("Condition"));
  }

  std::vector<const TemplateNode*> sections_;
  const TemplateNode* resources_;
  std::vector<const TemplateNode*> pending_;
};

void add_loops(const TemplateNode* section, Closure& closure) {
  if (section == nullptr) return;
  for (const TemplateNode::Member& member : section->members) {
    if (member.key.starts_with("Fn::")) closure.from(&member.value);
  }
}

bool has_transform(const TemplateNode& node) {
  const auto has = [](const TemplateNode::Member& one) {
    return one.key == "Fn::Transform" || has_transform(one.value);
  };
  return std::any_of(node.members.begin(), node.members.end(), has) ||
         std::any_of(node.items.begin(), node.items.end(), has_transform);
}

}  // namespace

void References::add(const TemplateNode& node) {
  if (node.is_scalar()) add_text(node.text);
  for (const TemplateNode& item : node.items) add(item);
  for (const TemplateNode::Member& member : node.members) {
    const bool is_macro = member.key == "Transform" || member.key == "Fn::Transform";
    may_be_any = may_be_any || is_macro;
    if (member.key == "Ref") names.insert(member.value.text);
    // A loop puts names together: "${Role}Ami".
    may_be_any =
        may_be_any || (member.key == "Ref" && member.value.text.find("${") != std::string::npos);
    add(member.value);
  }
}

// Of "${Name}" and "${Name.Attribute}" the name.
void References::add_text(const std::string& text) {
  constexpr auto npos = std::string::npos;
  for (auto at = text.find("${"); at != npos; at = text.find("${", at + 2)) {
    const auto end = text.find_first_of("}.", at);
    names.insert(text.substr(at + 2, end == npos ? npos : end - at - 2));
  }
}

bool only_rewrites(const TemplateNode& transform) {
  const auto is_known = [](const TemplateNode& one) {
    return one.text == "AWS::LanguageExtensions" || one.text.starts_with("AWS::Serverless") ||
           one.text == "AWS::CodeDeployBlueGreen" || one.text.starts_with("AWS::SecretsManager");
  };
  return transform.is_list() ? std::all_of(transform.items.begin(), transform.items.end(), is_known)
                             : transform.is_scalar() && is_known(transform);
}

std::unordered_set<std::string> parameters_for_amis(const TemplateNode& root) {
  const TemplateNode* const parameters = root.find("Parameters");
  Closure closure(root);
  add_loops(root.find("Resources"), closure);
  closure.from(root.find("Outputs"));  // another stack may start servers from them
  add_loops(root.find("Conditions"), closure);
  for (const TemplateResource& one : resources_of(root)) {
    const TemplateNode* const own = one.node->find("Properties");
    const bool is_stack = is_nested_stack(one);
    const auto properties = ami_properties(one.type());
    if (own != nullptr && is_foreign_type(one.type())) closure.from(own);
    if (own == nullptr || (properties.empty() && !is_stack)) continue;
    closure.from(one.node->find("Condition"));
    if (is_stack || own->argument_of("Fn::If") != nullptr) closure.from(own);
    for (const AmiProperty& property : properties) {
      closure.from(own->find(property.path.substr(0, property.path.find('.'))));
    }
  }
  closure.run();
  const TemplateNode* const transform = root.find("Transform");
  const TemplateNode* const resources = root.find("Resources");
  closure.may_be_any = closure.may_be_any || (transform != nullptr && !only_rewrites(*transform)) ||
                       (resources != nullptr && has_transform(*resources));
  std::unordered_set<std::string> those;
  for (std::size_t i = 0; parameters != nullptr && i < parameters->members.size(); ++i) {
    const std::string& name = parameters->members[i].key;
    if (closure.may_be_any || closure.names.contains(name)) those.insert(name);
  }
  return those;
}

}  // namespace patchbot
