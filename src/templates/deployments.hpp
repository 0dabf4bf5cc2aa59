// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "templates/changed_templates.hpp"
#include "templates/parameter_sets.hpp"
#include "templates/stack_change.hpp"

namespace patchbot {

/// Files of parameters by their paths in the repository.
using ParameterFiles = std::map<std::string, const TemplateNode*>;

/// A deployment in which a template is, as its own or nested in it, before and after.
class Deployment {
 public:
  /// `path` is that of the template. Throws as Stacks does.
  Deployment(AmiDeployment place,
             std::string region,
             const std::string& path,
             Stacks::Amis before,
             Stacks::Amis after);

  const AmiDeployment& place() const { return place_; }
  const std::string& region() const { return region_; }

  /// The properties of its servers that differ, and come of what stands at a place of the template.
  std::vector<AmiUse> uses_behind(const std::string& path) const;

  void tell(const std::vector<AmiUse>& uses, AmiChange& one) const { whole_->tell(uses, one); }

  /// See StackChange.
  const std::vector<AmiUse>& uses() const { return whole_->uses(); }
  bool are_kept(const std::vector<AmiUse>& uses) const { return whole_->are_kept(uses); }
  bool had(const std::vector<AmiUse>& uses, const std::string& id) const {
    return whole_->had(uses, id);
  }

  /// See patchbot::tell_unread.
  void tell_unread(PullRequest& request, const std::string& file) const;

 private:
  /// Where the template is in it.
  struct Instance {
    std::string chain;  ///< "Web/" in the stack Web; empty: it is the template of the deployment
    Stacks::Amis before;
    Stacks::Amis after;
    std::shared_ptr<const StackChange> change;
  };

  AmiDeployment place_;
  std::string region_;
  Stacks::Amis before_;
  Stacks::Amis after_;
  std::shared_ptr<const StackChange> whole_;
  std::vector<Instance> instances_;
};

/// Lists nested stacks whose templates are not there, and that are given something else by what
/// changes in a file, as not checked.
void tell_unread(PullRequest& request,
                 const std::string& file,
                 const StackAmis& before,
                 const StackAmis& after);

/// All of a template that are there in both versions: of files of parameters of the new version,
/// the pull request's and others. `base` and `head` are what it changes.
struct KnownDeployments {
  std::vector<Deployment> all;
  bool is_cut = false;  ///< there are more
};
KnownDeployments deployments_of_template(const ChangedTemplate& one,
                                         const TemplateFiles& base,
                                         const TemplateFiles& head,
                                         const ParameterFiles& files);

}  // namespace patchbot
