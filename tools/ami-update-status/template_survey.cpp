// SPDX-License-Identifier: Apache-2.0
#include "template_survey.hpp"

#include <algorithm>

#include "formats/template_file.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_told = 3;  // of problems of one kind: hosts that fail do so often

void settle(std::string& text, const std::string& said) {
  if (text.empty()) text = said;
}

}  // namespace

TemplateSurvey::TemplateSurvey(std::string name,
                               const Config& config,
                               RepositorySources sources,
                               StoredAmis& stored)
    : name_(std::move(name)),
      scopes_(config, name_),
      sources_(std::move(sources)),
      stored_(stored),
      reader_(scopes_, shelf_, files_, stored) {
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

std::vector<ServiceFile> TemplateSurvey::of_services(
    const std::vector<FileVersion>& versions) const {
  std::vector<ServiceFile> files;
  for (const FileVersion& one : versions) {
    if (is_of_service(one.path)) files.push_back({one, scopes_.of(one.path)});
  }
  return files;
}

void TemplateSurvey::read_main() {
  files_ = of_services(sources_.main->files());
  std::vector<FileVersion> wanted;
  wanted.reserve(files_.size());
  for (const ServiceFile& file : files_) wanted.push_back(file.version);
  shelf_.read(*sources_.main, wanted);
  note_missing(files_, "");
}

void TemplateSurvey::read_changes() {
  const auto of_interest = [this](const std::string& path) { return is_of_service(path); };
  std::vector<FileVersion> wanted;
  for (OpenChange& one : sources_.changes->open_changes(of_interest)) {
    wanted.insert(wanted.end(), one.files.begin(), one.files.end());
    std::vector<ServiceFile> files = of_services(one.files);
    changes_.push_back({std::move(one), std::move(files)});
  }
  shelf_.read(*sources_.changes, wanted);
  for (const Change& change : changes_) {
    if (!change.open.unknown.empty()) problems_.push_back(change.open.unknown);
    note_missing(change.files, change.open.name + ": ");
  }
}

void TemplateSurvey::note_missing(const std::vector<ServiceFile>& files, const std::string& where) {
  for (const ServiceFile& file : files) {
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
  for (const ServiceFile& file : files_) {
    if (!file.scope.environment.empty()) {
      places.insert({file.scope.service, file.scope.environment});
    }
  }
  return places;
}

void TemplateSurvey::note(const std::vector<ServiceFile>& files,
                          const ServicePlace& place,
                          const std::set<AwsPlace>& where) const {
  const WrittenReader reader(scopes_, shelf_, files, stored_);
  for (const ServiceFile& file : files) {
    if (is_of(file, place)) reader.read(file, place, where);
  }
}

void TemplateSurvey::note_main(const ServicePlace& place, const std::set<AwsPlace>& where) const {
  if (shelf_.names_parameters()) note(files_, place, where);
}

void TemplateSurvey::note_changes(const ServicePlace& place,
                                  const std::set<AwsPlace>& where) const {
  if (!shelf_.names_parameters()) return;
  for (const Change& change : changes_) {
    if (touches(change, place)) note(merged_with(change), place, where);
  }
}

bool TemplateSurvey::touches(const Change& change, const ServicePlace& place) {
  return std::any_of(change.files.begin(), change.files.end(), [&](const ServiceFile& file) {
    return is_of(file, place);
  });
}

Writing TemplateSurvey::on_main(const ServicePlace& place, const std::set<AwsPlace>& where) const {
  Writing all;
  std::vector<WrittenAmis> silent;
  for (const ServiceFile& file : files_) {
    if (!is_of(file, place)) continue;
    if (const Error* const missing = shelf_.missing(file.version)) {
      settle(all.unknown, missing->what());
      continue;
    }
    WrittenAmis one = reader_.read(file, place, where);
    one.link = sources_.main->link(file.version.path, {});
    if (!one.amis.empty()) {
      one.since = std::max(one.since, sources_.main->since(file.version.path));
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
                                        const std::set<AwsPlace>& where) const {
  Writing all;
  const bool is_here = std::any_of(
      files_.begin(), files_.end(), [&](const ServiceFile& file) { return is_of(file, place); });
  if (is_here) settle(all.unknown, changes_unknown_);
  for (const Change& change : changes_) {
    if (is_here) settle(all.unknown, change.open.unknown);
    add_written(change, place, where, all);
  }
  return all;
}

// What main would say with it: a bump of one file helps nobody where another one overrides it.
void TemplateSurvey::add_written(const Change& change,
                                 const ServicePlace& place,
                                 const std::set<AwsPlace>& where,
                                 Writing& to) const {
  const auto touched = std::find_if(change.files.begin(),
                                    change.files.end(),
                                    [&](const ServiceFile& file) { return is_of(file, place); });
  if (touched == change.files.end()) return;
  const std::vector<ServiceFile> merged = merged_with(change);
  const WrittenReader reader(scopes_, shelf_, merged, stored_);
  std::set<std::string> amis;
  for (const ServiceFile& file : merged) {
    if (!is_of(file, place)) continue;
    const WrittenAmis one = reader.read(file, place, where);
    amis.insert(one.amis.begin(), one.amis.end());
    if (changes(change, file.version.path)) note_unread(change, file, one, to);
  }
  if (amis.empty()) return;
  WrittenAmis whole;
  whole.amis = {amis.begin(), amis.end()};
  whole.since = change.open.since;
  whole.is_draft = change.open.is_draft;
  whole.link = change.open.link.empty()
                   ? sources_.changes->link(touched->version.path, change.open.branch)
                   : change.open.link;
  to.amis.push_back(std::move(whole));
}

void TemplateSurvey::note_unread(const Change& change,
                                 const ServiceFile& file,
                                 const WrittenAmis& said,
                                 Writing& to) const {
  if (const Error* const missing = shelf_.missing(file.version)) {
    settle(to.unknown, change.open.name + ": " + missing->what());
  } else if (said.amis.empty() && !said.unknown.empty()) {
    settle(to.unknown, change.open.name + ": " + said.unknown);
  }
}

bool TemplateSurvey::changes(const Change& change, const std::string& path) {
  return std::any_of(change.files.begin(), change.files.end(), [&](const ServiceFile& file) {
    return file.version.path == path;
  });
}

std::vector<ServiceFile> TemplateSurvey::merged_with(const Change& change) const {
  std::vector<ServiceFile> merged = change.files;
  for (const ServiceFile& file : files_) {
    if (!changes(change, file.version.path)) merged.push_back(file);
  }
  return merged;
}

}  // namespace patchbot
