// SPDX-License-Identifier: Apache-2.0
#include "folders.hpp"

namespace patchbot::test::fake {

bool Folders::answer(Exchange& exchange) {
  if (exchange.is("GET", "folders")) {
    exchange.say({{"folders", list()}});
    return true;
  }
  if (exchange.is("POST", "folders")) {
    make(exchange);
    return true;
  }
  if (!exchange.is("DELETE", "folders/*")) return false;
  const long id = exchange.id(1);
  const bool may_go = id != trash && id != my_scans && names_.erase(id) > 0;
  may_go ? exchange.done() : exchange.not_found();
  return true;
}

json Folders::list() const {
  json folders = json::array();
  for (const auto& [id, name] : names_) {
    const bool is_main = id == my_scans;
    const bool is_custom = !is_main && id != trash;
    folders.push_back({{"id", id},
                       {"name", name},
                       {"type",
                        is_custom ? "custom"
                        : is_main ? "main"
                                  : "trash"},
                       {"default_tag", is_main ? 1 : 0},
                       {"custom", is_custom ? 1 : 0},
                       {"unread_count", 0}});
  }
  return folders;
}

void Folders::make(Exchange& exchange) {
  const std::string name = exchange.body().value("name", "");
  if (name.empty()) return exchange.refuse(400, "Invalid 'name' field");
  const long id = next_id_++;
  names_[id] = name;
  exchange.say({{"id", id}});
}

}  // namespace patchbot::test::fake
