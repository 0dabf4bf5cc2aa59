// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "rules/patch_evidence.hpp"
#include "stored_amis.hpp"
#include "template_shelf.hpp"
#include "templates/parameter_sets.hpp"
#include "templates/scopes.hpp"
#include "written_amis.hpp"

namespace patchbot {

/// A service in one of its environments.
struct ServicePlace {
  std::string service;
  std::string environment;
  bool operator<(const ServicePlace& other) const {
    return std::tie(service, environment) < std::tie(other.service, other.environment);
  }
};

/// A file that may be a template of a service or give values to one.
struct ServiceFile {
  FileVersion version;
  TemplateScope scope;
};

/// Whether it is for that place, or may be.
bool is_of(const ServiceFile& file, const ServicePlace& place);

/// Tells the AMIs that a file writes for a place. A file of values gives them to templates of the
/// main branch.
class WrittenReader {
 public:
  WrittenReader(const Scopes& scopes,
                const TemplateShelf& shelf,
                const std::vector<ServiceFile>& main,
                StoredAmis& stored)
      : scopes_(scopes), shelf_(shelf), main_(main), stored_(stored) {}

  /// For servers in these places, with when the AMIs came into Systems Manager that it names. What
  /// is wrong with the file is why it does not say.
  WrittenAmis read(const ServiceFile& file,
                   const ServicePlace& place,
                   const std::set<AwsPlace>& where) const;

 private:
  bool may_be_for(const ServiceFile& file,
                  const std::string& path,
                  const ServicePlace& place) const;
  void add(const AmisOfTemplate& found,
           const ServiceFile& file,
           const std::string& set,
           const ServicePlace& place,
           WrittenAmis& to) const;
  bool gets_values(const ServiceFile& file,
                   const TemplateNode& root,
                   const ServicePlace& place) const;
  const Template* readable(const ServiceFile& file) const;
  const TemplateNode* template_for(const ServiceFile& parameters, const ParameterSet& set) const;

  const Scopes& scopes_;
  const TemplateShelf& shelf_;
  const std::vector<ServiceFile>& main_;
  StoredAmis& stored_;
};

}  // namespace patchbot
