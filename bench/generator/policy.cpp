// SPDX-License-Identifier: Apache-2.0
#include "policy.hpp"

#include <string_view>

#include "text.hpp"
#include "words.hpp"

namespace patchbot::bench {
namespace {

constexpr std::size_t plugin_set_bytes = 160'000;
constexpr std::size_t preference_count = 260;

void add_preference(std::string& out, std::string_view name, std::string_view value) {
  out += "<preference>";
  add_element(out, "name", name);
  add_element(out, "value", value);
  out += "</preference>\n";
}

std::string plugin_set(Prng& prng) {
  std::string text;
  while (text.size() < plugin_set_bytes) text += join({number(prng.between(10'000, 270'000)), ";"});
  return text;
}

void add_server_preferences(std::string& out, Prng& prng) {
  out += "<ServerPreferences>\n";
  add_preference(out, "name", "Weekly image scan");
  add_preference(out, "TARGET", "10.16.0.0/12");
  add_preference(out, "severity_basis", "cvss_v3");
  add_preference(out, "plugin_set", plugin_set(prng));
  add_preference(out, "scan_start_timestamp", "1794027600");
  out += "</ServerPreferences>\n";
}

void add_plugin_preference(std::string& out, Prng& prng) {
  const std::string name = join({"Setting ", hex(prng, 6)});
  const std::string id = number(prng.between(10'000, 90'000));
  out += "<item>";
  add_element(out, "pluginName", prng.pick(words::observations));
  add_element(out, "pluginId", id);
  add_element(out, "fullName", join({id, "[entry]:", name}));
  add_element(out, "preferenceName", name);
  add_element(out, "preferenceType", "entry");
  add_element(out, "preferenceValues", "no;yes");
  add_element(out, "selectedValue", "no");
  out += "</item>\n";
}

}  // namespace

std::string report_head(Prng prng) {
  std::string out = "<?xml version=\"1.0\" ?>\n<NessusClientData_v2>\n<Policy>";
  add_element(out, "policyName", "Weekly image scan");
  out += "<Preferences>";
  add_server_preferences(out, prng);
  out += "<PluginsPreferences>\n";
  for (std::size_t i = 0; i < preference_count; ++i) add_plugin_preference(out, prng);
  out += "</PluginsPreferences>\n</Preferences>\n<FamilySelection>";
  for (const std::string_view family : words::families) {
    out += "<FamilyItem>";
    add_element(out, "FamilyName", family);
    add_element(out, "Status", "enabled");
    out += "</FamilyItem>\n";
  }
  out += "</FamilySelection>\n</Policy>\n<Report name=\"Weekly image scan\"";
  return out + " xmlns:cm=\"http://www.nessus.org/cm\">\n";
}

}  // namespace patchbot::bench
