// SPDX-License-Identifier: Apache-2.0
#include "formats/status_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <optional>

#include "base/text.hpp"
#include "formats/aws_yaml.hpp"
#include "formats/base_url.hpp"
#include "formats/strict_yaml.hpp"

namespace patchbot {
namespace {

int read_days(const YAML::Node& node) {
  const std::string text = StrictYaml::text(node, "every_days");
  const auto days = parse_integer(text);
  if (!days || *days < 1 || *days > 366) {
    StrictYaml::fail(node, "every_days: '" + text + "' is no number of days, from 1 to 366");
  }
  return static_cast<int>(*days);
}

StrictYaml::Read line_into(std::string& to, std::string_view what) {
  return [&to, what](const YAML::Node& node) { to = StrictYaml::line(node, what); };
}

FamilySettings read_family(const YAML::Node& node) {
  FamilySettings family;
  StrictYaml::mapping(
      node,
      "an entry of families",
      {{"family",
        [&](const YAML::Node& n) { family.family = StrictYaml::texts(n, "family"); },
        true},
       {"owners",
        [&](const YAML::Node& n) {
          family.owners = StrictYaml::texts(n, "owners", read_account_id);
        }},
       {"job", line_into(family.job, "job")},
       {"manifest", line_into(family.manifest, "manifest")},
       {"every_days", [&](const YAML::Node& n) { family.every_days = read_days(n); }}});
  if (!family.job.empty() && !family.manifest.empty()) {
    StrictYaml::fail(node, "a family has a job or a manifest; one of them tells of its bakes");
  }
  return family;
}

PullRequestsFrom read_source(const YAML::Node& node) {
  const std::string word = StrictYaml::line(node, "pull_requests");
  if (word == "clone") return PullRequestsFrom::clone;
  if (word == "host") return PullRequestsFrom::host;
  StrictYaml::fail(node,
                   "pull_requests: '" + word + "' is not known; " +
                       StrictYaml::suggestion(word, {"clone", "host"}));
}

RepositorySettings read_repository(const YAML::Node& node) {
  RepositorySettings repository;
  std::optional<PullRequestsFrom> source;
  StrictYaml::mapping(node,
                      "an entry of repositories",
                      {{"name", line_into(repository.name, "name"), true},
                       {"clone", line_into(repository.clone, "clone")},
                       {"branch", line_into(repository.branch, "branch")},
                       {"url", [&](const YAML::Node& n) { repository.url = read_base_url(n); }},
                       {"pull_requests", [&](const YAML::Node& n) { source = read_source(n); }}});
  const bool has_clone = !repository.clone.empty();
  repository.pull_requests =
      source.value_or(has_clone ? PullRequestsFrom::clone : PullRequestsFrom::host);
  if (!has_clone && repository.url.empty()) {
    StrictYaml::fail(node, "a repository has a clone or a url, or both");
  }
  if (!has_clone && repository.pull_requests == PullRequestsFrom::clone) {
    StrictYaml::fail(node, "pull_requests: clone needs a clone");
  }
  if (repository.url.empty() && repository.pull_requests == PullRequestsFrom::host) {
    StrictYaml::fail(node, "pull_requests: host needs the url of the repository there");
  }
  return repository;
}

}  // namespace

StatusSettings read_status(const YAML::Node& node) {
  StatusSettings status;
  const auto families = [&](const YAML::Node& n) {
    StrictYaml::each_item(n, "families", [&](const YAML::Node& item) {
      status.families.push_back(read_family(item));
    });
  };
  const auto repositories = [&](const YAML::Node& n) {
    StrictYaml::each_item(n, "repositories", [&](const YAML::Node& item) {
      status.repositories.push_back(read_repository(item));
    });
  };
  StrictYaml::mapping(node,
                      "status",
                      {{"jenkins", [&](const YAML::Node& n) { status.jenkins = read_base_url(n); }},
                       {"family_tag", line_into(status.family_tag, "family_tag")},
                       {"families", families},
                       {"repositories", repositories}});
  for (const FamilySettings& family : status.families) {
    if (!family.job.empty() && status.jenkins.empty()) {
      StrictYaml::fail(node, "status: a family names a job, so jenkins needs an address");
    }
  }
  return status;
}

}  // namespace patchbot
