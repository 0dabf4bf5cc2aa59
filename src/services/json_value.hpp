// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>

// Reading answers of services leniently: what is not there, or of another kind, is empty.

namespace patchbot {

/// The value below these names, or null.
const nlohmann::json& at(const nlohmann::json& value, std::initializer_list<const char*> names);

/// As it is: for paths and texts that are compared. Numbers as digits; empty where there is none.
std::string raw_text(const nlohmann::json& value, std::initializer_list<const char*> names);

/// The same on one clean line.
std::string line_of(const nlohmann::json& value, std::initializer_list<const char*> names);

/// JSON text, whatever bytes are in it.
std::string dumped(const nlohmann::json& value);

}  // namespace patchbot
