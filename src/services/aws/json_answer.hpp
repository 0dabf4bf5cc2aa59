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

/// The list of that name, which the answer has to hold even if it is empty: without it the answer
/// is of another shape, and nothing is known. Throws Error(remote), with `label` for what was
/// asked.
const nlohmann::json& needed_list(const nlohmann::json& object,
                                  const char* name,
                                  const std::string& label);

/// The token of the next page, as it came; empty after the last one. Throws Error(remote) for a
/// token that is no text: what it leads to would be lost.
std::string next_token(const nlohmann::json& page, const char* name, const std::string& label);

/// The same question for the next page: `body` with the token under `name`.
std::string with_token(nlohmann::json body, const char* name, const std::string& token);

}  // namespace patchbot::aws
