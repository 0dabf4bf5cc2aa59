// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/json_value.hpp"
#include "services/nessus/client.hpp"

namespace patchbot::nessus {

/// The JSON of a successful answer, or of it what `keep` keeps; null where the body is empty.
/// Throws Error(remote).
nlohmann::json json_of(const Client& client,
                       const std::string& request,
                       const HttpResponse& response,
                       const nlohmann::json::parser_callback_t& keep = nullptr);

/// The same of GET `path`.
nlohmann::json read(Client& client, const std::string& path);

/// The same, keeping of it what `keep` says, so that a large answer is never whole in memory as a
/// tree.
nlohmann::json read(Client& client,
                    const std::string& path,
                    const nlohmann::json::parser_callback_t& keep);

/// The items of the list under `name`: Nessus says null where there are none. Throws Error(remote)
/// for anything else.
std::vector<nlohmann::json> items_of(const Client& client,
                                     const std::string& path,
                                     const nlohmann::json& answer,
                                     const char* name);

/// A whole number, whether the server writes it as one or as text; `otherwise` where there is none.
long number_of(const nlohmann::json& value,
               std::initializer_list<const char*> names,
               long otherwise = 0);

/// What goes into a path: an id of the server's. Throws Error(remote) where it could lead
/// elsewhere.
std::string checked_id(const Client& client, const std::string& request, const std::string& id);

}  // namespace patchbot::nessus
