// SPDX-License-Identifier: Apache-2.0
#include "cli/check_line.hpp"

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace patchbot::cli {

CheckLine attempt(const std::string& what, const std::function<void()>& work) {
  try {
    work();
    return {"ok    " + what, Exit::clean};
  } catch (const Error& error) {
    return {"FAIL  " + what + ": " + clean_line(error.what()), exit_for(error.blame())};
  }
}

}  // namespace patchbot::cli
