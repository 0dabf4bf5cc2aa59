// SPDX-License-Identifier: Apache-2.0
#include "formats/records/sarif_rules.hpp"

#include <optional>

#include "base/text.hpp"

namespace patchbot {
namespace {

std::optional<std::size_t> index_of(const Node& node) {
  const auto number = node.number();
  if (!number || *number < 0 || *number > 1e9) return {};
  return static_cast<std::size_t>(*number);
}

// "CA1000/1" is a sub-rule of "CA1000".
bool names(const std::string& id, const Node& rule) {
  const std::string own = rule["id"].line();
  return id.empty() || id == own || (!own.empty() && id.starts_with(own + "/"));
}

std::string text_of(const Node& message) {
  if (!message.is_object()) return message.text();  // as before version 2
  return message.first_of({"text", "markdown"}).text();
}

// {0} is the first argument, {{ is one brace; a text without arguments stands as it is.
std::string with_arguments(const std::string& text, const Node& arguments) {
  std::vector<std::string> values;
  for (const Node value : arguments.items()) values.push_back(value.text());
  if (values.empty()) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto end = text.find('}', at);
    const bool opens = text[at] == '{' && end != std::string::npos && end - at <= 4;
    const auto index =
        opens ? parse_integer(std::string_view(text).substr(at + 1, end - at - 1)) : std::nullopt;
    if (index && *index >= 0 && static_cast<std::size_t>(*index) < values.size()) {
      out += values[static_cast<std::size_t>(*index)];
      at = end;
      continue;
    }
    out += text[at];
    const bool doubled =
        (text[at] == '{' || text[at] == '}') && text.substr(at + 1, 1) == text.substr(at, 1);
    if (doubled) ++at;
  }
  return out;
}

}  // namespace

SarifRules::SarifRules(const Node& tool) : driver_(tool["driver"]) {
  add(driver_);
  for (const Node extension : tool.all("extensions")) add(extension);
}

void SarifRules::add(const Node& node) {
  Component& component = components_.emplace_back();
  component.node = node;
  component.rules = node.all("rules");
  for (std::size_t i = 0; i < component.rules.size(); ++i) {
    component.by_id.try_emplace(component.rules[i]["id"].line(), i);
  }
}

// The driver, unless the result points to an extension by index, guid or name.
const SarifRules::Component* SarifRules::component_of(const Node& reference) const {
  if (components_.empty()) return nullptr;
  if (const auto index = index_of(reference["index"])) {
    return *index + 1 < components_.size() ? &components_[*index + 1] : nullptr;
  }
  for (const char* key : {"guid", "name"}) {
    const Node wanted = reference[key];
    if (!wanted) continue;
    for (const Component& component : components_) {
      if (component.node[key].raw() == wanted.raw()) return &component;
    }
  }
  return &components_.front();
}

Node SarifRules::named(const Component* first, const std::string& id) const {
  if (id.empty()) return {};
  if (first != nullptr) {
    const auto found = first->by_id.find(id);
    if (found != first->by_id.end()) return first->rules[found->second];
  }
  for (const Component& component : components_) {
    const auto found = component.by_id.find(id);
    if (found != component.by_id.end()) return component.rules[found->second];
  }
  return {};
}

Node SarifRules::rule_of(const Node& result) const {
  const Component* const component = component_of(result["rule"]["toolComponent"]);
  const std::string id = sarif_rule_id(result);
  auto index = index_of(result["ruleIndex"]);
  if (!index) index = index_of(result["rule"]["index"]);
  if (index && component != nullptr && *index < component->rules.size()) {
    const Node rule = component->rules[*index];
    if (names(id, rule)) return rule;
  }
  std::string part = id;
  for (;;) {
    if (const Node rule = named(component, part)) return rule;
    const auto slash = part.rfind('/');
    if (slash == std::string::npos) return {};
    part.resize(slash);
  }
}

std::string sarif_rule_id(const Node& result) {
  const std::string id = result["ruleId"].line();
  return id.empty() ? result["rule"]["id"].line() : id;
}

std::string sarif_message(const Node& message, const Node& rule, const Node& driver) {
  std::string text = text_of(message);
  const std::string id = message.is_object() ? message["id"].line() : std::string();
  if (text.empty() && !id.empty()) {
    text = text_of(rule["messageStrings"][id]);
    if (text.empty()) text = text_of(driver["globalMessageStrings"][id]);
  }
  return with_arguments(text, message["arguments"]);
}

}  // namespace patchbot
