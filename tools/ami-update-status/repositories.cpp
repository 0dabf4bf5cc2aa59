// SPDX-License-Identifier: Apache-2.0
#include "repositories.hpp"

#include "base/error.hpp"
#include "cli/secret_variable.hpp"
#include "services/code_hosts/repository_url.hpp"

namespace patchbot {
namespace {

bool asks_host(const RepositorySettings& one) {
  return one.clone.empty() || one.pull_requests == PullRequestsFrom::host;
}

// The host may call another branch its main one than the clone, whose templates are judged.
RepositorySettings into_branch_of(const CloneSource& clone, RepositorySettings settings) {
  if (settings.branch.empty()) settings.branch = clone.main_branch();
  return settings;
}

}  // namespace

Repositories::Repositories(const Config& config, const cli::World& world, const cli::Net& net)
    : config_(config), net_(net) {
  std::map<std::string, std::string> hosts;  // by the variable of the token
  for (const RepositorySettings& one : config.status.repositories) {
    if (!asks_host(one)) continue;
    RepositoryAddress address = parse_repository_url(one.url, config.pull_requests.hosts);
    const std::string variable = token_variable(address.kind);
    if (!net.replayed) {
      tokens_[address.kind] = cli::secret_of(world.environment, variable);
      const auto [known, is_new] = hosts.emplace(variable, address.web);
      if (known->second != address.web && !tokens_[address.kind].empty()) {
        throw Error(Blame::usage,
                    "status.repositories are on " + known->second + " and on " + address.web +
                        ", and the token of " + variable +
                        " is for one of them; ask the others as clones");
      }
    }
    addresses_.emplace(one.url, std::move(address));
  }
  if (!net.replayed) user_ = world.environment("PATCHBOT_BITBUCKET_USER");
}

std::unique_ptr<HostSource> Repositories::on_host(const RepositorySettings& settings) const {
  const RepositoryAddress& address = addresses_.at(settings.url);
  const auto token = tokens_.find(address.kind);
  return std::make_unique<HostSource>(settings,
                                      address,
                                      HostAccess{*net_.transport,
                                                 *net_.clock,
                                                 {3, net_.deadline},
                                                 token == tokens_.end() ? Secret() : token->second,
                                                 user_});
}

RepositorySources Repositories::sources_of(const RepositorySettings& settings) const {
  if (settings.clone.empty()) {
    const std::shared_ptr<RepositorySource> host = on_host(settings);
    return {host, host};
  }
  const auto clone = std::make_shared<CloneSource>(settings, config_.pull_requests.hosts);
  if (!asks_host(settings)) return {clone, clone};
  return {clone, on_host(into_branch_of(*clone, settings))};
}

Repositories::Seen Repositories::survey(StoredAmis& stored) const {
  Seen seen;
  for (const RepositorySettings& one : config_.status.repositories) {
    try {
      seen.surveys.push_back(
          std::make_unique<TemplateSurvey>(one.name, config_, sources_of(one), stored));
      for (std::string& problem : seen.surveys.back()->problems()) {
        seen.problems.push_back(std::move(problem));
      }
    } catch (const Error& error) {
      seen.problems.push_back("repository " + one.name + ": " + error.what());
      if (seen.unseen.empty()) seen.unseen = seen.problems.back();
    }
  }
  return seen;
}

void Repositories::check(cli::CheckList& list) const {
  for (const RepositorySettings& one : config_.status.repositories) {
    const std::string name = "repository " + one.name;
    RepositorySettings asked = one;
    const auto read_clone = [&] {
      CloneSource clone(one, config_.pull_requests.hosts);
      clone.files();
      asked = into_branch_of(clone, one);
    };
    if (!one.clone.empty()) list.attempt(name + ": the clone", read_clone);
    if (!asks_host(one)) continue;
    const auto host = on_host(asked);
    for (const HostProbe& probe : host->probes()) {
      list.attempt(name + ": " + probe.what, probe.attempt);
    }
  }
}

}  // namespace patchbot
