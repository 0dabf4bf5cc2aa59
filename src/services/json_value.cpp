// SPDX-License-Identifier: Apache-2.0
#include "services/json_value.hpp"

#include "base/utf8.hpp"

namespace patchbot {

using nlohmann::json;

const json& at(const json& value, std::initializer_list<const char*> names) {
  static const json none;
  const json* here = &value;
  for (const char* name : names) {
    if (!here->is_object()) return none;
    const auto found = here->find(name);
    if (found == here->end()) return none;
    here = &*found;
  }
  return *here;
}

std::string raw_text(const json& value, std::initializer_list<const char*> names) {
  const json& found = at(value, names);
  if (found.is_number_integer()) return std::to_string(found.get<std::int64_t>());
  return found.is_string() ? found.get<std::string>() : std::string();
}

std::string line_of(const json& value, std::initializer_list<const char*> names) {
  return clean_line(raw_text(value, names));
}

std::string dumped(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace patchbot
