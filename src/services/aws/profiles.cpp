// SPDX-License-Identifier: Apache-2.0
#include "services/aws/profiles.hpp"

#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/byte_source.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot::aws {
namespace {

constexpr std::size_t max_file = std::size_t{1} * 1024 * 1024;

std::string first_of(const Environment& environment, const std::string& a, const std::string& b) {
  const std::string value = environment(a);
  return value.empty() ? environment(b) : value;
}

std::string value_of(const std::map<std::string, ProfileValues>& profiles,
                     const std::string& profile,
                     const std::string& key) {
  const auto found = profiles.find(profile);
  if (found == profiles.end()) return {};
  const auto value = found->second.find(key);
  return value == found->second.end() ? std::string() : value->second;
}

ProfileSections read_sections(const std::string& path) {
  const auto text = path.empty() ? std::nullopt : read_if_there(path);
  if (!text) return {};
  try {
    return parse_profiles(*text);
  } catch (const Error& error) {
    throw error.in(path);
  }
}

[[noreturn]] void fail_missing(const std::string& name,
                               const std::map<std::string, ProfileValues>& profiles,
                               const std::string& files) {
  std::string text =
      "AWS_PROFILE: there is no profile '" + clean_line(name) + "' in " + clean_line(files);
  std::vector<std::string_view> names;
  names.reserve(profiles.size());
  for (const auto& entry : profiles) names.push_back(entry.first);
  if (const auto near = closest(name, names)) {
    text += "; did you mean '" + clean_line(*near) + "'?";
  }
  throw Error(Blame::usage, text);
}

}  // namespace

std::optional<std::string> read_if_there(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored) && !ignored) return std::nullopt;
  try {
    return read_all(*open_file(path == "-" ? "./-" : path), max_file);
  } catch (const Error& error) {
    throw Error(Blame::usage, error.what()).in(path);
  }
}

Profiles::Profiles(const Environment& environment) : home_(environment("HOME")) {
  const auto path = [&](const std::string& variable, const std::string& usual) {
    const std::string named = environment(variable);
    return at_home(named.empty() ? usual : named);
  };
  config_path_ = path("AWS_CONFIG_FILE", "~/.aws/config");
  credentials_path_ = path("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials");
  take_config();
  take_credentials();

  const std::string named = first_of(environment, "AWS_DEFAULT_PROFILE", "AWS_PROFILE");
  chosen_ = named.empty() ? "default" : named;
  if (!named.empty() && !has(named)) {
    fail_missing(named, profiles_, config_path_ + " or " + credentials_path_);
  }
}

void Profiles::take_config() {
  constexpr std::string_view prefix = "profile ";
  sections_ = read_sections(config_path_);
  for (const auto& [name, section] : sections_) {
    if (name == "default") config_.emplace(name, section.values);
    // Sorted behind it: [profile default] wins over [default], as the SDKs have it.
    if (name.starts_with(prefix)) config_[name.substr(prefix.size())] = section.values;
  }
  profiles_ = config_;
}

void Profiles::take_credentials() {
  for (const auto& [name, section] : read_sections(credentials_path_)) {
    credentials_.emplace(name, section.values);
    for (const auto& [key, value] : section.values) profiles_[name][key] = value;
    profiles_.try_emplace(name);
  }
}

std::string Profiles::value(const std::string& profile, const std::string& key) const {
  return value_of(profiles_, profile, key);
}

std::string Profiles::value_in_config(const std::string& profile, const std::string& key) const {
  return value_of(config_, profile, key);
}

std::string Profiles::value_in_credentials(const std::string& profile,
                                           const std::string& key) const {
  return value_of(credentials_, profile, key);
}

const ProfileSection* Profiles::section(const std::string& name) const {
  const auto found = sections_.find(name);
  return found == sections_.end() ? nullptr : &found->second;
}

std::string Profiles::at_home(const std::string& path) const {
  if (!path.starts_with("~/")) return path;
  return home_.empty() ? std::string() : home_ + path.substr(1);
}

}  // namespace patchbot::aws
