// SPDX-License-Identifier: Apache-2.0
#include "templates/ami_changes.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_set>
#include <utility>

#include "base/text.hpp"
#include "templates/ami_id.hpp"
#include "templates/chosen_amis.hpp"
#include "templates/instance_types.hpp"
#include "templates/parameter_file.hpp"

namespace patchbot {
namespace {

using Kind = AmiChange::Kind;

constexpr std::string_view ssm_reference = "{{resolve:ssm:";

bool names_ssm(std::string_view value) {
  return value.starts_with(ssm_reference) || value.starts_with("resolve:ssm:") ||
         value.starts_with('/');
}

// Of "Parameters/Track/Default" the name; empty for other paths.
std::string parameter_of_default(std::string_view path) {
  const auto steps = split(path, '/');
  const bool is_one = steps.size() == 3 && steps[0] == "Parameters" && steps[2] == "Default";
  return is_one ? std::string(steps[1]) : std::string();
}

/// One version, and what of it leads to an AMI. The ways there are looked for when a change asks
/// for them: most files of a repository do not change.
class Version {
 public:
  Version(const TemplateNode* root, const std::vector<TemplateChange>& changes)
      : root_(root), changes_(changes) {
    if (root == nullptr) return;
    resources_ = resources_of(*root);
    found_ = ami_slots(resources_);
  }

  std::size_t resources() const { return resources_.size(); }
  std::size_t bearing() const {
    std::unordered_set<std::string_view> bearing;
    for (const AmiSlot& slot : found_) bearing.insert(slot.resource);
    return bearing.size();
  }

  // Of the value itself, or of the expression that it is a part of: "Ref" of another parameter.
  std::vector<AmiUse> uses_of(const std::string& path) {
    if (!sources_) trace();
    for (const auto* uses : {&sources_->uses, &sources_->deciding}) {
      const auto found = uses->find(path);
      if (found != uses->end()) return found->second;
    }
    const auto behind = slots_.upper_bound(path);
    if (behind == slots_.begin()) return {};
    const auto& [slot, use] = *std::prev(behind);
    const bool inside =
        path.starts_with(slot) &&
        (path.size() == slot.size() || path[slot.size()] == '/' || path[slot.size()] == '[');
    return inside ? std::vector<AmiUse>{use} : std::vector<AmiUse>();
  }

  Rolling rolling_of(const std::vector<AmiUse>& uses) {
    // Changes that have gone on to the review still say their kind and place.
    if (!rollings_) rollings_ = std::make_unique<Rollings>(*root_, resources_, changes_);
    return rollings_->of(uses);
  }

  std::vector<UnresolvedAmi> unresolved() {
    if (root_ == nullptr) return {};
    if (!sources_) trace();
    return sources_->unresolved;
  }

  // The ids that the property may get, as far as they are written in the template.
  const AmiReach::Written& amis_of(const AmiUse& use) {
    if (!sources_) trace();
    if (!reach_) reach_.emplace(*sources_);
    return reach_->of(use);
  }

  bool is_there() const { return root_ != nullptr; }

  // With the defaults of its parameters.
  const ChosenAmis& chosen() {
    if (!chosen_) chosen_ = std::make_unique<ChosenAmis>(*root_, ParameterValues());
    return *chosen_;
  }

  bool uses_what_is_at(const std::string& path) {
    if (!sources_) trace();
    return sources_->ids.contains(path);
  }

  // Whether the parameter whose default stands there does more than to choose an AMI.
  bool feeds_more(const std::string& path) {
    const std::string name = parameter_of_default(path);
    if (name.empty()) return false;
    if (!beside_) {
      std::vector<AmiSlot> slots = found_;
      for (AmiSlot& way : ami_ways(resources_)) slots.push_back(std::move(way));
      beside_ = parameters_beside(*root_, slots);
    }
    return beside_->contains(name);
  }

  bool reaches(const std::string& path) {
    if (!reached_) reached_ = reached_values(*root_);
    return reached_->contains(path);
  }

 private:
  void trace() {
    if (root_ == nullptr) return void(sources_.emplace());
    for (const AmiSlot& slot : found_) {
      slots_.emplace(slot.path, AmiUse{slot.resource, slot.property});
    }
    const std::vector<AmiSlot> ways = ami_ways(resources_);
    for (const AmiSlot& way : ways) {
      slots_.emplace(way.path, AmiUse{way.resource, way.property});
    }
    sources_ = ami_sources(*root_, found_, nullptr, ways);
  }

  const TemplateNode* root_;
  const std::vector<TemplateChange>& changes_;
  std::vector<TemplateResource> resources_;
  std::vector<AmiSlot> found_;
  std::unique_ptr<Rollings> rollings_;
  std::unique_ptr<ChosenAmis> chosen_;
  std::optional<AmiSources> sources_;
  std::optional<AmiReach> reach_;
  std::optional<std::unordered_set<std::string>> reached_;
  std::optional<std::unordered_set<std::string>> beside_;
  std::map<std::string, AmiUse> slots_;  ///< by the path of their values
};

/// Which AMIs come and go with each change.
class Moves {
 public:
  Moves(Version& before, Version& after) : before_(before), after_(after) {}

  void add(AmiChange& one) {
    const std::vector<std::string> from = ami_ids(one.change.from);
    const std::vector<std::string> to = ami_ids(one.change.to);
    if (!from.empty() || !to.empty()) {
      one.arriving = written(to, from, one);
      one.leaving = written(from, to, one);
    } else {
      for (const AmiUse& use : one.uses) add_ways(use, one);
      const bool is_told = !one.arriving.empty() || !one.leaving.empty();
      one.is_open = !is_told && leaves_open(parameter_of_default(one.change.path));
    }
  }

 private:
  bool leaves_open(const std::string& parameter) {
    if (parameter.empty() || !before_.is_there() || !after_.is_there()) return false;
    return before_.chosen().leaves_open(parameter) || after_.chosen().leaves_open(parameter);
  }

  static std::vector<MovedAmi> written(const std::vector<std::string>& ids,
                                       const std::vector<std::string>& others,
                                       const AmiChange& one) {
    std::vector<MovedAmi> moved;
    std::unordered_set<std::string> known(others.begin(), others.end());
    for (const std::string& id : ids) {
      if (known.insert(id).second) moved.push_back({id, one.region, one.change.path, {}});
    }
    return moved;
  }

  // Several parts of one way may change: what it leads to is told once.
  void add_ways(const AmiUse& use, AmiChange& one) {
    if (!told_.insert(use).second) return;
    add_moved(before_.amis_of(use), after_.amis_of(use), one.leaving);
    add_moved(after_.amis_of(use), before_.amis_of(use), one.arriving);
    for (MovedAmi& ami : one.arriving) ami.was_used = before_.uses_what_is_at(ami.path);
    add_chosen(use, one);
  }

  // Both versions may lead to the same AMIs, and their defaults choose others of them.
  void add_chosen(const AmiUse& use, AmiChange& one) {
    if (!before_.is_there() || !after_.is_there()) return;
    const ChosenAmis& then = before_.chosen();
    const ChosenAmis& now = after_.chosen();
    add_moved(then.of(use), now.of(use), one.leaving);
    const std::size_t count = one.arriving.size();
    add_moved(now.of(use), then.of(use), one.arriving);
    for (std::size_t i = count; i < one.arriving.size(); ++i) {
      one.arriving[i].was_used = then.use_what_is_at(one.arriving[i].path);
    }
  }

  Version& before_;
  Version& after_;
  std::set<AmiUse> told_;
};

bool is_ami_value(std::string_view value) { return is_ami_list(value) || names_ssm(value); }

// Many a parameter begins with a slash, such as the path of a health check.
bool speaks_of_images(const TemplateChange& change) {
  return names_image(change.path) || names_image(change.from) || names_image(change.to);
}

Kind kind_of(const TemplateChange& change) {
  const bool was = is_ami_list(change.from);
  const bool is = is_ami_list(change.to);
  if (change.kind == TemplateChange::Kind::changed && was != is) return Kind::form;
  if (!was && !is) return names_ssm(change.from) || names_ssm(change.to) ? Kind::ssm : Kind::form;
  if (change.path.starts_with("Mappings/")) return Kind::mapping;
  if (is_parameter_value(change.path)) return Kind::parameter_file;
  return change.path.starts_with("Parameters/") ? Kind::parameter : Kind::literal;
}

// No name holds a NUL.
std::string key_of(const UnresolvedAmi& one) {
  return one.use.resource + '\0' + one.use.property + '\0' + one.reason;
}

std::vector<UnresolvedAmi> new_ones(const std::vector<UnresolvedAmi>& before,
                                    const std::vector<UnresolvedAmi>& after) {
  std::unordered_set<std::string> known;
  for (const UnresolvedAmi& one : before) known.insert(key_of(one));
  std::vector<UnresolvedAmi> found;
  for (const UnresolvedAmi& one : after) {
    if (!known.contains(key_of(one))) found.push_back(one);
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

void add_open_choice(TemplateReview& review, const AmiChange& change) {
  if (!change.is_open) return;
  UnresolvedAmi choice{change.uses.empty() ? AmiUse() : change.uses.front(),
                       change.change.place,
                       "which AMI comes of the new value is known at deployment only"};
  const bool is_told = std::any_of(
      review.new_unresolved.begin(), review.new_unresolved.end(), [&](const UnresolvedAmi& one) {
        return key_of(one) == key_of(choice) && one.place.line == choice.place.line;
      });
  if (is_told) return;
  review.unresolved.push_back(choice);
  review.new_unresolved.push_back(std::move(choice));
}

void ToldOnce::drop_told(AmiChange& change) {
  std::erase_if(change.arriving, [&](const MovedAmi& ami) {
    return !arrived_.insert(ami.path + '\0' + ami.id).second;
  });
  std::erase_if(change.leaving, [&](const MovedAmi& ami) {
    return !left_.insert(ami.path + '\0' + ami.id).second;
  });
}

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
  const std::vector<TemplateChange> none;
  Version before(base, none);
  Version after(head, changes);
  const bool is_comparison = base != nullptr && head != nullptr;
  Moves moves(before, after);
  InstanceTypes instance_types(head);
  TemplateReview result;
  result.resources = after.resources();
  result.ami_bearing_resources = after.bearing();
  result.unresolved = after.unresolved();
  if (!changes.empty()) result.new_unresolved = new_ones(before.unresolved(), result.unresolved);
  result.other_changes.reserve(changes.size());
  for (TemplateChange& change : changes) {
    const bool removed = change.kind == TemplateChange::Kind::removed;
    Version& version = removed ? before : after;
    const bool may_name_one = is_ami_value(change.from) || is_ami_value(change.to);
    std::vector<AmiUse> uses;
    if (may_name_one || is_comparison) uses = version.uses_of(change.path);
    const bool is_id = is_ami_list(change.from) || is_ami_list(change.to);
    const bool leads_to_ami =
        !uses.empty() || (is_parameter_value(change.path) && speaks_of_images(change));
    const bool is_value = leads_to_ami && may_name_one;
    // Of a template that is all new the ids are news, not every word on the way to them.
    const bool is_way = is_comparison && !uses.empty();
    const bool is_ami = is_id || is_value || is_way;
    if (!is_ami) {
      result.other_changes.push_back(std::move(change));
      continue;
    }
    AmiChange& ami = result.ami_changes.emplace_back();
    ami.kind = kind_of(change);
    ami.region = region_of(change.path);
    if (!removed) ami.rolling = version.rolling_of(uses);
    ami.reached = !uses.empty() || version.reaches(change.path);
    ami.uses = std::move(uses);
    ami.instance_types = instance_types.beside(ami.uses);
    ami.change = std::move(change);
    moves.add(ami);
    add_open_choice(result, ami);
    if (ami.kind == Kind::form && version.feeds_more(ami.change.path)) {
      result.other_changes.push_back(ami.change);
    }
  }
  return result;
}

}  // namespace patchbot
