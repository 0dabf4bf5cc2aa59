// SPDX-License-Identifier: Apache-2.0
#include "model/deployment.hpp"

#include <algorithm>

namespace patchbot {

bool LaunchTemplateReference::means(const LaunchTemplateVersion& one) const {
  const bool is_same = id.empty() ? !name.empty() && name == one.name : id == one.id;
  if (!is_same) return false;
  if (version == "$Latest") return one.is_latest;
  if (version.empty() || version == "$Default") return one.is_default;
  return version == std::to_string(one.number);
}

// Baking is the time of watching behind the replacement: it may still roll back.
bool InstanceRefresh::goes_forward() const {
  return status == "Pending" || status == "InProgress" || status == "Baking";
}

std::optional<Time> Stack::changed_at() const { return updated_at ? updated_at : created_at; }

void AlikeServers::add(const Target& server) {
  if (count == 0) {
    ami = server.ami;
    group = server.asg;
    stack = server.stack;
    if (server.launched_at) launched = {*server.launched_at, *server.launched_at};
  } else if (launched && server.launched_at) {
    launched->first = std::min(launched->first, *server.launched_at);
    launched->second = std::max(launched->second, *server.launched_at);
  } else {
    launched.reset();
  }
  ++count;
  if (!belongs_somewhere()) ids.push_back(server.id);
}

}  // namespace patchbot
