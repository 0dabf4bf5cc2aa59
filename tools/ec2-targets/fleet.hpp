// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "services/aws/accounts.hpp"
#include "target_sheet.hpp"

namespace patchbot {

/// Reads the machines of many accounts and regions at once. What cannot be read is a problem in
/// words, and the rest is read all the same.
class Fleet {
 public:
  Fleet(const Ec2Targets& flags, aws::Session& session, const aws::Self& self, Log& log)
      : flags_(flags), session_(session), self_(self), log_(log) {}

  void read(const std::vector<aws::Access>& accounts, TargetSheet& sheet);

  /// Sorted, each once.
  std::vector<std::string> problems() const;

  /// Of all accounts together.
  std::size_t regions_asked() const { return units_.size(); }

 private:
  struct Unit {
    const aws::Access* account;
    std::string region;
  };

  std::vector<std::string> regions_of(const aws::Access& account);
  void read_unit(const Unit& unit, TargetSheet& sheet);
  void attempt(const aws::Access& account, const std::function<void()>& work);
  void report(const std::string& problem);
  void progress(const char* what, std::size_t total);

  const Ec2Targets& flags_;
  aws::Session& session_;
  const aws::Self& self_;
  Log& log_;
  std::vector<Unit> units_;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::vector<std::string> problems_;
};

}  // namespace patchbot
