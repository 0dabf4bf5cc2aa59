// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/environment.hpp"
#include "net/http.hpp"
#include "services/aws/credentials.hpp"
#include "services/aws/endpoints.hpp"

namespace patchbot::aws {

/// Parameters of the Query protocols, in the order in which they are sent.
using Form = std::vector<std::pair<std::string, std::string>>;

/// Why a call did not do what was asked.
struct Failure {
  int status = 0;  ///< 0: no answer at all
  std::string code;
  std::string message;
  std::string request_id;
};

struct Reply {
  std::string body;
  std::optional<Failure> failure;
  std::string label;  ///< "ec2 DescribeInstances in eu-west-1 of account 111122223333"

  /// The body, or Error(remote) that says which call failed, how and what to do.
  const std::string& value() const;
};

/// What all calls of a run share. The retry mode is "standard" of the AWS SDKs: at most
/// `max_attempts`, full jitter, and a quota that stops a run from hammering a broken service.
struct Session {
  Session(Transport& http, Clock& time, const Environment& environment);

  Transport& transport;
  Clock& clock;
  Endpoints endpoints;
  int max_attempts = 3;                         ///< AWS_MAX_ATTEMPTS
  std::chrono::milliseconds deadline{900'000};  ///< by Clock::elapsed: no call starts later
  std::atomic<int> retry_quota{500};            ///< a retry takes 5, a success gives one back
};

/// One service endpoint as one principal. Cheap to make; to be used by one thread.
class Client {
 public:
  /// `scope` is the account in whose name it asks; null credentials send unsigned requests.
  Client(Session& session, CredentialsPtr credentials, std::string region, std::string scope);

  /// EC2, Auto Scaling, CloudFormation and STS: a form goes out, XML comes back.
  Reply query(const Operation& operation, const Form& parameters);

  /// SSM, Secrets Manager and Organizations (JSON 1.1), or Inspector2 (REST-JSON).
  Reply json(const Operation& operation, const std::string& body);

  /// S3, with the key as a path; `body` is sent with PUT only.
  Reply s3(const Operation& operation,
           const std::string& bucket,
           const std::string& key,
           const std::string& body = {});

  /// "ec2 DescribeInstances in eu-west-1 of account 111122223333", for messages.
  std::string label(const Operation& operation) const;

  const std::string& region() const { return region_; }
  const std::string& scope() const { return scope_; }
  Session& session() { return session_; }

 private:
  std::string place_of(const Operation& operation) const;
  void name_request(const Operation& operation, HttpRequest& request) const;
  Reply send(const Operation& operation, HttpRequest request);
  HttpResponse attempt(const Operation& operation, HttpRequest request, Credentials& used);
  bool may_retry(int tries, const HttpResponse& response) const;

  Session& session_;
  CredentialsPtr credentials_;
  std::string region_;
  std::string scope_;
};

}  // namespace patchbot::aws
