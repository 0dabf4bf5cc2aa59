// SPDX-License-Identifier: Apache-2.0
#include "template_survey.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "formats/template_file.hpp"
#include "templates/ami_reach.hpp"
#include "templates/parameter_templates.hpp"
#include "templates/resources.hpp"
#include "written_amis.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_told = 3;  // of problems of one kind: hosts that fail do so often

bool is_of(const TemplateScope& scope, const ServicePlace& place) {
  return scope.service == place.service &&
         (scope.environment.empty() || scope.environment == place.environment);
}

void settle(std::string& text, const std::string& said) {
  if (text.empty()) text = said;
}

}  // namespace

TemplateSurvey::TemplateSurvey(std::string name, const Config& config, RepositorySources sources)
    : name_(std::move(name)), scopes_(config, name_), sources_(std::move(sources)) {
  read_main();
  try {
    read_changes();
  } catch (const Error& error) {
    changes_.clear();
    changes_unknown_ = error.what();
    problems_.push_back(changes_unknown_);
  }
}

bool TemplateSurvey::is_of_service(const std::string& path) const {
  return may_be_template(path) && !scopes_.of(path).service.empty();
}

std::vector<TemplateSurvey::File> TemplateSurvey::of_services(
    const std::vector<FileVersion>& versions) const {
  std::vector<File> files;
  for (const FileVersion& one : versions) {
    if (is_of_service(one.path)) files.push_back({one, scopes_.of(one.path)});
  }
  return files;
}

void TemplateSurvey::read_main() {
  files_ = of_services(sources_.main->files());
  std::vector<FileVersion> wanted;
  wanted.reserve(files_.size());
  for (const File& file : files_) wanted.push_back(file.version);
  shelf_.read(*sources_.main, wanted);
  note_missing(files_, "");
}

void TemplateSurvey::read_changes() {
  const auto of_interest = [this](const std::string& path) { return is_of_service(path); };
  std::vector<FileVersion> wanted;
  for (OpenChange& one : sources_.changes->open_changes(of_interest)) {
    wanted.insert(wanted.end(), one.files.begin(), one.files.end());
    std::vector<File> files = of_services(one.files);
    changes_.push_back({std::move(one), std::move(files)});
  }
  shelf_.read(*sources_.changes, wanted);
  for (const Change& change : changes_) {
    if (!change.open.unknown.empty()) problems_.push_back(change.open.unknown);
    note_missing(change.files, change.open.name + ": ");
  }
}

void TemplateSurvey::note_missing(const std::vector<File>& files, const std::string& where) {
  for (const File& file : files) {
    const Error* const missing = shelf_.missing(file.version);
    if (missing != nullptr) problems_.push_back(where + missing->what());
  }
}

std::vector<std::string> TemplateSurvey::problems() const {
  std::vector<std::string> told;
  for (std::size_t i = 0; i < std::min(problems_.size(), most_told); ++i) {
    told.push_back("repository " + name_ + ": " + problems_[i]);
  }
  if (problems_.size() > most_told) {
    told.back() += "; and " + std::to_string(problems_.size() - most_told) + " more like this";
  }
  return told;
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

Writing TemplateSurvey::on_main(const ServicePlace& place,
                                const std::set<std::string>& regions) const {
  Writing all;
  std::vector<WrittenAmis> silent;
  for (const File& file : files_) {
    if (!is_of(file.scope, place)) continue;
    if (const Error* const missing = shelf_.missing(file.version)) {
      settle(all.unknown, missing->what());
      continue;
    }
    WrittenAmis one = written(file, place, regions);
    one.link = sources_.main->link(file.version.path, {});
    if (!one.amis.empty()) {
      one.since = sources_.main->since(file.version.path);
      all.amis.push_back(std::move(one));
    } else if (!one.unknown.empty()) {
      silent.push_back(std::move(one));
    }
  }
  // A template whose values stand in another file says nothing.
  if (all.amis.empty()) all.amis = std::move(silent);
  return all;
}

Writing TemplateSurvey::in_open_changes(const ServicePlace& place,
                                        const std::set<std::string>& regions) const {
  Writing all;
  const bool is_here = std::any_of(
      files_.begin(), files_.end(), [&](const File& file) { return is_of(file.scope, place); });
  if (is_here) settle(all.unknown, changes_unknown_);
  for (const Change& change : changes_) {
    if (is_here) settle(all.unknown, change.open.unknown);
    add_written(change, place, regions, all);
  }
  return all;
}

void TemplateSurvey::add_written(const Change& change,
                                 const ServicePlace& place,
                                 const std::set<std::string>& regions,
                                 Writing& to) const {
  for (const File& file : change.files) {
    if (!is_of(file.scope, place)) continue;
    if (const Error* const missing = shelf_.missing(file.version)) {
      settle(to.unknown, change.open.name + ": " + missing->what());
      continue;
    }
    WrittenAmis one = written(file, place, regions);
    if (one.amis.empty()) continue;
    one.since = change.open.since;
    one.is_draft = change.open.is_draft;
    one.link = change.open.link.empty()
                   ? sources_.changes->link(file.version.path, change.open.branch)
                   : change.open.link;
    to.amis.push_back(std::move(one));
  }
}

WrittenAmis TemplateSurvey::written(const File& file,
                                    const ServicePlace& place,
                                    const std::set<std::string>& regions) const {
  WrittenAmis one;
  try {
    const Template* const version = shelf_.find(file.version);
    if (version == nullptr) return one;
    std::set<std::string> once;
    std::string unknown;
    const auto add = [&](const AmisOfTemplate& found, const std::string& set) {
      for (const auto& [where, text] : found.by_path) {
        const std::string of = scopes_.environment_of(file.scope, set.empty() ? where : set);
        if (!of.empty() && of != place.environment) continue;
        for (const std::string& ami : ami_ids(text)) once.insert(ami);
      }
      settle(unknown, found.unknown);
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
    if (one.amis.empty() && !unknown.empty()) {
      one.unknown = clean_line(file.version.path) + ": " + unknown;
    }
  } catch (const Error& error) {
    one.unknown = error.in(clean_line(file.version.path)).what();
  }
  return one;
}

const TemplateNode* TemplateSurvey::template_for(const File& parameters,
                                                 const ParameterSet& set) const {
  TemplatesByPath templates;
  for (const File& file : files_) {
    if (file.version.path == parameters.version.path) continue;
    try {
      const Template* const version = shelf_.find(file.version);
      const bool is_one = version != nullptr && is_template(version->root);
      if (is_one) templates.emplace(file.version.path, &version->root);
    } catch (const Error&) {
      continue;  // a broken one is told where it is asked for itself
    }
  }
  const auto found = templates.find(template_of(parameters.version.path, set, templates));
  return found == templates.end() ? nullptr : found->second;
}

}  // namespace patchbot
