// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "base/byte_source.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "listing.hpp"
#include "services/security_monkey.hpp"

namespace patchbot {
namespace {

constexpr std::size_t at_once = 8;  // it is a small server, and each question costs it queries

const SecurityMonkeySettings& settings_of(const Config& config) {
  if (!config.security_monkey || config.security_monkey->url.empty()) {
    throw Error(Blame::usage,
                "--source security-monkey needs security_monkey: { url: https://... } in --config");
  }
  return *config.security_monkey;
}

Secret password_of(const Environment& environment) {
  const std::string file = environment("PATCHBOT_SECURITY_MONKEY_PASSWORD_FILE");
  if (file.empty()) return Secret(environment("PATCHBOT_SECURITY_MONKEY_PASSWORD"));
  constexpr std::size_t max_bytes = 4096;
  return Secret(std::string(trim(read_all(*open_file(file), max_bytes))));
}

/// What one run needs of a Security Monkey, signed in where there is a user.
class Visit {
 public:
  Visit(const Ec2Targets& flags, const Config& config, cli::World& world)
      : net_(flags.net.open(world, {})),
        monkey_(*net_.transport, *net_.clock, settings_of(config).url, {3, net_.deadline}) {
    const std::string user = world.environment("PATCHBOT_SECURITY_MONKEY_USER");
    if (!user.empty()) monkey_.login(user, password_of(world.environment));
    for (const auto& account : monkey_.accounts()) ids_[account.name] = account.id;
    for (const std::string& name : settings_of(config).accounts) {
      if (ids_.contains(name)) continue;
      throw Error(Blame::usage, "security_monkey: accounts: '" + name + "' is no account there");
    }
  }

  SecurityMonkey& monkey() { return monkey_; }
  std::string id_of(const std::string& account) const {
    const auto found = ids_.find(account);
    return found == ids_.end() ? std::string() : found->second;
  }

 private:
  cli::Net net_;
  SecurityMonkey monkey_;
  std::map<std::string, std::string> ids_;  // by name
};

}  // namespace

std::vector<std::string> list_from_security_monkey(const Ec2Targets& flags,
                                                   const Config& config,
                                                   cli::World& world,
                                                   TargetSheet& sheet) {
  Visit visit(flags, config, world);
  const auto items = visit.monkey().instances(settings_of(config).accounts);
  std::mutex mutex;
  std::size_t done = 0;
  std::vector<std::string> problems;
  in_parallel(items.size(), at_once, [&](std::size_t i) {
    try {
      sheet.add({visit.monkey().machine(items[i], visit.id_of(items[i].account))});
    } catch (const Error& error) {
      const std::lock_guard lock(mutex);
      problems.emplace_back(error.what());
    }
    const std::lock_guard lock(mutex);
    world.log.status(fmt::format("{} of {} machines read", ++done, items.size()));
  });
  std::sort(problems.begin(), problems.end());
  world.log.warning(
      "Security Monkey does not tell when it last looked: machines that started or stopped since "
      "are not in the list; --source ec2 asks AWS itself");
  return problems;
}

void check_security_monkey(const Ec2Targets& flags, const Config& config, cli::World& world) {
  Visit visit(flags, config, world);
  visit.monkey().instances(settings_of(config).accounts);
}

}  // namespace patchbot
