// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "base/time.hpp"

namespace patchbot::aws {

struct Credentials {
  std::string key_id;  ///< empty: requests go out unsigned
  Secret secret;
  Secret token;  ///< of temporary credentials
  std::optional<Time> expires;
  std::string origin;  ///< where they come from, for people: "environment", "profile 'audit'"
  bool operator==(const Credentials&) const = default;
};

/// Hands out credentials that are valid now. May be used from several threads at once.
class CredentialSource {
 public:
  CredentialSource() = default;
  CredentialSource(const CredentialSource&) = delete;
  CredentialSource& operator=(const CredentialSource&) = delete;
  virtual ~CredentialSource() = default;

  /// Renewed before they expire. Throws Error(remote) or, for settings, Error(usage).
  virtual Credentials get() = 0;

  /// A service said that they have expired: the next get() asks anew.
  virtual void renew() {}

  /// The same of these credentials: if others have taken their place by now, nothing is to be done.
  virtual void refuse(const Credentials& /*refused*/) { renew(); }
};

using CredentialsPtr = std::shared_ptr<CredentialSource>;

}  // namespace patchbot::aws
