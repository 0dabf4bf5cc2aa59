// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_uses.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/utf8.hpp"
#include "templates/changed_templates.hpp"
#include "templates/deployments.hpp"
#include "templates/parameter_choices.hpp"
#include "templates/resources.hpp"
#include "templates/server_rules.hpp"
#include "templates/stack_change.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_sets = 200;
constexpr const char* too_many_sets =
    ": has more than 200 sets of parameters: which servers and AMIs the rest of them choose";

std::vector<ParameterSet> sets_of(const Template* version) {
  return version == nullptr ? std::vector<ParameterSet>() : deployments_of(version->root);
}

bool is_of(const AmiChange& one, const AmiDeployment& deployment) {
  return one.deployment.file == deployment.file && one.deployment.place == deployment.place;
}

void add_place(ReviewedFile& file, const ChangedDeployment& set) {
  for (AmiChange& one : file.review.ami_changes) {
    if (!set.parameter_of(one.change).empty()) one.deployment = set.place;
  }
}

void add_uses(ReviewedFile& file, const ChangedDeployment& set, const TemplateNode& root) {
  const Rollings rollings(root, set.amis->living(), {});
  for (AmiChange& one : file.review.ami_changes) {
    if (!is_of(one, set.place)) continue;
    const std::string name = set.parameter_of(one.change);
    const bool is_value = !name.empty() && one.kind != AmiChange::Kind::form;
    if (is_value) one.uses = set.amis->uses_of_value(name);
    one.rolling = rollings.of(one.uses);
  }
}

// Of a list another item may be the one that counts.
void add_reordered(ReviewedFile& file, const ChangedDeployment& set) {
  std::vector<AmiChange> found;
  for (const AmiChange& one : file.review.ami_changes) {
    const bool is_list = is_of(one, set.place) && one.change.to.find(',') != std::string::npos;
    if (!is_list || ami_ids(one.change.to).size() < 2) continue;
    AmiChange other = one;
    other.kind = AmiChange::Kind::form;
    const StackChange change(*set.amis_before, *set.amis);
    change.tell(change.uses(), other);
    other.is_open = false;
    std::erase_if(other.arriving, [&](const MovedAmi& ami) {
      return std::any_of(one.arriving.begin(), one.arriving.end(), [&](const MovedAmi& told) {
        return told.id == ami.id;
      });
    });
    if (!other.arriving.empty()) found.push_back(std::move(other));
  }
  for (AmiChange& one : found) file.review.ami_changes.push_back(std::move(one));
}

// Of its own changes: other sets of the file may be for another template. What is unresolved for
// this one stands behind the first `known`.
void add_server_rules(ReviewedFile& file,
                      const ChangedDeployment& set,
                      const TemplateNode& root,
                      std::size_t known) {
  TemplateReview own;
  for (const AmiChange& one : file.review.ami_changes) {
    if (is_of(one, set.place)) own.ami_changes.push_back(one);
  }
  for (RuleHit& hit : server_rules(root, own)) {
    const bool is_told = std::any_of(file.hits.begin(), file.hits.end(), [&](const RuleHit& other) {
      return other.id == hit.id && other.message == hit.message && other.place == hit.place;
    });
    if (!is_told) file.hits.push_back(std::move(hit));
  }
  judge_unresolved(file, root, known);
}

void add_region(ReviewedFile& file, const ChangedDeployment& set) {
  if (set.after.region.empty()) return;
  for (AmiChange& one : file.review.ami_changes) {
    if (!is_of(one, set.place)) continue;
    if (one.region.empty()) one.region = set.after.region;
    for (MovedAmi& ami : one.arriving) {
      if (ami.region.empty()) ami.region = set.after.region;
    }
  }
}

bool is_in(const TemplateChange& change, const ParameterSet* set) {
  return set != nullptr && (set->names.contains(change.path) || set->template_path == change.path ||
                            set->region_path == change.path);
}

bool changes_in(const ReviewedFile& file, const ParameterSet* before, const ParameterSet& after) {
  const auto is_ours = [&](const TemplateChange& change) {
    return is_in(change, &after) || is_in(change, before);
  };
  const TemplateReview& review = file.review;
  return std::any_of(review.other_changes.begin(), review.other_changes.end(), is_ours) ||
         std::any_of(review.ami_changes.begin(),
                     review.ami_changes.end(),
                     [&](const AmiChange& one) { return is_ours(one.change); });
}

std::string included_line(const ReviewedFile& file, const ParameterSet& set) {
  return file.name + ": " + clean_line(set.place) + " includes " + clean_line(set.included) +
         ", which was not read for it: which servers and AMIs its values choose";
}

/// Judges the deployments of parameter files, before and after.
class Deployments {
 public:
  Deployments(PullRequest& request, Stacks& before, Stacks& after)
      : request_(request), before_(before), after_(after) {}

  // Whether changes of the set became changes of AMIs.
  bool judge(ReviewedFile& file, const ParameterSet* before, const ParameterSet& after) {
    if (!changes_in(file, before, after)) return false;
    const std::string path = path_for(file.name, before, after);
    if (path.empty()) tell_unknown_template(file, before, after);
    ChangedDeployment set{before, after, nullptr, nullptr, {}, {}, {file.name, after.place, path}};
    add_place(file, set);
    bool is_news = false;
    const std::size_t known = file.review.new_unresolved.size();
    const bool is_known = after.included.empty() && (before == nullptr || before->included.empty());
    if (!is_known) {
      tell_unchecked(request_, included_line(file, after.included.empty() ? *before : after));
    } else {
      try {
        evaluate(file, path, set);
        is_news = add_choices(file, set);
        const bool are_both = set.amis_before != nullptr && set.amis != nullptr;
        if (are_both) tell_unread(request_, file.name, *set.amis_before, *set.amis);
        if (set.amis != nullptr) add_uses(file, set, *after_.templates().at(path));
        if (are_both) add_reordered(file, set);
      } catch (const Error& error) {
        tell_unchecked(request_,
                       file.name + ": which servers and AMIs its values choose; " +
                           clean_line(path) + ": " + clean_line(error.what()));
        set.amis = nullptr;
      }
    }
    if (set.amis != nullptr) add_server_rules(file, set, *after_.templates().at(path), known);
    add_region(file, set);
    return is_news;
  }

 private:
  // A parameter that it does not have makes the values no other template's, nor does a second one
  // that fits.
  std::string path_for(const std::string& file,
                       const ParameterSet* before,
                       const ParameterSet& after) {
    std::string path = after_.template_for(file, after);
    const bool is_other = before == nullptr || before->template_file != after.template_file;
    if (!path.empty() || is_other) return path;
    path = before_.template_for(file, *before);
    return after_.templates().contains(path) ? path : std::string();
  }

  // AMIs that are written in it are told all the same.
  void tell_unknown_template(const ReviewedFile& file,
                             const ParameterSet* before,
                             const ParameterSet& after) {
    const auto& others = file.review.other_changes;
    const bool may_choose =
        std::any_of(others.begin(), others.end(), [&](const TemplateChange& one) {
          return is_in(one, &after) || is_in(one, before);
        });
    if (!may_choose) return;
    tell_unchecked(request_,
                   file.name +
                       ": no template, or more than one, has all of its parameters: which "
                       "servers and AMIs its values choose");
  }

  void evaluate(const ReviewedFile& file, const std::string& path, ChangedDeployment& set) {
    set.amis = after_.amis_of(path, values_of(set.after));
    if (set.amis != nullptr) set.ways = &after_.ways_of(path);
    if (set.before == nullptr) return;
    std::string old = before_.template_for(file.name, *set.before);
    if (old.empty() && before_.templates().contains(path)) old = path;
    set.amis_before = before_.amis_of(old, values_of(*set.before));
  }

  PullRequest& request_;
  Stacks& before_;
  Stacks& after_;
};

bool judge_file(ReviewedFile& file,
                const std::vector<ParameterSet>& old_sets,
                const std::vector<ParameterSet>& sets,
                Deployments& deployments) {
  bool is_news = false;
  std::set<const ParameterSet*> seen;
  for (std::size_t i = 0; i < sets.size() && i < most_sets; ++i) {
    const ParameterSet* const before = counterpart(old_sets, sets[i].place);
    seen.insert(before);
    is_news = deployments.judge(file, before, sets[i]) || is_news;
  }
  // Of a command that gives no values any more, what all commands have counts.
  for (std::size_t i = 0; i < old_sets.size() && i < most_sets; ++i) {
    const bool is_settled = seen.contains(&old_sets[i]) || is_for_all_commands(old_sets[i]);
    const ParameterSet* const after = is_settled ? nullptr : counterpart(sets, old_sets[i].place);
    if (after != nullptr) is_news = deployments.judge(file, &old_sets[i], *after) || is_news;
  }
  return is_news;
}

}  // namespace

void add_parameter_uses(PullRequest& request,
                        const TemplateFiles& base,
                        const TemplateFiles& head,
                        const TemplatesByPath& templates) {
  const TemplatesByPath old_templates = templates_before(base, head, templates);
  Stacks stacks_before(old_templates);
  Stacks stacks(templates);
  Deployments deployments(request, stacks_before, stacks);
  for (ReviewedFile& file : request.files) {
    const Template* const before = template_of(base, file.name);
    const Template* const after = template_of(head, file.name);
    if (!file.is_parameter_file || after == nullptr) continue;
    const std::vector<ParameterSet> sets = sets_of(after);
    const bool is_news = judge_file(file, sets_of(before), sets, deployments);
    if (sets.size() > most_sets) request.unchecked.push_back(file.name + too_many_sets);
    // These two rules look at what changes besides, and at what arrives.
    if (is_news) judge_again(file, before, *after, {"other-changes", "old-ami"});
  }
}

}  // namespace patchbot
