// SPDX-License-Identifier: Apache-2.0
#include "templates/deployed_changes.hpp"

#include <algorithm>
#include <functional>
#include <optional>
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

/// What else there is to ask.
struct Around {
  std::function<Deployment(const std::string& region)> standard_in;
  std::function<bool(const std::string& path)> is_changed;  ///< by the pull request
};

/// Tells the changes of one template.
class Teller {
 public:
  Teller(ReviewedFile& file,
         const std::vector<Deployment>& deployments,
         const Deployment& standard,
         Around around)
      : file_(file), deployments_(deployments), standard_(standard), around_(std::move(around)) {}

  // Whether there is anything new. What is another change stays one: it may do more.
  bool run() {
    std::set<std::string> seen;
    for (const AmiChange& one : file_.review.ami_changes) {
      const std::vector<std::string> before = ami_ids(one.change.from);
      for (std::string& id : ami_ids(one.change.to)) {
        const bool is_new = std::find(before.begin(), before.end(), id) == before.end();
        if (is_new) written_.insert(std::move(id));
      }
    }
    for (AmiChange& one : file_.review.ami_changes) {
      if (!seen.insert(one.change.path).second) continue;
      if (holds_ids(one) && !is_default(one.change)) {
        add_deployments(one);
        settle(one);
        tell_beside(one);
      } else if (!tell_deployments(one.change, &one)) {
        complete(one);
      }
    }
    for (const TemplateChange& one : file_.review.other_changes) {
      if (!seen.insert(one.path).second || tell_deployments(one, nullptr)) continue;
      tell(one, nullptr, standard_);
    }
    for (const Deployment& one : deployments_) tell_rest(one);
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

  // An AMI that all its servers had before is written elsewhere now, and no news.
  void settle(AmiChange& one) const {
    const bool is_added = one.change.kind == TemplateChange::Kind::added;
    for (MovedAmi& ami : one.arriving) {
      const bool had_it =
          std::all_of(deployments_.begin(), deployments_.end(), [&](const Deployment& deployment) {
            return deployment.had(one.uses, ami.id);
          });
      ami.was_used = had_it && (!deployments_.empty() || standard_.had(one.uses, ami.id));
      if (ami.was_used || !is_added || one.region.empty() || !deployments_.empty()) continue;
      ami.was_used = around_.standard_in(one.region).had(one.uses, ami.id);
    }
  }

  // What comes to its servers by the change of a literal may be another one: in a list the next,
  // of a row that goes what counts without it.
  void tell_beside(AmiChange& one) {
    for (const Deployment& deployment : deployments_) {
      if (auto other = other_by(one, deployment)) told_.push_back(std::move(*other));
    }
    const bool is_gone = one.change.kind == TemplateChange::Kind::removed;
    std::optional<AmiChange> other;
    if (deployments_.empty()) other = other_by(one, standard_);
    if (!other && is_gone && !one.region.empty()) {
      other = other_by(one, around_.standard_in(one.region));
    }
    if (other && is_gone) {
      one = std::move(*other);
    } else if (other) {
      told_.push_back(std::move(*other));
    }
  }

  std::optional<AmiChange> other_by(const AmiChange& literal, const Deployment& by) {
    AmiChange one = literal;
    one.kind = AmiChange::Kind::form;
    one.deployment = by.place();
    one.getting.clear();
    one.uses = by.uses_behind(one.change.path);
    by.tell(one.uses, one);
    one.is_open = false;
    std::erase_if(one.arriving, [&](const MovedAmi& ami) { return written_.contains(ami.id); });
    if (one.arriving.empty()) return std::nullopt;
    told_once_.drop_told(one);
    return one.arriving.empty() ? std::nullopt : std::optional(std::move(one));
  }

  bool tell_deployments(const TemplateChange& change, const AmiChange* as_default) {
    bool is_told = false;
    for (const Deployment& one : deployments_) {
      is_told = tell(change, as_default, one) || is_told;
    }
    return is_told;
  }

  bool tell(const TemplateChange& change, const AmiChange* as_default, const Deployment& by) {
    return tell_uses(change, as_default, by, by.uses_behind(change.path));
  }

  bool tell_uses(const TemplateChange& change,
                 const AmiChange* as_default,
                 const Deployment& by,
                 std::vector<AmiUse> uses) {
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

  // What the stacks around it make of its outputs.
  void tell_rest(const Deployment& by) {
    const TemplateReview& review = file_.review;
    if (by.place().template_file == file_.name || around_.is_changed(by.place().template_file))
      return;
    std::vector<AmiUse> rest = by.uses();
    std::erase_if(rest, [&](const AmiUse& use) {
      return std::any_of(told_.begin(), told_.end(), [&](const AmiChange& one) {
        return std::find(one.uses.begin(), one.uses.end(), use) != one.uses.end();
      });
    });
    const bool has_change = !review.ami_changes.empty() || !review.other_changes.empty();
    if (rest.empty() || !has_change) return;
    const TemplateChange& change = review.other_changes.empty() ? review.ami_changes.front().change
                                                                : review.other_changes.front();
    tell_uses(change, nullptr, by, std::move(rest));
  }

  // Of a way that is another one by the defaults what arrives may have been out of sight.
  void complete(AmiChange& one) {
    const std::vector<AmiUse> uses = standard_.uses_behind(one.change.path);
    if (uses.empty() && standard_.are_kept(one.uses)) {
      one.arriving.clear();
      one.leaving.clear();
    }
    if (uses.empty()) return;
    one.is_open = false;
    standard_.tell(uses, one);
    told_once_.drop_told(one);
    add_open_choice(file_.review, one);
    is_news_ = true;
  }

  ReviewedFile& file_;
  const std::vector<Deployment>& deployments_;
  const Deployment& standard_;
  Around around_;
  std::vector<AmiChange> told_;
  std::set<std::string> written_;  ///< AMIs that are written where none, or others, were
  ToldOnce told_once_;
  bool is_news_ = false;
};

}  // namespace

bool is_deployed_change(const ReviewedFile& file, const TemplateNode& root) {
  const TemplateReview& review = file.review;
  if (review.ami_changes.empty() && review.other_changes.empty()) return false;
  const std::vector<TemplateResource> resources = resources_of(root);
  return review.ami_bearing_resources > 0 || !review.ami_changes.empty() ||
         root.find("Outputs") != nullptr ||
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
    const auto standard_in = [&](const std::string& region) {
      ParameterValues values;
      if (!region.empty()) values.emplace("AWS::Region", region);
      return Deployment({"", "", name},
                        region,
                        name,
                        one.stacks_before.amis_of(name, values),
                        one.stacks.amis_of(name, values));
    };
    const Deployment standard = standard_in("");
    for (const Deployment& deployment : deployments.all) deployment.tell_unread(request, name);
    if (deployments.all.empty()) standard.tell_unread(request, name);
    const auto is_changed = [&](const std::string& path) {
      return base.contains(path) || head.contains(path);
    };
    return Teller(one.file, deployments.all, standard, {standard_in, is_changed}).run();
  };
  each_changed_template(
      request, base, head, templates, "which AMIs it gives to its deployments", judge);
}

}  // namespace patchbot
