// SPDX-License-Identifier: Apache-2.0
#include "templates/deployments.hpp"

#include <set>
#include <utility>

#include "base/utf8.hpp"
#include "templates/nested_stacks.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_deployments = 200;

/// Finds the deployments of one template.
class Search {
 public:
  Search(const ChangedTemplate& one, const TemplateFiles& base, const TemplateFiles& head)
      : one_(one), base_(base), head_(head) {}

  void add(const std::string& name, const TemplateNode& root) {
    const Template* const then = template_of(base_, name);
    if (then == nullptr && head_.contains(name)) return;  // all of a new one is new
    const std::vector<ParameterSet> old =
        then == nullptr ? std::vector<ParameterSet>() : deployments_of(then->root);
    for (const ParameterSet& set : deployments_of(root)) {
      const ParameterSet* const before = then == nullptr ? &set : counterpart(old, set.place);
      if (before != nullptr && set.included.empty()) add(name, *before, set);
    }
  }

  // Those that nest it, and no file of parameters is for: with their defaults.
  void add_roots() {
    std::set<std::string> known{one_.file.name};
    for (const Deployment& deployment : found.all) known.insert(deployment.place().template_file);
    for (const auto& [path, root] : one_.stacks.templates()) {
      if (!known.contains(path) && reaches(path)) add({"", "", path}, "", {}, {});
    }
  }

  KnownDeployments found;

 private:
  void add(const std::string& name, const ParameterSet& before, const ParameterSet& after) {
    const std::string& path = one_.stacks.template_for(name, after);
    if (path.empty() || !reaches(path)) return;
    add({name, after.place, path}, after.region, values_of(before), values_of(after));
  }

  void add(const AmiDeployment& place,
           const std::string& region,
           const ParameterValues& before,
           const ParameterValues& after) {
    found.is_cut = found.is_cut || found.all.size() >= most_deployments;
    if (found.is_cut) return;
    const Stacks::Amis then = one_.stacks_before.amis_of(place.template_file, before);
    const Stacks::Amis now = one_.stacks.amis_of(place.template_file, after);
    if (then != nullptr && now != nullptr) {
      found.all.emplace_back(place, region, one_.file.name, then, now);
    }
  }

  // Whether the template is that one, or nested in it.
  bool reaches(const std::string& path) {
    const auto [place, is_new] = reaching_.try_emplace(path, path == one_.file.name);
    const auto root = one_.stacks.templates().find(path);
    if (!is_new || place->second || root == one_.stacks.templates().end()) return place->second;
    for (const std::string& nested : nested_templates(*root->second, path)) {
      if (reaches(nested)) return reaching_[path] = true;
    }
    return false;
  }

  const ChangedTemplate& one_;
  const TemplateFiles& base_;
  const TemplateFiles& head_;
  std::map<std::string, bool> reaching_;
};

}  // namespace

Deployment::Deployment(AmiDeployment place,
                       std::string region,
                       const std::string& path,
                       Stacks::Amis before,
                       Stacks::Amis after)
    : place_(std::move(place)),
      region_(std::move(region)),
      before_(std::move(before)),
      after_(std::move(after)),
      whole_(std::make_shared<StackChange>(*before_, *after_)) {
  if (place_.template_file == path) {
    instances_.push_back({"", before_, after_, whole_});
    return;
  }
  const auto then = before_->instances_of(path);
  for (const auto& [chain, amis] : after_->instances_of(path)) {
    const auto other = then.find(chain);
    if (other == then.end()) continue;
    instances_.push_back(
        {chain, other->second, amis, std::make_shared<StackChange>(*other->second, *amis)});
  }
}

std::vector<AmiUse> Deployment::uses_behind(const std::string& path) const {
  std::vector<AmiUse> uses;
  for (const Instance& one : instances_) {
    for (AmiUse& use : one.change->uses_behind(path)) {
      if (!one.chain.empty() && is_output(use)) continue;  // who takes it is told
      uses.push_back({one.chain + use.resource, std::move(use.property)});
    }
  }
  return uses;
}

void Deployment::tell_unread(PullRequest& request, const std::string& file) const {
  patchbot::tell_unread(request, file, *before_, *after_);
}

void tell_unread(PullRequest& request,
                 const std::string& file,
                 const StackAmis& before,
                 const StackAmis& after) {
  constexpr std::size_t most_named = 3;
  const auto then = before.given_unread();
  std::string names;
  std::size_t count = 0;
  for (const auto& [stack, text] : after.given_unread()) {
    const auto other = then.find(stack);
    if (other != then.end() && other->second == text) continue;
    if (++count <= most_named) names += (count > 1 ? ", " : " ") + clean_line(stack);
  }
  if (count == 0) return;
  if (count > most_named) names += " and " + std::to_string(count - most_named) + " more";
  const bool is_one = count == 1;
  tell_unchecked(request,
                 clean_line(file) + ": the " + (is_one ? "template" : "templates") +
                     " of the nested " + (is_one ? "stack" : "stacks") + names +
                     (is_one ? " is" : " are") +
                     " not in the repository, or nested too deep: which AMIs come of what " +
                     (is_one ? "it is" : "they are") + " given");
}

KnownDeployments deployments_of_template(const ChangedTemplate& one,
                                         const TemplateFiles& base,
                                         const TemplateFiles& head,
                                         const ParameterFiles& files) {
  Search search(one, base, head);
  for (const auto& [name, root] : files) search.add(name, *root);
  search.add_roots();
  return std::move(search.found);
}

}  // namespace patchbot
