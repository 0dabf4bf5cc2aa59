// SPDX-License-Identifier: Apache-2.0
#include "services/aws/region_walk.hpp"

#include <set>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "services/aws/ec2.hpp"

namespace patchbot::aws {

void RegionWalk::each(const std::vector<Access>& accounts, const Read& read) {
  std::vector<std::vector<std::string>> regions(accounts.size());
  done_ = 0;
  in_parallel(accounts.size(), parallel_, [&](std::size_t i) {
    attempt(accounts[i], [&] { regions[i] = regions_of(accounts[i]); });
    progress("accounts", accounts.size());
  });
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    for (const std::string& region : regions[i]) units_.push_back({&accounts[i], region});
  }
  again(read);
}

void RegionWalk::again(const Read& read) {
  done_ = 0;
  in_parallel(units_.size(), parallel_, [&](std::size_t i) {
    const Unit& unit = units_[i];
    attempt(*unit.account, [&] {
      Client client(session_, unit.account->credentials, unit.region, unit.account->id);
      read(unit, client);
    });
    progress("regions", units_.size());
  });
}

std::vector<std::string> RegionWalk::regions_of(const Access& account) {
  account.credentials
      ->get();  // an account that does not let us in is one problem, not one a region
  if (!account.regions.empty()) return account.regions;
  Client client(session_, account.credentials, self_.region, account.id);
  return enabled_regions(client);
}

bool RegionWalk::attempt(const Access& account, const std::function<void()>& work) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    report((account.name.empty() ? "" : account.name + ": ") + error.what());
    return false;
  }
}

void RegionWalk::report(const std::string& problem) {
  const std::lock_guard lock(mutex_);
  problems_.push_back(problem);
}

std::vector<std::string> RegionWalk::problems() const {
  const std::set<std::string> unique(problems_.begin(), problems_.end());
  return {unique.begin(), unique.end()};
}

void RegionWalk::progress(const char* what, std::size_t total) {
  const std::lock_guard lock(mutex_);
  ++done_;
  log_.status(std::to_string(done_) + " of " + std::to_string(total) + " " + what + " read");
}

}  // namespace patchbot::aws
