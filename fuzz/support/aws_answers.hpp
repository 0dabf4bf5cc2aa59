// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "base/clock.hpp"
#include "services/aws/client.hpp"

namespace patchbot::fuzz {

/// A client whose calls are answered by the pages of the input, one after the other, and then by
/// one that says nothing.
class AwsAnswers {
 public:
  explicit AwsAnswers(std::string_view text);

  aws::Client& client() { return client_; }

 private:
  std::unique_ptr<Clock> clock_;
  std::unique_ptr<Transport> pages_;
  aws::Session session_;
  aws::Client client_;
};

}  // namespace patchbot::fuzz
