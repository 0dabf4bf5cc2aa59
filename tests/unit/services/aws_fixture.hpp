// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "scripted.hpp"
#include "services/aws/client.hpp"
#include "support.hpp"

namespace patchbot::aws {

/// Credentials that count how often they were renewed.
class CountedCredentials : public CredentialSource {
 public:
  Credentials get() override {
    Credentials credentials;
    credentials.key_id = "KEY" + std::to_string(renewals);
    credentials.secret = Secret("S3CR3T");
    credentials.token = Secret("T0KEN");
    return credentials;
  }
  void renew() override { ++renewals; }

  int renewals = 0;
};

/// A client whose other side the test plays.
class AwsTest : public testing::Test {
 protected:
  Environment environment() {
    return [this](const std::string& name) {
      const auto found = variables.find(name);
      return found == variables.end() ? std::string() : found->second;
    };
  }

  Session& session() {
    if (!session_) session_ = std::make_unique<Session>(transport, clock, environment());
    return *session_;
  }

  Client client(const std::string& region = "eu-west-1",
                const std::string& scope = "111122223333") {
    return {session(), credentials, region, scope};
  }

  void answer(std::string body, int status = 200) {
    transport.answers.push_back(test::replied(status, std::move(body)));
  }

  const std::string& sent(std::size_t request) { return transport.requests.at(request).body; }

  std::map<std::string, std::string> variables;
  test::ScriptedTransport transport;
  test::StepClock clock;
  std::shared_ptr<CountedCredentials> credentials = std::make_shared<CountedCredentials>();

 private:
  std::unique_ptr<Session> session_;
};

}  // namespace patchbot::aws
