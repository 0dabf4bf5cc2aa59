// SPDX-License-Identifier: Apache-2.0
#include "templates/deployed_changes.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/utf8.hpp"
#include "templates/nests.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

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

bool holds_ids(const AmiChange& one) {
  return !ami_ids(one.change.from).empty() || !ami_ids(one.change.to).empty();
}

bool is_default(const TemplateChange& change) {
  return change.path.starts_with("Parameters/") && change.path.ends_with("/Default");
}

/// Tells the changes of one template.
class Teller {
 public:
  Teller(ReviewedFile& file, const std::vector<Deployment>& deployments, const Deployment& standard)
      : file_(file), deployments_(deployments), standard_(standard) {}

  // Whether there is anything new. What is another change stays one: it may do more.
  bool run() {
    std::set<std::string> seen;
    for (AmiChange& one : file_.review.ami_changes) {
      if (!seen.insert(one.change.path).second) continue;
      if (holds_ids(one) && !is_default(one.change)) {
        add_deployments(one);
      } else if (!tell_deployments(one.change, &one)) {
        complete(one);
      }
    }
    for (const TemplateChange& one : file_.review.other_changes) {
      if (!seen.insert(one.path).second || tell_deployments(one, nullptr)) continue;
      tell(one, nullptr, standard_);
    }
    std::erase_if(file_.review.ami_changes,
                  [&](const AmiChange& one) { return is_covered(one, told_); });
    for (AmiChange& one : told_) {
      add_open_choice(file_.review, one);
      file_.review.ami_changes.push_back(std::move(one));
    }
    return is_news_ || !told_.empty();
  }

 private:
  void add_deployments(AmiChange& one) {
    for (const Deployment& deployment : deployments_) {
      if (!deployment.uses_behind(one.change.path).empty()) {
        one.getting.push_back(deployment.place());
      }
    }
  }

  bool tell_deployments(const TemplateChange& change, const AmiChange* as_default) {
    bool is_told = false;
    for (const Deployment& one : deployments_) {
      is_told = tell(change, as_default, one) || is_told;
    }
    return is_told;
  }

  bool tell(const TemplateChange& change, const AmiChange* as_default, const Deployment& by) {
    std::vector<AmiUse> uses = by.uses_behind(change.path);
    if (uses.empty()) return false;
    AmiChange one = as_default == nullptr ? AmiChange() : *as_default;
    if (as_default == nullptr) one.kind = AmiChange::Kind::form;
    one.change = change;
    one.reached = true;
    one.deployment = by.place();
    one.region = by.region();
    one.is_open = false;
    one.uses = std::move(uses);
    by.tell(one.uses, one);
    if (!one.is_open && one.arriving.empty() && one.leaving.empty()) return false;
    for (MovedAmi& ami : one.arriving) {
      if (ami.region.empty()) ami.region = one.region;
    }
    if (&by == &standard_) told_once_.drop_told(one);
    told_.push_back(std::move(one));
    return true;
  }

  // Of a way that is another one by the defaults what arrives may have been out of sight.
  void complete(AmiChange& one) {
    if (one.is_open || !one.arriving.empty() || !one.leaving.empty()) return;
    const std::vector<AmiUse> uses = standard_.uses_behind(one.change.path);
    if (uses.empty()) return;
    standard_.tell(uses, one);
    told_once_.drop_told(one);
    add_open_choice(file_.review, one);
    is_news_ = true;
  }

  ReviewedFile& file_;
  const std::vector<Deployment>& deployments_;
  const Deployment& standard_;
  std::vector<AmiChange> told_;
  ToldOnce told_once_;
  bool is_news_ = false;
};

}  // namespace

bool is_deployed_change(const ReviewedFile& file, const TemplateNode& root) {
  const TemplateReview& review = file.review;
  if (review.ami_changes.empty() && review.other_changes.empty()) return false;
  const std::vector<TemplateResource> resources = resources_of(root);
  return review.ami_bearing_resources > 0 || !review.ami_changes.empty() ||
         std::any_of(resources.begin(), resources.end(), is_nested_stack);
}

void add_deployed_changes(PullRequest& request,
                          const TemplateFiles& base,
                          const TemplateFiles& head,
                          const TemplatesByPath& templates,
                          const ParameterFiles& files) {
  const auto judge = [&](const ChangedTemplate& one) {
    const std::string& name = one.file.name;
    if (one.file.review.ami_changes.empty() && one.file.review.other_changes.empty()) return false;
    const KnownDeployments deployments = deployments_of_template(one, base, head, files);
    if (deployments.is_cut) {
      tell_unchecked(request,
                     clean_line(name) +
                         ": which AMIs it gives to more than 200 deployments: the rest of them");
    }
    const Deployment standard({"", "", name},
                              "",
                              name,
                              one.stacks_before.amis_of(name, {}),
                              one.stacks.amis_of(name, {}));
    for (const Deployment& deployment : deployments.all) deployment.tell_unread(request, name);
    if (deployments.all.empty()) standard.tell_unread(request, name);
    return Teller(one.file, deployments.all, standard).run();
  };
  each_changed_template(
      request, base, head, templates, "which AMIs it gives to its deployments", judge);
}

}  // namespace patchbot
