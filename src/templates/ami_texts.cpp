// SPDX-License-Identifier: Apache-2.0
#include "templates/ami_texts.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "templates/ami_id.hpp"
#include "templates/ami_reach.hpp"
#include "templates/ami_slots.hpp"
#include "templates/nests.hpp"
#include "templates/open_text.hpp"

namespace patchbot {
namespace {

bool starts_servers(const TemplateResource& one) {
  const std::string type = one.type();
  return type == "AWS::EC2::LaunchTemplate" || type == "AWS::AutoScaling::LaunchConfiguration";
}

constexpr std::string_view output_value = "Outputs.Value";

// The order of several says nothing.
std::set<std::string> ids_in(const AmiText& text) {
  const std::vector<std::string> ids = ami_ids(text.value);
  return {ids.begin(), ids.end()};
}

bool is_same(const AmiText& one, const AmiText& other) {
  if (one.presence != other.presence) return false;
  if (one.value == other.value) return true;
  const std::set<std::string> ids = ids_in(one);
  return !ids.empty() && ids == ids_in(other);
}

}  // namespace

AmiTextReader::AmiTextReader(const std::vector<TemplateResource>& living,
                             ExpressionTexts& expressions,
                             const std::set<std::string>& unread)
    : living_(living), expressions_(expressions), unread_(unread) {}

AmiTexts AmiTextReader::all() {
  AmiTexts texts;
  for (const TemplateResource& one : living_) add(one, nullptr, texts);
  for (const std::string& name : expressions_.outputs()) add_output(name, texts);
  for (const auto& [place, text] : expressions_.transforms()) {
    texts[{place, "Fn::Transform"}] = {text, {}};
  }
  return texts;
}

void AmiTextReader::add(const TemplateResource& resource, const Property* only, AmiTexts& texts) {
  if (is_nested_stack(resource)) return add_stack(resource, only, texts);
  const TemplateNode* const own = resource.node->find("Properties");
  if (own == nullptr) return;
  const std::string path = resource.path + "/Properties";
  for (const AmiProperty& property : ami_properties(resource.type())) {
    if (only != nullptr && *only != property.path) continue;
    const auto counts = [&](const TemplateNode& owner, const TemplateNode& value) {
      const bool is_by_value = property.type == "AWS::SSM::Parameter";
      const std::string place = below(path, property.path);
      return is_ami_property(property, owner, is_by_value ? expressions_.of(value, place) : "");
    };
    std::string text = expressions_.at(*own, path, split(property.path, '.'), counts);
    if (text.empty()) continue;
    texts[{resource.id, std::string(property.path)}] = {std::move(text),
                                                        expressions_.presence_of(resource),
                                                        source_of(resource, property),
                                                        starts_servers(resource)};
  }
  if (is_foreign_type(resource.type())) add_named(resource, *own, path, {}, only, texts);
}

// Of types that nobody here knows, what is called an image, and is an AMI.
void AmiTextReader::add_named(const TemplateResource& resource,
                              const TemplateNode& map,
                              const std::string& path,
                              const std::string& property,
                              const Property* only,
                              AmiTexts& texts) {
  for (const TemplateNode::Member& one : map.members) {
    const std::string here = below(path, one.key);
    const std::string name = property.empty() ? one.key : property + "." + one.key;
    const bool is_call = one.key.starts_with("Fn::") || one.key == "Ref";
    if (is_call) continue;
    if (one.value.is_map()) add_named(resource, one.value, here, name, only, texts);
    const bool is_asked = only == nullptr || *only == name;
    if (!is_asked || !names_image(one.key)) continue;
    std::string text = expressions_.of(one.value, here);
    if (ami_ids(text).empty()) continue;
    texts[{resource.id, name}] = {std::move(text), expressions_.presence_of(resource)};
  }
}

// Of another version nobody knows what it holds.
std::string AmiTextReader::source_of(const TemplateResource& resource,
                                     const AmiProperty& property) {
  if (!property.is_way) return {};
  const TemplateNode& own = *resource.node->find("Properties");
  std::vector<std::string_view> steps = split(property.path, '.');
  expressions_.take_servers();
  expressions_.at(own, "", steps, {});
  const std::set<std::string> servers = expressions_.take_servers();
  if (servers.size() != 1) return {};
  steps.emplace_back("Version");
  const std::string version = expressions_.at(own, "", steps, {});
  const bool is_newest =
      version.find("Latest") != std::string::npos || property.path == "LaunchConfigurationName";
  return is_newest ? *servers.begin() : std::string();
}

void AmiTextReader::add_stack(const TemplateResource& stack,
                              const Property* only,
                              AmiTexts& texts) {
  const TemplateNode* const own = stack.node->find("Properties");
  if (own == nullptr || !unread_.contains(stack.id)) return;
  const auto add = [&](const std::string& name, const std::vector<std::string_view>& steps) {
    if (only != nullptr && *only != name) return;
    std::string text = expressions_.at(*own, stack.path + "/Properties", steps, {});
    if (!text.empty()) {
      texts[{stack.id, name}] = {std::move(text), expressions_.presence_of(stack)};
    }
  };
  const std::string_view where = name_of_nested_path(stack);
  add(std::string(where), {where});
  const TemplateNode* const values = own->find("Parameters");
  if (values == nullptr) return;
  for (const TemplateNode::Member& one : values->members) {
    if (names_image(one.key)) add("Parameters." + one.key, {"Parameters", one.key});
  }
}

// What is no AMI yet, or the way to one, is told by the name alone.
void AmiTextReader::add_output(const std::string& name, AmiTexts& texts) {
  expressions_.take_servers();
  const auto value = expressions_.of_output(name);
  if (!value) return;
  std::set<std::string> sources = expressions_.take_servers();
  std::erase_if(sources, [&](const std::string& id) { return !is_launch_template(id); });
  const bool is_way = !is_known(*value) && !sources.empty();
  const bool is_image =
      !ami_ids(*value).empty() || stored_name(*value) || (names_image(name) && !is_known(*value));
  if (!is_way && !is_image) return;
  texts[{name, std::string(output_value)}] = {
      *value, {}, is_way && sources.size() == 1 ? *sources.begin() : std::string()};
}

bool AmiTextReader::is_launch_template(const std::string& id) const {
  return std::any_of(living_.begin(), living_.end(), [&](const TemplateResource& one) {
    return one.id == id && starts_servers(one);
  });
}

std::set<std::string> AmiTextReader::places_beside(const AmiUse& use) {
  std::set<std::string> places;
  const ExpressionTexts::Recording recording(expressions_, places);
  is_output(use) ? void(expressions_.of_output(use.resource)) : void(expressions_.transforms());
  return places;
}

std::set<std::string> AmiTextReader::places_of(const TemplateResource& server,
                                               const std::string& property) {
  std::set<std::string> places;
  const ExpressionTexts::Recording recording(expressions_, places);
  AmiTexts unused;
  add(server, &property, unused);
  return places;
}

bool is_beside_resources(const AmiUse& use) {
  return is_output(use) || use.property == "Fn::Transform";
}

bool is_output(const AmiUse& use) { return use.property == output_value; }

std::vector<AmiUse> differing(const AmiTexts& before, const AmiTexts& after) {
  std::vector<AmiUse> uses;
  for (const auto& [use, text] : after) {
    const auto other = before.find(use);
    if (other == before.end() || !is_same(text, other->second)) uses.push_back(use);
  }
  for (const auto& [use, text] : before) {
    if (!after.contains(use)) uses.push_back(use);
  }
  return uses;
}

std::set<std::string> ids_of(const AmiTexts& texts, const AmiUse& use) {
  const auto found = texts.find(use);
  if (found == texts.end()) return {};
  const std::string& source = found->second.source;
  if (source.empty()) return ids_in(found->second);
  const auto slash = use.resource.rfind('/');
  const bool is_nested = slash != std::string::npos;
  const std::string stack = is_nested ? use.resource.substr(0, slash + 1) : std::string();
  for (const char* property : {"LaunchTemplateData.ImageId", "ImageId"}) {
    const auto server = texts.find({stack + source, property});
    if (server != texts.end()) return ids_in(server->second);
  }
  return {};
}

}  // namespace patchbot
