// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "cli/exit.hpp"

namespace patchbot::cli {

/// What --check says of one thing that it tried.
struct CheckLine {
  std::string text;  ///< "ok    what", or "FAIL  what: why"
  Exit exit;
};

/// Catches Error, which is the why, and nothing else.
CheckLine attempt(const std::string& what, const std::function<void()>& work);

/// One line for each attempt, in order.
class CheckList {
 public:
  bool attempt(const std::string& what, const std::function<void()>& work);
  void append(const CheckList& other);
  void write(std::ostream& out) const;
  Exit exit() const { return exit_; }

 private:
  std::vector<std::string> lines_;
  Exit exit_ = Exit::clean;
};

}  // namespace patchbot::cli
