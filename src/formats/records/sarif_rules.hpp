// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "formats/records/node.hpp"

namespace patchbot {

/// The rules of one run's tool and its extensions (SARIF 2.1.0, section 3.52).
class SarifRules {
 public:
  SarifRules() = default;
  explicit SarifRules(const Node& tool);

  /// The rule of a result; a null node if the tool does not describe it. An index that leads to
  /// another rule than the id names is not believed.
  Node rule_of(const Node& result) const;

  const Node& driver() const { return driver_; }

 private:
  struct Component {
    Node node;
    std::vector<Node> rules;
    std::unordered_map<std::string, std::size_t> by_id;
  };

  void add(const Node& node);
  const Component* component_of(const Node& reference) const;
  Node named(const Component* first, const std::string& id) const;

  Node driver_;
  std::vector<Component> components_;  ///< the driver, then the extensions
};

/// The id of a result's rule.
std::string sarif_rule_id(const Node& result);

/// A result's message: its own text, or the one of its rule that it names, with its arguments.
std::string sarif_message(const Node& message, const Node& rule, const Node& driver);

}  // namespace patchbot
