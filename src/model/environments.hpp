// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "model/config.hpp"

namespace patchbot {

/// The one spelling of each environment: "production" for "prod" and "PRD", unless the
/// configuration says otherwise.
class Environments {
 public:
  explicit Environments(const Config& config);

  /// A word that nobody has explained means itself.
  std::string meaning_of(std::string_view word) const;

  /// The environment that a path or a name speaks of: by a folder or key of its own, the innermost
  /// ("live/staging/web.yaml", "dev/web.yaml"), else by a word ("params/web-prod.yaml",
  /// "StagingAmi"). Empty if none does, or several that differ.
  std::string named_in(std::string_view name) const;

 private:
  std::string word_in(std::string_view part, bool& is_negated) const;

  std::map<std::string, std::string> meanings_;  ///< of the words in lower case
};

/// The same for everything that names an environment in policies and gates. Globs stay as they are.
/// Returns an environment that the gate then has twice; empty if there is none.
std::string settle_environments(Config& config);

}  // namespace patchbot
