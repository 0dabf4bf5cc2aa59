// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "services/aws/accounts.hpp"

namespace patchbot::aws {

/// One region of one account.
struct Unit {
  const Access* account;
  std::string region;
};

/// Asks many accounts and regions at once. What cannot be read is a problem in words, and the rest
/// is read all the same.
class RegionWalk {
 public:
  /// At most `parallel` at once; progress goes to the log.
  RegionWalk(Session& session, const Self& self, std::size_t parallel, Log& log)
      : session_(session), self_(self), parallel_(parallel), log_(log) {}

  using Read = std::function<void(const Unit& unit, Client& client)>;

  /// Calls read() for every region of every account, from several threads. An Error that it throws
  /// is a problem.
  void each(const std::vector<Access>& accounts, const Read& read);

  /// The same for the regions that each() has found.
  void again(const Read& read);

  /// Runs a part of the work whose failure leaves the rest of the unit alone; whether it went well.
  bool attempt(const Access& account, const std::function<void()>& work);

  void report(const std::string& problem);
  std::vector<std::string> problems() const;  ///< sorted, each once
  const std::vector<Unit>& units() const { return units_; }

 private:
  std::vector<std::string> regions_of(const Access& account);
  void progress(const char* what, std::size_t total);

  Session& session_;
  const Self& self_;
  std::size_t parallel_;
  Log& log_;
  std::vector<Unit> units_;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::vector<std::string> problems_;
};

}  // namespace patchbot::aws
