// SPDX-License-Identifier: Apache-2.0
#include "formats/inventory_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/address.hpp"
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

// What may be absent or null for unknown.
const json* find_value(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string clean_line_of(const json& text) {
  return clean_line(text.get_ref<const std::string&>());
}

class TargetReader {
 public:
  TargetReader(const json& object, std::size_t index, const char* within = "")
      : object_(object), index_(index), within_(within) {}

  std::string text(const char* key) const {
    const json* found = find_value(object_, key);
    if (found == nullptr) return {};
    if (!found->is_string()) fail(key, "must be a string");
    return clean_line_of(*found);
  }

  std::vector<std::string> texts(const char* key) const {
    const json* found = find_value(object_, key);
    if (found == nullptr) return {};
    if (!found->is_array()) fail(key, "must be a list of strings");
    std::vector<std::string> values;
    for (const json& item : *found) {
      if (!item.is_string()) fail(key, "must be a list of strings");
      std::string text = clean_line_of(item);
      if (!text.empty()) values.push_back(std::move(text));  // what is empty names nothing
    }
    return values;
  }

  std::optional<Time> time(const char* key) const {
    const std::string value = text(key);
    if (value.empty()) return {};
    const auto time = parse_rfc3339(value);
    if (!time) fail(key, "must be a time such as 2026-11-23T06:00:00Z");
    return time;
  }

  std::optional<bool> boolean(const char* key) const {
    const json* found = find_value(object_, key);
    if (found == nullptr) return {};
    if (!found->is_boolean()) fail(key, "must be true or false");
    return found->get<bool>();
  }

  AgentCoverage coverage() const {
    const json* found = find_value(object_, "coverage");
    if (found == nullptr) return {};
    if (!found->is_object()) fail("coverage", "must be an object");
    const TargetReader reader(*found, index_, "coverage/");
    return {reader.text("inspector"), reader.text("ssm")};
  }

  Tags tags() const {
    const json* found = find_value(object_, "tags");
    if (found == nullptr) return {};
    if (!found->is_object()) fail("tags", "must be an object of strings");
    Tags tags;
    for (const auto& [key, value] : found->items()) {
      if (!value.is_string()) fail("tags", "must be an object of strings");
      tags.emplace_back(clean_line(key), clean_line_of(value));
    }
    std::sort(tags.begin(), tags.end());
    const auto alike =
        std::unique(tags.begin(), tags.end(), [](auto& a, auto& b) { return a.first == b.first; });
    tags.erase(alike, tags.end());  // keys that only cleaning made the same
    return tags;
  }

  [[noreturn]] void fail(std::string_view key, const char* expected) const {
    throw Error(Blame::input,
                pointer_to(index_, std::string(within_).append(key)) + ": " + expected);
  }

 private:
  const json& object_;
  std::size_t index_;
  const char* within_;
};

void check_target(const Target& target, const TargetReader& reader) {
  if (equals_nocase(target.team, reserved_team)) {
    reader.fail("team", "the team name 'scan' is taken; use another");
  }
  if (target.id.empty() && target.addresses.empty()) {
    reader.fail("id", "a target needs an id or an address");
  }
}

// A plain list that was written as JSON keeps its ranges.
bool holds_range(const Target& target) {
  return target.id.empty() && target.addresses.size() == 1 && is_range(target.addresses.front()) &&
         parse_range(target.addresses.front());
}

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
  target.launched_at = reader.time("launched_at");
  target.state = reader.text("state");
  target.asg = reader.text("asg");
  target.stack = reader.text("stack");
  target.team = reader.text("team");
  target.service = reader.text("service");
  target.environment = reader.text("environment");
  target.platform = reader.text("platform");
  target.exposed = reader.boolean("exposed");
  target.coverage = reader.coverage();
  target.tags = reader.tags();
  for (const auto& [key, value] : target.tags) {
    if (key == "Name") target.name = value;
  }
  target.is_range = holds_range(target);
  check_target(target, reader);
  return target;
}

// Each target is taken over as soon as it is read and then dropped from the document, so a large
// inventory is never held twice.
class TargetTaker {
 public:
  explicit TargetTaker(const std::function<void(Target&&)>& take) : take_(take) {}

  bool operator()(int depth, json::parse_event_t event, json& parsed) {
    if (depth > max_depth) throw Error(Blame::input, "nested more than 32 deep");
    if (depth == 1 && event == json::parse_event_t::key) key_ = parsed.get<std::string>();
    const bool target = depth == 2 && key_ == "targets" && event == json::parse_event_t::object_end;
    if (!target) return true;
    take_(read_target(parsed, count_++));
    return false;
  }

 private:
  const std::function<void(Target&&)>& take_;
  std::size_t count_ = 0;
  std::string key_;
};

std::optional<Time> read_time(const json& document, const char* key) {
  const json* found = find_value(document, key);
  if (found == nullptr) return {};
  const auto time = found->is_string() ? parse_rfc3339(found->get_ref<const std::string&>())
                                       : std::optional<Time>();
  if (!time) {
    throw Error(Blame::input,
                "/" + std::string(key) + ": must be a time such as 2026-11-23T06:00:00Z");
  }
  return time;
}

std::vector<std::string> read_problems(const json& document) {
  std::vector<std::string> problems;
  const json* found = find_value(document, "problems");
  if (found == nullptr) return problems;
  const bool texts = found->is_array() && std::all_of(found->begin(), found->end(), [](auto& item) {
                       return item.is_string();
                     });
  if (!texts) throw Error(Blame::input, "/problems: must be a list of strings");
  for (const json& problem : *found) problems.push_back(clean_line_of(problem));
  return problems;
}

void check_frame(const json& document) {
  const auto schema = document.find("schema");
  if (schema == document.end() || *schema != "patchbot.inventory/1") {
    throw Error(Blame::input, "/schema: expected \"patchbot.inventory/1\"");
  }
  const auto targets = document.find("targets");
  if (targets == document.end() || !targets->is_array() || !targets->empty()) {
    throw Error(Blame::input, "/targets: expected a list of objects");
  }
}

InventoryHead read_head(const json& document) {
  InventoryHead head;
  head.generated_at = read_time(document, "generated_at");
  if (const json* source = find_value(document, "source")) {
    if (!source->is_string()) throw Error(Blame::input, "/source: must be a string");
    head.source = clean_line_of(*source);
  }
  if (const json* partial = find_value(document, "partial")) {
    if (!partial->is_boolean()) throw Error(Blame::input, "/partial: must be true or false");
    head.partial = partial->get<bool>();
  }
  head.problems = read_problems(document);
  if (!head.problems.empty()) head.partial = true;  // a problem is what could not be read
  return head;
}

}  // namespace

InventoryHead parse_inventory(std::string_view text, const std::function<void(Target&&)>& take) {
  try {
    TargetTaker taker(take);
    const json document = json::parse(text, std::ref(taker));
    if (!document.is_object()) throw Error(Blame::input, "expected a JSON object");
    check_frame(document);
    return read_head(document);
  } catch (const json::exception& error) {
    throw Error(Blame::input, "not a valid inventory: " + clean_line(error.what()));
  }
}

Inventory parse_inventory(std::string_view text) {
  Inventory inventory;
  static_cast<InventoryHead&>(inventory) = parse_inventory(
      text, [&](Target&& target) { inventory.targets.push_back(std::move(target)); });
  return inventory;
}

Inventory parse_targets(std::string_view text) {
  Inventory inventory;
  static_cast<InventoryHead&>(inventory) =
      read_targets(text, [&](Target&& target) { inventory.targets.push_back(std::move(target)); });
  return inventory;
}

InventoryHead read_targets(std::string_view text, const std::function<void(Target&&)>& take) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (trim(text).starts_with('{')) return parse_inventory(text, take);
  parse_target_list(text, take);
  return {};
}

}  // namespace patchbot
