// SPDX-License-Identifier: Apache-2.0
// One call by the AWS client, for tests/aws/test_client.py and test_deployments.py:
//   aws-call query ec2 DescribeInstances MaxResults=5
//   aws-call json ssm GetParameter '{"Name":"/a"}'
//   aws-call json inspector2 ListFindings '{}' /findings/list
//   aws-call s3 PUT bucket key body
//   aws-call read versions lt-1 '$Latest'        (see read_deployments)
// The answer goes to standard output; waits and renewals are told on standard error, and nobody
// waits. Exit status 4: the call failed. Keys come from AWS_ACCESS_KEY_ID and its siblings; after a
// renewal AWS_CALL_NEXT_TOKEN is the session token; no key at all means unsigned.

#include <array>
#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "base/error.hpp"
#include "cli/system_clock.hpp"
#include "deployment_calls.hpp"
#include "net/curl_transport.hpp"
#include "services/aws/client.hpp"

namespace {

using namespace patchbot;

std::string variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

class HastyClock : public Clock {
 public:
  Time now() override { return cli::system_clock().now(); }
  std::chrono::milliseconds elapsed() override { return slept_; }
  void sleep(std::chrono::milliseconds time) override {
    slept_ += time;
    std::cerr << "waits " << time.count() << '\n';
  }
  double chance() override { return 0.5; }

 private:
  std::chrono::milliseconds slept_{};
};

class KeyOfEnvironment : public aws::CredentialSource {
 public:
  aws::Credentials get() override {
    return {variable("AWS_ACCESS_KEY_ID"),
            Secret(variable("AWS_SECRET_ACCESS_KEY")),
            Secret(variable(renewed_ ? "AWS_CALL_NEXT_TOKEN" : "AWS_SESSION_TOKEN"))};
  }
  void renew() override {
    renewed_ = true;
    std::cerr << "renews\n";
  }

 private:
  bool renewed_ = false;
};

const aws::Service& service_of(const std::string& prefix) {
  constexpr std::array services{&aws::ec2,
                                &aws::autoscaling,
                                &aws::cloudformation,
                                &aws::sts,
                                &aws::ssm,
                                &aws::secretsmanager,
                                &aws::organizations,
                                &aws::inspector2};
  for (const aws::Service* service : services) {
    if (service->prefix == prefix) return *service;
  }
  throw std::invalid_argument("no service " + prefix);
}

aws::Form form_of(const std::vector<std::string>& arguments) {
  aws::Form form;
  for (std::size_t i = 3; i < arguments.size(); ++i) {
    const auto equals = arguments[i].find('=');
    form.emplace_back(arguments[i].substr(0, equals), arguments[i].substr(equals + 1));
  }
  return form;
}

aws::Reply call(aws::Client& client, const std::vector<std::string>& arguments) {
  const auto argument = [&arguments](std::size_t i) {
    return i < arguments.size() ? arguments[i] : std::string();
  };
  const std::string kind = arguments.at(0);
  const bool repeatable = variable("AWS_CALL_ONCE").empty();
  if (kind == "s3") {
    const bool put = arguments.at(1) == "PUT";
    const aws::Operation operation{aws::s3, put ? "PutObject" : "GetObject"};
    return client.s3(operation, arguments.at(2), arguments.at(3), argument(4));
  }
  const std::string path = argument(4);
  const aws::Operation operation{service_of(arguments.at(1)), arguments.at(2), path, repeatable};
  if (kind == "json") return client.json(operation, arguments.at(3));
  if (kind == "query") return client.query(operation, form_of(arguments));
  throw std::invalid_argument("query, json, s3 or read");
}

int run(const std::vector<std::string>& arguments) {
  HastyClock clock;
  const auto transport = curl_transport({});
  aws::Session session(*transport, clock, variable);
  aws::CredentialsPtr keys;
  if (!variable("AWS_ACCESS_KEY_ID").empty()) keys = std::make_shared<KeyOfEnvironment>();
  aws::Client client(session, keys, variable("AWS_REGION"), "111122223333");
  if (arguments.at(0) == "read") {
    std::cout << test::read_deployments(client, {arguments.begin() + 1, arguments.end()});
  } else {
    std::cout << call(client, arguments).value();
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (const Error& error) {
    std::cerr << "aws-call: " << error.what() << '\n';
    return 4;
  } catch (const std::exception& error) {
    std::cerr << "aws-call: " << error.what() << '\n';
    return 2;
  }
}
