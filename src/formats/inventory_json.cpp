// SPDX-License-Identifier: Apache-2.0
#include "formats/inventory_json.hpp"

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/target_list.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

constexpr int max_depth = 32;

std::string pointer_to(std::size_t index, std::string_view key) {
  return "/targets/" + std::to_string(index) + "/" + std::string(key);
}

class TargetReader {
 public:
  TargetReader(const json& object, std::size_t index) : object_(object), index_(index) {}

  std::string text(const char* key) const {
    const auto found = object_.find(key);
    if (found == object_.end() || found->is_null()) return {};
    if (!found->is_string()) fail(key, "must be a string");
    return clean_line(found->get_ref<const std::string&>());
  }

  std::vector<std::string> texts(const char* key) const {
    const auto found = object_.find(key);
    if (found == object_.end() || found->is_null()) return {};
    if (!found->is_array()) fail(key, "must be a list of strings");
    std::vector<std::string> values;
    for (const json& item : *found) {
      if (!item.is_string()) fail(key, "must be a list of strings");
      values.push_back(clean_line(item.get_ref<const std::string&>()));
    }
    return values;
  }

  std::string tag(const char* name) const {
    const auto tags = object_.find("tags");
    if (tags == object_.end() || !tags->is_object()) return {};
    const auto found = tags->find(name);
    return found != tags->end() && found->is_string() ? clean_line(found->get<std::string>())
                                                      : std::string();
  }

  [[noreturn]] void fail(std::string_view key, const char* expected) const {
    throw Error(Blame::input, pointer_to(index_, key) + ": " + expected);
  }

 private:
  const json& object_;
  std::size_t index_;
};

Target read_target(const json& object, std::size_t index) {
  const TargetReader reader(object, index);
  Target target;
  target.id = reader.text("id");
  target.account = reader.text("account");
  target.region = reader.text("region");
  target.vpc = reader.text("vpc");
  target.addresses = reader.texts("addresses");
  target.public_addresses = reader.texts("public_addresses");
  target.ami = reader.text("ami");
  target.ami_name = reader.text("ami_name");
  target.state = reader.text("state");
  target.asg = reader.text("asg");
  target.stack = reader.text("stack");
  target.team = reader.text("team");
  target.service = reader.text("service");
  target.environment = reader.text("environment");
  target.name = reader.tag("Name");
  if (equals_nocase(target.team, reserved_team))
    reader.fail("team", "the team name 'scan' is taken; use another");
  if (target.id.empty() && target.addresses.empty()) {
    reader.fail("id", "a target needs an id or an address");
  }
  return target;
}

// Each target is taken over as soon as it is read and then dropped from the document, so a large
// inventory is never held twice.
class InventoryBuilder {
 public:
  bool operator()(int depth, json::parse_event_t event, json& parsed) {
    if (depth > max_depth) throw Error(Blame::input, "nested more than 32 deep");
    if (depth == 1 && event == json::parse_event_t::key) key_ = parsed.get<std::string>();
    const bool target = depth == 2 && key_ == "targets" && event == json::parse_event_t::object_end;
    if (!target) return true;
    inventory.targets.push_back(read_target(parsed, inventory.targets.size()));
    return false;
  }

  Inventory inventory;

 private:
  std::string key_;
};

void read_header(const json& document, Inventory& inventory) {
  const auto schema = document.find("schema");
  if (schema == document.end() || *schema != "patchbot.inventory/1") {
    throw Error(Blame::input, "/schema: expected \"patchbot.inventory/1\"");
  }
  const auto targets = document.find("targets");
  if (targets == document.end() || !targets->is_array() || !targets->empty()) {
    throw Error(Blame::input, "/targets: expected a list of objects");
  }
  const json partial = document.value("partial", json(false));
  if (!partial.is_boolean()) throw Error(Blame::input, "/partial: must be true or false");
  inventory.partial = partial.get<bool>();
  for (const json& problem : document.value("problems", json::array())) {
    if (problem.is_string()) inventory.problems.push_back(clean_line(problem.get<std::string>()));
  }
}

}  // namespace

Inventory parse_inventory(std::string_view text) {
  try {
    InventoryBuilder builder;
    const json document = json::parse(text, std::ref(builder));
    if (!document.is_object()) throw Error(Blame::input, "expected a JSON object");
    read_header(document, builder.inventory);
    return std::move(builder.inventory);
  } catch (const json::exception& error) {
    throw Error(Blame::input, "not a valid inventory: " + clean_line(error.what()));
  }
}

Inventory parse_targets(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return trim(text).starts_with('{') ? parse_inventory(text) : parse_target_list(text);
}

}  // namespace patchbot
