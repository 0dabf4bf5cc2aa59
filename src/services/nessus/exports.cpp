// SPDX-License-Identifier: Apache-2.0
#include "services/nessus/exports.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "services/nessus/answer.hpp"
#include "services/nessus/incoming.hpp"

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

class Exporter {
 public:
  Exporter(Client& client, const std::string& scan, const std::string& run, milliseconds until)
      : client_(client),
        path_("/scans/" + percent_encode(scan) + "/export"),
        query_(run.empty() ? "" : "?history_id=" + percent_encode(run)),
        until_(until) {}

  std::size_t fetch(const std::string& file, std::string_view epilog) {
    std::string trouble;
    Place place;
    for (int attempt = 1; attempt <= most_tries; ++attempt) {
      if (place.download.empty()) place = wait_for(start(), trouble);
      if (place.download.empty()) continue;
      Incoming report(file, Incoming::Kind::report);
      const HttpResponse response = client_.download(
          place.download, [&](std::string_view bytes) { return report.take(bytes); });
      report.check();
      if (response.status == 200 && report.is_whole()) {
        report.commit(epilog);
        return report.size();
      }
      trouble = response.status == 200 ? "the report ended after " + std::to_string(report.size()) +
                                             " bytes without </NessusClientData_v2>"
                                       : trouble_of(response);
      const bool is_busy = response.status == 429 || response.status == 503;
      if (!is_busy) place = {};  // another export may do
      pause(attempt, wanted_pause(response).value_or(milliseconds(0)));
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

  void pause(int attempt, milliseconds least = milliseconds(0)) {
    const milliseconds time =
        std::max<milliseconds>(least, std::chrono::seconds(std::min(2 * attempt, 20)));
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
                          std::string_view epilog,
                          milliseconds patience) {
  return Exporter(client, scan, run_id, patience).fetch(file, epilog);
}

}  // namespace patchbot::nessus
