// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace patchbot {

/// A package URL, pkg:type/namespace/name@version?qualifiers#subpath: decoded, and with those parts
/// in lower case that its type does not tell apart.
struct Purl {
  std::string type;
  std::string name_space;
  std::string name;
  std::string version;
  std::map<std::string, std::string> qualifiers;
  std::string subpath;
  bool operator==(const Purl&) const = default;

  bool is_image() const { return type == "oci" || type == "docker"; }

  /// Whether the namespace names who packaged it, such as debian, and is no part of the name.
  bool is_of_system() const;

  std::string qualifier(const std::string& key) const;  ///< empty if there is none
};

/// None if it is no package URL.
std::optional<Purl> parse_purl(std::string_view text);

/// "%2F" is "/"; what is no such escape stays.
std::string decode_percent(std::string_view text);

/// What a scanner calls the type of a package ("python-pkg", "jar") as package URLs call it; empty
/// if that is not known.
std::string_view purl_type_of(std::string_view package_type);

}  // namespace patchbot
