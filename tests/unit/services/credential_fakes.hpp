// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "services/aws/client.hpp"
#include "services/aws/credential_chain.hpp"
#include "support.hpp"

namespace patchbot::test {

/// Time that passes only when somebody sleeps or the test says so.
class FakeClock : public Clock {
 public:
  Time now() override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  std::chrono::milliseconds elapsed() override { return std::chrono::milliseconds(0); }
  void sleep(std::chrono::milliseconds time) override {
    const std::lock_guard lock(mutex_);
    sleeps.push_back(time);
  }
  double chance() override { return 0.5; }

  void pass(std::chrono::seconds time) {
    const std::lock_guard lock(mutex_);
    now_ += time;
  }

  std::vector<std::chrono::milliseconds> sleeps;

 private:
  std::mutex mutex_;
  Time now_ = *parse_rfc3339("2026-01-02T00:00:00Z");
};

inline HttpResponse answer(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

inline HttpResponse no_answer(std::string failure) {
  HttpResponse response;
  response.failure = std::move(failure);
  return response;
}

/// Answers by a function of the test, and keeps what was asked.
class FakeTransport : public Transport {
 public:
  HttpResponse exchange(const HttpRequest& request) override {
    const std::lock_guard lock(mutex_);
    requests.push_back(request);
    return handler ? handler(request) : no_answer("no network in this test");
  }

  std::function<HttpResponse(const HttpRequest&)> handler;
  std::vector<HttpRequest> requests;

 private:
  std::mutex mutex_;
};

inline std::string header_of(const HttpRequest& request, const std::string& name) {
  for (const HttpHeader& header : request.headers) {
    if (header.name == name) return header.value;
  }
  return {};
}

/// What an answer of STS looks like.
inline std::string sts_answer(const std::string& key, const std::string& expires) {
  return "<R><Result><Credentials><AccessKeyId>" + key + "</AccessKeyId><SecretAccessKey>S3CR3T-" +
         key + "</SecretAccessKey><SessionToken>S3CR3T-token</SessionToken><Expiration>" + expires +
         "</Expiration></Credentials></Result></R>";
}

/// A machine with nothing on it: each test puts there what its link of the chain looks for.
class ChainTest : public testing::Test {
 protected:
  ChainTest() { variables["HOME"] = home.path().string(); }

  Environment environment() {
    return [this](const std::string& name) {
      const auto found = variables.find(name);
      return found == variables.end() ? std::string() : found->second;
    };
  }

  /// Every secret of these tests has this word in it.
  template <class Action>
  std::string fault_of(const Action& action) {
    std::string fault = test::fault_of(action);
    EXPECT_EQ(fault.find("S3CR3T"), std::string::npos) << fault;
    const std::string path = home.path().string();
    for (auto at = fault.find(path); at != std::string::npos; at = fault.find(path)) {
      fault.replace(at, path.size(), "~");
    }
    return fault;
  }

  aws::CredentialsPtr chain() { return aws::default_credentials({session(), environment()}); }
  aws::Credentials get() { return chain()->get(); }
  std::string fault() {
    return fault_of([this] { get(); });
  }

  aws::Session& session() {
    if (!session_) session_ = std::make_unique<aws::Session>(transport, clock, environment());
    return *session_;
  }

  void config(std::string_view text) { write(".aws/config", text); }
  void credentials(std::string_view text) { write(".aws/credentials", text); }
  void write(const std::string& name, std::string_view text) {
    std::filesystem::create_directories(std::filesystem::path(home.file(name)).parent_path());
    home.write(name, text);
  }

  TempDir home;
  std::map<std::string, std::string> variables;
  FakeClock clock;
  FakeTransport transport;

 private:
  std::unique_ptr<aws::Session> session_;
};

}  // namespace patchbot::test
