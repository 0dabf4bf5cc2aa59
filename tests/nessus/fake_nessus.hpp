// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <httplib.h>

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.hpp"

namespace patchbot::test {

/// A Nessus server on loopback that keeps what it is told: scans, their runs and exports. A run
/// gets on as the clock does. What it answers has the fields of Tenable's documents and recordings.
class FakeNessus {
 public:
  enum class Flavour { nessus6, manager, professional, cloud };

  /// What happens to one request, once.
  enum class Trouble {
    lost,         ///< it is done, and the answer breaks off
    refused,      ///< 429 with an HTML page
    unavailable,  ///< 503
    broken,       ///< 500
    nonsense,     ///< 200 with an HTML page
  };

  FakeNessus(Flavour flavour, Clock& clock);
  FakeNessus(const FakeNessus&) = delete;
  FakeNessus& operator=(const FakeNessus&) = delete;
  ~FakeNessus();

  std::string url() const;

  /// The next request with this method and this in its path.
  void next(const std::string& method, const std::string& part, Trouble trouble);

  /// Every request comes to grief with this chance, in ways that the seed draws; 0 ends it.
  void chaos(unsigned seed, double chance);

  std::size_t scans() const;     ///< that are there
  std::size_t launches() const;  ///< that were ever done
  std::size_t sessions() const;  ///< that were ever opened
  std::vector<std::string> targets_of_last_run() const;

  static constexpr const char* access_key = "fake-access-key-0123456789";
  static constexpr const char* secret_key = "fake-secret-key-0123456789";
  static constexpr const char* user = "patchbot";
  static constexpr const char* password = "a-pass \"word\"";

  // Set these before the first request.
  std::chrono::seconds loading{0};          ///< from the start on
  std::chrono::seconds session_life{1800};  ///< since the last request
  std::chrono::seconds per_host{60};        ///< that a scan takes for each target
  std::optional<std::chrono::seconds> aborts_after;
  std::chrono::seconds export_time{30};
  std::size_t cut_downloads = 0;  ///< that end in the middle as if they were whole
  std::size_t dead_exports = 0;   ///< that end as "error"

 private:
  using json = nlohmann::json;
  using milliseconds = std::chrono::milliseconds;

  struct Run {
    long id = 0;
    std::string uuid;
    milliseconds launched{};
    std::optional<milliseconds> stopped;
    std::vector<std::string> targets;
  };
  struct Scan {
    long id = 0;
    std::string name;
    std::vector<std::string> targets;
    std::vector<Run> runs;
  };
  struct Export {
    long scan = 0;
    long run = 0;
    milliseconds ready{};
    bool is_dead = false;
  };
  struct Fault {
    std::string method;
    std::string part;
    Trouble trouble;
  };

  bool is_cloud() const { return flavour_ == Flavour::cloud; }
  void route();
  void handle(const httplib::Request& request, httplib::Response& response);
  std::optional<Trouble> take_trouble(const httplib::Request& request);
  bool is_let_in(const httplib::Request& request);
  void answer(const httplib::Request& request, httplib::Response& response);
  void answer_session(const httplib::Request& request, httplib::Response& response);
  void answer_scan(Scan& scan,
                   const std::vector<std::string>& path,
                   const httplib::Request& request,
                   httplib::Response& response);
  void answer_export(Scan& scan,
                     const std::vector<std::string>& path,
                     const httplib::Request& request,
                     httplib::Response& response);
  void create(const httplib::Request& request, httplib::Response& response);
  void launch(Scan& scan, const httplib::Request& request, httplib::Response& response);

  std::string status_of(const Run& run) const;
  std::size_t done_of(const Run& run) const;
  json details(const Scan& scan, const httplib::Request& request) const;
  json history(const Scan& scan) const;
  std::string report(const Scan& scan, const Run& run) const;
  static const Run* run_of(const Scan& scan, const httplib::Request& request);

  Flavour flavour_;
  Clock& clock_;
  mutable std::mutex mutex_;
  std::map<long, Scan> scans_;
  std::map<long, Export> exports_;
  std::map<std::string, milliseconds> tokens_;
  std::vector<Fault> faults_;
  std::minstd_rand random_;
  double chance_ = 0;
  long next_id_ = 7;
  std::size_t launches_ = 0;
  std::size_t sessions_ = 0;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace patchbot::test
