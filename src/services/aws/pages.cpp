// SPDX-License-Identifier: Apache-2.0
#include "services/aws/pages.hpp"

#include "base/error.hpp"

namespace patchbot::aws {

void each_page(const std::string& what,
               const std::function<std::string(const std::string& token)>& ask) {
  constexpr int max_pages = 100'000;
  std::string token;
  std::string milestone;  // every token since then is compared with it: a ring comes back to it
  int next_milestone = 1;
  for (int page = 1; page <= max_pages; ++page) {
    std::string next = ask(token);
    if (next.empty()) return;
    if (next == milestone || next == token) {
      throw Error(Blame::remote, what + ": the service gave the same page token twice");
    }
    token = std::move(next);
    if (page < next_milestone) continue;
    milestone = token;
    next_milestone *= 2;
  }
  throw Error(Blame::remote, what + ": more than 100,000 pages");
}

}  // namespace patchbot::aws
