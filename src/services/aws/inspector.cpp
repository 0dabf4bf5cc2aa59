// SPDX-License-Identifier: Apache-2.0
#include "services/aws/inspector.hpp"

#include "base/error.hpp"
#include "services/aws/json_answer.hpp"
#include "services/aws/pages.hpp"

namespace patchbot::aws {
namespace {

using nlohmann::json;

json equals(const std::string& value) {
  return json::array({{{"comparison", "EQUALS"}, {"value", value}}});
}

// An administrator's account would be told of its members too, which are asked themselves.
json filter_of(const Client& client, const char* account_key, json criteria) {
  criteria["resourceType"] = equals("AWS_EC2_INSTANCE");
  if (!client.scope().empty()) criteria[account_key] = equals(client.scope());
  return criteria;
}

void note(InspectorCoverage& coverage, const json& resource) {
  const json& status = object_of(resource, "scanStatus");
  const std::string code = text_of(status, "statusCode");
  const std::string kind = text_of(resource, "scanType");
  const bool active = code == "ACTIVE";
  if (kind == "NETWORK") {
    coverage.network_active = active;
  } else if (kind == "PACKAGE") {
    const std::string reason = text_of(status, "reason");
    coverage.packages = active || reason.empty() ? code : reason;
  }
}

}  // namespace

bool inspects_instances(Client& client) {
  const std::string label = client.label(batch_get_account_status);
  const json body{{"accountIds", json::array({client.scope()})}};
  const json answer = parse_object(client.json(batch_get_account_status, body.dump()));
  for (const json& account : needed_list(answer, "accounts", label)) {
    const json& instances = object_of(object_of(account, "resourceState"), "ec2");
    const std::string status = text_of(instances, "status");
    if (!status.empty()) return status == "ENABLED" || status == "ENABLING";
  }
  // Not known is not the same as switched off.
  for (const json& account : list_of(answer, "failedAccounts")) {
    throw Error(
        Blame::remote,
        label + ": " + text_of(account, "errorCode") + ": " + text_of(account, "errorMessage"));
  }
  throw Error(Blame::remote, label + ": the answer does not say whether Inspector is on");
}

std::unordered_map<std::string, InspectorCoverage> inspector_coverage(Client& client) {
  std::unordered_map<std::string, InspectorCoverage> coverage;
  const json body{{"filterCriteria", filter_of(client, "accountId", json::object())},
                  {"maxResults", 200}};
  const std::string label = client.label(list_coverage);
  each_page(label, [&](const std::string& token) {
    const json page =
        parse_object(client.json(list_coverage, with_token(body, "nextToken", token)));
    for (const json& resource : needed_list(page, "coveredResources", label)) {
      note(coverage[text_of(resource, "resourceId")], resource);
    }
    return next_token(page, "nextToken", label);
  });
  return coverage;
}

std::unordered_set<std::string> reachable_instances(Client& client) {
  std::unordered_set<std::string> reachable;
  const json criteria{{"findingType", equals("NETWORK_REACHABILITY")},
                      {"findingStatus", equals("ACTIVE")}};
  const json body{{"filterCriteria", filter_of(client, "awsAccountId", criteria)},
                  {"maxResults", 100}};
  const std::string label = client.label(list_findings);
  each_page(label, [&](const std::string& token) {
    const json page =
        parse_object(client.json(list_findings, with_token(body, "nextToken", token)));
    for (const json& finding : needed_list(page, "findings", label)) {
      for (const json& resource : needed_list(finding, "resources", label)) {
        reachable.insert(text_of(resource, "id"));
      }
    }
    return next_token(page, "nextToken", label);
  });
  return reachable;
}

}  // namespace patchbot::aws
