// SPDX-License-Identifier: Apache-2.0
#include "formats/inventory_writer.hpp"

#include <algorithm>

#include "formats/json_writer.hpp"

namespace patchbot {
namespace {

void write_place(JsonWriter& json, const Target& target) {
  json.member_if("id", target.id)
      .member_if("account", target.account)
      .member_if("region", target.region)
      .member_if("vpc", target.vpc)
      .texts_if("addresses", target.addresses)
      .texts_if("public_addresses", target.public_addresses);
}

void write_origin(JsonWriter& json, const Target& target) {
  json.member_if("ami", target.ami).member_if("ami_name", target.ami_name);
  if (target.launched_at) json.member("launched_at", to_rfc3339(*target.launched_at));
  json.member_if("state", target.state)
      .member_if("asg", target.asg)
      .member_if("stack", target.stack);
}

void write_coverage(JsonWriter& json, const AgentCoverage& coverage) {
  if (coverage == AgentCoverage()) return;
  json.key("coverage")
      .open_object()
      .member_if("inspector", coverage.inspector)
      .member_if("ssm", coverage.ssm)
      .close_object();
}

// A source that knows the name of a machine but no tags still has its Name tag.
void write_tags(JsonWriter& json, const Target& target) {
  const bool has_name = std::any_of(
      target.tags.begin(), target.tags.end(), [](const auto& tag) { return tag.first == "Name"; });
  const bool adds_name = !has_name && !target.name.empty();
  if (target.tags.empty() && !adds_name) return;
  json.key("tags").open_object();
  if (adds_name) json.member("Name", target.name);
  for (const auto& [key, value] : target.tags) json.outside_key(key).text(value);
  json.close_object();
}

}  // namespace

std::string to_json(const Target& target) {
  std::string out;
  JsonWriter json(out);
  json.open_object();
  write_place(json, target);
  write_origin(json, target);
  json.member_if("team", target.team)
      .member_if("service", target.service)
      .member_if("environment", target.environment)
      .member_if("platform", target.platform);
  if (target.exposed) json.key("exposed").boolean(*target.exposed);
  write_coverage(json, target.coverage);
  write_tags(json, target);
  json.close_object();
  return out;
}

std::string inventory_head(const InventoryHead& head) {
  std::string out;
  JsonWriter json(out);
  json.open_object().member("schema", "patchbot.inventory/1");
  if (head.generated_at) json.member("generated_at", to_rfc3339(*head.generated_at));
  json.member_if("source", head.source).key("partial").boolean(head.partial);
  json.key("problems").open_array();
  for (const std::string& problem : head.problems) json.text(problem);
  json.close_array().key("targets").open_array();
  return out;
}

std::string to_json(const Inventory& inventory) {
  std::string out = inventory_head(inventory);
  std::string_view separator = first_target;
  for (const Target& target : inventory.targets) {
    out.append(separator).append(to_json(target));
    separator = next_target;
  }
  return out.append(inventory_tail);
}

}  // namespace patchbot
