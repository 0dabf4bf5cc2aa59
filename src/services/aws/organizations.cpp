// SPDX-License-Identifier: Apache-2.0
#include "services/aws/organizations.hpp"

#include "services/aws/json_answer.hpp"
#include "services/aws/pages.hpp"

namespace patchbot::aws {

using nlohmann::json;

std::vector<OrganizationAccount> list_accounts(Client& client) {
  std::vector<OrganizationAccount> accounts;
  const std::string label = client.label(list_accounts_operation);
  each_page(label, [&](const std::string& token) {
    const json body{{"MaxResults", 20}};
    const json page =
        parse_object(client.json(list_accounts_operation, with_token(body, "NextToken", token)));
    for (const json& account : needed_list(page, "Accounts", label)) {
      // "Status" is what "State" was called until September 2026.
      std::string state = text_of(account, "State");
      if (state.empty()) state = text_of(account, "Status");
      accounts.push_back({text_of(account, "Id"), text_of(account, "Name"), std::move(state)});
    }
    return next_token(page, "NextToken", label);
  });
  return accounts;
}

}  // namespace patchbot::aws
