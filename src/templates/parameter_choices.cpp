// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_choices.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "templates/resources.hpp"
#include "templates/stack_change.hpp"

namespace patchbot {
namespace {

using Change = TemplateChange::Kind;
using Uses = std::vector<AmiUse>;

void set_region(std::vector<MovedAmi>& amis, const std::string& region) {
  for (MovedAmi& ami : amis) {
    if (ami.region.empty()) ami.region = region;
  }
}

class Chooser {
 public:
  Chooser(ReviewedFile& file, const ChangedDeployment& deployment)
      : review_(file.review), set_(deployment) {
    const bool are_both = deployment.amis_before != nullptr && deployment.amis != nullptr;
    if (are_both) change_.emplace(*deployment.amis_before, *deployment.amis);
  }

  bool run() {
    for (AmiChange& one : review_.ami_changes) settle(one);
    std::vector<TemplateChange> rest;
    bool is_news = false;
    for (TemplateChange& change : review_.other_changes) {
      const bool is_option = says_where(change);
      const std::string name = set_.parameter_of(change);
      const bool is_told = is_option ? add_option(change) : !name.empty() && add(change, name);
      is_news = is_news || is_told;
      if (!is_told || is_option || does_more(name)) rest.push_back(std::move(change));
    }
    review_.other_changes = std::move(rest);
    return is_news;
  }

 private:
  // Of a value that goes, what counts from now on arrives: that of all commands, or the default.
  void settle(AmiChange& one) const {
    const std::string name = set_.parameter_of(one.change);
    if (name.empty()) return;
    const bool is_gone = one.change.kind == Change::removed;
    if (is_gone) one.arriving = in_its_place(name, set_.amis, set_.amis_before, &set_.after);
    if (one.change.kind == Change::added && set_.before != nullptr) {
      one.leaving = in_its_place(name, set_.amis_before, set_.amis, set_.before);
    }
    drop_what_stays(one);
  }

  std::vector<MovedAmi> in_its_place(const std::string& name,
                                     const Stacks::Amis& these,
                                     const Stacks::Amis& others,
                                     const ParameterSet* set) const {
    if (these != nullptr && set_.ways != nullptr) {
      return moved(set_.ways->uses_of(name), *these, others.get());
    }
    std::vector<MovedAmi> amis;
    const auto value = set->values.find(name);
    if (value == set->values.end() || !value->second) return amis;
    for (std::string& id : ami_ids(*value->second)) amis.push_back({std::move(id), {}, {}, {}});
    return amis;
  }

  // The same AMI from another place is no news.
  static void drop_what_stays(AmiChange& one) {
    if (one.change.kind == Change::changed) return;
    const std::vector<MovedAmi> arriving = one.arriving;
    const auto is_in = [](const std::vector<MovedAmi>& amis) {
      return [&](const MovedAmi& ami) {
        return std::any_of(
            amis.begin(), amis.end(), [&](const MovedAmi& other) { return other.id == ami.id; });
      };
    };
    std::erase_if(one.arriving, is_in(one.leaving));
    std::erase_if(one.leaving, is_in(arriving));
  }

  bool does_more(const std::string& name) const {
    return set_.ways != nullptr && set_.ways->beside.contains(name);
  }

  bool add(const TemplateChange& change, const std::string& name) {
    if (set_.ways == nullptr || set_.amis == nullptr) return false;
    if (change_) return add_difference(change, name);
    const auto uses = set_.ways->deciding.find(name);
    if (uses == set_.ways->deciding.end()) return false;
    AmiChange one = begin(change, uses->second);
    one.is_open = set_.amis->leaves_open(name);
    if (!one.is_open) one.arriving = moved(one.uses, *set_.amis, nullptr);
    return end(std::move(one));
  }

  bool add_difference(const TemplateChange& change, const std::string& name) {
    AmiChange one = begin(change, change_->uses_behind(below("Parameters", name)));
    change_->tell(one.uses, one);
    return end(std::move(one));
  }

  // Whether it says which template is deployed, or where.
  bool says_where(const TemplateChange& change) const {
    if (set_.before == nullptr) return false;
    return says_template(change) || says_region(change);
  }

  bool says_template(const TemplateChange& change) const {
    return set_.before->template_file != set_.after.template_file &&
           (change.path == set_.before->template_path || change.path == set_.after.template_path);
  }

  bool says_region(const TemplateChange& change) const {
    return set_.before->region != set_.after.region &&
           (change.path == set_.before->region_path || change.path == set_.after.region_path);
  }

  bool add_option(const TemplateChange& change) {
    const StackAmis* const then = set_.amis_before.get();
    const StackAmis* const now = set_.amis.get();
    Uses uses = now == nullptr ? Uses() : now->uses();
    if (then != nullptr && uses.empty()) uses = then->uses();
    AmiChange one = begin(change, std::move(uses));
    const bool is_template = says_template(change);
    one.is_open = is_template ? then == nullptr || now == nullptr || now->is_open()
                              : is_anywhere(then) || is_anywhere(now);
    if (is_template && now != nullptr && then != nullptr) {
      one.arriving = all_moved(*now, then);
      one.leaving = all_moved(*then, now);
    } else if (!one.is_open && now != nullptr && then != nullptr) {
      one.arriving = all_moved(*now, nullptr);  // an AMI is one of its region
      one.leaving = all_moved(*then, nullptr);
    }
    set_region(one.leaving, set_.before->region);
    return end(std::move(one));
  }

  // Where a region is not told, or leaves servers open, nobody knows their AMIs.
  bool is_anywhere(const StackAmis* amis) const {
    if (amis == nullptr) return false;
    const bool is_told = !set_.before->region.empty() && !set_.after.region.empty();
    return amis->is_open() || (!is_told && !amis->uses().empty());
  }

  AmiChange begin(const TemplateChange& change, Uses uses) const {
    AmiChange one;
    one.kind = AmiChange::Kind::form;
    one.change = change;
    one.uses = std::move(uses);
    one.reached = true;
    one.deployment = set_.place;
    return one;
  }

  // Where it chooses the same AMIs, it is a change like others.
  bool end(AmiChange one) {
    if (!one.is_open && one.arriving.empty() && one.leaving.empty()) return false;
    for (MovedAmi& ami : one.arriving) {
      const bool is_in_one_region =
          set_.before != nullptr && set_.before->region == set_.after.region;
      const bool is_there = set_.amis_before != nullptr && is_in_one_region &&
                            set_.amis_before->uses_what_is_at(ami.path, ami.id);
      ami.was_used = change_ ? ami.was_used && is_in_one_region : is_there;
    }
    add_open_choice(review_, one);
    told_.drop_told(one);
    review_.ami_changes.push_back(std::move(one));
    return true;
  }

  TemplateReview& review_;
  const ChangedDeployment& set_;
  std::optional<StackChange> change_;  ///< none of one that is all new
  ToldOnce told_;
};

}  // namespace

bool add_choices(ReviewedFile& file, const ChangedDeployment& deployment) {
  return Chooser(file, deployment).run();
}

std::string ChangedDeployment::parameter_of(const TemplateChange& change) const {
  for (const ParameterSet* set : {&after, before}) {
    if (set == nullptr) continue;
    const auto name = set->names.find(change.path);
    if (name != set->names.end()) return name->second;
  }
  return {};
}

}  // namespace patchbot
