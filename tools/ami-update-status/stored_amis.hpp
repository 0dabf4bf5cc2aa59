// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "aws_place.hpp"
#include "base/time.hpp"
#include "services/aws/region_walk.hpp"

namespace patchbot {

/// What Systems Manager has for the names that templates have in place of AMIs. Templates are read
/// twice: what the first reading asks for is noted, then asked for, ten of them with one call.
/// Those of the main branch come first; what proposals name is bounded, and no problem of the
/// whole.
class StoredAmis {
 public:
  struct Answer {
    std::string amis;     ///< one id, or several with commas between them
    std::string unknown;  ///< why there is none
    std::optional<Time> since{};
  };

  /// What is known of it. One that was not asked for yet is noted.
  Answer of(const AwsPlace& place, const std::string& name);

  /// Whose names are noted from now on.
  enum class From : std::uint8_t { main, proposals };
  void note_names_of(From whose) { whose_ = whose; }

  bool has_noted() const { return !noted_.empty(); }

  /// Asks for all that is noted; what fails is a problem of the walk.
  void ask(aws::RegionWalk& walk);

 private:
  using Answers = std::map<std::string, Answer>;

  using Noted = std::map<std::string, From>;

  static void ask_for(const Noted& noted,
                      const aws::Unit& unit,
                      aws::Client& client,
                      aws::RegionWalk& walk,
                      Answers& answers);

  From whose_ = From::main;
  std::map<AwsPlace, Noted> noted_;
  std::map<AwsPlace, Answers> known_;
  std::mutex mutex_;
};

}  // namespace patchbot
