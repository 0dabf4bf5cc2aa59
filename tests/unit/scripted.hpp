// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "net/http.hpp"

namespace patchbot::test {

/// Time that passes only when somebody sleeps, and chance as the test says.
class StepClock : public Clock {
 public:
  Time now() override { return start + std::chrono::floor<std::chrono::seconds>(elapsed()); }
  std::chrono::milliseconds elapsed() override {
    const std::lock_guard lock(mutex_);
    return elapsed_;
  }
  void sleep(std::chrono::milliseconds time) override {
    const std::lock_guard lock(mutex_);
    sleeps.push_back(time.count());
    elapsed_ += time;
  }
  double chance() override { return luck; }

  void pass(std::chrono::milliseconds time) {
    const std::lock_guard lock(mutex_);
    elapsed_ += time;
  }

  Time start = *parse_rfc3339("2026-01-02T03:04:05Z");
  double luck = 0.5;
  std::vector<std::chrono::milliseconds::rep> sleeps;

 private:
  std::mutex mutex_;
  std::chrono::milliseconds elapsed_{0};
};

inline HttpResponse replied(int status, std::string body, std::vector<HttpHeader> headers = {}) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  response.headers = std::move(headers);
  return response;
}

inline HttpResponse lost(std::string failure, bool not_sent = false) {
  HttpResponse response;
  response.failure = std::move(failure);
  response.not_sent = not_sent;
  return response;
}

/// Answers by the handler if there is one, else from the list, and keeps what was asked.
class ScriptedTransport : public Transport {
 public:
  HttpResponse exchange(const HttpRequest& request) override {
    const std::lock_guard lock(mutex_);
    requests.push_back(request);
    if (handler) return handler(request);
    if (answers.empty()) return replied(418, "the script has ended");
    HttpResponse response = std::move(answers.front());
    answers.pop_front();
    return response;
  }

  std::function<HttpResponse(const HttpRequest&)> handler;
  std::deque<HttpResponse> answers;
  std::vector<HttpRequest> requests;

 private:
  std::mutex mutex_;
};

/// The first header of that name exactly as written; "(none)" if there is none.
inline std::string sent_header(const HttpRequest& request, std::string_view name) {
  for (const HttpHeader& header : request.headers) {
    if (header.name == name) return header.value;
  }
  return "(none)";
}

}  // namespace patchbot::test
