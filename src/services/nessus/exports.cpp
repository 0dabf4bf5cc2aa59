// SPDX-License-Identifier: Apache-2.0
#include "services/nessus/exports.hpp"

#include <algorithm>
#include <optional>

#include "base/atomic_file.hpp"
#include "base/utf8.hpp"
#include "services/nessus/answer.hpp"

namespace patchbot::nessus {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr int most_tries = 5;  // of a report that the server fails to write, or to send whole

/// Where the server puts a report, and where it tells whether it is there.
struct Place {
  std::string status;
  std::string download;
};

/// A report on its way to the disk. Keeps the last bytes in mind: they tell whether all came.
class Incoming {
 public:
  explicit Incoming(const std::string& path) : file_(path) {}

  // Called from libcurl, through which nothing may be thrown.
  bool take(std::string_view bytes) {
    try {
      file_.write(bytes);
    } catch (const Error& error) {
      fault_ = error;
      return false;
    }
    size_ += bytes.size();
    end_ += bytes.substr(bytes.size() - std::min(bytes.size(), kept));
    if (end_.size() > kept) end_.erase(0, end_.size() - kept);
    return true;
  }
  bool is_whole() const { return end_.find("</NessusClientData_v2>") != std::string::npos; }
  std::size_t size() const { return size_; }
  void commit() { file_.commit(); }
  void check() const {
    if (fault_) throw Error(*fault_);
  }

 private:
  static constexpr std::size_t kept = 256;
  AtomicFile file_;
  std::size_t size_ = 0;
  std::string end_;
  std::optional<Error> fault_;
};

class Exporter {
 public:
  Exporter(Client& client, const std::string& scan, const std::string& run, milliseconds until)
      : client_(client),
        path_("/scans/" + percent_encode(scan) + "/export"),
        query_(run.empty() ? "" : "?history_id=" + percent_encode(run)),
        until_(until) {}

  std::size_t fetch(const std::string& file) {
    std::string trouble;
    for (int attempt = 1; attempt <= most_tries; ++attempt) {
      const Place place = wait_for(start(), trouble);
      if (place.download.empty()) continue;
      Incoming report(file);
      const HttpResponse response = client_.download(
          place.download, [&](std::string_view bytes) { return report.take(bytes); });
      report.check();
      if (response.status == 200 && report.is_whole()) {
        report.commit();
        return report.size();
      }
      trouble = response.status == 200 ? "the report ended after " + std::to_string(report.size()) +
                                             " bytes without </NessusClientData_v2>"
                                       : trouble_of(response);
      pause(attempt);
    }
    throw Error(Blame::remote,
                client_.url() + ": GET " + path_ + ": no whole report in " +
                    std::to_string(most_tries) + " tries: " + trouble);
  }

 private:
  // While the run goes on, and for a while after, the server refuses with 409.
  Place start() {
    for (int attempt = 1;; ++attempt) {
      const HttpResponse response = client_.send("POST", path_ + query_, R"({"format":"nessus"})");
      if (response.status == 409) {
        pause(attempt);
        continue;
      }
      const std::string request = "POST " + path_;
      const json answer = json_of(client_, request, response);
      const std::string token = raw_text(answer, {"token"});
      const std::string id = checked_id(client_, request, raw_text(answer, {"file"}));
      if (token.empty()) return {path_ + "/" + id + "/status", path_ + "/" + id + "/download"};
      checked_id(client_, request, token);
      return {"/tokens/" + token + "/status", "/tokens/" + token + "/download"};
    }
  }

  // Empty, with the reason, where the server gave the report up: then another one may do.
  Place wait_for(Place place, std::string& trouble) {
    for (int attempt = 1;; ++attempt) {
      const HttpResponse response = client_.get(place.status);
      const bool died = response.status == 404 || response.status == 500;
      const json said = died ? json() : json_of(client_, "GET " + place.status, response);
      const std::string word = line_of(said, {"status"});
      if (word == "ready") return place;
      if (died || word == "error") {
        trouble = "the server gave the export up (" +
                  (died ? trouble_of(response) : line_of(said, {"message"})) + ")";
        pause(attempt);
        return {};
      }
      pause(attempt);
    }
  }

  void pause(int attempt) {
    const milliseconds time = std::chrono::seconds(std::min(2 * attempt, 20));
    if (client_.clock().elapsed() + time >= until_) {
      throw Error(Blame::remote,
                  client_.url() + ": " + path_ + ": the report is not ready in time");
    }
    client_.clock().sleep(time);
  }

  Client& client_;
  std::string path_;
  std::string query_;
  milliseconds until_;
};

}  // namespace

std::size_t export_report(Client& client,
                          const std::string& scan,
                          const std::string& run_id,
                          const std::string& file,
                          milliseconds patience) {
  return Exporter(client, scan, run_id, patience).fetch(file);
}

}  // namespace patchbot::nessus
