// SPDX-License-Identifier: Apache-2.0
#include "services/aws/flat_json.hpp"

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "net/json_depth.hpp"

namespace patchbot::aws {

FlatJson read_flat_json(const std::string& text,
                        const std::string& what,
                        const std::string& inside) {
  using nlohmann::json;
  const json document = is_deep_json(text) ? json() : json::parse(text, nullptr, false);
  const json* object = &document;
  if (!inside.empty() && document.is_object()) {
    const auto found = document.find(inside);
    object = found == document.end() ? nullptr : &*found;
  }
  if (object == nullptr || !object->is_object()) {
    throw Error(Blame::remote, what + ": the answer is not the JSON that was expected");
  }
  FlatJson values;
  for (const auto& [key, value] : object->items()) {
    if (value.is_string()) values.emplace(key, value.get<std::string>());
    if (value.is_number()) values.emplace(key, value.dump());
  }
  return values;
}

std::string value_in(const FlatJson& object, const std::string& key) {
  const auto found = object.find(key);
  return found == object.end() ? std::string() : found->second;
}

Credentials read_credentials(const FlatJson& object,
                             const std::string& token_key,
                             const std::string& origin) {
  Credentials credentials;
  credentials.key_id = value_in(object, "AccessKeyId");
  credentials.secret = Secret(value_in(object, "SecretAccessKey"));
  credentials.token = Secret(value_in(object, token_key));
  credentials.origin = origin;
  if (credentials.key_id.empty() || credentials.secret.empty()) {
    throw Error(Blame::remote, origin + ": the answer lacks AccessKeyId or SecretAccessKey");
  }
  if (const std::string expiration = value_in(object, "Expiration"); !expiration.empty()) {
    credentials.expires = parse_rfc3339(expiration);
    if (!credentials.expires) {
      throw Error(Blame::remote, origin + ": Expiration is no point in time");
    }
  }
  return credentials;
}

}  // namespace patchbot::aws
