// SPDX-License-Identifier: Apache-2.0
#include "services/aws/pages.hpp"

#include "base/error.hpp"

namespace patchbot::aws {

void each_page(const std::string& what,
               const std::function<std::string(const std::string& token)>& ask) {
  constexpr int max_pages = 100'000;
  std::string token;
  for (int page = 0; page < max_pages; ++page) {
    std::string next = ask(token);
    if (next.empty()) return;
    if (next == token) {
      throw Error(Blame::remote, what + ": the service gave the same page token twice");
    }
    token = std::move(next);
  }
  throw Error(Blame::remote, what + ": more than 100,000 pages");
}

}  // namespace patchbot::aws
