// SPDX-License-Identifier: Apache-2.0
#include "templates/scopes.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "model/aws_names.hpp"
#include "templates/parameter_file.hpp"

namespace patchbot {
namespace {

bool holds(const std::vector<std::string>& globs, std::string_view text) {
  return globs.empty() || std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
           return matches_glob(glob, text);
         });
}

void settle(std::string& value, const std::string& said) {
  if (value.empty()) value = said;
}

}  // namespace

Scopes::Scopes(const Config& config, std::string repository)
    : settings_(config.pull_requests), environments_(config), repository_(std::move(repository)) {}

TemplateScope Scopes::of(std::string_view path) const {
  TemplateScope scope;
  for (const TemplateScope& one : settings_.templates) {
    if (!holds(one.repository, repository_) || !holds(one.path, path)) continue;
    settle(scope.service, one.service);
    settle(scope.environment, environments_.meaning_of(one.environment));
    settle(scope.account, one.account);
    if (scope.regions.empty()) scope.regions = one.regions;
  }
  settle(scope.environment, environments_.named_in(path));
  for (const std::string_view part : split(path, '/')) {
    const std::string_view name = part.substr(0, part.find('.'));
    if (scope.regions.empty() && is_region(name)) scope.regions = {std::string(name)};
  }
  return scope;
}

std::string Scopes::environment_of(const TemplateScope& file, std::string_view place) const {
  // SAM's settings are divided by environments.
  std::string section = environments_.named_in(sam_environment_of(place));
  if (!section.empty()) return section;
  // A resource is called as its author likes; keys of maps are what templates look up by.
  const bool is_in_map = place.starts_with("Mappings/");
  if (is_in_map) place = place.substr(std::min(place.size(), place.find('/', 9)));
  const bool is_telling = file.environment.empty() || is_in_map;
  std::string named = is_telling ? environments_.named_in(place) : std::string();
  return named.empty() ? file.environment : named;
}

bool may_be_one(std::string_view service, std::string_view other) {
  return service.empty() || other.empty() || service == other;
}

namespace {

// Where a deployment gets it, that of the deployment.
std::string environment_in(const ReviewedFile& file, const AmiChange& one, const Scopes& scopes) {
  const AmiDeployment& deployment = one.deployment;
  const std::string& by = deployment.file.empty() ? deployment.template_file : deployment.file;
  const bool is_elsewhere = !by.empty() && by != file.name;
  if (is_elsewhere) return scopes.environment_of(scopes.of(by), deployment.place);
  return scopes.environment_of(file.scope,
                               deployment.place.empty() ? one.change.path : deployment.place);
}

// Where one of several deployments is production, that is what has to be asked for.
bool gets_to_production(const AmiChange& one, const Scopes& scopes) {
  return std::any_of(one.getting.begin(), one.getting.end(), [&](const AmiDeployment& deployment) {
    const std::string& by = deployment.file.empty() ? deployment.template_file : deployment.file;
    return scopes.environment_of(scopes.of(by), deployment.place) == "production";
  });
}

}  // namespace

void add_scopes(PullRequest& request, const Scopes& scopes) {
  for (ReviewedFile& file : request.files) {
    file.scope = scopes.of(file.name);
    for (AmiChange& one : file.review.ami_changes) {
      one.environment = environment_in(file, one, scopes);
      if (one.region.empty() && file.scope.regions.size() == 1) {
        one.region = file.scope.regions.front();
      }
      if (gets_to_production(one, scopes)) one.environment = "production";
      for (MovedAmi& ami : one.arriving) {
        ami.environment = scopes.environment_of(file.scope, ami.path);
      }
    }
  }
}

}  // namespace patchbot
