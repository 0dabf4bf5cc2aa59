// SPDX-License-Identifier: Apache-2.0
// The instance metadata service, version 2 only: version 1 hands out keys to any request that can
// be tricked out of a program on the machine.
#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/aws/credential_links.hpp"
#include "services/aws/flat_json.hpp"
#include "services/aws/refreshing_source.hpp"

namespace patchbot::aws {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t max_answer = std::size_t{64} * 1024;

struct MetadataService {
  std::string url;
  milliseconds timeout{1000};
  int attempts = 1;
};

int number_from(const Environment& environment, const std::string& variable, int most) {
  const std::string text = environment(variable);
  if (text.empty()) return 1;
  const auto number = parse_integer(text);
  if (!number || *number < 1 || *number > most) {
    throw Error(Blame::usage, variable + " is no number from 1 to " + std::to_string(most));
  }
  return static_cast<int>(*number);
}

std::string service_url(const Environment& environment) {
  const char* variable = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
  std::string url = environment(variable);
  if (url.empty()) {
    const std::string mode = environment("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
    if (mode.empty() || equals_nocase(mode, "ipv4")) return "http://169.254.169.254";
    if (equals_nocase(mode, "ipv6")) return "http://[fd00:ec2::254]";
    throw Error(Blame::usage, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE must be IPv4 or IPv6");
  }
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    throw Error(Blame::usage, std::string(variable) + " is no http or https URL");
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

class MetadataClient {
 public:
  MetadataClient(Session& session, const MetadataService& service)
      : session_(session), service_(service) {}

  Credentials credentials() {
    open_session();
    const std::string path = "/latest/meta-data/iam/security-credentials/";
    const HttpResponse roles = get(path, "imds role");
    const std::string_view role = trim(split(roles.body, '\n').front());
    if (roles.status == 404 || (roles.status == 200 && role.empty())) {
      fail("the instance has no role (instance profile)");
    }
    expect_success(roles);
    const HttpResponse answer = get(path + percent_encode(role), "imds credentials");
    expect_success(answer);
    return read(answer.body, "the instance, role " + clean_line(cut_utf8(role, 100)));
  }

 private:
  void open_session() {
    HttpRequest request = request_for("/latest/api/token", "imds token");
    request.method = "PUT";
    request.headers = {{"x-aws-ec2-metadata-token-ttl-seconds", "21600"}};
    const HttpResponse response = exchange(request);
    if (response.status == 0) {
      fail("no answer (" + clean_line(response.failure) +
           "); not on EC2? Inside a container the instance needs the hop limit 2 "
           "(HttpPutResponseHopLimit)");
    }
    if (response.status == 403) fail("is switched off (HTTP status 403)");
    expect_success(response);
    token_ = Secret(std::string(trim(response.body)));
    if (token_.empty() || token_.reveal().find_first_of("\r\n") != std::string::npos) {
      fail("the answer is no session token of version 2");
    }
  }

  HttpResponse get(const std::string& path, const char* label) {
    HttpRequest request = request_for(path, label);
    request.headers = {{"x-aws-ec2-metadata-token", token_.reveal()}};
    return exchange(request);
  }

  HttpRequest request_for(const std::string& path, const char* label) const {
    HttpRequest request;
    request.url = service_.url + path;
    request.label = label;
    request.unrecorded = true;
    request.connect_timeout = service_.timeout;
    request.timeout = service_.timeout;
    request.max_answer = max_answer;
    request.direct = true;
    return request;
  }

  HttpResponse exchange(const HttpRequest& request) {
    HttpResponse response = session_.transport.exchange(request);
    for (int tries = 1; tries < service_.attempts; ++tries) {
      if (response.status != 0 && response.status < 500) break;
      response = session_.transport.exchange(request);
    }
    return response;
  }

  Credentials read(const std::string& body, const std::string& origin) const {
    const FlatJson answer = read_flat_json(body, "instance metadata service");
    const std::string code = value_in(answer, "Code");
    if (!code.empty() && code != "Success") {
      fail("the role's credentials cannot be had: " + clean_line(cut_utf8(code, 100)));
    }
    return read_credentials(answer, "Token", origin);
  }

  void expect_success(const HttpResponse& response) const {
    if (response.status == 0) fail(clean_line(response.failure));
    if (response.status != 200) fail("HTTP status " + std::to_string(response.status));
  }

  [[noreturn]] void fail(const std::string& message) const {
    throw Error(Blame::remote,
                "instance metadata service " + clean_line(service_.url) + ": " + message);
  }

  Session& session_;
  const MetadataService& service_;
  Secret token_;
};

}  // namespace

Offer from_instance(const ChainContext& context) {
  const Environment& environment = context.environment;
  if (equals_nocase(environment("AWS_EC2_METADATA_DISABLED"), "true")) {
    return {nullptr, "AWS_EC2_METADATA_DISABLED is true"};
  }
  MetadataService service;
  service.url = service_url(environment);
  service.timeout =
      std::chrono::seconds(number_from(environment, "AWS_METADATA_SERVICE_TIMEOUT", 60));
  service.attempts = number_from(environment, "AWS_METADATA_SERVICE_NUM_ATTEMPTS", 10);
  auto fetch = [&session = context.session, service = std::move(service)] {
    return MetadataClient(session, service).credentials();
  };
  return {std::make_shared<RefreshingSource>(
              context.session.clock, std::move(fetch), RefreshingSource::Expired::use),
          {}};
}

}  // namespace patchbot::aws
