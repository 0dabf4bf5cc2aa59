// SPDX-License-Identifier: Apache-2.0
#include "templates/default_uses.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "templates/changed_templates.hpp"
#include "templates/parameter_sets.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_told = 200;  // of one default

// Of "Parameters/Track/Default" the name; empty for other paths.
std::string parameter_of(const TemplateChange& change) {
  const auto steps = split(change.path, '/');
  const bool is_one = steps.size() == 3 && steps[0] == "Parameters" && steps[2] == "Default";
  return is_one ? std::string(steps[1]) : std::string();
}

/// A deployment of one template, before and after.
struct Deployment {
  std::string file;
  ParameterSet before;
  ParameterSet after;
  Stacks::Amis amis_before{};
  Stacks::Amis amis{};
};

/// All deployments of one template.
class Deployments {
 public:
  Deployments(const std::string& path,
              const TemplateFiles& base,
              const TemplateFiles& head,
              const TemplatesByPath& templates,
              const ParameterFiles& files)
      : path_(path), base_(base), head_(head), templates_(templates) {
    for (const auto& [name, root] : files) add(name, *root);
  }

  std::vector<Deployment> all;

 private:
  void add(const std::string& name, const TemplateNode& root) {
    const Template* const then = template_of(base_, name);
    if (then == nullptr && head_.contains(name)) return;  // all of a new one is new
    const std::vector<ParameterSet> old =
        then == nullptr ? std::vector<ParameterSet>() : deployments_of(then->root);
    for (ParameterSet& set : deployments_of(root)) {
      const bool is_ours =
          set.included.empty() && patchbot::template_of(name, set, templates_) == path_;
      if (!is_ours || all.size() >= most_told) continue;
      const ParameterSet* const before = then == nullptr ? &set : counterpart(old, set.place);
      if (before != nullptr) all.push_back({name, *before, set});
    }
  }

  const std::string& path_;
  const TemplateFiles& base_;
  const TemplateFiles& head_;
  const TemplatesByPath& templates_;
};

/// Tells a default of one template for the deployments that leave it out.
class Teller {
 public:
  Teller(ReviewedFile& file, const StackWays& ways, const std::vector<Deployment>& deployments)
      : file_(file), ways_(ways), deployments_(deployments) {}

  // Whether there is anything to tell.
  bool tell(const TemplateChange& change, const AmiChange* as_default) {
    const std::string name = parameter_of(change);
    const std::vector<AmiUse> uses = name.empty() ? std::vector<AmiUse>() : ways_.uses_of(name);
    if (uses.empty()) return false;
    const std::size_t before = told.size();
    for (const Deployment& one : deployments_) {
      const bool leaves_out = !one.before.values.contains(name) && !one.after.values.contains(name);
      if (leaves_out) tell(change, name, uses, one, as_default);
    }
    return told.size() > before;
  }

  std::vector<AmiChange> told;

 private:
  void tell(const TemplateChange& change,
            const std::string& name,
            const std::vector<AmiUse>& uses,
            const Deployment& deployment,
            const AmiChange* as_default) {
    AmiChange one = as_default == nullptr ? AmiChange() : *as_default;
    one.change = change;
    if (as_default == nullptr) one.kind = AmiChange::Kind::form;
    one.reached = true;
    one.deployment = {deployment.file, deployment.after.place, file_.name};
    one.region = deployment.after.region;
    one.uses = uses;
    one.is_open = deployment.amis->leaves_open(name) || deployment.amis_before->leaves_open(name);
    one.arriving = moved(uses, *deployment.amis, deployment.amis_before.get());
    one.leaving = moved(uses, *deployment.amis_before, deployment.amis.get());
    if (one.is_open) one.arriving.clear();
    if (one.is_open) one.leaving.clear();
    if (!one.is_open && one.arriving.empty() && one.leaving.empty()) return;
    for (MovedAmi& ami : one.arriving) {
      if (ami.region.empty()) ami.region = one.region;
      ami.was_used = deployment.amis_before->uses_what_is_at(ami.path, ami.id);
    }
    told.push_back(std::move(one));
  }

  const ReviewedFile& file_;
  const StackWays& ways_;
  const std::vector<Deployment>& deployments_;
};

std::set<std::string> ids_of(const std::vector<MovedAmi>& amis) {
  std::set<std::string> ids;
  for (const MovedAmi& ami : amis) ids.insert(ami.id);
  return ids;
}

// Whether the deployments say all that the defaults alone say.
bool is_covered(const AmiChange& one, const std::vector<AmiChange>& told) {
  std::set<std::string> arriving = ids_of(one.arriving);
  std::set<std::string> leaving = ids_of(one.leaving);
  bool is_any = false;
  for (const AmiChange& other : told) {
    if (other.change.path != one.change.path) continue;
    is_any = true;
    for (const MovedAmi& ami : other.arriving) arriving.erase(ami.id);
    for (const MovedAmi& ami : other.leaving) leaving.erase(ami.id);
  }
  return is_any && !one.is_open && arriving.empty() && leaving.empty();
}

void add_open(ReviewedFile& file, const std::vector<AmiChange>& told) {
  for (const AmiChange& one : told) {
    if (!one.is_open) continue;
    file.review.unresolved.push_back(open_choice(one));
    file.review.new_unresolved.push_back(open_choice(one));
  }
}

// What is another change may have become one of AMIs; it stays what it is.
void tell_defaults(ReviewedFile& file,
                   const StackWays& ways,
                   const std::vector<Deployment>& deployments) {
  Teller teller(file, ways, deployments);
  std::set<std::string> seen;
  for (const AmiChange& one : file.review.ami_changes) {
    if (seen.insert(one.change.path).second) teller.tell(one.change, &one);
  }
  for (const TemplateChange& one : file.review.other_changes) {
    if (seen.insert(one.path).second) teller.tell(one, nullptr);
  }
  std::erase_if(file.review.ami_changes,
                [&](const AmiChange& one) { return is_covered(one, teller.told); });
  add_open(file, teller.told);
  std::move(teller.told.begin(), teller.told.end(), std::back_inserter(file.review.ami_changes));
}

}  // namespace

bool changes_default(const ReviewedFile& file) {
  const auto is_one = [](const TemplateChange& change) { return !parameter_of(change).empty(); };
  const TemplateReview& review = file.review;
  return std::any_of(review.other_changes.begin(), review.other_changes.end(), is_one) ||
         std::any_of(review.ami_changes.begin(),
                     review.ami_changes.end(),
                     [&](const AmiChange& one) { return is_one(one.change); });
}

void add_default_uses(PullRequest& request,
                      const TemplateFiles& base,
                      const TemplateFiles& head,
                      const TemplatesByPath& templates,
                      const ParameterFiles& files) {
  const auto judge = [&](const ChangedTemplate& one) {
    if (!changes_default(one.file)) return false;
    const std::string& name = one.file.name;
    Deployments deployments(name, base, head, templates, files);
    for (Deployment& deployment : deployments.all) {
      deployment.amis_before = one.stacks_before.amis_of(name, values_of(deployment.before));
      deployment.amis = one.stacks.amis_of(name, values_of(deployment.after));
    }
    tell_defaults(one.file, one.stacks.ways_of(name), deployments.all);
    return true;
  };
  each_changed_template(
      request, base, head, templates, "which AMIs its defaults choose for parameter files", judge);
}

}  // namespace patchbot
