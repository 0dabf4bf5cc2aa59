// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <httplib.h>

#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "agents.hpp"
#include "catalogue.hpp"
#include "exports.hpp"
#include "faults.hpp"
#include "folders.hpp"
#include "scans.hpp"
#include "sessions.hpp"
#include "settings.hpp"
#include "vuln_exports.hpp"
#include "world.hpp"

namespace patchbot::test {

/// A Nessus server on loopback that keeps what it is told: scans, their runs and exports. A run
/// gets on as the clock does. What it answers has the fields of Tenable's documents and recordings.
class FakeNessus : public fake::Settings {
 public:
  using Flavour = fake::Flavour;
  using Trouble = fake::Trouble;

  FakeNessus(Flavour flavour, Clock& clock);
  FakeNessus(const FakeNessus&) = delete;
  FakeNessus& operator=(const FakeNessus&) = delete;
  ~FakeNessus();

  std::string url() const;

  /// The next request with this method and this in its path.
  void next(const std::string& method, const std::string& part, Trouble trouble);

  /// Every request comes to grief with this chance, in ways that the seed draws; 0 ends it.
  void chaos(unsigned seed, double chance);

  std::size_t scans() const;         ///< that are there
  std::size_t launches() const;      ///< that were ever done
  std::size_t sessions() const;      ///< that were ever opened
  std::size_t vuln_exports() const;  ///< that were ever made
  std::vector<std::string> targets_of_last_run() const;
  std::string last_vuln_filters() const;       ///< of a bulk export: JSON
  std::string folder_of(long scan = 0) const;  ///< its name; 0 is the scan that ran last

  static constexpr const char* access_key = fake::access_key;
  static constexpr const char* secret_key = fake::secret_key;
  static constexpr const char* user = fake::user;
  static constexpr const char* password = fake::password;

 private:
  void route();
  void handle(const httplib::Request& request, httplib::Response& response);
  void answer(fake::Exchange& exchange);

  mutable std::mutex mutex_;
  fake::World world_;
  fake::Faults faults_;
  fake::Sessions sessions_{world_};
  fake::Catalogue catalogue_{world_};
  fake::Folders folders_;
  fake::Agents agents_{world_};
  fake::Scans scans_{world_, folders_, agents_};
  fake::Exports exports_{world_, scans_};
  fake::VulnExports vuln_exports_{world_};
  long requests_ = 0;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace patchbot::test
