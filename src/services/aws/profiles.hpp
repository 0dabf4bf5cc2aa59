// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/environment.hpp"
#include "services/aws/profile_file.hpp"

namespace patchbot::aws {

/// The text of a small file; none if it does not exist. Throws Error(usage) if it cannot be read.
std::optional<std::string> read_if_there(const std::string& path);

/// The profiles of ~/.aws/config and ~/.aws/credentials, or of the files that the environment
/// names instead, and which of them is chosen.
class Profiles {
 public:
  /// Throws Error(usage) for files that cannot be read or understood, and if the environment names
  /// a profile that does not exist.
  explicit Profiles(const Environment& environment);

  const std::string& chosen() const { return chosen_; }
  bool has(const std::string& profile) const { return profiles_.contains(profile); }

  /// A key of a profile; empty if there is none. The credentials file wins over the other.
  std::string value(const std::string& profile, const std::string& key) const;

  /// The same from one file only.
  std::string value_in_config(const std::string& profile, const std::string& key) const;
  std::string value_in_credentials(const std::string& profile, const std::string& key) const;

  /// A section such as "sso-session main"; null if there is none.
  const ProfileSection* section(const std::string& name) const;

  const std::string& config_path() const { return config_path_; }
  const std::string& credentials_path() const { return credentials_path_; }

  /// "~/x" with the home folder of the environment.
  std::string at_home(const std::string& path) const;

 private:
  void take_config();
  void take_credentials();

  std::string home_;
  std::string config_path_;
  std::string credentials_path_;
  std::string chosen_;
  ProfileSections sections_;                     // of the configuration file
  std::map<std::string, ProfileValues> config_;  // its profiles
  std::map<std::string, ProfileValues> credentials_;
  std::map<std::string, ProfileValues> profiles_;  // both
};

}  // namespace patchbot::aws
