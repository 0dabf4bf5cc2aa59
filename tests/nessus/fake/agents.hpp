// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "exchange.hpp"
#include "world.hpp"

namespace patchbot::test::fake {

/// Agents, all of them in one group.
class Agents {
 public:
  explicit Agents(World& world) : world_(world) {}

  bool answer(Exchange& exchange);
  bool is_group(const json& id) const;  ///< by number or UUID
  bool reports(const std::string& agent) const;
  std::vector<std::string> reporting() const;
  bool are_silent() const { return reporting().size() < world_.settings.agents.size(); }
  std::string address_of(const std::string& agent) const;

 private:
  void answer_group(Exchange& exchange, const std::string& id, bool has_details);
  json group() const;
  json agent(std::size_t index) const;
  json agents() const;

  World& world_;
};

}  // namespace patchbot::test::fake
