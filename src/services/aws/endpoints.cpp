// SPDX-License-Identifier: Apache-2.0
#include "services/aws/endpoints.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/http.hpp"

namespace patchbot::aws {
namespace {

constexpr std::array services{&ec2,
                              &autoscaling,
                              &cloudformation,
                              &sts,
                              &ssm,
                              &secretsmanager,
                              &organizations,
                              &inspector2,
                              &sso,
                              &s3};

// A host may write what it wants into our logs otherwise, and a URL without scheme would be a file
// name to some libraries.
std::string checked_url(const std::string& url, const std::string& name) {
  const UrlParts parts = split_url(url);
  if ((parts.scheme != "http" && parts.scheme != "https") || parts.host.empty()) {
    const bool quotable = url.find('@') == std::string::npos;
    throw Error(
        Blame::usage,
        name + ": " + (quotable ? "'" + clean_line(url) + "' " : "") + "is no http or https URL");
  }
  // Paths are added to it, requests are signed, and a recording keeps it: a password has no place.
  const bool plain_text = std::all_of(
      url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7F' && c != '\\'; });
  if (!plain_text || url.find_first_of("?#") != std::string::npos ||
      parts.host.find('@') != std::string_view::npos) {
    throw Error(Blame::usage,
                name + ": expected https://host[:port][/path], without user, query or fragment");
  }
  std::string plain = url;
  while (plain.ends_with('/')) plain.pop_back();
  return plain;
}

// The partitions of botocore's endpoints.json that are not the default one.
struct Partition {
  std::string_view region_prefix;
  std::string_view name;
  std::string_view suffix;
};

constexpr std::array partitions{
    Partition{"cn-", "aws-cn", "amazonaws.com.cn"},
    Partition{"us-gov-", "aws-us-gov", "amazonaws.com"},
    Partition{"eusc-", "aws-eusc", "amazonaws.eu"},
    Partition{"us-isob-", "aws-iso-b", "sc2s.sgov.gov"},
    Partition{"us-isof-", "aws-iso-f", "csp.hci.ic.gov"},
    Partition{"us-iso-", "aws-iso", "c2s.ic.gov"},
    Partition{"eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"},
    Partition{"", "aws", "amazonaws.com"},
};

const Partition& find_partition(std::string_view region) {
  return *std::find_if(partitions.begin(), partitions.end(), [region](const Partition& partition) {
    return region.starts_with(partition.region_prefix);
  });
}

}  // namespace

Endpoints::Endpoints(const Environment& environment) {
  ignore_ = equals_nocase(environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true");
  if (ignore_) return;
  const auto take = [&](const std::string& variable, std::string_view key) {
    const std::string url = environment(variable);
    if (!url.empty()) overrides_.emplace(key, checked_url(url, variable));
  };
  take("AWS_ENDPOINT_URL", "");
  for (const Service* service : services) {
    const std::string_view name = service->override_name;
    take("AWS_ENDPOINT_URL_" + std::string(name), name);
  }
}

void Endpoints::add_profile(const std::map<std::string, std::string>& urls) {
  if (ignore_ || overrides_.contains(""))
    return;  // AWS_ENDPOINT_URL wins over all that a profile says
  for (const auto& [service, url] : urls) {
    std::string key = service;
    for (char& c : key) c = c == ' ' ? '_' : (c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    overrides_.emplace(key, checked_url(url, "endpoint_url of the profile"));
  }
}

std::string Endpoints::url(const Service& service, std::string_view region) const {
  for (const std::string_view key : {service.override_name, std::string_view()}) {
    if (const auto found = overrides_.find(key); found != overrides_.end()) return found->second;
  }
  std::string host(service.prefix);
  host += '.';
  host += signing_region(service, region);
  host += '.';
  host += find_partition(region).suffix;
  return "https://" + host;
}

std::map<std::string, std::string> Endpoints::variables() const {
  std::map<std::string, std::string> variables;
  for (const auto& [name, url] : overrides_) {
    variables["AWS_ENDPOINT_URL" + (name.empty() ? "" : "_" + name)] = url;
  }
  return variables;
}

std::string_view partition_of(std::string_view region) { return find_partition(region).name; }

// Organizations has one endpoint per partition.
std::string_view signing_region(const Service& service, std::string_view region) {
  if (&service != &organizations) return region;
  const std::string_view partition = partition_of(region);
  if (partition == "aws-cn") return "cn-northwest-1";
  if (partition == "aws-us-gov") return "us-gov-west-1";
  return partition == "aws" ? "us-east-1" : region;
}

}  // namespace patchbot::aws
