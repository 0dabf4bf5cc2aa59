// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_choices.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "templates/ami_slots.hpp"
#include "templates/chosen_amis.hpp"

namespace patchbot {
namespace {

using Uses = std::vector<AmiUse>;

// What any of the properties gets is no news where another had it.
std::vector<MovedAmi> moved(const Uses& uses, const ChosenAmis& these, const ChosenAmis* others) {
  AmiReach::Written now;
  AmiReach::Written then;
  for (const AmiUse& use : uses) {
    const AmiReach::Written& one = these.of(use);
    now.insert(now.end(), one.begin(), one.end());
    if (others == nullptr) continue;
    const AmiReach::Written& other = others->of(use);
    then.insert(then.end(), other.begin(), other.end());
  }
  std::vector<MovedAmi> moved;
  add_moved(now, then, moved);
  return moved;
}

std::vector<AmiSlot> ways_of(const TemplateNode& root) {
  const std::vector<TemplateResource> resources = resources_of(root);
  std::vector<AmiSlot> all = ami_slots(resources);
  for (AmiSlot& way : ami_ways(resources)) all.push_back(std::move(way));
  return all;
}

/// One set of a parameter file whose values change.
class Chooser {
 public:
  Chooser(ReviewedFile& file,
          const ParameterSet* before,
          const ParameterSet& after,
          const TemplateNode& template_root)
      : file_(file),
        before_(before),
        after_(after),
        deciding_(ami_sources(template_root,
                              ami_slots(resources_of(template_root)),
                              nullptr,
                              ami_ways(resources_of(template_root)))
                      .deciding_parameters),
        beside_(parameters_beside(template_root, ways_of(template_root))),
        now_(template_root, after.values) {
    if (before != nullptr) then_.emplace(template_root, before->values);
  }

  bool run() {
    std::vector<TemplateChange> rest;
    bool is_news = false;
    for (TemplateChange& change : file_.review.other_changes) {
      const std::string name = parameter_of(change, before_, after_);
      const auto uses = deciding_.find(name);
      const bool is_told = uses != deciding_.end() && add(change, uses->second);
      is_news = is_news || is_told;
      if (!is_told || beside_.contains(name)) rest.push_back(std::move(change));
    }
    file_.review.other_changes = std::move(rest);
    return is_news;
  }

 private:
  // Of a file that is all new the AMIs are news, not every word on the way to them.
  bool add(const TemplateChange& change, const Uses& uses) {
    AmiChange one;
    one.kind = AmiChange::Kind::form;
    one.change = change;
    one.uses = uses;
    one.reached = true;
    const std::string name = parameter_of(change, before_, after_);
    one.is_open = now_.leaves_open(name) || (then_ && then_->leaves_open(name));
    if (one.is_open) {
      file_.review.unresolved.push_back(open_choice(one));
      file_.review.new_unresolved.push_back(open_choice(one));
    } else if (!add_moves(one)) {
      return false;
    }
    file_.review.ami_changes.push_back(std::move(one));
    return true;
  }

  // Where it chooses the same AMIs, it is a change like others.
  bool add_moves(AmiChange& one) {
    one.arriving = moved(one.uses, now_, then_ ? &*then_ : nullptr);
    if (then_) one.leaving = moved(one.uses, *then_, &now_);
    if (one.arriving.empty() && one.leaving.empty()) return false;
    for (MovedAmi& ami : one.arriving) ami.was_used = then_ && then_->use_what_is_at(ami.path);
    tell_once(one);
    return true;
  }

  // Several values may choose together.
  void tell_once(AmiChange& one) {
    std::erase_if(one.arriving,
                  [&](const MovedAmi& ami) { return !arrived_.insert(ami.path).second; });
    std::erase_if(one.leaving, [&](const MovedAmi& ami) { return !left_.insert(ami.path).second; });
  }

  ReviewedFile& file_;
  const ParameterSet* before_;
  const ParameterSet& after_;
  std::unordered_map<std::string, Uses> deciding_;
  std::unordered_set<std::string> beside_;  ///< parameters that do more than choose
  ChosenAmis now_;
  std::optional<ChosenAmis> then_;
  std::set<std::string> arrived_;
  std::set<std::string> left_;
};

}  // namespace

bool add_choices(ReviewedFile& file,
                 const ParameterSet* before,
                 const ParameterSet& after,
                 const TemplateNode& template_root) {
  if (file.review.other_changes.empty()) return false;
  return Chooser(file, before, after, template_root).run();
}

std::string parameter_of(const TemplateChange& change,
                         const ParameterSet* before,
                         const ParameterSet& after) {
  for (const ParameterSet* set : {&after, before}) {
    if (set == nullptr) continue;
    const auto name = set->names.find(change.path);
    if (name != set->names.end()) return name->second;
  }
  return {};
}

}  // namespace patchbot
