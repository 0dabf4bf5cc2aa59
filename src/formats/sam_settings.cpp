// SPDX-License-Identifier: Apache-2.0
#include "formats/sam_settings.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "formats/line_index.hpp"
#include "formats/sam_parameters.hpp"
#include "formats/sam_structure.hpp"
#include "formats/template_reader.hpp"
#include "formats/template_toml.hpp"
#include "formats/template_yaml.hpp"

namespace patchbot {
namespace {

using Member = TemplateNode::Member;

constexpr std::string_view usual = "samconfig";

std::string name_of(std::string_view path) { return to_lower(path.substr(path.rfind('/') + 1)); }

bool is_ending(std::string_view ending) {
  return ending == ".toml" || ending == ".yaml" || ending == ".yml";
}

bool is_separator(char c) { return c == '.' || c == '-' || c == '_'; }

TemplateNode* find(TemplateNode& map, std::string_view key) {
  for (Member& member : map.members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

// The first of several sources counts, and a key of its own before them all.
void add_merged(const TemplateNode& source, std::vector<Member>& members) {
  members.insert(members.end(), source.members.begin(), source.members.end());
  std::for_each(source.items.rbegin(), source.items.rend(), [&](const TemplateNode& item) {
    add_merged(item, members);
  });
}

void resolve_merges(TemplateNode& node) {
  for (TemplateNode& item : node.items) resolve_merges(item);
  for (Member& member : node.members) resolve_merges(member.value);
  const auto merge = std::find_if(
      node.members.begin(), node.members.end(), [](const Member& one) { return one.key == "<<"; });
  if (merge == node.members.end()) return;
  std::vector<Member> members;
  add_merged(merge->value, members);
  node.members.erase(merge);
  std::move(node.members.begin(), node.members.end(), std::back_inserter(members));
  node.members = std::move(members);
  std::vector<TemplateProblem> overridden;
  keep_last_of_each(node, overridden);
}

// Whoever reads it must not take it for something else than SAM does.
void check_top(const TemplateNode& root) {
  if (!root.is_map()) {
    throw Error(Blame::input, "expected the environments of SAM's settings", root.place);
  }
  for (const Member& member : root.members) {
    if (member.key != "Resources" && member.key != "AWSTemplateFormatVersion") continue;
    throw Error(Blame::input,
                "has the name of SAM's settings, and the key " + member.key +
                    " of a template; give a template another name",
                member.place);
  }
}

// "samconfig-role.yaml" may be a template all the same: one for a role.
bool is_template_after_all(const TemplateNode& root, std::string_view path) {
  const auto has = [&](std::string_view key) { return root.find(key) != nullptr; };
  const std::string name = name_of(path);
  const bool is_usual = name.substr(0, name.rfind('.')) == usual;
  return !is_usual && (has("Resources") || has("AWSTemplateFormatVersion"));
}

void spell_out(Template& whole, std::string_view text) {
  const LineIndex index(text);
  for (Member& environment : whole.root.members) {
    for (Member& command : environment.value.members) {
      TemplateNode* const parameters = find(command.value, "parameters");
      TemplateNode* const given =
          parameters == nullptr ? nullptr : find(*parameters, "parameter_overrides");
      if (given != nullptr) spell_out_sam_overrides(*given, text, index, whole.problems);
    }
  }
}

}  // namespace

bool is_sam_settings(std::string_view path) {
  const std::string name = name_of(path);
  const auto dot = name.rfind('.');
  if (dot == std::string::npos || !is_ending(name.substr(dot))) return false;
  const std::string stem = name.substr(0, dot);
  if (stem == usual) return true;
  const bool begins = stem.starts_with(usual) && is_separator(stem[usual.size()]);
  const bool ends = stem.ends_with(usual) && is_separator(stem[stem.size() - usual.size() - 1]);
  return begins || ends;
}

Template read_sam_settings(std::string_view text, std::string_view path) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Template whole;
  if (to_lower(path).ends_with(".toml")) {
    whole.root = read_toml(text);
  } else if (trim(text).empty()) {
    whole.root.kind = TemplateNode::Kind::map;
  } else {
    whole = read_template(text);
    if (is_template_after_all(whole.root, path)) return whole;
    resolve_merges(whole.root);
  }
  check_top(whole.root);
  whole.form = Template::Form::sam_settings;
  add_sam_mistakes(whole.root, whole.problems);
  spell_out(whole, text);
  return whole;
}

}  // namespace patchbot
