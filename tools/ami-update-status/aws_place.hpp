// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <tuple>

namespace patchbot {

/// A region of an account: what a template is deployed to.
struct AwsPlace {
  std::string account;
  std::string region;
  bool operator<(const AwsPlace& other) const {
    return std::tie(account, region) < std::tie(other.account, other.region);
  }
};

/// For people: "eu-west-1 of account 111122223333".
inline std::string words_for(const AwsPlace& place) {
  return place.region + " of account " + place.account;
}

}  // namespace patchbot
