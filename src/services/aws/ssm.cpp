// SPDX-License-Identifier: Apache-2.0
#include "services/aws/ssm.hpp"

#include <algorithm>

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

namespace {

// JSON 1.1 has seconds, with a fraction.
std::optional<Time> time_of(const json& node, const char* name) {
  const auto found = node.find(name);
  if (found == node.end() || !found->is_number()) return std::nullopt;
  const double seconds = found->get<double>();
  constexpr double last = 253'402'300'799;  // of the year 9999
  if (!(seconds >= 0 && seconds <= last)) return std::nullopt;
  return Time(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

bool is_refused(const Failure& failure) {
  return failure.code.find("AccessDenied") != std::string::npos ||
         failure.code.find("UnauthorizedOperation") != std::string::npos ||
         failure.code.find("ValidationException") != std::string::npos;
}

}  // namespace

bool may_be_parameter(const std::string& name) {
  constexpr std::size_t longest = 2048;  // with the ARN
  constexpr std::string_view signs = "_.-/:";
  return !name.empty() && name.size() <= longest &&
         std::all_of(name.begin(), name.end(), [&](char c) {
           const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           return is_letter || (c >= '0' && c <= '9') || signs.find(c) != std::string_view::npos;
         });
}

// It answers with the name alone: the version or label that was asked for stands beside it.
std::optional<std::map<std::string, StoredParameter>> parameters(
    Client& client, const std::vector<std::string>& names) {
  const std::string label = client.label(get_parameters);
  const Reply reply = client.json(get_parameters, json{{"Names", names}}.dump());
  if (reply.failure && is_refused(*reply.failure)) return std::nullopt;
  const json answer = parse_object(reply);
  std::map<std::string, StoredParameter> found;
  for (const json& node : needed_list(answer, "Parameters", label)) {
    if (text_of(node, "Type") == "SecureString") continue;
    const std::string selector = text_of(node, "Selector");
    const auto version = node.find("Version");
    const bool is_numbered = version != node.end() && version->is_number_integer();
    const std::string number = is_numbered ? ":" + version->dump() : selector;
    for (const std::string& name : {text_of(node, "Name"), text_of(node, "ARN")}) {
      for (const std::string& asked : {name + selector, name + number}) {
        if (std::find(names.begin(), names.end(), asked) != names.end()) {
          found[asked] = {text_of(node, "Value"), time_of(node, "LastModifiedDate")};
        }
      }
    }
  }
  return found;
}

}  // namespace patchbot::aws
