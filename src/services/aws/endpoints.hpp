// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/environment.hpp"

namespace patchbot::aws {

enum class Protocol : unsigned char { query, json, rest_json, s3 };

/// A service as its requests need to know it (aws.md b, from botocore's service models).
struct Service {
  std::string_view prefix;  ///< of the host name, and the name in signatures
  Protocol protocol;
  std::string_view version;        ///< of the API; for JSON the prefix of X-Amz-Target
  std::string_view override_name;  ///< AWS_ENDPOINT_URL_<this>
};

inline constexpr Service ec2{"ec2", Protocol::query, "2016-11-15", "EC2"};
inline constexpr Service autoscaling{"autoscaling", Protocol::query, "2011-01-01", "AUTO_SCALING"};
inline constexpr Service cloudformation{
    "cloudformation", Protocol::query, "2010-05-15", "CLOUDFORMATION"};
inline constexpr Service sts{"sts", Protocol::query, "2011-06-15", "STS"};
inline constexpr Service ssm{"ssm", Protocol::json, "AmazonSSM", "SSM"};
inline constexpr Service secretsmanager{
    "secretsmanager", Protocol::json, "secretsmanager", "SECRETS_MANAGER"};
inline constexpr Service organizations{
    "organizations", Protocol::json, "AWSOrganizationsV20161128", "ORGANIZATIONS"};
inline constexpr Service inspector2{"inspector2", Protocol::rest_json, "2020-06-08", "INSPECTOR2"};
/// The portal that turns a login into credentials; its requests are not signed.
inline constexpr Service sso{"portal.sso", Protocol::rest_json, "2019-06-10", "SSO"};
inline constexpr Service s3{"s3", Protocol::s3, "2006-03-01", "S3"};

/// One call that PatchBot makes. Every call goes through one of these, and the tests compare them
/// with the permissions in cfn/patchbot-roles.yaml.
struct Operation {
  const Service& service;
  std::string_view name;
  std::string_view path = {};  ///< of REST-JSON
  bool repeatable = true;      ///< asking twice does no harm
};

/// Where services are: the override from the environment or the profile, else AWS's own.
class Endpoints {
 public:
  Endpoints() = default;
  explicit Endpoints(const Environment& environment);

  /// Adds what the profile says, which the environment wins over: service name ("" for all) to URL.
  void add_profile(const std::map<std::string, std::string>& urls);

  /// "https://ec2.eu-west-1.amazonaws.com" or the override, without a final slash.
  std::string url(const Service& service, std::string_view region) const;

  /// The variables of an environment that would come to the same addresses without a profile.
  std::map<std::string, std::string> variables() const;

 private:
  std::map<std::string, std::string, std::less<>> overrides_;
  bool ignore_ = false;
};

/// "aws", "aws-cn", "aws-us-gov", ...: the first part of ARNs of that region.
std::string_view partition_of(std::string_view region);

/// The region that a call to the service is signed for.
std::string_view signing_region(const Service& service, std::string_view region);

}  // namespace patchbot::aws
