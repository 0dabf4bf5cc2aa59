// SPDX-License-Identifier: Apache-2.0
#include "services/aws/inspector.hpp"

#include <algorithm>

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

// A status that is not told is not "disabled".
[[noreturn]] void refuse_status(const Reply& reply, const json& answer) {
  std::string why = "the answer names no account";
  for (const json& failed : list_of(answer, "failedAccounts")) {
    why = text_of(failed, "errorCode") + ": " + text_of(failed, "errorMessage");
  }
  throw Error(Blame::remote, reply.label + ": " + why);
}

}  // namespace

bool inspects_instances(Client& client) {
  const json body{{"accountIds", json::array({client.scope()})}};
  const Reply reply = client.json(batch_get_account_status, body.dump());
  const json answer = parse_object(reply);
  const json& accounts = list_of(answer, "accounts");
  if (accounts.empty()) refuse_status(reply, answer);
  return std::any_of(accounts.begin(), accounts.end(), [](const json& account) {
    const json& instances = object_of(object_of(account, "resourceState"), "ec2");
    const std::string status = text_of(instances, "status");
    return status == "ENABLED" || status == "ENABLING";
  });
}

std::unordered_map<std::string, InspectorCoverage> inspector_coverage(Client& client) {
  std::unordered_map<std::string, InspectorCoverage> coverage;
  const json body{{"filterCriteria", filter_of(client, "accountId", json::object())},
                  {"maxResults", 200}};
  each_page(client.label(list_coverage), [&](const std::string& token) {
    const json page =
        parse_object(client.json(list_coverage, with_token(body, "nextToken", token)));
    for (const json& resource : list_of(page, "coveredResources")) {
      note(coverage[text_of(resource, "resourceId")], resource);
    }
    return text_of(page, "nextToken");
  });
  return coverage;
}

std::unordered_set<std::string> reachable_instances(Client& client) {
  std::unordered_set<std::string> reachable;
  const json criteria{{"findingType", equals("NETWORK_REACHABILITY")},
                      {"findingStatus", equals("ACTIVE")}};
  const json body{{"filterCriteria", filter_of(client, "awsAccountId", criteria)},
                  {"maxResults", 100}};
  each_page(client.label(list_findings), [&](const std::string& token) {
    const json page =
        parse_object(client.json(list_findings, with_token(body, "nextToken", token)));
    for (const json& finding : list_of(page, "findings")) {
      for (const json& resource : list_of(finding, "resources")) {
        reachable.insert(text_of(resource, "id"));
      }
    }
    return text_of(page, "nextToken");
  });
  return reachable;
}

}  // namespace patchbot::aws
