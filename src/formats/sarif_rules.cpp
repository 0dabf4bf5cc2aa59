// SPDX-License-Identifier: Apache-2.0
#include "formats/sarif_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/finding_text.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_description = 1000;  // GitHub: 1024 characters
constexpr std::size_t max_help = 2000;
constexpr std::size_t max_tag = 100;

void add_tag(std::vector<std::string>& tags, std::string tag) {
  if (tags.size() == SarifRules::max_tags || tag.empty() || tag.size() > max_tag) return;
  if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(std::move(tag));
}

// GitHub shows rules tagged "security" by their security-severity, and knows weakness classes by
// "external/cwe/cwe-79".
std::vector<std::string> tags_of(const Finding& f) {
  std::vector<std::string> tags{"security"};
  add_tag(tags, std::string(to_text(f.kind)));
  if (f.kev) add_tag(tags, "known-exploited");
  for (std::size_t i = 0; i < f.cwes.size() && i < 5; ++i) {
    add_tag(tags, "external/cwe/" + to_lower(short_line(f.cwes[i], max_tag / 2)));
  }
  for (const std::string& id : f.vuln_ids) add_tag(tags, short_line(id, max_tag));
  return tags;
}

std::string_view or_else(std::string_view text, std::string_view other) {
  return text.empty() ? other : text;
}

void add_text(JsonWriter& json, std::string_view name, std::string_view text, std::size_t limit) {
  json.key(name).open_object();
  json.member("text", to_sarif_message(short_text(text, limit))).close_object();
}

// Left open where the severity goes in.
std::string head_of(const Finding& f, const std::string& name) {
  const std::string_view title = or_else(f.title, or_else(f.native_id, "unnamed"));
  const std::string_view synopsis = or_else(f.synopsis, or_else(f.description, title));
  std::string out;
  JsonWriter json(out);
  json.open_object().member("id", name);
  add_text(json, "shortDescription", short_line(title, max_description), max_description);
  add_text(json, "fullDescription", synopsis, max_description);
  add_text(json, "help", or_else(f.fix.solution, synopsis), max_help);
  const auto addresses = web_addresses(f, 1);
  if (!addresses.empty()) json.member("helpUri", addresses[0]);
  json.key("properties").open_object().texts_if("tags", tags_of(f));
  return out;
}

double score_within(const Finding& f, Severity severity) {
  double best = 0;
  for (const Cvss& cvss : f.cvss) {
    if (cvss.score && severity_of_score(*cvss.score) == severity)
      best = std::max(best, *cvss.score);
  }
  return best;
}

// GitHub makes its own severity of this number, which must be the one that PatchBot shows: without
// a score in the severity's band, one from the middle of the band stands for it.
std::string score_text(Severity severity, double score) {
  if (score > 0) return fmt::format("{:.1f}", score);
  switch (severity) {
    case Severity::critical: return "9.5";
    case Severity::high: return "8.0";
    case Severity::medium: return "5.5";
    case Severity::low: return "2.0";
    case Severity::info:
    case Severity::unknown: break;
  }
  return {};
}

}  // namespace

std::string to_sarif_message(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '{' || c == '}') out += c;
    if (c == '(' && out.ends_with(']')) out += ' ';
    out += c;
  }
  return out;
}

std::string_view sarif_level(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::high: return "error";
    case Severity::medium:
    case Severity::unknown: return "warning";  // what SARIF takes where nothing is said
    case Severity::low:
    case Severity::info: break;
  }
  return "note";
}

std::size_t SarifRules::index_of(const Finding& f, const std::string& name) {
  const auto [place, added] = by_name_.try_emplace(name, rules_.size());
  if (added) rules_.push_back({head_of(f, name), f.severity, 0});
  Rule& rule = rules_[place->second];
  if (f.severity > rule.severity) {
    rule.severity = f.severity;
    rule.score = 0;
  }
  rule.score = std::max(rule.score, score_within(f, rule.severity));
  return place->second;
}

void SarifRules::append(JsonWriter& json, std::string& out) const {
  json.key("rules").open_array();
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const Rule& rule = rules_[i];
    out += (i == 0 ? "\n" : ",\n") + rule.head;
    const std::string score = score_text(rule.severity, rule.score);
    if (!score.empty()) out += ",\"security-severity\":\"" + score + "\"";
    out += fmt::format("}},\"defaultConfiguration\":{{\"level\":\"{}\"}}}}",
                       sarif_level(rule.severity));
  }
  json.close_array();
}

void SarifRules::clear() {
  by_name_.clear();
  rules_.clear();
}

}  // namespace patchbot
