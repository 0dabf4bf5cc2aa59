// SPDX-License-Identifier: Apache-2.0
#include "services/aws/ssm.hpp"

#include "services/aws/json_answer.hpp"
#include "services/aws/pages.hpp"

namespace patchbot::aws {

using nlohmann::json;

std::unordered_map<std::string, std::string> ssm_pings(Client& client) {
  std::unordered_map<std::string, std::string> pings;
  const std::string label = client.label(describe_instance_information);
  each_page(label, [&](const std::string& token) {
    const json body{{"MaxResults", 50}};
    const json page = parse_object(
        client.json(describe_instance_information, with_token(body, "NextToken", token)));
    for (const json& node : needed_list(page, "InstanceInformationList", label)) {
      pings[text_of(node, "InstanceId")] = text_of(node, "PingStatus");
    }
    return next_token(page, "NextToken", label);
  });
  return pings;
}

}  // namespace patchbot::aws
