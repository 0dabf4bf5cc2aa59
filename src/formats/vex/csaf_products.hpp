// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "formats/records/node.hpp"
#include "model/vex.hpp"

namespace patchbot {

/// The product_tree of a CSAF document: what its product ids stand for.
class CsafProducts {
 public:
  /// Adds what it finds to `products`.
  CsafProducts(const Node& tree, std::vector<VexProduct>& products);

  /// An id that the tree does not explain is a product that nobody knows.
  VexSubject find(const std::string& id);

  /// The product ids of a group.
  const std::vector<std::string>& group(const std::string& id) const;

 private:
  /// What the branches around a product say of it.
  struct Branch {
    std::string name;
    std::string version;
    bool is_vague = false;
  };

  void walk(const Node& branches, const Branch& around);
  void add(const Node& node, const Branch& around);
  void add_relationship(const Node& node);

  std::vector<VexProduct>& products_;
  std::unordered_map<std::string, VexSubject> by_id_;
  std::unordered_map<std::string, std::vector<std::string>> groups_;
};

}  // namespace patchbot
