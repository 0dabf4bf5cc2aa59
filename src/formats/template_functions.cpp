// SPDX-License-Identifier: Apache-2.0
#include "formats/template_functions.hpp"

#include <algorithm>
#include <array>

namespace patchbot {
namespace {

// Fn::Length, Fn::ToJsonString, Fn::ForEach and Fn::Include have no short form.
constexpr std::array<std::string_view, 23> functions{
    "And",         "Base64",    "Cidr",      "Contains", "EachMemberEquals", "EachMemberIn",
    "Equals",      "FindInMap", "GetAZs",    "GetAtt",   "GetStackOutput",   "If",
    "ImportValue", "Join",      "Not",       "Or",       "RefAll",           "Select",
    "Split",       "Sub",       "Transform", "ValueOf",  "ValueOfAll"};

// "Web.Outputs.Address" is the attribute Outputs.Address of Web.
void split_attribute(TemplateNode& value) {
  const auto dot = value.text.find('.');
  if (!value.is_scalar() || dot == std::string::npos) return;
  TemplateNode resource;
  resource.quoted = true;
  resource.text = value.text.substr(0, dot);
  resource.place = value.place;
  TemplateNode attribute = resource;
  attribute.text = value.text.substr(dot + 1);
  value.items = {std::move(resource), std::move(attribute)};
  value.kind = TemplateNode::Kind::list;
  value.text.clear();
}

void unify_argument(std::string_view function, TemplateNode& value) {
  if (function == "Fn::GetAtt") split_attribute(value);
  if (function == "Fn::Sub" && value.items.size() == 1 && value.items.front().is_scalar()) {
    TemplateNode only = std::move(value.items.front());
    value = std::move(only);
  }
}

}  // namespace

std::string function_of_tag(std::string_view tag) {
  if (tag == "Ref" || tag == "Condition") return std::string(tag);
  if (std::find(functions.begin(), functions.end(), tag) == functions.end()) return {};
  return "Fn::" + std::string(tag);
}

TemplateNode call_of(std::string function, TemplateNode value) {
  unify_argument(function, value);
  TemplateNode call;
  call.kind = TemplateNode::Kind::map;
  call.place = value.place;
  call.members.push_back({std::move(function), call.place, std::move(value)});
  return call;
}

void unify_call(TemplateNode& map) {
  if (map.members.size() == 1) unify_argument(map.members[0].key, map.members[0].value);
}

}  // namespace patchbot
