// SPDX-License-Identifier: Apache-2.0
#include "templates/nested_stacks.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <unordered_set>

#include "templates/ami_slots.hpp"
#include "templates/ami_sources.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t deepest = 4;
constexpr std::size_t most_handed_down = 1000;
constexpr std::size_t most_uses = 5000;

const TemplateNode* property_of(const TemplateResource& resource, std::string_view name) {
  const TemplateNode* const properties = resource.node->find("Properties");
  return properties == nullptr ? nullptr : properties->find(name);
}

// Empty for what is no path in the repository.
std::string nested_path(const TemplateResource& resource, const std::string& path) {
  const std::string type = resource.type();
  const bool is_stack = type == "AWS::CloudFormation::Stack";
  if (!is_stack && type != "AWS::Serverless::Application") return {};
  const TemplateNode* const where = property_of(resource, is_stack ? "TemplateURL" : "Location");
  const bool is_text = where != nullptr && where->is_scalar() && !where->text.empty();
  if (!is_text || where->text.find(':') != std::string::npos || where->text.front() == '/')
    return {};
  const fs::path whole = (fs::path(path).parent_path() / where->text).lexically_normal();
  return whole.string().starts_with("..") ? std::string() : whole.string();
}

/// What a template refers to; anything, where a macro or an include may write more of it.
struct References {
  std::unordered_set<std::string> names;
  bool may_be_any = false;

  void add(const TemplateNode& node) {
    if (node.is_scalar()) add_text(node.text);
    for (const TemplateNode& item : node.items) add(item);
    for (const TemplateNode::Member& member : node.members) {
      const bool is_macro = member.key == "Transform" || member.key == "Fn::Transform";
      may_be_any = may_be_any || is_macro;
      if (member.key == "Ref") names.insert(member.value.text);
      // A loop puts names together: "${Role}Ami".
      may_be_any = may_be_any || (member.key == "Ref" && member.value.text.find("${") < npos);
      add(member.value);
    }
  }

 private:
  static constexpr auto npos = std::string::npos;

  // Of "${Name}" and "${Name.Attribute}" the name.
  void add_text(const std::string& text) {
    for (auto at = text.find("${"); at != npos; at = text.find("${", at + 2)) {
      const auto end = text.find_first_of("}.", at);
      names.insert(text.substr(at + 2, end == npos ? npos : end - at - 2));
    }
  }
};

/// The properties that get the value of each parameter of a template.
using UsesByParameter = std::map<std::string, std::vector<AmiUse>>;

/// Reads each template once, whoever nests it.
class Nests {
 public:
  explicit Nests(const TemplatesByPath& templates) : templates_(templates) {}

  /// A parameter that a nested stack is given, and what the stack's template makes of it.
  struct HandedDown {
    AmiSlot slot;
    std::vector<AmiUse> uses;
    bool is_named = false;  ///< the template does something with it, maybe no AMI
  };

  // Nothing where a template is not there: it may do anything with them.
  std::vector<HandedDown> handed_down(const TemplateNode& root,
                                      const std::string& path,
                                      std::size_t depth) {
    std::vector<HandedDown> all;
    for (const TemplateResource& resource : resources_of(root)) {
      const TemplateNode* const values = property_of(resource, "Parameters");
      const UsesByParameter* const inside =
          values == nullptr ? nullptr : uses_in(nested_path(resource, path), depth);
      if (inside == nullptr) continue;
      for (const TemplateNode::Member& one : values->members) {
        const std::string place = below(resource.path + "/Properties/Parameters", one.key);
        HandedDown& next = all.emplace_back(
            HandedDown{{resource.id, "Parameters." + one.key, place, &one.value}, {}, true});
        next.is_named = is_named(nested_path(resource, path), one.key);
        if (all.size() > most_handed_down) too_many();
        const auto uses = inside->find(one.key);
        if (uses == inside->end()) continue;
        for (const AmiUse& use : uses->second) {
          next.uses.push_back({resource.id + "/" + use.resource, use.property});
          if (++uses_ > most_uses) too_many();
        }
      }
    }
    return all;
  }

 private:
  // Null for one that is not there, or nests too deep or in a circle.
  const UsesByParameter* uses_in(const std::string& path, std::size_t depth) {
    const auto root = templates_.find(path);
    const bool is_circle = on_the_way_.contains(path);
    if (root == templates_.end() || depth >= deepest || is_circle) return nullptr;
    const auto known = known_.find({path, depth});
    if (known != known_.end()) return &known->second;
    on_the_way_.insert(path);
    UsesByParameter uses;
    const AmiSources own = ami_sources(*root->second, ami_slots(resources_of(*root->second)));
    for (const auto* parameters : {&own.parameters, &own.deciding_parameters}) {
      for (const auto& [name, those] : *parameters) add(those, uses[name]);
    }
    const auto nested = handed_down(*root->second, path, depth + 1);
    for (const HandedDown& one : nested) {
      for (const auto& [name, those] : ami_sources(*root->second, {one.slot}).parameters) {
        add(one.uses, uses[name]);
      }
    }
    on_the_way_.erase(path);
    return &known_.emplace(std::pair(path, depth), std::move(uses)).first->second;
  }

  // One that it does not have is an error of another kind.
  bool is_named(const std::string& path, const std::string& name) {
    const TemplateNode& root = *templates_.at(path);
    const TemplateNode* const parameters = root.find("Parameters");
    if (parameters == nullptr || parameters->find(name) == nullptr) return true;
    const auto [place, is_new] = references_.try_emplace(path);
    if (is_new) place->second.add(root);
    return place->second.may_be_any || place->second.names.contains(name);
  }

  [[noreturn]] static void too_many() {
    throw Error(Blame::input, "nested stacks hand down too much to follow");
  }

  static void add(const std::vector<AmiUse>& those, std::vector<AmiUse>& uses) {
    for (const AmiUse& use : those) {
      if (std::find(uses.begin(), uses.end(), use) == uses.end()) uses.push_back(use);
    }
  }

  const TemplatesByPath& templates_;
  std::map<std::pair<std::string, std::size_t>, UsesByParameter> known_;
  std::map<std::string, References> references_;
  std::set<std::string> on_the_way_;
  std::size_t uses_ = 0;  ///< in all: templates multiply
};

TemplateNode* member_of(TemplateNode* node, std::string_view key) {
  if (node == nullptr) return nullptr;
  for (TemplateNode::Member& member : node->members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

// The template without what it hands down to those who make nothing of it.
TemplateNode without_unnamed(const TemplateNode& root, const std::vector<Nests::HandedDown>& all) {
  TemplateNode rest = root;
  for (const Nests::HandedDown& one : all) {
    if (one.is_named) continue;
    TemplateNode* const stack = member_of(member_of(&rest, "Resources"), one.slot.resource);
    TemplateNode* const values = member_of(member_of(stack, "Properties"), "Parameters");
    if (values == nullptr) continue;
    const std::string name = one.slot.property.substr(std::string_view("Parameters.").size());
    std::erase_if(values->members, [&](const auto& member) { return member.key == name; });
  }
  return rest;
}

void add_nested(ReviewedFile& file,
                const TemplateNode& root,
                const std::vector<Nests::HandedDown>& all) {
  const std::unordered_set<std::string> reached = reached_values(without_unnamed(root, all));
  for (const Nests::HandedDown& next : all) {
    const AmiSources sources = ami_sources(root, {next.slot});
    const AmiUse way{next.slot.resource, next.slot.property};
    for (AmiChange& one : file.review.ami_changes) {
      if (!sources.uses.contains(one.change.path)) continue;
      if (!next.uses.empty() || !next.is_named) std::erase(one.uses, way);
      one.uses.insert(one.uses.end(), next.uses.begin(), next.uses.end());
    }
  }
  for (AmiChange& one : file.review.ami_changes) {
    if (one.uses.empty() && !reached.contains(one.change.path)) one.reached = false;
  }
}

void judge_again(ReviewedFile& file, const Template* before, const Template& after) {
  const auto is_about = [](const RuleHit& hit) { return hit.id == "unused-ami"; };
  std::erase_if(file.hits, is_about);
  for (RuleHit& hit : offline_rules(before, after, file.review)) {
    if (is_about(hit)) file.hits.push_back(std::move(hit));
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
      judge_again(file, nullptr, after);
    } catch (const Error&) {
      continue;  // it combines to too many ways: what is known of the template alone stays
    }
  }
}

std::map<std::string, NestedUses> nested_uses(const TemplateNode& root,
                                              const std::string& path,
                                              const std::vector<TemplateResource>& living,
                                              const Conditions& conditions,
                                              const TemplatesByPath& templates) {
  std::map<std::string, NestedUses> all;
  const auto is_living = [&](const std::string& id) {
    return std::any_of(
        living.begin(), living.end(), [&](const TemplateResource& one) { return one.id == id; });
  };
  for (const Nests::HandedDown& next : Nests(templates).handed_down(root, path, 0)) {
    if (!is_living(next.slot.resource)) continue;
    for (const auto& [name, unused] : ami_sources(root, {next.slot}, &conditions).parameters) {
      NestedUses& one = all[name];
      one.uses.insert(one.uses.end(), next.uses.begin(), next.uses.end());
      const bool is_known = !next.uses.empty() || !next.is_named;
      if (is_known) one.ways.push_back({next.slot.resource, next.slot.property});
    }
  }
  return all;
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
