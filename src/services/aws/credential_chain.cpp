// SPDX-License-Identifier: Apache-2.0
#include "services/aws/credential_chain.hpp"

#include <array>
#include <atomic>
#include <memory>
#include <utility>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "services/aws/credential_links.hpp"

namespace patchbot::aws {
namespace {

// Role sources need a region for STS; any does for those who have not chosen one.
constexpr const char* region_of_sts = "us-east-1";

std::string checked_region(const std::string& region) {
  if (region.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
    throw Error(Blame::usage, "'" + clean_line(region) + "' is no name of a region");
  }
  return region;
}

std::string chosen_region(const Environment& environment, const Profiles& profiles) {
  std::string region = environment("AWS_REGION");
  if (region.empty()) region = environment("AWS_DEFAULT_REGION");
  if (region.empty()) region = profiles.value(profiles.chosen(), "region");
  return checked_region(region);
}

[[noreturn]] void fail_without(const std::string& tried) {
  throw Error(Blame::usage, "no AWS credentials are found. Tried in this order: " + tried);
}

// Every machine could be an instance: only asking tells. If it is none, what is missing is
// everything before.
class LastHope : public CredentialSource {
 public:
  LastHope(CredentialsPtr instance, std::string tried)
      : instance_(std::move(instance)), tried_(std::move(tried)) {}

  Credentials get() override {
    try {
      Credentials credentials = instance_->get();
      found_ = true;
      return credentials;
    } catch (const Error& error) {
      if (found_) throw;
      fail_without(tried_ + "instance (" + error.what() + ")");
    }
  }

  void renew() override { instance_->renew(); }
  void refuse(const Credentials& refused) override { instance_->refuse(refused); }

 private:
  CredentialsPtr instance_;
  std::string tried_;
  std::atomic<bool> found_ = false;
};

struct Link {
  const char* name;
  Offer (*make)(const ChainContext& context, const std::string& profile);
};

// The order is botocore's.
constexpr std::array links{
    Link{"environment",
         [](const ChainContext& c, const std::string&) { return from_environment(c); }},
    Link{"role of the profile", from_role},
    Link{"web identity",
         [](const ChainContext& c, const std::string& profile) {
           return from_web_identity(c, profile, Surroundings::used);
         }},
    Link{"SSO", from_sso},
    Link{"shared credentials file", from_credentials_file},
    Link{"credential_process", from_process},
    Link{"configuration file", from_config_file},
    Link{"container", [](const ChainContext& c, const std::string&) { return from_container(c); }},
};

}  // namespace

CredentialsPtr default_credentials(const ChainSettings& settings) {
  ChainContext context{settings.session,
                       settings.environment,
                       std::make_shared<const Profiles>(settings.environment),
                       {}};
  context.region = chosen_region(context.environment, *context.profiles);
  if (context.region.empty()) context.region = region_of_sts;
  std::string tried;
  for (const Link& link : links) {
    const Offer offer = link.make(context, context.profiles->chosen());
    if (offer.source) return offer.source;
    tried += std::string(link.name) + " (" + offer.why_not + "), ";
  }
  const Offer instance = from_instance(context);
  if (!instance.source) fail_without(tried + "instance (" + instance.why_not + ")");
  return std::make_shared<LastHope>(instance.source, tried);
}

ProfileSettings profile_settings(const Environment& environment) {
  const Profiles profiles(environment);
  ProfileSettings settings;
  settings.region = chosen_region(environment, profiles);
  const std::string url = profiles.value(profiles.chosen(), "endpoint_url");
  if (!url.empty()) settings.endpoints[""] = url;
  const std::string services = profiles.value(profiles.chosen(), "services");
  if (services.empty()) return settings;
  const ProfileSection* section = profiles.section("services " + services);
  if (section == nullptr) {
    throw Error(Blame::usage,
                profile_text(profiles.chosen()) + ": there is no section [services " +
                    clean_line(services) + "]");
  }
  for (const auto& [service, values] : section->nested) {
    const auto found = values.find("endpoint_url");
    if (found != values.end()) settings.endpoints[service] = found->second;
  }
  return settings;
}

}  // namespace patchbot::aws
