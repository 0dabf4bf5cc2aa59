// SPDX-License-Identifier: Apache-2.0
#include "deployment_calls.hpp"

#include <stdexcept>

#include "formats/json_writer.hpp"
#include "services/aws/auto_scaling.hpp"
#include "services/aws/cloudformation.hpp"
#include "services/aws/launch_templates.hpp"

namespace patchbot::test {
namespace {

void write_time(JsonWriter& json, std::string_view name, const std::optional<Time>& time) {
  if (time) json.member(name, to_rfc3339(*time));
}

void write_tags(JsonWriter& json, const Tags& tags) {
  json.key("tags").open_object();
  for (const auto& [key, value] : tags) json.outside_key(key).text(value);
  json.close_object();
}

void write_fields(JsonWriter& json, const AutoScalingGroup& group) {
  json.member("name", group.name)
      .member("template_id", group.launch_template.id)
      .member("template_name", group.launch_template.name)
      .member("version", group.launch_template.version)
      .member("launch_configuration", group.launch_configuration)
      .count("desired", group.desired)
      .texts_if("suspended", group.suspended);
  write_tags(json, group.tags);
}

void write_fields(JsonWriter& json, const InstanceRefresh& refresh) {
  json.member("id", refresh.id).member("status", refresh.status);
}

void write_fields(JsonWriter& json, const LaunchTemplateVersion& version) {
  json.member("id", version.id)
      .member("name", version.name)
      .count("number", version.number)
      .member("ami", version.ami);
  json.key("default").boolean(version.is_default);
  json.key("latest").boolean(version.is_latest);
  write_time(json, "created_at", version.created_at);
}

void write_fields(JsonWriter& json, const Stack& stack) {
  json.member("name", stack.name).member("id", stack.id).member("status", stack.status);
  json.key("parameters").open_object();
  for (const StackParameter& parameter : stack.parameters) {
    json.outside_key(parameter.name).text(parameter.value);
  }
  json.close_object();
  write_time(json, "created_at", stack.created_at);
  write_time(json, "updated_at", stack.updated_at);
  write_tags(json, stack.tags);
}

template <class Record>
std::string to_json(const std::vector<Record>& records) {
  std::string text;
  JsonWriter json(text);
  json.open_array();
  for (const Record& record : records) {
    json.open_object();
    write_fields(json, record);
    json.close_object();
  }
  json.close_array();
  return text;
}

}  // namespace

std::string read_deployments(aws::Client& client, const std::vector<std::string>& arguments) {
  const std::string& what = arguments.at(0);
  if (what == "groups") return to_json(aws::auto_scaling_groups(client));
  if (what == "refreshes") return to_json(aws::instance_refreshes(client, arguments.at(1)));
  if (what == "templates") return to_json(aws::current_launch_template_versions(client));
  if (what == "versions") {
    return to_json(aws::launch_template_versions(
        client, arguments.at(1), {arguments.begin() + 2, arguments.end()}));
  }
  if (what == "stacks") return to_json(aws::stacks(client));
  if (what == "template") return aws::template_body(client, arguments.at(1));
  throw std::invalid_argument("groups, refreshes, templates, versions, stacks or template");
}

}  // namespace patchbot::test
