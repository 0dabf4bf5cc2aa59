// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/config.hpp"
#include "model/template_node.hpp"
#include "rules/patch_evidence.hpp"
#include "services/git.hpp"
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

/// What the templates of one repository say, on its main branch and on the branches that go on
/// from it. A clone does not know pull requests: a branch with another AMI counts as one.
class TemplateSurvey {
 public:
  /// Throws Error(usage) where the clone cannot be read.
  TemplateSurvey(const RepositorySettings& settings, const Config& config);

  /// Services with a template, as far as paths or the configuration name their environment.
  std::set<ServicePlace> places() const;

  /// `regions` are those that its servers run in.
  std::vector<WrittenAmis> on_main(const ServicePlace& place, const std::set<std::string>& regions);
  std::vector<WrittenAmis> on_branches(const ServicePlace& place,
                                       const std::set<std::string>& regions);

 private:
  /// A file that may be a template or give values to one.
  struct File {
    std::string path;
    std::string blob;
    TemplateScope scope;
  };
  struct Reading {
    std::optional<Template> read;
    std::optional<Error> fault;
  };
  struct Branch {
    std::string name;
    std::optional<Time> since;
    std::vector<File> changed;
  };

  void find_branches();
  std::optional<Time> since(const File& file);
  const Template* read(const std::string& path, const std::string& blob);
  WrittenAmis written(const File& file,
                      const ServicePlace& place,
                      const std::set<std::string>& regions);
  const TemplateNode* template_for(const File& parameters, const ParameterSet& set);
  std::string link(const File& file, const std::string& revision) const;

  const RepositorySettings& settings_;
  Scopes scopes_;
  GitRepository repository_;
  std::string branch_;
  std::string commit_;
  std::vector<File> files_;
  std::vector<Branch> branches_;
  std::map<std::string, Reading> read_;  ///< by blob
  std::optional<std::map<std::string, std::vector<GitRepository::Moment>>> past_;
};

}  // namespace patchbot
