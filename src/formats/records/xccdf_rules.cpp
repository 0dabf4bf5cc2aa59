// SPDX-License-Identifier: Apache-2.0
#include "formats/records/xccdf_rules.hpp"

#include "base/utf8.hpp"
#include "formats/records/fields.hpp"
#include "formats/records/known_ids.hpp"

namespace patchbot {
namespace {

std::string key_of(const std::string& benchmark, const std::string& id) {
  return benchmark + "\n" + id;
}

// A reference is a text with an address, or Dublin Core elements.
void add_reference(const Node& reference, XccdfRule& rule) {
  Finding holder;
  add_refs(holder, reference["@href"]);
  for (std::string& ref : holder.refs) add_text(rule.refs, std::move(ref));
  const std::string text = clean_line(reference.whole_text());
  if (!text.empty()) add_text(rule.xrefs, "reference:" + text);
}

}  // namespace

void add_xccdf_ident(const Node& ident,
                     std::vector<std::string>& vuln_ids,
                     std::vector<std::string>& xrefs) {
  const std::string text = ident.line(200);
  const std::size_t known = vuln_ids.size();
  std::vector<std::string> found;
  add_ids_in(found, text);
  for (std::string& id : found) add_text(vuln_ids, std::move(id));
  if (!found.empty() || vuln_ids.size() > known || text.empty()) return;
  const auto dash = text.find('-');
  const bool typed = dash != std::string::npos && dash > 0 && dash <= 6;
  add_text(xrefs, (typed ? text.substr(0, dash) : "ident") + ":" + text);
}

void XccdfRules::add(const std::string& benchmark, const Node& node) {
  XccdfRule rule;
  rule.title = clean_line(node["title"].whole_text());
  rule.description = node["description"].whole_text();
  const std::string rationale = node["rationale"].whole_text();
  if (!rationale.empty()) rule.description += "\n\nRationale: " + rationale;
  rule.solution = node["fixtext"].whole_text();
  rule.severity = severity_of_word(node["@severity"]);
  for (const Node& ident : node.all("ident")) add_xccdf_ident(ident, rule.vuln_ids, rule.xrefs);
  for (const Node& reference : node.all("reference")) add_reference(reference, rule);
  const std::string id = node["@id"].line();
  std::string key = key_of(benchmark, id);
  first_.try_emplace(id, key);
  rules_.try_emplace(std::move(key), std::move(rule));
}

void XccdfRules::add_title(const std::string& benchmark, const Node& title) {
  titles_.try_emplace(benchmark, clean_line(title.whole_text()));
}

void XccdfRules::clear() {
  rules_.clear();
  first_.clear();
  titles_.clear();
}

const XccdfRule* XccdfRules::find(const std::string& benchmark, const std::string& id) const {
  auto found = rules_.find(key_of(benchmark, id));
  if (found == rules_.end()) {
    const auto first = first_.find(id);
    if (first != first_.end()) found = rules_.find(first->second);
  }
  return found == rules_.end() ? nullptr : &found->second;
}

std::string XccdfRules::title(const std::string& benchmark) const {
  const auto found = titles_.find(benchmark);
  return found == titles_.end() ? std::string() : found->second;
}

}  // namespace patchbot
