// SPDX-License-Identifier: Apache-2.0
#include "templates/past_choices.hpp"

#include <algorithm>

#include "templates/ami_reach.hpp"
#include "templates/nested_stacks.hpp"
#include "templates/parameter_sets.hpp"
#include "templates/resources.hpp"
#include "templates/stacks.hpp"

namespace patchbot {
namespace {

using Moment = BranchHistory::Moment;
using When = BranchHistory::When;

constexpr std::size_t most_moments = 30;    // a question about each costs reading its files
constexpr std::size_t most_templates = 10;  // of one deployment

// Without a file of parameters the template itself chooses, by its defaults.
AmiDeployment deployment_of(const ReviewedFile& file, const AmiChange& one) {
  AmiDeployment deployment = one.deployment;
  if (deployment.file == file.name) deployment.file = file.path;
  if (deployment.file.empty() && file.is_template) deployment.template_file = file.path;
  return deployment;
}

void add(const std::vector<Moment>& those, std::vector<Moment>& moments) {
  for (const Moment& one : those) {
    const bool is_known = std::any_of(moments.begin(), moments.end(), [&](const Moment& other) {
      return other.version == one.version;
    });
    if (!is_known) moments.push_back(one);
  }
}

}  // namespace

std::optional<Time> PastChoices::lost(const ReviewedFile& file,
                                      const AmiChange& one,
                                      const std::string& id) {
  const AmiDeployment deployment = deployment_of(file, one);
  if (deployment.template_file.empty()) return std::nullopt;
  const std::string& chooser = deployment.file.empty() ? deployment.template_file : deployment.file;
  std::vector<Moment> moments = history_.moments_of(chooser);
  const BranchHistory::Changes& changes = history_.changes_of(id);
  for (const auto& [path, those] : changes) add(those, moments);
  std::stable_sort(moments.begin(), moments.end(), [](const Moment& a, const Moment& b) {
    return a.time > b.time;
  });
  for (std::size_t i = 0; i < moments.size() && i < most_moments; ++i) {
    if (chose(deployment, one, moments[i].version, id)) return moments[i].time;
  }
  return std::nullopt;
}

bool PastChoices::chose(const AmiDeployment& deployment,
                        const AmiChange& one,
                        const std::string& version,
                        const std::string& id) {
  const AmiTexts& texts = texts_at(deployment, version);
  return std::any_of(one.uses.begin(), one.uses.end(), [&](const AmiUse& use) {
    return ids_of(texts, use).contains(id);
  });
}

const AmiTexts& PastChoices::texts_at(const AmiDeployment& deployment, const std::string& version) {
  static const AmiTexts none;
  constexpr std::size_t most_kept = 64;  // each has a text for every server
  std::string key = deployment.file;
  for (const auto* part : {&deployment.place, &deployment.template_file, &version}) {
    key += '\0' + *part;
  }
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  if (++evaluated_ > most_evaluated) return none;
  if (known_.size() >= most_kept) known_.clear();
  return known_.emplace(std::move(key), evaluated(deployment, version)).first->second;
}

AmiTexts PastChoices::evaluated(const AmiDeployment& deployment, const std::string& version) const {
  TemplatesByPath templates;
  add_templates(deployment.template_file, version, templates);
  ParameterValues values;
  if (!deployment.file.empty()) {
    const TemplateNode* const parameters = history_.read_at(deployment.file, version, When::before);
    if (parameters == nullptr) return {};
    const std::vector<ParameterSet> sets = deployments_of(*parameters);
    const ParameterSet* const set = counterpart(sets, deployment.place);
    if (set == nullptr) return {};
    values = values_of(*set);
  }
  try {
    Stacks stacks(templates);
    const Stacks::Amis amis = stacks.amis_of(deployment.template_file, values);
    return amis == nullptr ? AmiTexts() : amis->texts();
  } catch (const Error&) {
    return {};  // too much to follow: that is told where it is judged now
  }
}

void PastChoices::add_templates(const std::string& path,
                                const std::string& version,
                                TemplatesByPath& templates) const {
  if (templates.contains(path) || templates.size() >= most_templates) return;
  const TemplateNode* const root = history_.read_at(path, version, When::before);
  if (root == nullptr) return;
  templates.emplace(path, root);
  for (const std::string& nested : nested_templates(*root, path)) {
    add_templates(nested, version, templates);
  }
}

// Among the moments of a file may be those of other ids.
std::optional<Time> PastChoices::came(const std::string& id) {
  const auto known = came_.find(id);
  if (known != came_.end()) return known->second;
  std::optional<Time> first;
  for (const auto& [path, moments] : history_.changes_of(id)) {
    const std::size_t count = std::min(moments.size(), most_moments);
    const auto holds_it = [&, &path = path](const Moment& moment) {
      const TemplateNode* const root = history_.read_at(path, moment.version, When::after);
      return root != nullptr && holds(*root, id);
    };
    const auto oldest = std::find_if(
        moments.rbegin(), moments.rbegin() + static_cast<std::ptrdiff_t>(count), holds_it);
    const bool is_found = oldest != moments.rbegin() + static_cast<std::ptrdiff_t>(count);
    if (is_found && (!first || oldest->time < *first)) first = oldest->time;
  }
  return came_.emplace(id, first).first->second;
}

}  // namespace patchbot
