// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"
#include "formats/json_writer.hpp"
#include "status_output.hpp"

namespace patchbot {
namespace {

void write_newest(JsonWriter& json, const NewestAmi& newest, Time now) {
  json.key("newest")
      .open_object()
      .member("id", newest.id)
      .member_if("name", clean_line(newest.name));
  if (newest.created) {
    json.member("created", to_rfc3339(*newest.created))
        .count("age_days", static_cast<std::uint64_t>(days_between(*newest.created, now)));
  }
  json.member_if("source", clean_line(newest.source)).close_object();
}

void write_amis(JsonWriter& json, const StageAmis& amis) {
  json.key("ami")
      .open_object()
      .member_if("template", clean_line(amis.in_template))
      .member_if("stack", clean_line(amis.stack))
      .member_if("launch_template", clean_line(amis.launch_template));
  if (!amis.instances.empty()) {
    json.key("instances").open_object();
    for (const auto& [ami, count] : amis.instances) {
      json.outside_key(clean_line(ami)).integer(static_cast<std::int64_t>(count));
    }
    json.close_object();
  }
  json.close_object();
}

void write_stage(JsonWriter& json, const Stage& stage, Time now) {
  json.open_object().member("status", to_text(stage.status));
  if (stage.since) {
    json.member("since", to_rfc3339(*stage.since))
        .count("age_days", static_cast<std::uint64_t>(days_between(*stage.since, now)));
  }
  write_amis(json, stage.amis);
  if (stage.behind) json.count("behind", *stage.behind);
  if (stage.oldest_days) {
    json.count("oldest_ami_days", static_cast<std::uint64_t>(*stage.oldest_days));
  }
  if (stage.latency) {
    json.key("latency").open_object();
    json.count("first_days", static_cast<std::uint64_t>(stage.latency->first_days));
    if (stage.latency->last_days) {
      json.count("last_days", static_cast<std::uint64_t>(*stage.latency->last_days));
    }
    json.close_object();
  }
  json.member_if("link", clean_line(stage.link))
      .member_if("reason", clean_line(stage.reason))
      .member("action", word_of(stage.status).action)
      .close_object();
}

}  // namespace

std::string to_json(const PatchStatus& status) {
  std::string out;
  JsonWriter json(out);
  json.open_object()
      .member("schema", "patchbot.status/1")
      .member("generated_at", to_rfc3339(status.generated_at));
  json.key("partial").boolean(!status.problems.empty());
  json.key("problems").open_array();
  for (const std::string& problem : status.problems) json.text(clean_line(problem));
  json.close_array().key("services").open_array();
  for (const ServiceStatus& service : status.services) {
    json.open_object()
        .member_if("team", clean_line(service.team))
        .member("service", clean_line(service.service))
        .member_if("family", clean_line(service.family));
    if (service.newest) write_newest(json, *service.newest, status.generated_at);
    json.key("stages").open_object();
    for (const auto& [name, stage] : service.stages) {
      json.outside_key(clean_line(name));
      write_stage(json, stage, status.generated_at);
    }
    json.close_object().member("verdict", to_text(service.verdict())).close_object();
  }
  json.close_array().close_object();
  return out + "\n";
}

}  // namespace patchbot
