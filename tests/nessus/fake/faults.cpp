// SPDX-License-Identifier: Apache-2.0
#include "faults.hpp"

#include <array>

#include "exchange.hpp"

namespace patchbot::test::fake {

void Faults::next(const std::string& method, const std::string& part, Trouble trouble) {
  waiting_.push_back({method, part, trouble});
}

void Faults::chaos(unsigned seed, double chance) {
  random_.seed(seed);
  chance_ = chance;
}

std::optional<Trouble> Faults::take(const httplib::Request& request) {
  for (auto fault = waiting_.begin(); fault != waiting_.end(); ++fault) {
    const bool is_it =
        fault->method == request.method && request.path.find(fault->part) != std::string::npos;
    if (!is_it) continue;
    const Trouble trouble = fault->trouble;
    waiting_.erase(fault);
    return trouble;
  }
  if (std::uniform_real_distribution<double>(0, 1)(random_) >= chance_) return std::nullopt;
  constexpr std::array all{
      Trouble::lost, Trouble::refused, Trouble::unavailable, Trouble::broken, Trouble::nonsense};
  return all.at(std::uniform_int_distribution<std::size_t>(0, all.size() - 1)(random_));
}

bool answer_trouble(std::optional<Trouble> trouble, httplib::Response& response) {
  if (!trouble || *trouble == Trouble::lost) return false;
  response.status = *trouble == Trouble::refused       ? 429
                    : *trouble == Trouble::unavailable ? 503
                    : *trouble == Trouble::broken      ? 500
                                                       : 200;
  if (*trouble == Trouble::refused) response.set_header("Retry-After", "30");
  const bool is_page = *trouble == Trouble::refused || *trouble == Trouble::nonsense;
  const json body{{"error", *trouble == Trouble::broken ? "internal" : "try later"}};
  response.set_content(is_page ? "<html><body>nginx</body></html>" : body.dump(),
                       is_page ? "text/html" : "application/json; charset=utf-8");
  return true;
}

}  // namespace patchbot::test::fake
