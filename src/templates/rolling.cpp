// SPDX-License-Identifier: Apache-2.0
#include "templates/rolling.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace patchbot {
namespace {

using Verdict = Rolling::Verdict;

constexpr std::string_view group_type = "AWS::AutoScaling::AutoScalingGroup";

// A change of the AMI replaces these themselves.
constexpr std::array<std::string_view, 6> replaced{"AWS::EC2::Instance",
                                                   "AWS::EC2::SpotFleet",
                                                   "AWS::EMR::Cluster",
                                                   "AWS::EMR::InstanceFleetConfig",
                                                   "AWS::EMR::InstanceGroupConfig",
                                                   "AWS::WorkspacesInstances::WorkspaceInstance"};

bool is_replaced(std::string_view type) {
  return std::find(replaced.begin(), replaced.end(), type) != replaced.end();
}

// The resource that an expression names: {Ref: id}, {Fn::GetAtt: [id, ...]}, or a text that is
// ${id} or begins with it.
std::string named_by(const TemplateNode& node) {
  if (const TemplateNode* const ref = node.argument_of("Ref")) return ref->text;
  if (const TemplateNode* const get = node.argument_of("Fn::GetAtt")) {
    return get->items.empty() ? std::string() : get->items.front().text;
  }
  const TemplateNode* const sub = node.argument_of("Fn::Sub");
  if (sub == nullptr || !sub->text.starts_with("${")) return {};
  return sub->text.substr(2, sub->text.find_first_of(".}") - 2);
}

/// A place that names a launch template or a launch configuration.
struct Reference {
  const TemplateResource* owner;
  const TemplateNode* version;  ///< null if it has none
};

using References = std::unordered_multimap<std::string, Reference>;

void find_references(const TemplateNode& node, const TemplateResource& owner, References& found) {
  const TemplateNode* const version = node.find("Version");
  for (std::string_view key :
       {"LaunchTemplateId", "LaunchTemplateName", "LaunchConfigurationName", "Id", "Name"}) {
    // Node groups of EKS say Id or Name; others say these of many things.
    if (key.size() < 5 && version == nullptr) continue;
    const TemplateNode* const name = node.find(key);
    std::string id = name == nullptr ? std::string() : named_by(*name);
    if (!id.empty()) found.emplace(std::move(id), Reference{&owner, version});
  }
  for (const TemplateNode& item : node.items) find_references(item, owner, found);
  for (const TemplateNode::Member& member : node.members) {
    find_references(member.value, owner, found);
  }
}

// Whether a group that changes replaces its servers.
Rolling policy_of(const TemplateResource& group) {
  const TemplateNode* const policy = group.node->find("UpdatePolicy");
  if (policy == nullptr) {
    return {Verdict::no, "it has no UpdatePolicy, so that only new servers get the AMI"};
  }
  if (policy->argument_of("Fn::If") != nullptr) {
    return {Verdict::unknown, "its UpdatePolicy depends on a condition"};
  }
  for (const char* name : {"AutoScalingRollingUpdate", "AutoScalingInstanceRefresh"}) {
    const TemplateNode* const rolling = policy->find(name);
    if (rolling != nullptr && rolling->argument_of("Fn::If") != nullptr) {
      return {Verdict::unknown, "its " + std::string(name) + " depends on a condition"};
    }
    if (rolling != nullptr) return {Verdict::yes, name};
  }
  const TemplateNode* const replacing = policy->find("AutoScalingReplacingUpdate");
  const TemplateNode* const will = replacing == nullptr ? nullptr : replacing->find("WillReplace");
  if (will != nullptr && !will->is_scalar()) {
    return {Verdict::unknown, "its WillReplace depends on something else"};
  }
  if (will != nullptr && will->text == "true") {
    return {Verdict::yes, "AutoScalingReplacingUpdate"};
  }
  return {Verdict::no, "its UpdatePolicy neither rolls nor replaces"};
}

Rolling about(const TemplateResource& resource, Rolling rolling) {
  rolling.reason = resource.id + ": " + rolling.reason;
  return rolling;
}

Rolling worse(const std::optional<Rolling>& a, const Rolling& b) {
  const auto rank = [](const Rolling& one) {
    return one.verdict == Verdict::no ? 2 : one.verdict == Verdict::unknown ? 1 : 0;
  };
  return a && rank(*a) >= rank(b) ? *a : b;
}

class Fleet {
 public:
  Fleet(const TemplateNode& root,
        const std::vector<TemplateResource>& resources,
        const std::vector<TemplateChange>& changes)
      : parameters_(root.find("Parameters")) {
    for (const TemplateChange& one : changes) {
      if (one.kind != TemplateChange::Kind::removed) changed_.insert(key_of(one.place));
    }
    for (const TemplateResource& resource : resources) {
      by_id_.emplace(resource.id, &resource);
      const TemplateNode* const properties = resource.node->find("Properties");
      if (properties != nullptr) find_references(*properties, resource, references_);
    }
  }

  Rolling of(const std::string& id) const {
    const auto found = by_id_.find(id);
    const std::string type = found == by_id_.end() ? std::string() : found->second->type();
    if (type == "AWS::EC2::LaunchTemplate" || type == "AWS::AutoScaling::LaunchConfiguration") {
      return of_users(id, type.ends_with("Template"));
    }
    if (type == group_type) return about(*found->second, policy_of(*found->second));
    if (is_replaced(type)) return {Verdict::yes, id + ": is replaced"};
    if (type == "AWS::SSM::Parameter") {
      return {Verdict::unknown, id + ": publishes the AMI for others"};
    }
    return {Verdict::unknown, id + ": " + type + " decides that by itself"};
  }

 private:
  static std::pair<std::uint64_t, std::uint64_t> key_of(const Position& place) {
    return {place.line, place.column};
  }
  bool is_changed(const TemplateNode& node) const { return changed_.contains(key_of(node.place)); }

  // Whether a new version of the launch template changes what names it; and if not, why.
  Rolling version_changes(const TemplateNode* version, const std::string& id) const {
    if (version == nullptr) return {Verdict::no, "it names no version, so the default one stays"};
    if (version->is_scalar()) {
      if (is_changed(*version)) return {Verdict::yes, ""};
      return {Verdict::no, "its version is " + version->text + ", and that text stays"};
    }
    if (const TemplateNode* const get = version->argument_of("Fn::GetAtt")) {
      const bool latest = get->items.size() == 2 && get->items[1].text == "LatestVersionNumber";
      if (latest && get->items[0].text == id) return {Verdict::yes, ""};
      return {Verdict::no, "its version is not LatestVersionNumber of " + id};
    }
    if (const TemplateNode* const ref = version->argument_of("Ref")) {
      return by_parameter(ref->text);
    }
    if (version->argument_of("Fn::Sub") != nullptr && named_by(*version) == id) {
      return {Verdict::yes, ""};
    }
    return {Verdict::unknown, "its version is made by a function"};
  }

  Rolling by_parameter(const std::string& name) const {
    const TemplateNode* const parameter =
        parameters_ == nullptr ? nullptr : parameters_->find(name);
    const TemplateNode* const value = parameter == nullptr ? nullptr : parameter->find("Default");
    if (value != nullptr && is_changed(*value)) return {Verdict::yes, ""};
    return {Verdict::no, "its version is the parameter " + name + ", which must change as well"};
  }

  // A launch configuration is a new one with every change, a launch template gets a new version.
  Rolling of_users(const std::string& id, bool has_versions) const {
    std::optional<Rolling> worst;
    const auto [first, last] = references_.equal_range(id);
    for (auto one = first; one != last; ++one) {
      const Reference& reference = one->second;
      Rolling rolling{Verdict::yes, ""};
      if (has_versions) rolling = version_changes(reference.version, id);
      if (rolling.verdict == Verdict::yes) rolling = when_it_changes(*reference.owner);
      worst = worse(worst, about(*reference.owner, std::move(rolling)));
    }
    return worst.value_or(Rolling{Verdict::unknown, "no resource of this template uses " + id});
  }

  // What names the launch template, once its own property changes.
  static Rolling when_it_changes(const TemplateResource& resource) {
    const std::string type = resource.type();
    if (type == group_type) return policy_of(resource);
    if (type == "AWS::EC2::Instance" || type == "AWS::EC2::EC2Fleet" ||
        type == "AWS::EC2::SpotFleet") {
      return {Verdict::yes, "is replaced"};
    }
    if (type == "AWS::EKS::Nodegroup") return {Verdict::yes, "EKS rolls its nodes"};
    return {Verdict::unknown, type + " decides that by itself"};
  }

  const TemplateNode* parameters_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> changed_;
  std::unordered_map<std::string, const TemplateResource*> by_id_;
  References references_;
};

}  // namespace

std::string_view to_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::yes: return "yes";
    case Verdict::no: return "no";
    case Verdict::unknown: break;
  }
  return "unknown";
}

struct Rollings::Index : Fleet {
  using Fleet::Fleet;
};

Rollings::Rollings(const TemplateNode& root,
                   const std::vector<TemplateResource>& resources,
                   const std::vector<TemplateChange>& changes)
    : index_(std::make_unique<Index>(root, resources, changes)) {}

Rollings::~Rollings() = default;

Rolling Rollings::of(const std::vector<AmiUse>& uses) const {
  std::optional<Rolling> worst;
  for (const AmiUse& use : uses) worst = worse(worst, index_->of(use.resource));
  return worst.value_or(Rolling{Verdict::unknown, "nothing in this template uses the AMI"});
}

}  // namespace patchbot
