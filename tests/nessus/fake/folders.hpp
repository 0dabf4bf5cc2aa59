// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "exchange.hpp"

namespace patchbot::test::fake {

/// Where scans are kept.
class Folders {
 public:
  static constexpr long trash = 2;
  static constexpr long my_scans = 3;

  bool answer(Exchange& exchange);
  bool has(long id) const { return names_.contains(id); }
  const std::string& name_of(long id) const { return names_.at(id); }
  json list() const;

 private:
  void make(Exchange& exchange);

  std::map<long, std::string> names_{{trash, "Trash"}, {my_scans, "My Scans"}};
  long next_id_ = 100;
};

}  // namespace patchbot::test::fake
