// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "model/config.hpp"
#include "repository_source.hpp"
#include "rules/patch_evidence.hpp"
#include "template_shelf.hpp"
#include "templates/parameter_sets.hpp"
#include "templates/scopes.hpp"

namespace patchbot {

/// A service in one of its environments.
struct ServicePlace {
  std::string service;
  std::string environment;
  bool operator<(const ServicePlace& other) const {
    return std::tie(service, environment) < std::tie(other.service, other.environment);
  }
};

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
  TemplateSurvey(std::string name, const Config& config, RepositorySources sources);

  /// What could not be asked.
  std::vector<std::string> problems() const;

  /// Services with a template, as far as paths or the configuration name their environment.
  std::set<ServicePlace> places() const;

  /// `regions` are those that its servers run in.
  Writing on_main(const ServicePlace& place, const std::set<std::string>& regions) const;
  Writing in_open_changes(const ServicePlace& place, const std::set<std::string>& regions) const;

 private:
  /// A file that may be a template or give values to one.
  struct File {
    FileVersion version;
    TemplateScope scope;
  };
  struct Change {
    OpenChange open;
    std::vector<File> files;
  };

  std::vector<File> of_services(const std::vector<FileVersion>& versions) const;
  bool is_of_service(const std::string& path) const;
  void read_main();
  void read_changes();
  void note_missing(const std::vector<File>& files, const std::string& where);
  WrittenAmis written(const File& file,
                      const ServicePlace& place,
                      const std::set<std::string>& regions) const;
  void add_written(const Change& change,
                   const ServicePlace& place,
                   const std::set<std::string>& regions,
                   Writing& to) const;
  const TemplateNode* template_for(const File& parameters, const ParameterSet& set) const;

  std::string name_;
  Scopes scopes_;
  RepositorySources sources_;
  std::vector<File> files_;
  std::vector<Change> changes_;
  std::string changes_unknown_;  ///< why they could not be listed
  TemplateShelf shelf_;
  std::vector<std::string> problems_;
};

}  // namespace patchbot
