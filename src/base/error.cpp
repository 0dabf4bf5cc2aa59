// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

namespace patchbot {

Error Error::in(const std::string& where) const {
  std::string place = where;
  if (position_) {
    place += ":" + std::to_string(position_->line) + ":" + std::to_string(position_->column);
  }
  return {blame_, place + ": " + what(), {}};
}

}  // namespace patchbot
