// SPDX-License-Identifier: Apache-2.0
#include "services/nessus/catalogue.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "services/nessus/answer.hpp"

namespace patchbot::nessus {
namespace {

using nlohmann::json;

/// One kind of thing, and where the server lists it.
struct Shelf {
  const char* path;
  const char* list;
  const char* what;
};

constexpr Shelf folders{"/folders", "folders", "folder"};

std::string names_of(const std::vector<json>& items) {
  constexpr std::size_t most = 40;
  std::string names;
  for (std::size_t i = 0; i < items.size() && i < most; ++i) {
    names += (names.empty() ? "" : ", ") + line_of(items[i], {"name"});
  }
  if (items.size() > most) names += ", ...";
  return names.empty() ? "there is none" : "there is: " + names;
}

bool is_called(const json& item, const std::string& name) {
  return raw_text(item, {"name"}) == name || raw_text(item, {"id"}) == name ||
         raw_text(item, {"uuid"}) == name;
}

std::vector<json> items_on(Client& client, const Shelf& shelf) {
  return items_of(client, shelf.path, read(client, shelf.path), shelf.list);
}

json find(Client& client, const Shelf& shelf, const std::string& name) {
  const std::vector<json> items = items_on(client, shelf);
  const auto is_it = [&](const json& item) { return is_called(item, name); };
  const auto found = std::find_if(items.begin(), items.end(), is_it);
  if (found == items.end()) {
    throw Error(
        Blame::usage,
        client.url() + ": no " + shelf.what + " is called '" + name + "'; " + names_of(items));
  }
  if (std::find_if(std::next(found), items.end(), is_it) != items.end()) {
    throw Error(
        Blame::usage,
        client.url() + ": more than one " + shelf.what + " is called '" + name + "'; give its id");
  }
  return *found;
}

std::string id_in(const Client& client, const Shelf& shelf, const json& item, const char* field) {
  return checked_id(client, std::string("GET ") + shelf.path, raw_text(item, {field}));
}

}  // namespace

std::string template_uuid(Client& client, const std::string& name) {
  constexpr Shelf shelf{"/editor/scan/templates", "templates", "scan template"};
  return id_in(client, shelf, find(client, shelf, name), "uuid");
}

Policy policy_of(Client& client, const std::string& name) {
  constexpr Shelf shelf{"/policies", "policies", "policy"};
  const json policy = find(client, shelf, name);
  return {id_in(client, shelf, policy, "id"), id_in(client, shelf, policy, "template_uuid")};
}

std::string scanner_id(Client& client, const std::string& name, bool is_cloud) {
  if (is_cloud && name == "AUTO-ROUTED") return name;
  constexpr Shelf shelf{"/scanners", "scanners", "scanner"};
  return id_in(client, shelf, find(client, shelf, name), is_cloud ? "uuid" : "id");
}

std::string folder_id(Client& client, const std::string& name) {
  return id_in(client, folders, find(client, folders, name), "id");
}

std::string folder_made(Client& client, const std::string& name) {
  const auto is_there = [&] {
    const std::vector<json> items = items_on(client, folders);
    return std::any_of(
        items.begin(), items.end(), [&](const json& item) { return is_called(item, name); });
  };
  if (!is_there()) {
    const HttpResponse made = client.send_once("/folders", dumped({{"name", name}}));
    // Where the answer is lost it may be there all the same: the look for it below tells.
    const bool is_refused = made.status >= 400 && made.status < 500;
    if (is_refused) throw client.failure("POST /folders", made);
  }
  return folder_id(client, name);
}

std::string agent_group_id(Client& client, const std::string& name, bool is_cloud) {
  constexpr Shelf cloud{"/scanners/null/agent-groups", "groups", "agent group"};
  constexpr Shelf manager{"/agent-groups", "groups", "agent group"};
  const Shelf& shelf = is_cloud ? cloud : manager;
  return id_in(client, shelf, find(client, shelf, name), is_cloud ? "uuid" : "id");
}

}  // namespace patchbot::nessus
