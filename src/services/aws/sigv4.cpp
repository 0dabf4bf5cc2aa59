// SPDX-License-Identifier: Apache-2.0
#include "services/aws/sigv4.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"
#include "services/aws/canonical_request.hpp"
#include "services/aws/digest.hpp"

namespace patchbot::aws {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

// "20260102T030405Z"
std::string basic_time(Time time) {
  std::string text = to_rfc3339(time);
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '-' || c == ':'; }),
             text.end());
  return text;
}

// A request that is sent again is signed again: nothing of the first signature may stay.
void drop_signature(std::vector<HttpHeader>& headers) {
  constexpr std::array<std::string_view, 4> ours{
      "authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"};
  const auto is_ours = [&](const HttpHeader& header) {
    return std::any_of(ours.begin(), ours.end(), [&](std::string_view name) {
      return equals_nocase(header.name, name);
    });
  };
  headers.erase(std::remove_if(headers.begin(), headers.end(), is_ours), headers.end());
}

std::string signing_key(const Secret& secret,
                        std::string_view day,
                        std::string_view region,
                        std::string_view service) {
  std::string key = "AWS4" + secret.reveal();
  for (const std::string_view part : {day, region, service, std::string_view("aws4_request")}) {
    key = hmac_sha256(key, part);
  }
  return key;
}

}  // namespace

void sign(HttpRequest& request,
          const Credentials& credentials,
          std::string_view region,
          std::string_view service,
          Time now) {
  drop_signature(request.headers);
  if (credentials.key_id.empty()) return;
  const std::string time = basic_time(now);
  const std::string day = time.substr(0, 8);
  request.headers.push_back({"X-Amz-Date", time});
  if (!credentials.token.empty()) {
    request.headers.push_back({"X-Amz-Security-Token", credentials.token.reveal()});
  }
  if (service == "s3") {
    request.headers.push_back({"x-amz-content-sha256", sha256_hex(request.body)});
  }

  const CanonicalRequest canonical = canonical_request(request, service);
  std::string scope = day;
  scope.append("/").append(region).append("/").append(service).append("/aws4_request");
  std::string text(algorithm);
  text.append("\n").append(time).append("\n").append(scope).append("\n");
  text.append(sha256_hex(canonical.text));
  const std::string signature =
      to_hex(hmac_sha256(signing_key(credentials.secret, day, region, service), text));

  std::string value(algorithm);
  value.append(" Credential=").append(credentials.key_id).append("/").append(scope);
  value.append(", SignedHeaders=").append(canonical.signed_headers);
  value.append(", Signature=").append(signature);
  request.headers.push_back({"Authorization", value});
}

}  // namespace patchbot::aws
