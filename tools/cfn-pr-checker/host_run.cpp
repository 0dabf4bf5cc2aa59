// SPDX-License-Identifier: Apache-2.0
#include "host_run.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "cli/secret_variable.hpp"
#include "formats/config_yaml.hpp"
#include "from_host.hpp"
#include "host_check.hpp"
#include "publish.hpp"
#include "services/aws/accounts.hpp"

namespace patchbot {
namespace {

[[noreturn]] void fail(const std::string& why) { throw Error(Blame::usage, why); }

PullRequestSettings settings_of(const CfnPrChecker& flags) {
  if (flags.config.empty()) return {};
  return parse_settings_file(flags.config, parse_config).pull_requests;
}

// Before anything is sent or kept: a URL with a password in it would get into recordings.
std::string checked_url(const CfnPrChecker& flags,
                        const PullRequestSettings& settings,
                        const cli::World& world) {
  std::string url = flags.host.pr.empty() ? world.environment("CHANGE_URL") : flags.host.pr;
  if (!url.empty()) parse_pull_request_url(url, settings.hosts);
  return url;
}

// What a replay needs to know of the environment.
std::map<std::string, std::string> recorded_settings(const CfnPrChecker& flags,
                                                     const std::string& url,
                                                     const Environment& environment) {
  std::map<std::string, std::string> settings;
  if (flags.images == "aws") settings = aws::address_settings(environment);
  settings["CHANGE_URL"] = url;
  settings["BUILD_URL"] = environment("BUILD_URL");
  return settings;
}

/// The host for one run, with the way to it.
struct Visit {
  Visit(const CfnPrChecker& flags, const PullRequestSettings& settings, cli::World& world) {
    std::string url = checked_url(flags, settings, world);
    net = flags.host.net.open(world, recorded_settings(flags, url, world.environment));
    if (url.empty()) url = world.environment("CHANGE_URL");
    if (url.empty()) fail("no pull request: give --pr URL, or --base and --head");
    address = parse_pull_request_url(url, settings.hosts);
    const Secret token = cli::secret_of(world.environment, token_variable(address.kind));
    const bool writes = (flags.host.comment || flags.host.status) && !flags.host.dry_run;
    if (token.empty() && !net.replayed && (writes || flags.host.check)) {
      fail(token_variable(address.kind) + " is not set: " + std::string(name_of(address.kind)) +
           " lets nobody write without a token");
    }
    host = open_pull_request(address,
                             {*net.transport,
                              *net.clock,
                              {3, net.deadline},
                              token,
                              world.environment("PATCHBOT_BITBUCKET_USER")});
  }

  cli::Net net;
  PullRequestAddress address{};
  std::unique_ptr<PullRequestHost> host;
};

}  // namespace

bool is_on_host(const CfnPrChecker& flags) {
  const bool files = !flags.base.empty() || !flags.head.empty();
  if (files && !flags.host.pr.empty()) fail("--pr does not go with --base and --head");
  if (files && flags.head.empty()) fail("--base needs --head");
  if (files && (flags.host.comment || flags.host.status || flags.host.check)) {
    fail("--comment, --status and --check are for a pull request on its host; give --pr URL");
  }
  return !files;
}

cli::Exit run_on_host(const CfnPrChecker& flags, cli::World& world) {
  const PullRequestSettings settings = settings_of(flags);
  Visit visit(flags, settings, world);
  PullRequestHost& host = *visit.host;
  if (flags.host.check) return check_host(host, visit.address, world.out);
  const PullRequestInfo& info = host.info();
  world.log.info(visit.address.url() + " (" + info.state + "): " + info.title);
  PullRequest request;
  try {
    const std::string& name = flags.repository.empty() ? info.target : flags.repository;
    request = flags.review_of(fetch_versions(host, flags.keep_bytes()), name, world, &visit.net);
  } catch (const Error&) {
    publish_failure(flags.host, host, world);
    throw;
  }
  flags.deliver(world, request);
  return cli::worst(exit_of(request), publish(flags.host, request, host, world));
}

}  // namespace patchbot
