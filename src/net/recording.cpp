// SPDX-License-Identifier: Apache-2.0
#include "net/recording.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/exchange_file.hpp"
#include "net/redaction.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_body = std::size_t{1024} * 1024 * 1024;
constexpr auto head_name = "recording.json";

// "ec2 DescribeInstances in eu-west-1" becomes "ec2-DescribeInstances-in-eu-west-1": what is left
// of a label cannot leave the directory.
std::string file_part(std::string_view text) {
  std::string name;
  for (const char c : cut_utf8(text, 100)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    name += plain || c == '.' || c == '_' ? c : '-';
  }
  return name.empty() ? "request" : name;
}

// What cannot even be looked at, such as a link to itself, is not there.
bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

void check_empty(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) throw Error(Blame::usage, directory.string() + ": " + error.message());
  const bool empty = fs::is_empty(directory, error);
  if (error) throw Error(Blame::usage, directory.string() + ": " + error.message());
  if (!empty) {
    throw Error(Blame::usage,
                directory.string() + ": is not empty; a recording needs a directory of its own");
  }
}

// A recording holds whole answers; whoever takes the bytes as they come gets them all at once.
HttpResponse given(const HttpRequest& request, HttpResponse response) {
  if (!request.take_body || response.status != 200) return response;
  const bool taken = request.take_body(response.body);
  response.body.clear();
  if (!taken) {
    response.broken_status = response.status;
    response.status = 0;
    response.failure = "the answer could not be kept";
  }
  return response;
}

class Recorder : public Transport {
 public:
  Recorder(std::unique_ptr<Transport> inner, fs::path directory, const RecordingHead& head)
      : inner_(std::move(inner)), directory_(std::move(directory)) {
    check_empty(directory_);
    write_file(directory_ / head_name, to_json(head));
  }

  HttpResponse exchange(const HttpRequest& request) override {
    HttpRequest whole = request;
    whole.take_body = nullptr;
    HttpResponse response = inner_->exchange(whole);
    if (!request.unrecorded) keep(request, response);
    return given(request, std::move(response));
  }

 private:
  void keep(const HttpRequest& request, const HttpResponse& response) {
    const RecordedRequest recorded = recorded_form(request);
    const std::string key = key_of(recorded);
    const std::lock_guard lock(mutex_);
    const std::string name = file_part(request.label) + "." +
                             file_part(request.scope.empty() ? "none" : request.scope) + "." +
                             key.substr(0, 8) + "." + std::to_string(++count_[key]);
    write_file(directory_ / (name + ".body"), without(redacted(response.body), request.secrets));
    write_file(directory_ / (name + ".json"), exchange_to_json(recorded, response));
  }

  std::unique_ptr<Transport> inner_;
  fs::path directory_;
  std::mutex mutex_;
  std::map<std::string, int> count_;
};

// The number before ".json".
long ordinal_of(const fs::path& path) {
  const std::string stem = path.stem().string();
  return parse_integer(std::string_view(stem).substr(stem.rfind('.') + 1)).value_or(0);
}

std::vector<fs::path> exchange_files(const fs::path& directory) {
  std::error_code error;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    const fs::path& path = entry.path();
    if (path.extension() == ".json" && path.filename() != head_name) files.push_back(path);
  }
  if (error) throw Error(Blame::usage, directory.string() + ": " + error.message());
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    const long left = ordinal_of(a);
    const long right = ordinal_of(b);
    return left != right ? left < right : a < b;
  });
  return files;
}

class StillClock : public Clock {
 public:
  explicit StillClock(Time now) : now_(now) {}
  Time now() override { return now_; }
  std::chrono::milliseconds elapsed() override { return {}; }
  void sleep(std::chrono::milliseconds) override {}
  double chance() override { return 0; }

 private:
  Time now_;
};

}  // namespace

struct Replay::Shelf {
  struct Item {
    HttpResponse response;
    fs::path body;
  };
  std::mutex mutex;
  std::map<std::string, std::deque<Item>> items;
};

Replay::Replay(const fs::path& directory) : shelf_(std::make_unique<Shelf>()) {
  head_ = parse_settings_file(directory / head_name, parse_recording_head);
  for (const fs::path& file : exchange_files(directory)) {
    RecordedExchange exchange = parse_settings_file(file, parse_exchange);
    fs::path body = file;
    body.replace_extension(".body");
    if (exchange.response.status != 0 && !is_there(body)) {
      throw Error(Blame::usage, body.string() + ": the body of this answer is missing");
    }
    shelf_->items[key_of(exchange.request)].push_back(
        {std::move(exchange.response), std::move(body)});
  }
}

Replay::~Replay() = default;

HttpResponse Replay::exchange(const HttpRequest& request) {
  const RecordedRequest wanted = recorded_form(request);
  Shelf::Item item;
  {
    const std::lock_guard lock(shelf_->mutex);
    const auto found = shelf_->items.find(key_of(wanted));
    if (found == shelf_->items.end() || found->second.empty()) {
      const bool used_up = found != shelf_->items.end();
      throw Error(
          Blame::remote,
          std::string("the recording has no ") + (used_up ? "further " : "") + "answer to " +
              clean_line(request.label) +
              (request.scope.empty() ? "" : " of account " + request.scope) + ": " + wanted.method +
              " " + clean_line(wanted.url) +
              (wanted.body.empty() ? "" : " with " + clean_line(cut_utf8(wanted.body, 300))));
    }
    item = std::move(found->second.front());
    found->second.pop_front();
  }
  if (is_there(item.body)) item.response.body = read_all(*open_file(item.body.string()), max_body);
  return given(request, std::move(item.response));
}

std::unique_ptr<Transport> recording_transport(std::unique_ptr<Transport> inner,
                                               const fs::path& directory,
                                               const RecordingHead& head) {
  return std::make_unique<Recorder>(std::move(inner), directory, head);
}

std::unique_ptr<Clock> still_clock(Time now) { return std::make_unique<StillClock>(now); }

}  // namespace patchbot
