// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "services/aws/inspector.hpp"
#include "services/aws/organizations.hpp"
#include "services/aws/ssm.hpp"
#include "support/aws_answers.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {

int fuzz_aws_answers_json(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  parses([&] {
    for (const auto& [id, ping] : aws::ssm_pings(AwsAnswers(text).client())) {
      require_clean(id, "an id");
      require_clean(ping, "a ping status");
    }
  });
  parses([&] { aws::inspects_instances(AwsAnswers(text).client()); });
  parses([&] {
    for (const auto& [id, coverage] : aws::inspector_coverage(AwsAnswers(text).client())) {
      require_clean(id, "an id");
      require_clean(coverage.packages, "the state of a scan");
    }
  });
  parses([&] {
    for (const std::string& id : aws::reachable_instances(AwsAnswers(text).client())) {
      require_clean(id, "an id");
    }
  });
  parses([&] {
    for (const auto& account : aws::list_accounts(AwsAnswers(text).client())) {
      require_clean(account.id + account.name + account.state, "an account");
    }
  });
  return 0;
}

}  // namespace patchbot::fuzz
