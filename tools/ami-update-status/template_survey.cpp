// SPDX-License-Identifier: Apache-2.0
#include "template_survey.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/template_file.hpp"
#include "net/http.hpp"
#include "templates/ami_reach.hpp"
#include "templates/parameter_templates.hpp"
#include "templates/resources.hpp"
#include "written_amis.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_bytes = std::size_t{4} * 1024 * 1024;
constexpr std::size_t most_branches = 500;

// What the remote calls its main branch, else one of the usual names.
std::string main_branch(const GitRepository& repository, const std::string& wanted) {
  if (!wanted.empty()) {
    const std::string remote = "origin/" + wanted;
    return repository.has(remote) ? remote : wanted;
  }
  for (const char* name : {"origin/HEAD", "origin/main", "origin/master", "main", "master"}) {
    if (repository.has(name)) return name;
  }
  const auto branches = repository.branches();
  if (branches.size() == 1) return branches.front().name;
  throw Error(
      Blame::usage,
      "which branch is the main one is not clear: it is called neither main nor master, and "
      "there is no origin/HEAD; name it (branch:)");
}

bool is_of(const TemplateScope& scope, const ServicePlace& place) {
  return scope.service == place.service &&
         (scope.environment.empty() || scope.environment == place.environment);
}

}  // namespace

TemplateSurvey::TemplateSurvey(const RepositorySettings& settings, const Config& config)
    : settings_(settings),
      scopes_(config, settings.name),
      repository_(settings.clone),
      branch_(main_branch(repository_, settings.branch)),
      commit_(repository_.commit(branch_)) {
  for (const GitFile& file : repository_.files(commit_)) {
    if (!may_be_template(file.path)) continue;
    TemplateScope scope = scopes_.of(file.path);
    if (!scope.service.empty()) files_.push_back({file.path, file.blob, std::move(scope)});
  }
  find_branches();
}

// Of branches that have been merged nothing is left that differs.
void TemplateSurvey::find_branches() {
  const std::vector<GitBranch> all = repository_.branches();
  for (std::size_t i = 0; i < all.size() && i < most_branches; ++i) {
    const GitBranch& one = all[i];
    const auto base =
        one.commit == commit_ ? std::nullopt : repository_.merge_base(commit_, one.commit);
    if (!base || *base == one.commit) continue;
    Branch branch{one.name, one.time, {}};
    for (const GitChange& change : repository_.changes(*base, one.commit)) {
      if (change.after.path.empty() || !may_be_template(change.after.path)) continue;
      TemplateScope scope = scopes_.of(change.after.path);
      if (scope.service.empty()) continue;
      branch.changed.push_back({change.after.path, change.after.blob, std::move(scope)});
    }
    if (!branch.changed.empty()) branches_.push_back(std::move(branch));
  }
}

std::set<ServicePlace> TemplateSurvey::places() const {
  std::set<ServicePlace> places;
  for (const File& file : files_) {
    if (!file.scope.environment.empty()) {
      places.insert({file.scope.service, file.scope.environment});
    }
  }
  return places;
}

std::vector<WrittenAmis> TemplateSurvey::on_main(const ServicePlace& place,
                                                 const std::set<std::string>& regions) {
  std::vector<WrittenAmis> all;
  std::vector<WrittenAmis> silent;
  for (const File& file : files_) {
    if (!is_of(file.scope, place)) continue;
    WrittenAmis one = written(file, place, regions);
    one.link = link(file, branch_);
    if (!one.amis.empty()) {
      one.since = since(file);
      all.push_back(std::move(one));
    } else if (!one.unknown.empty()) {
      silent.push_back(std::move(one));
    }
  }
  return all.empty() ? silent : all;  // a template whose values stand in another file says nothing
}

// When a line with an AMI changed in the file last: one look of git at the past for all files.
std::optional<Time> TemplateSurvey::since(const File& file) {
  if (!past_) {
    past_ = repository_.changes_of("ami-[0-9a-f]", commit_, template_endings());
  }
  const auto moments = past_->find(file.path);
  if (moments == past_->end() || moments->second.empty()) return std::nullopt;
  return moments->second.front().time;
}

std::vector<WrittenAmis> TemplateSurvey::on_branches(const ServicePlace& place,
                                                     const std::set<std::string>& regions) {
  std::vector<WrittenAmis> all;
  for (const Branch& branch : branches_) {
    for (const File& file : branch.changed) {
      if (!is_of(file.scope, place)) continue;
      WrittenAmis one = written(file, place, regions);
      if (one.amis.empty()) continue;
      one.since = branch.since;
      one.link =
          settings_.url.empty() ? "branch " + clean_line(branch.name) : link(file, branch.name);
      all.push_back(std::move(one));
    }
  }
  return all;
}

const Template* TemplateSurvey::read(const std::string& path, const std::string& blob) {
  auto known = read_.find(blob);
  if (known == read_.end()) {
    known = read_.emplace(blob, Reading()).first;
    try {
      const auto bytes = repository_.contents({blob}, most_bytes).begin()->second;
      if (bytes) known->second.read = read_template_file(path, *bytes);
    } catch (const Error& error) {
      known->second.fault = error;  // told for each of its services
    }
  }
  if (known->second.fault) throw Error(*known->second.fault);
  return known->second.read ? &*known->second.read : nullptr;
}

WrittenAmis TemplateSurvey::written(const File& file,
                                    const ServicePlace& place,
                                    const std::set<std::string>& regions) {
  WrittenAmis one;
  try {
    const Template* const version = read(file.path, file.blob);
    if (version == nullptr) return one;
    std::set<std::string> once;
    std::string unknown;
    const auto add = [&](const AmisOfTemplate& found, const std::string& set) {
      for (const auto& [where, text] : found.by_path) {
        const std::string of = scopes_.environment_of(file.scope, set.empty() ? where : set);
        if (!of.empty() && of != place.environment) continue;
        for (const std::string& ami : ami_ids(text)) once.insert(ami);
      }
      if (unknown.empty()) unknown = found.unknown;
    };
    if (is_template(version->root)) {
      add(amis_with(version->root, {}, regions), {});
    } else {
      for (const ParameterSet& set : parameter_sets(version->root)) {
        const TemplateNode* const root = template_for(file, set);
        if (root != nullptr) add(amis_with(*root, set.values, regions), set.place);
      }
    }
    one.amis = {once.begin(), once.end()};
    if (one.amis.empty() && !unknown.empty()) one.unknown = clean_line(file.path) + ": " + unknown;
  } catch (const Error& error) {
    one.unknown = error.in(clean_line(file.path)).what();
  }
  return one;
}

const TemplateNode* TemplateSurvey::template_for(const File& parameters, const ParameterSet& set) {
  TemplatesByPath templates;
  for (const File& file : files_) {
    if (file.blob == parameters.blob) continue;
    try {
      const Template* const version = read(file.path, file.blob);
      const bool is_one = version != nullptr && is_template(version->root);
      if (is_one) templates.emplace(file.path, &version->root);
    } catch (const Error&) {
      continue;  // a broken one is told where it is asked for itself
    }
  }
  const auto found = templates.find(template_of(parameters.path, set, templates));
  return found == templates.end() ? nullptr : found->second;
}

std::string TemplateSurvey::link(const File& file, const std::string& revision) const {
  std::string path = clean_line(file.path);
  if (settings_.url.empty()) return path;
  const std::string_view remote = "origin/";
  const std::string_view name =
      std::string_view(revision).substr(revision.starts_with(remote) ? remote.size() : 0);
  const bool is_bitbucket = settings_.url.find("bitbucket") != std::string::npos;
  return settings_.url + (is_bitbucket ? "/src/" : "/blob/") + percent_encode(name, "/") + "/" +
         percent_encode(path, "/");
}

}  // namespace patchbot
