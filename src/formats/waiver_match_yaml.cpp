// SPDX-License-Identifier: Apache-2.0
#include "formats/waiver_match_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/text.hpp"
#include "formats/strict_yaml.hpp"
#include "model/cve_id.hpp"
#include "model/environments.hpp"
#include "model/finding.hpp"
#include "model/inventory.hpp"

namespace patchbot {
namespace {

StrictYaml::Read into(std::vector<std::string>& globs, std::string_view what) {
  return [&globs, what](const YAML::Node& node) { globs = StrictYaml::texts(node, what); };
}

void check_known(const YAML::Node& node,
                 const std::vector<std::string>& globs,
                 const std::vector<std::string_view>& known,
                 const std::string& what) {
  for (const std::string& text : globs) {
    if (is_glob(text)) continue;
    const bool found = std::any_of(
        known.begin(), known.end(), [&](auto word) { return equals_nocase(word, text); });
    if (!found) StrictYaml::fail(node, what + StrictYaml::suggestion(text, known));
  }
}

void check_teams(const YAML::Node& node, const WaiverMatch& match, const Config& config) {
  if (config.teams.empty()) return;
  std::vector<std::string_view> known{unowned};
  for (const auto& [name, team] : config.teams) known.push_back(name);
  for (const std::string& team : match.team) {
    check_known(node, {team}, known, "team '" + team + "' is not in the configuration; ");
  }
}

void check_kinds(const YAML::Node& node, const WaiverMatch& match) {
  static const std::vector<std::string_view> known{to_text(Kind::vulnerability),
                                                   to_text(Kind::compliance),
                                                   to_text(Kind::misconfiguration),
                                                   to_text(Kind::secret),
                                                   to_text(Kind::license),
                                                   to_text(Kind::exposure)};
  for (const std::string& kind : match.kind) {
    check_known(node, {kind}, known, "kind '" + kind + "' is not known; ");
  }
}

// "pkg:*/*" names no package either, nor does "CVE-*" any risk.
bool matches_everything(std::string_view glob) {
  if (starts_with_nocase(glob, "pkg:")) glob.remove_prefix(4);
  if (glob.find_first_not_of("*?/") == std::string_view::npos) return true;
  const auto matches = [glob](std::string_view id) { return matches_glob(glob, id); };
  return matches("CVE-1999-0001") && matches("CVE-2031-987654");
}

// What looks like a CVE or a package URL and is none would match nothing, ever.
void check_forms(const YAML::Node& node, const WaiverMatch& match) {
  for (const std::string& cve : match.cve) {
    const bool is_year_first = cve[0] >= '0' && cve[0] <= '9';
    const bool is_meant =
        std::count(cve.begin(), cve.end(), '-') == 2 && starts_with_nocase(cve, "CVE-");
    if (is_glob(cve) || parse_cve_id(cve) || (!is_meant && !is_year_first)) continue;
    StrictYaml::fail(node, "cve '" + cve + "' is none; expected the form CVE-2024-6387");
  }
  for (const std::string& purl : match.purl) {
    if (starts_with_nocase(purl, "pkg:") || purl.starts_with('*')) continue;
    StrictYaml::fail(node, "purl '" + purl + "' is none; expected the form pkg:deb/debian/openssl");
  }
}

void settle(WaiverMatch& match, const Config& config) {
  const Environments names(config);
  for (std::string& word : match.environment) word = names.meaning_of(word);
}

void check_names_a_risk(const YAML::Node& node, const WaiverMatch& match) {
  const auto lists = {&match.id, &match.cve, &match.check, &match.package, &match.purl};
  if (std::all_of(lists.begin(), lists.end(), [](auto* list) { return list->empty(); })) {
    StrictYaml::fail(node,
                     "match needs at least one of id, cve, check, package, purl: a waiver accepts "
                     "a known risk, not everything");
  }
  for (const auto* globs : lists) {
    for (const std::string& glob : *globs) {
      if (!matches_everything(glob)) continue;
      StrictYaml::fail(node, "'" + glob + "' would match everything: name what is accepted");
    }
  }
}

std::vector<StrictYaml::Key> narrowing_keys(WaiverMatch& match) {
  return {{"cve", into(match.cve, "cve")},
          {"package", into(match.package, "package")},
          {"asset", into(match.asset, "asset")},
          {"team", into(match.team, "team")},
          {"environment", into(match.environment, "environment")},
          {"purl", into(match.purl, "purl")},
          {"source", into(match.source, "source")},
          {"kind", into(match.kind, "kind")}};
}

}  // namespace

WaiverMatch read_waiver_match(const YAML::Node& node, const Config& config) {
  WaiverMatch match;
  auto keys = narrowing_keys(match);
  keys.insert(keys.begin(), {{"id", into(match.id, "id")}, {"check", into(match.check, "check")}});
  StrictYaml::mapping(node, "match", keys);
  check_names_a_risk(node, match);
  check_forms(node, match);
  settle(match, config);
  check_teams(node, match, config);
  check_kinds(node, match);
  return match;
}

WaiverMatch read_vex_match(const YAML::Node& node, const Config& config) {
  WaiverMatch match;
  StrictYaml::mapping(node, "match", narrowing_keys(match));
  check_forms(node, match);
  settle(match, config);
  check_teams(node, match, config);
  check_kinds(node, match);
  return match;
}

std::string match_key(const WaiverMatch& match) {
  std::string key;
  for (const auto* globs : {&match.id,
                            &match.cve,
                            &match.check,
                            &match.package,
                            &match.asset,
                            &match.team,
                            &match.environment,
                            &match.purl,
                            &match.source,
                            &match.kind}) {
    std::set<std::string> texts;
    for (const std::string& glob : *globs) texts.insert(to_lower(glob));
    for (const std::string& text : texts) key += text + '\n';
    key += '\n';
  }
  return key;
}

}  // namespace patchbot
