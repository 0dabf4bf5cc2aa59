// SPDX-License-Identifier: Apache-2.0
#include "formats/records/bom_components.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "model/purl.hpp"

namespace patchbot {
namespace {

std::string decoded(std::string_view text) { return clean_line(decode_percent(text)); }

// The namespace of a system package is its distribution, not a part of its name.
std::string package_of(std::string_view type, const std::string& group, const std::string& name) {
  if (group.empty() || is_system_package(type)) return name;
  return group + (type == "maven" ? ":" : "/") + name;
}

// "aquasecurity:trivy:PkgType", "syft:location:0:path" and the like.
void read_properties(const Node& node, BomComponent& component) {
  for (const Node property : bom_list(node, "properties", "property")) {
    const std::string name = property.first_of({"name", "@name"}).line();
    const Node value = property.is_object() && property["value"] ? property["value"] : property;
    if (name == "aquasecurity:trivy:PkgType" || name == "syft:package:type") {
      component.type = value.line();
    }
    const bool is_path = name == "aquasecurity:trivy:FilePath" || name == "syft:location:0:path";
    if (is_path && component.path.empty()) component.path = value.line();
  }
}

// The reference and its fields, which are clean lines, one below the other.
std::string to_entry(const std::string& ref, const BomComponent& one) {
  return ref + '\n' + one.package + '\n' + one.version + '\n' + one.purl + '\n' + one.type + '\n' +
         one.path;
}

// None if it is that of another reference.
std::optional<BomComponent> component_of_entry(const std::string& ref, std::string_view entry) {
  const auto fields = split(entry, '\n');
  if (fields[0] != ref) return std::nullopt;
  return BomComponent{.package = std::string(fields[1]),
                      .version = std::string(fields[2]),
                      .purl = std::string(fields[3]),
                      .type = std::string(fields[4]),
                      .path = std::string(fields[5])};
}

}  // namespace

bool is_system_package(std::string_view type) {
  constexpr std::array<std::string_view, 5> systems{"deb", "rpm", "apk", "alpm", "portage"};
  return std::find(systems.begin(), systems.end(), type) != systems.end();
}

std::vector<Node> bom_list(const Node& owner, std::string_view plural, std::string_view singular) {
  const Node list = owner[plural];
  if (!list.is_list()) return list.all(singular);
  std::vector<Node> items;
  for (const Node item : list.items()) items.push_back(item);
  return items;
}

BomComponent component_of_purl(std::string_view purl) {
  BomComponent found;
  if (!starts_with_nocase(purl, "pkg:")) return found;
  found.purl = clean_line(purl);
  std::string_view rest = purl.substr(4);
  rest = rest.substr(0, rest.find_first_of("?#"));
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos) return found;
  found.type = to_lower(decoded(rest.substr(0, slash)));
  rest.remove_prefix(slash + 1);
  const auto last = rest.rfind('/');
  const auto at = rest.find('@', last == std::string_view::npos ? 0 : last);
  if (at != std::string_view::npos) found.version = decoded(rest.substr(at + 1));
  rest = rest.substr(0, at);
  const bool grouped = last != std::string_view::npos;
  found.package = package_of(found.type,
                             grouped ? decoded(rest.substr(0, last)) : std::string(),
                             decoded(grouped ? rest.substr(last + 1) : rest));
  return found;
}

BomComponent read_bom_component(const Node& node) {
  BomComponent component = component_of_purl(node["purl"].line());
  const std::string name = node["name"].line();
  if (!name.empty()) component.package = package_of(component.type, node["group"].line(), name);
  const std::string version = node["version"].line();
  if (!version.empty()) component.version = version;
  read_properties(node, component);
  for (const Node occurrence : bom_list(node["evidence"], "occurrences", "occurrence")) {
    if (component.path.empty()) component.path = occurrence["location"].line();
  }
  if (is_system_package(component.type)) component.path.clear();
  return component;
}

void BomComponents::add(const Node& node) {
  if (!node.is_object()) return;
  const std::string ref = node.first_of({"bom-ref", "@bom-ref"}).line();
  if (!ref.empty()) {
    const Slot slot = slot_of(ref);
    if (!slot.component) {
      by_hash_.emplace(slot.hash, spool_.add(to_entry(ref, read_bom_component(node))));
    }
  }
  for (const Node inner : bom_list(node, "components", "component")) add(inner);
}

// References that share a hash take one slot after the other.
BomComponents::Slot BomComponents::slot_of(const std::string& ref) {
  for (std::uint64_t hash = std::hash<std::string>()(ref);; ++hash) {
    const auto found = by_hash_.find(hash);
    if (found == by_hash_.end()) return {hash, std::nullopt};
    auto component = component_of_entry(ref, spool_.read(found->second));
    if (component) return {hash, std::move(component)};
  }
}

// "urn:cdx:SERIAL/VERSION#REF" is a reference into that document, which may be this one.
std::optional<BomComponent> BomComponents::find(const std::string& ref, const std::string& serial) {
  auto found = slot_of(ref).component;
  const auto mark = ref.find('#');
  const std::string_view own = std::string_view(serial).substr(serial.rfind(':') + 1);
  const bool inside = starts_with_nocase(ref, "urn:cdx:") && mark != std::string::npos &&
                      !own.empty() && starts_with_nocase(std::string_view(ref).substr(8), own);
  return found || !inside ? found : slot_of(ref.substr(mark + 1)).component;
}

}  // namespace patchbot
