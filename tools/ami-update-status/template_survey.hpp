// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "model/config.hpp"
#include "repository_source.hpp"
#include "rules/patch_evidence.hpp"
#include "template_shelf.hpp"
#include "templates/scopes.hpp"
#include "written_reader.hpp"

namespace patchbot {

/// What is written for a place, and why that may not be all.
struct Writing {
  std::vector<WrittenAmis> amis;
  std::string unknown;  ///< what could not be read; empty: all of it was
};

/// Who knows the templates of a repository, and what waits to change them: it may be one.
struct RepositorySources {
  std::shared_ptr<RepositorySource> main;
  std::shared_ptr<RepositorySource> changes;
};

/// What the templates of one repository say, on its main branch and in what waits to change it.
class TemplateSurvey {
 public:
  /// Reads them. Throws Error where the main branch cannot be read; all else is a problem.
  TemplateSurvey(std::string name,
                 const Config& config,
                 RepositorySources sources,
                 StoredAmis& stored);
  TemplateSurvey(const TemplateSurvey&) = delete;
  TemplateSurvey& operator=(const TemplateSurvey&) = delete;

  /// What could not be asked.
  std::vector<std::string> problems() const;

  /// Services with a template, as far as paths or the configuration name their environment.
  std::set<ServicePlace> places() const;

  /// `where` its servers run.
  /// Notes names in Systems Manager, of the main branch or of what waits to change it.
  void note_main(const ServicePlace& place, const std::set<AwsPlace>& where) const;
  void note_changes(const ServicePlace& place, const std::set<AwsPlace>& where) const;
  Writing on_main(const ServicePlace& place, const std::set<AwsPlace>& where) const;
  Writing in_open_changes(const ServicePlace& place, const std::set<AwsPlace>& where) const;

 private:
  struct Change {
    OpenChange open;
    std::vector<ServiceFile> files;
  };

  std::vector<ServiceFile> of_services(const std::vector<FileVersion>& versions) const;
  bool is_of_service(const std::string& path) const;
  void read_main();
  void read_changes();
  void note_missing(const std::vector<ServiceFile>& files, const std::string& where);
  void add_written(const Change& change,
                   const ServicePlace& place,
                   const std::set<AwsPlace>& where,
                   Writing& to) const;
  void note_unread(const Change& change,
                   const ServiceFile& file,
                   const WrittenAmis& said,
                   Writing& to) const;
  static bool touches(const Change& change, const ServicePlace& place);
  void note(const std::vector<ServiceFile>& files,
            const ServicePlace& place,
            const std::set<AwsPlace>& where) const;
  static bool changes(const Change& change, const std::string& path);
  std::vector<ServiceFile> merged_with(const Change& change) const;

  std::string name_;
  Scopes scopes_;
  RepositorySources sources_;
  std::vector<ServiceFile> files_;
  std::vector<Change> changes_;
  std::string changes_unknown_;  ///< why they could not be listed
  TemplateShelf shelf_;
  StoredAmis& stored_;
  WrittenReader reader_;
  std::vector<std::string> problems_;
};

}  // namespace patchbot
