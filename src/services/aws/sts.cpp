// SPDX-License-Identifier: Apache-2.0
#include "services/aws/sts.hpp"

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "services/aws/xml_answer.hpp"

namespace patchbot::aws {
namespace {

// The answers hold secrets: a message must not quote them.
Credentials read_credentials(const Reply& reply, const std::string& origin) {
  const XmlAnswer answer(reply);
  const XmlNode* node = answer.root().find_below("Credentials");
  if (node == nullptr) throw Error(Blame::remote, reply.label + ": the answer has no credentials");
  Credentials credentials;
  credentials.key_id = node->text("AccessKeyId");
  credentials.secret = Secret(node->text("SecretAccessKey"));
  credentials.token = Secret(node->text("SessionToken"));
  credentials.expires = parse_rfc3339(node->text("Expiration"));
  credentials.origin = origin;
  if (credentials.key_id.empty() || credentials.secret.empty() || credentials.token.empty()) {
    throw Error(Blame::remote, reply.label + ": the answer's credentials are incomplete");
  }
  return credentials;
}

Form form_of(const RoleRequest& role) {
  Form form{{"RoleArn", role.arn},
            {"RoleSessionName", role.session_name},
            {"DurationSeconds", std::to_string(role.duration_seconds)}};
  if (!role.external_id.empty()) form.emplace_back("ExternalId", role.external_id);
  return form;
}

}  // namespace

Identity caller_identity(Client& client) {
  const Reply reply = client.query(get_caller_identity, {});
  const XmlAnswer answer(reply);
  const XmlNode* result = answer.root().find_below("GetCallerIdentityResult");
  Identity identity;
  if (result != nullptr) identity = {result->text("Account"), result->text("Arn")};
  if (identity.account.empty()) {
    throw Error(Blame::remote, reply.label + ": the answer names no account");
  }
  return identity;
}

Credentials assume_role(Client& client, const RoleRequest& role) {
  Reply reply = client.query(assume_role_operation, form_of(role));
  reply.label += ", role " + clean_line(role.arn);
  return read_credentials(reply, "role " + role.arn);
}

Credentials assume_role_with_web_identity(Client& client,
                                          const RoleRequest& role,
                                          const Secret& token) {
  Form form = form_of(role);
  form.emplace_back("WebIdentityToken", token.reveal());
  Reply reply = client.query(assume_role_with_web_identity_operation, form);
  reply.label += ", role " + clean_line(role.arn);
  return read_credentials(reply, "web identity, role " + role.arn);
}

}  // namespace patchbot::aws
