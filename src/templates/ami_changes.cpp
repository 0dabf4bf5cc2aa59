// SPDX-License-Identifier: Apache-2.0
#include "templates/ami_changes.hpp"

#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "templates/ami_id.hpp"
#include "templates/parameter_file.hpp"

namespace patchbot {
namespace {

using Kind = AmiChange::Kind;

constexpr std::string_view ssm_reference = "{{resolve:ssm:";

bool names_ssm(std::string_view value) {
  return value.starts_with(ssm_reference) || value.starts_with("resolve:ssm:") ||
         value.starts_with('/');
}

/// One version, and what of it leads to an AMI.
class Version {
 public:
  Version(const TemplateNode* root, const std::vector<TemplateChange>& changes) {
    if (root == nullptr) return;
    resources_ = resources_of(*root);
    const auto slots = ami_slots(resources_);
    std::set<std::string> bearing;
    for (const AmiSlot& slot : slots) {
      bearing.insert(slot.resource);
      slots_.emplace(slot.path, AmiUse{slot.resource, slot.property});
    }
    bearing_ = bearing.size();
    rollings_ = std::make_unique<Rollings>(*root, resources_, changes);
    sources_ = ami_sources(*root, slots);
  }

  std::size_t resources() const { return resources_.size(); }
  std::size_t bearing() const { return bearing_; }

  // Of the value itself, or of the expression that it is a part of: "Ref" of another parameter.
  std::vector<AmiUse> uses_of(const std::string& path) const {
    const auto found = sources_.uses.find(path);
    if (found != sources_.uses.end()) return found->second;
    const auto behind = slots_.upper_bound(path);
    if (behind == slots_.begin()) return {};
    const auto& [slot, use] = *std::prev(behind);
    const bool inside =
        path.starts_with(slot) &&
        (path.size() == slot.size() || path[slot.size()] == '/' || path[slot.size()] == '[');
    return inside ? std::vector<AmiUse>{use} : std::vector<AmiUse>();
  }

  Rolling rolling_of(const std::vector<AmiUse>& uses) const {
    return rollings_ == nullptr ? Rolling() : rollings_->of(uses);
  }

  const std::vector<UnresolvedAmi>& unresolved() const { return sources_.unresolved; }

  bool reaches(const std::string& path) const { return sources_.reached.contains(path); }

 private:
  std::vector<TemplateResource> resources_;
  std::unique_ptr<Rollings> rollings_;
  std::size_t bearing_ = 0;
  AmiSources sources_;
  std::map<std::string, AmiUse> slots_;  ///< by the path of their values
};

bool is_ami_value(std::string_view value) { return is_ami_list(value) || names_ssm(value); }

Kind kind_of(const TemplateChange& change) {
  const bool was = is_ami_list(change.from);
  const bool is = is_ami_list(change.to);
  if (change.kind == TemplateChange::Kind::changed && was != is) return Kind::form;
  if (!was && !is) return names_ssm(change.from) || names_ssm(change.to) ? Kind::ssm : Kind::form;
  if (change.path.starts_with("Mappings/")) return Kind::mapping;
  if (is_parameter_value(change.path)) return Kind::parameter_file;
  return change.path.starts_with("Parameters/") ? Kind::parameter : Kind::literal;
}

std::string region_of(const std::string& path) {
  for (std::string_view step : split(path, '/')) {
    if (is_region_name(step)) return std::string(step);
  }
  return {};
}

std::vector<UnresolvedAmi> new_ones(const std::vector<UnresolvedAmi>& before,
                                    const std::vector<UnresolvedAmi>& after) {
  std::set<std::pair<AmiUse, std::string>> known;
  for (const UnresolvedAmi& one : before) known.emplace(one.use, one.reason);
  std::vector<UnresolvedAmi> found;
  for (const UnresolvedAmi& one : after) {
    if (!known.contains({one.use, one.reason})) found.push_back(one);
  }
  return found;
}

std::vector<TemplateChange> changes_of(const TemplateNode* base, const TemplateNode* head) {
  using Change = TemplateChange::Kind;
  if (base != nullptr && head != nullptr) return diff_templates(*base, *head);
  if (head != nullptr) return all_values(*head, Change::added);
  return base == nullptr ? std::vector<TemplateChange>() : all_values(*base, Change::removed);
}

}  // namespace

bool AmiChange::is_bump() const { return is_ami_id(change.from) && is_ami_id(change.to); }

std::string_view to_text(Kind kind) {
  switch (kind) {
    case Kind::mapping: return "mapping";
    case Kind::parameter: return "parameter";
    case Kind::parameter_file: return "parameter-file";
    case Kind::ssm: return "ssm";
    case Kind::form: return "form";
    case Kind::literal: break;
  }
  return "literal";
}

TemplateReview review(const TemplateNode* base, const TemplateNode* head) {
  std::vector<TemplateChange> changes = changes_of(base, head);
  const Version before(base, {});
  const Version after(head, changes);
  TemplateReview result;
  result.resources = after.resources();
  result.ami_bearing_resources = after.bearing();
  result.unresolved = after.unresolved();
  result.new_unresolved = new_ones(before.unresolved(), after.unresolved());
  for (TemplateChange& change : changes) {
    const bool removed = change.kind == TemplateChange::Kind::removed;
    const Version& version = removed ? before : after;
    std::vector<AmiUse> uses = version.uses_of(change.path);
    const bool is_id = is_ami_list(change.from) || is_ami_list(change.to);
    const bool leads_to_ami = !uses.empty() || is_parameter_value(change.path);
    const bool is_value = leads_to_ami && (is_ami_value(change.from) || is_ami_value(change.to));
    // Of a template that is all new the ids are news, not every word on the way to them.
    const bool is_way = base != nullptr && head != nullptr && !uses.empty();
    const bool is_ami = is_id || is_value || is_way;
    if (!is_ami) {
      result.other_changes.push_back(std::move(change));
      continue;
    }
    AmiChange& ami = result.ami_changes.emplace_back();
    ami.kind = kind_of(change);
    ami.region = region_of(change.path);
    if (!removed) ami.rolling = version.rolling_of(uses);
    ami.uses = std::move(uses);
    ami.reached = version.reaches(change.path);
    ami.change = std::move(change);
  }
  return result;
}

}  // namespace patchbot
