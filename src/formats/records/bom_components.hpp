// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/records/node.hpp"

namespace patchbot {

/// What a bill of materials says of one component.
struct BomComponent {
  std::string package;  ///< as package managers write it: "group:name", "@scope/name", "name"
  std::string version;
  std::string purl;
  std::string type;  ///< of the package: npm, deb, ...
  std::string path;
};

/// Whether packages of that type belong to the operating system. They lie in its database, whose
/// file is no place of theirs.
bool is_system_package(std::string_view type);

/// Reads a component of CycloneDX in JSON or XML.
BomComponent read_bom_component(const Node& node);

/// Reads a package URL; empty if it is none.
BomComponent component_of_purl(std::string_view purl);

/// The items of a list as CycloneDX writes it in both syntaxes: a list, or an element "plural" that
/// contains elements "singular".
std::vector<Node> bom_list(const Node& owner, std::string_view plural, std::string_view singular);

/// The components of a document by their references.
class BomComponents {
 public:
  void add(const Node& node);  ///< a component, and those inside
  void clear() { by_ref_.clear(); }
  bool empty() const { return by_ref_.empty(); }

  /// None if the document does not hold it. `serial` is the document's own number.
  const BomComponent* find(const std::string& ref, const std::string& serial) const;

 private:
  std::unordered_map<std::string, BomComponent> by_ref_;
};

}  // namespace patchbot
