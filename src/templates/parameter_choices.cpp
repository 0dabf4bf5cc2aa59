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
        now_(template_root, after.values) {
    if (before != nullptr) then_.emplace(template_root, before->values);
  }

  bool run() {
    std::vector<TemplateChange> rest;
    for (TemplateChange& change : file_.review.other_changes) {
      const auto uses = deciding_.find(parameter_of(change, before_, after_));
      const bool is_told = uses != deciding_.end() && add(change, uses->second);
      if (!is_told) rest.push_back(std::move(change));
    }
    const bool is_news = rest.size() < file_.review.other_changes.size();
    file_.review.other_changes = std::move(rest);
    return is_news;
  }

 private:
  // Of a file that is all new the AMIs are news, not every word on the way to them.
  bool add(const TemplateChange& change, const Uses& uses) {
    AmiChange one;
    one.kind = AmiChange::Kind::form;
    one.arriving = moved(uses, now_, then_ ? &*then_ : nullptr);
    if (then_) one.leaving = moved(uses, *then_, &now_);
    // Where nobody can tell what it chooses, or it chooses the same, it is a change like others.
    if (one.arriving.empty() && one.leaving.empty()) return false;
    for (MovedAmi& ami : one.arriving) ami.was_used = then_ && then_->use_what_is_at(ami.path);
    tell_once(one);
    one.change = change;
    one.uses = uses;
    one.reached = true;
    file_.review.ami_changes.push_back(std::move(one));
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
