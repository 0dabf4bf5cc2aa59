// SPDX-License-Identifier: Apache-2.0
#include "templates/parameter_uses.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"
#include "templates/ami_slots.hpp"
#include "templates/chosen_amis.hpp"
#include "templates/conditions.hpp"
#include "templates/nested_stacks.hpp"
#include "templates/parameter_choices.hpp"
#include "templates/resources.hpp"
#include "templates/server_rules.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_sets = 200;
constexpr const char* too_many_sets =
    ": has more than 200 sets of parameters: which servers and AMIs the rest of them choose";

/// One set of values, and what it was before; null if it was not there.
struct ChangedSet {
  const ParameterSet* before;
  const ParameterSet& after;

  std::string parameter_of(const AmiChange& one) const {
    return patchbot::parameter_of(one.change, before, after);
  }
};

void add_nested_uses(AmiChange& one, const NestedUses& nested) {
  std::erase_if(one.uses, [&](const AmiUse& use) {
    return std::find(nested.ways.begin(), nested.ways.end(), use) != nested.ways.end();
  });
  one.uses.insert(one.uses.end(), nested.uses.begin(), nested.uses.end());
}

// What a nested stack makes of a value, only its template tells; the value may do more than to
// choose an AMI there, so that it stays another change, too.
bool add_nested_choices(ReviewedFile& file,
                        const ChangedSet& set,
                        const std::map<std::string, NestedUses>& nested) {
  bool is_news = false;
  for (const TemplateChange& change : file.review.other_changes) {
    const auto below = nested.find(parameter_of(change, set.before, set.after));
    if (below == nested.end() || below->second.uses.empty()) continue;
    AmiChange one;
    one.kind = AmiChange::Kind::form;
    one.change = change;
    one.uses = below->second.uses;
    one.reached = one.is_open = is_news = true;
    file.review.unresolved.push_back(open_choice(one));
    file.review.new_unresolved.push_back(open_choice(one));
    file.review.ami_changes.push_back(std::move(one));
  }
  return is_news;
}

bool add_uses(ReviewedFile& file,
              const ChangedSet& set,
              const TemplatesByPath& templates,
              const std::string& path) {
  const TemplateNode& root = *templates.at(path);
  const Conditions conditions(root, set.after.values);
  const std::vector<TemplateResource> resources = living(root, conditions);
  const AmiSources sources = ami_sources(root, ami_slots(resources), &conditions);
  const Rollings rollings(root, resources, {});
  const auto nested = nested_uses(root, path, resources, conditions, templates);
  for (AmiChange& one : file.review.ami_changes) {
    const std::string name = set.parameter_of(one);
    if (name.empty()) continue;
    const auto uses = sources.parameters.find(name);
    if (uses != sources.parameters.end()) one.uses = uses->second;
    one.rolling = rollings.of(one.uses);
    const auto below = nested.find(name);
    if (below != nested.end()) add_nested_uses(one, below->second);
  }
  return add_nested_choices(file, set, nested);
}

// Of its own changes: other sets of the file may be for another template. What is unresolved for
// this one stands behind the first `known`.
void add_server_rules(ReviewedFile& file,
                      const ChangedSet& set,
                      const TemplateNode& root,
                      std::size_t known) {
  TemplateReview own;
  for (const AmiChange& one : file.review.ami_changes) {
    if (!set.parameter_of(one).empty()) own.ami_changes.push_back(one);
  }
  const std::vector<UnresolvedAmi>& unresolved = file.review.new_unresolved;
  own.new_unresolved.assign(unresolved.begin() + static_cast<std::ptrdiff_t>(known),
                            unresolved.end());
  for (RuleHit& hit : server_rules(root, own)) file.hits.push_back(std::move(hit));
}

void add_region(ReviewedFile& file, const ChangedSet& set) {
  if (set.after.region.empty()) return;
  for (AmiChange& one : file.review.ami_changes) {
    if (set.parameter_of(one).empty()) continue;
    if (one.region.empty()) one.region = set.after.region;
    for (MovedAmi& ami : one.arriving) {
      if (ami.region.empty()) ami.region = set.after.region;
    }
  }
}

bool changes_in(const ReviewedFile& file, const ChangedSet& set) {
  const TemplateReview& review = file.review;
  const auto is_ours = [&](const TemplateChange& change) {
    return !parameter_of(change, set.before, set.after).empty();
  };
  return std::any_of(review.other_changes.begin(), review.other_changes.end(), is_ours) ||
         std::any_of(review.ami_changes.begin(),
                     review.ami_changes.end(),
                     [&](const AmiChange& one) { return is_ours(one.change); });
}

// These two rules look at what changes besides, and at what arrives.
void judge_again(ReviewedFile& file, const Template* before, const Template& after) {
  const auto is_about = [](const RuleHit& hit) {
    return hit.id == "other-changes" || hit.id == "old-ami";
  };
  std::erase_if(file.hits, is_about);
  for (RuleHit& hit : offline_rules(before, after, file.review)) {
    if (is_about(hit)) file.hits.push_back(std::move(hit));
  }
}

bool add_set(PullRequest& request,
             ReviewedFile& file,
             const ChangedSet& set,
             const TemplatesByPath& templates,
             const std::string& path) {
  const TemplateNode& root = *templates.at(path);
  const std::size_t known = file.review.new_unresolved.size();
  bool is_news = false;
  try {
    is_news = add_choices(file, set.before, set.after, root);
    is_news = add_uses(file, set, templates, path) || is_news;
  } catch (const Error& error) {
    request.unchecked.push_back(file.name + ": which servers and AMIs its values choose; " +
                                clean_line(path) + ": " + clean_line(error.what()));
    return is_news;
  }
  add_server_rules(file, set, root, known);
  return is_news;
}

std::string included_line(const ReviewedFile& file, const ParameterSet& set) {
  return file.name + ": " + clean_line(set.place) + " includes " + clean_line(set.included) +
         ", which was not read for it: which servers and AMIs its values choose";
}

const Template* version_of(const TemplateFiles& files, const std::string& name) {
  const auto file = files.find(name);
  return file == files.end() || !file->second.read ? nullptr : &*file->second.read;
}

// Whether changes of the set became changes of AMIs.
bool judge_set(PullRequest& request,
               ReviewedFile& file,
               const ChangedSet& set,
               const TemplatesByPath& templates) {
  bool is_news = false;
  const auto root = templates.find(template_of(file.name, set.after, templates));
  if (!set.after.included.empty()) {
    request.unchecked.push_back(included_line(file, set.after));
  } else if (root != templates.end()) {
    is_news = add_set(request, file, set, templates, root->first);
  }
  add_region(file, set);
  return is_news;
}

}  // namespace

void add_parameter_uses(PullRequest& request,
                        const TemplateFiles& base,
                        const TemplateFiles& head,
                        const TemplatesByPath& templates) {
  for (ReviewedFile& file : request.files) {
    const Template* const before = version_of(base, file.name);
    const Template* const after = version_of(head, file.name);
    if (!file.is_parameter_file || after == nullptr) continue;
    const std::vector<ParameterSet> sets = parameter_sets(after->root);
    const std::vector<ParameterSet> old_sets =
        before == nullptr ? std::vector<ParameterSet>() : parameter_sets(before->root);
    bool is_news = false;
    for (std::size_t i = 0; i < sets.size() && i < most_sets; ++i) {
      const ChangedSet set{set_at(old_sets, sets[i].place), sets[i]};
      if (changes_in(file, set)) is_news = judge_set(request, file, set, templates) || is_news;
    }
    if (sets.size() > most_sets) request.unchecked.push_back(file.name + too_many_sets);
    if (is_news) judge_again(file, before, *after);
  }
}

}  // namespace patchbot
