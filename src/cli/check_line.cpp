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

bool CheckList::attempt(const std::string& what, const std::function<void()>& work) {
  CheckLine line = cli::attempt(what, work);
  lines_.push_back(std::move(line.text));
  exit_ = worst(exit_, line.exit);
  return line.exit == Exit::clean;
}

void CheckList::append(const CheckList& other) {
  lines_.insert(lines_.end(), other.lines_.begin(), other.lines_.end());
  exit_ = worst(exit_, other.exit_);
}

void CheckList::write(std::ostream& out) const {
  for (const std::string& line : lines_) out << line << '\n';
}

}  // namespace patchbot::cli
