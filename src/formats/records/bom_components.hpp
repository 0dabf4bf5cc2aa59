// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/spool.hpp"
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

/// The components of a document by their references. A bill may have more of them than memory
/// should hold, so they are spooled.
class BomComponents {
 public:
  void add(const Node& node);  ///< a component, and those inside
  void clear() { *this = BomComponents(); }

  /// None if the document does not hold it. `serial` is the document's own number.
  std::optional<BomComponent> find(const std::string& ref, const std::string& serial);

 private:
  struct Slot {
    std::uint64_t hash;
    std::optional<BomComponent> component;  ///< none where the slot is free
  };
  Slot slot_of(const std::string& ref);

  Spool spool_;
  std::unordered_map<std::uint64_t, Spool::Slice> by_hash_;  ///< of the reference
};

}  // namespace patchbot
