// SPDX-License-Identifier: Apache-2.0
#include "fleet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "agents.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "services/aws/ec2.hpp"
#include "services/aws/ec2_images.hpp"

namespace patchbot {
namespace {

// The names of a region's AMIs, asked for once each. An AMI that is gone has none.
class ImageNames {
 public:
  explicit ImageNames(aws::Client& client) : client_(client) {}

  void name(std::vector<Target>& targets) {
    std::set<std::string> unknown;
    for (const Target& target : targets) {
      if (!target.ami.empty() && !names_.contains(target.ami)) unknown.insert(target.ami);
    }
    if (!unknown.empty()) ask({unknown.begin(), unknown.end()});
    for (Target& target : targets) target.ami_name = names_[target.ami];
  }

 private:
  void ask(const std::vector<std::string>& ids) {
    for (const std::string& id : ids) names_[id];
    for (auto& [id, name] : image_names(client_, ids)) names_[id] = name;
  }

  aws::Client& client_;
  std::unordered_map<std::string, std::string> names_;
};

}  // namespace

void Fleet::read(const std::vector<aws::Access>& accounts, TargetSheet& sheet) {
  std::vector<std::vector<std::string>> regions(accounts.size());
  in_parallel(accounts.size(), flags_.parallel, [&](std::size_t i) {
    attempt(accounts[i], [&] { regions[i] = regions_of(accounts[i]); });
    progress("accounts", accounts.size());
  });
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    for (const std::string& region : regions[i]) units_.push_back({&accounts[i], region});
  }
  done_ = 0;
  in_parallel(units_.size(), flags_.parallel, [&](std::size_t i) {
    attempt(*units_[i].account, [&] { read_unit(units_[i], sheet); });
    progress("regions", units_.size());
  });
}

std::vector<std::string> Fleet::regions_of(const aws::Access& account) {
  account.credentials
      ->get();  // an account that does not let us in is one problem, not one a region
  if (!account.regions.empty()) return account.regions;
  aws::Client client(session_, account.credentials, self_.region, account.id);
  return aws::enabled_regions(client);
}

void Fleet::read_unit(const Unit& unit, TargetSheet& sheet) {
  const aws::Access& account = *unit.account;
  aws::Client client(session_, account.credentials, unit.region, account.id);
  Agents agents;
  if (flags_.with_coverage) {
    agents.ask(client, [&](const auto& question) { attempt(account, question); });
  }
  ImageNames images(client);
  each_instance_page(client, sheet.states(), [&](std::vector<Target>&& targets) {
    attempt(account, [&] { images.name(targets); });
    for (Target& target : targets) agents.note(target);
    sheet.add(std::move(targets));
  });
}

void Fleet::attempt(const aws::Access& account, const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    report((account.name.empty() ? "" : account.name + ": ") + error.what());
  }
}

void Fleet::report(const std::string& problem) {
  const std::lock_guard lock(mutex_);
  problems_.push_back(problem);
}

std::vector<std::string> Fleet::problems() const {
  const std::set<std::string> unique(problems_.begin(), problems_.end());
  return {unique.begin(), unique.end()};
}

void Fleet::progress(const char* what, std::size_t total) {
  const std::lock_guard lock(mutex_);
  log_.status(fmt::format("{} of {} {} read", ++done_, total, what));
}

}  // namespace patchbot
