// SPDX-License-Identifier: Apache-2.0
// What the details of a run say (GET /scans/{id}).
#include <algorithm>
#include <functional>

#include "base/utf8.hpp"
#include "services/nessus/answer.hpp"
#include "services/nessus/scans.hpp"

namespace patchbot::nessus {
namespace {

using nlohmann::json;
using Event = json::parse_event_t;
using TakeHost = std::function<void(const json&)>;

std::string path_of(const std::string& scan, const std::string& run_id) {
  const std::string query = run_id.empty() ? "" : "?history_id=" + percent_encode(run_id);
  return "/scans/" + percent_encode(scan) + query;
}

// Hands over each host and forgets it; of the rest only `info` and `notes` are kept.
json read_details(Client& client, const std::string& path, const TakeHost& take) {
  std::string member;
  return read(client, path, [&](int depth, Event event, json& value) {
    if (event == Event::key && depth == 1) {
      member = value.get<std::string>();
      return member == "info" || member == "notes" || member == "hosts";
    }
    if (event != Event::object_end || depth != 2 || member != "hosts") return true;
    take(value);
    return false;
  });
}

// Bounded, so that sums over many hosts are.
long count_in(const json& host, const char* name) {
  return std::clamp(number_of(host, {name}), 0L, 1'000'000'000L);
}

std::string note_in(const json& said) {
  std::string text = line_of(said, {"title"});
  const std::string message = line_of(said, {"message"});
  if (!text.empty() && !message.empty()) text += ": ";
  text += message;
  return std::string(cut_utf8(text, 500));
}

/// Adds up what each host says.
class Tally {
 public:
  explicit Tally(Progress& progress) : progress_(progress) {}

  void add(const json& host) {
    const long current = count_in(host, "scanprogresscurrent");
    const long total = count_in(host, "scanprogresstotal");
    ++progress_.hosts;
    if (total > 0 && current >= total) ++progress_.hosts_done;
    done_ += current;
    all_ += total;
    add_to(progress_.critical, host, "critical");
    add_to(progress_.high, host, "high");
    add_to(progress_.medium, host, "medium");
    add_to(progress_.low, host, "low");
  }
  void close() const {
    if (all_ > 0) progress_.percent = std::min(100L, done_ * 100 / all_);
  }

 private:
  static void add_to(std::size_t& sum, const json& host, const char* name) {
    sum += static_cast<std::size_t>(count_in(host, name));
  }

  Progress& progress_;
  long done_ = 0;
  long all_ = 0;
};

}  // namespace

Progress progress_of(Client& client, const std::string& scan, const std::string& run_id) {
  const std::string path = path_of(scan, run_id);
  Progress progress;
  Tally tally(progress);
  const json answer = read_details(client, path, [&](const json& host) { tally.add(host); });
  tally.close();
  progress.status = line_of(answer, {"info", "status"});
  if (progress.status.empty()) {
    throw Error(Blame::remote, client.url() + ": GET " + path + ": the answer has no info.status");
  }
  for (const json& note : items_of(client, path, answer, "notes")) {
    progress.notes.push_back(note_in(note));
  }
  return progress;
}

std::vector<std::string> hosts_of(Client& client,
                                  const std::string& scan,
                                  const std::string& run_id) {
  std::vector<std::string> names;
  const std::string path = path_of(scan, run_id);
  (void)read_details(client, path, [&](const json& host) {
    if (std::string name = line_of(host, {"hostname"}); !name.empty()) names.push_back(name);
  });
  return names;
}

}  // namespace patchbot::nessus
