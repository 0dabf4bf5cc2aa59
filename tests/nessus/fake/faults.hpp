// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <httplib.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

namespace patchbot::test::fake {

/// What happens to one request, once.
enum class Trouble {
  lost,         ///< it is done, and the answer breaks off
  refused,      ///< 429 with an HTML page
  unavailable,  ///< 503
  broken,       ///< 500
  nonsense,     ///< 200 with an HTML page
};

/// Which request comes to grief.
class Faults {
 public:
  void next(const std::string& method, const std::string& part, Trouble trouble);
  void chaos(unsigned seed, double chance);
  std::optional<Trouble> take(const httplib::Request& request);

 private:
  struct Fault {
    std::string method;
    std::string part;
    Trouble trouble;
  };

  std::vector<Fault> waiting_;
  std::minstd_rand random_;
  double chance_ = 0;
};

/// Answers instead of the server; false where the server is asked first, or alone.
bool answer_trouble(std::optional<Trouble> trouble, httplib::Response& response);

}  // namespace patchbot::test::fake
