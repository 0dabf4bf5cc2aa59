// SPDX-License-Identifier: Apache-2.0
#include "formats/lint_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/utf8.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

constexpr int max_depth = 300;  // cfn-guard repeats values of a template in what it says
constexpr std::size_t max_message = 500;

// Names of the linters are told by the caller; here only what is wrong with the output.
json parse_list(std::string_view text) {
  bool deep = false;
  const auto watch = [&deep](int depth, json::parse_event_t, json&) {
    deep = deep || depth > max_depth;
    return !deep;
  };
  json list = json::parse(text, watch, false);
  if (deep || !list.is_array()) throw Error(Blame::input, "printed no list of findings in JSON");
  return list;
}

// What is not there is empty, as is what has another type.
const json& member(const json& object, const char* name) {
  static const json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

std::string text_in(const json& object, const char* name) {
  const json& value = member(object, name);
  return value.is_string() ? clean_line(value.get_ref<const std::string&>()) : std::string();
}

std::uint64_t number_in(const json& object, const char* name) {
  const json& value = member(object, name);
  return value.is_number_unsigned() ? std::max<std::uint64_t>(value.get<std::uint64_t>(), 1) : 1;
}

std::string path_of(const json& steps) {
  std::string path;
  if (!steps.is_array()) return path;
  for (const json& step : steps) {
    path += '/';
    path += step.is_string() ? clean_line(step.get_ref<const std::string&>()) : step.dump();
  }
  return path;
}

GateLevel level_of(const std::string& word) {
  if (word == "Warning") return GateLevel::warn;
  return word == "Informational" ? GateLevel::note : GateLevel::fail;
}

// "Path=/Resources/Bucket/Properties[L:13,C:6] Value={...}": the path is all that can be relied on,
// and the value may be long. Of a comparison with a list: "property
// [/Resources/Web/...[L:4,C:63]]".
std::string path_in(std::string_view text) {
  constexpr std::string_view compared = "property [/";
  const auto value = text.find("Path=/");
  const auto property = text.find(compared);
  if (value == std::string_view::npos && property == std::string_view::npos) return {};
  text.remove_prefix(property < value ? property + compared.size() - 1 : value + 5);
  return std::string(text.substr(0, std::min(text.find("[L:"), text.find(' '))));
}

// Lines move from one version to the next; what is said of a value stays the same.
std::string without_marks(std::string text) {
  for (auto at = text.find("[L:"); at != std::string::npos; at = text.find("[L:", at)) {
    const auto end = text.find(']', at);
    if (end == std::string::npos) break;
    text.erase(at, end + 1 - at);
  }
  return text;
}

LintFinding finding_of(const json& clause, const std::string& file, const std::string& rule) {
  const json& messages = member(clause, "messages");
  const std::string said = text_in(messages, "error_message");
  LintFinding finding{file, GateLevel::fail, rule, path_in(said), {}, {}};
  finding.message = text_in(messages, "custom_message");
  if (finding.message.empty()) finding.message = said.substr(0, said.find(" Value traversed to"));
  if (finding.message.empty()) finding.message = text_in(clause, "context");
  finding.message = std::string(cut_utf8(without_marks(finding.message), max_message));
  return finding;
}

// Checks nest: in blocks, in "or" lists, in rules that name rules. A clause is what has been asked
// of one value: {"Clause": {"Unary": {"messages": ..., "check": ...}}}.
void collect(const json& node,
             const std::string& file,
             const std::string& rule,
             std::vector<LintFinding>& findings) {
  const json& clause = member(node, "Clause");
  if (clause.is_object()) {
    for (const json& one : clause) findings.push_back(finding_of(one, file, rule));
    return;
  }
  if (!node.is_structured()) return;
  const std::string own = node.is_object() ? text_in(node, "name") : std::string();
  for (const json& one : node) collect(one, file, own.empty() ? rule : own, findings);
}

}  // namespace

std::vector<LintFinding> parse_cfn_lint(std::string_view text) {
  std::vector<LintFinding> findings;
  for (const json& one : parse_list(text)) {
    const json& start = member(member(one, "Location"), "Start");
    LintFinding finding{text_in(one, "Filename"),
                        level_of(text_in(one, "Level")),
                        text_in(member(one, "Rule"), "Id"),
                        path_of(member(member(one, "Location"), "Path")),
                        text_in(one, "Message"),
                        {0, number_in(start, "LineNumber"), number_in(start, "ColumnNumber")}};
    if (finding.file.empty() || finding.rule.empty()) {
      throw Error(Blame::input, R"(printed a finding without "Filename" or "Rule")");
    }
    finding.message = std::string(cut_utf8(finding.message, max_message));
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::vector<LintFinding> parse_cfn_guard(std::string_view text) {
  std::vector<LintFinding> findings;
  for (const json& report : parse_list(text)) {
    const std::string file = text_in(report, "name");
    const std::string status = text_in(report, "status");
    if (file.empty() || status.empty()) {
      throw Error(Blame::input, R"(printed a report without "name" or "status")");
    }
    const std::size_t before = findings.size();
    for (const json& rule : member(report, "not_compliant")) collect(rule, file, "", findings);
    if (status == "FAIL" && findings.size() == before) {
      findings.push_back({file, GateLevel::fail, "FAIL", "", "does not say why", {}});
    }
  }
  return findings;
}

}  // namespace patchbot
