// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "services/aws/client.hpp"

namespace patchbot::aws {

/// The object that a JSON service answered. Throws Error(remote) for a failure or anything else.
nlohmann::json parse_object(const Reply& reply);

/// The texts below are cleaned to one line; empty where the member is missing or of another type.
std::string text_of(const nlohmann::json& object, const char* name);

/// The member of that name if it is an object, or an empty one.
const nlohmann::json& object_of(const nlohmann::json& object, const char* name);

/// The member of that name if it is a list, or an empty one.
const nlohmann::json& list_of(const nlohmann::json& object, const char* name);

/// The same question for the next page: `body` with the token under `name`.
std::string with_token(nlohmann::json body, const char* name, const std::string& token);

}  // namespace patchbot::aws
