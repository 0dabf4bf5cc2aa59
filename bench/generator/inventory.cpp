// SPDX-License-Identifier: Apache-2.0
#include "inventory.hpp"

#include <string_view>

#include "text.hpp"

namespace patchbot::bench {
namespace {

std::string member(std::string_view name, std::string_view value) {
  return join({"\"", name, "\":\"", value, "\","});
}

std::string target(const Instance& instance) {
  const Service& service = *instance.service;
  const std::string group = join({service.name, "-", service.environment});
  const std::string_view image_key = std::string_view(service.ami).substr(5);
  return join({"{",
               member("id", instance.id),
               member("account", service.account),
               member("region", service.region),
               member("vpc", join({"vpc-0", image_key})),
               "\"addresses\":[\"",
               instance.address,
               "\"],\"public_addresses\":[],",
               member("ami", service.ami),
               member("ami_name", join({"base-", image_key})),
               member("launched_at", "2026-11-02T06:00:00Z"),
               member("state", "running"),
               member("asg", group),
               member("stack", group),
               member("team", service.team),
               member("service", service.name),
               member("environment", service.environment),
               member("platform", service.windows ? "windows" : "linux"),
               "\"exposed\":false,\"coverage\":{},\"tags\":{\"Name\":\"",
               group,
               "\"}}"});
}

}  // namespace

std::string inventory_json(const std::vector<Instance>& instances) {
  std::string json =
      "{\"schema\":\"patchbot.inventory/1\",\"generated_at\":\"2026-11-07T04:30:00Z\","
      "\"source\":\"file\",\"partial\":false,\"problems\":[],\"targets\":[";
  std::string_view separator = "\n";
  for (const Instance& instance : instances) {
    json += join({separator, target(instance)});
    separator = ",\n";
  }
  return json + "\n]}\n";
}

}  // namespace patchbot::bench
