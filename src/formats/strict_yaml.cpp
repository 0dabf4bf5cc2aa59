// SPDX-License-Identifier: Apache-2.0
#include "formats/strict_yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_bytes = std::size_t{4} * 1024 * 1024;
constexpr std::ptrdiff_t max_brackets = 200000;

Position to_position(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return {static_cast<std::uint64_t>(mark.pos),
          static_cast<std::uint64_t>(mark.line) + 1,
          static_cast<std::uint64_t>(mark.column) + 1};
}

// Watches the parser's events. Aliases have no place in these files, and a few of them can unfold
// to gigabytes; deep nesting would overflow the stack of a recursive reader.
class Watchman : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Error(Blame::usage, "aliases (*name) are not accepted here", to_position(mark));
  }
  void OnScalar(const YAML::Mark&,
                const std::string&,
                YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark& mark,
                       const std::string&,
                       YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    enter(mark);
  }
  void OnSequenceEnd() override { --depth_; }
  void OnMapStart(const YAML::Mark& mark,
                  const std::string&,
                  YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    enter(mark);
  }
  void OnMapEnd() override { --depth_; }

 private:
  void enter(const YAML::Mark& mark) {
    if (++depth_ > 32) throw Error(Blame::usage, "nested more than 32 deep", to_position(mark));
  }

  int depth_ = 0;
};

YAML::Node load(std::string_view text) {
  const std::string copy(text);
  std::istringstream stream(copy);
  YAML::Parser parser(stream);
  Watchman watchman;
  if (!parser.HandleNextDocument(watchman)) throw Error(Blame::usage, "the file is empty");
  if (parser.HandleNextDocument(watchman)) {
    throw Error(Blame::usage, "holds more than one document (---); only one would be read");
  }
  return YAML::Load(copy);
}

void refuse_duplicates(const YAML::Node& node, std::string_view what) {
  std::set<std::string> names;
  for (const auto& entry : node) {
    if (!names.insert(entry.first.Scalar()).second) {
      StrictYaml::fail(
          entry.first,
          "key '" + clean_line(entry.first.Scalar()) + "' is given twice in " + std::string(what));
    }
  }
}

void expect_mapping(const YAML::Node& node, std::string_view what) {
  if (!node.IsMap()) StrictYaml::fail(node, std::string(what) + " must be a mapping (key: value)");
  for (const auto& entry : node) {
    if (!entry.first.IsScalar()) StrictYaml::fail(entry.first, "a key must be a plain word");
  }
  refuse_duplicates(node, what);
}

}  // namespace

namespace {

// Of the line with this number, from 1, or the one before it: that is where parsers stop.
bool is_indented_by_tab(std::string_view text, std::size_t number) {
  const auto lines = split(text, '\n');
  for (std::size_t i = number < 2 ? 0 : number - 2; i < number && i < lines.size(); ++i) {
    const auto end = lines[i].find_first_not_of(" \t");
    if (lines[i].substr(0, end).find('\t') != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

void StrictYaml::parse(std::string_view text, const std::function<void(const YAML::Node&)>& read) {
  if (text.size() > max_bytes) throw Error(Blame::usage, "is larger than 4 MiB");
  // Each may nest, and the parser takes hundreds of bytes for every level before it says no.
  if (std::count_if(text.begin(), text.end(), [](char c) { return c == '[' || c == '{'; }) >
      max_brackets) {
    throw Error(Blame::usage, "has more than 200000 opening brackets");
  }
  try {
    read(load(text));
  } catch (const YAML::Exception& error) {
    const Position place = to_position(error.mark);
    const std::string hint = is_indented_by_tab(text, place.line)
                                 ? "; the line is indented by a tab, and YAML takes blanks only"
                                 : "";
    throw Error(Blame::usage, "not valid YAML: " + clean_line(error.msg) + hint, place);
  }
}

void StrictYaml::mapping(const YAML::Node& node,
                         std::string_view what,
                         const std::vector<Key>& keys) {
  expect_mapping(node, what);
  std::vector<std::string_view> names(keys.size());
  std::transform(keys.begin(), keys.end(), names.begin(), [](const Key& key) { return key.name; });
  for (const auto& entry : node) {
    const std::string name = entry.first.Scalar();
    const auto known = std::find_if(
        keys.begin(), keys.end(), [&name](const Key& key) { return key.name == name; });
    if (known == keys.end()) {
      fail(entry.first,
           "unknown key '" + clean_line(name) + "' in " + std::string(what) + "; " +
               suggestion(name, names));
    }
    known->read(entry.second);
  }
  for (const Key& key : keys) {
    if (key.required && !node[std::string(key.name)]) {
      fail(node, std::string(what) + " needs the key '" + std::string(key.name) + "'");
    }
  }
}

void StrictYaml::each_entry(
    const YAML::Node& node,
    std::string_view what,
    const std::function<void(const std::string&, const YAML::Node&)>& read) {
  expect_mapping(node, what);
  for (const auto& entry : node) read(entry.first.Scalar(), entry.second);
}

void StrictYaml::each_item(const YAML::Node& node, std::string_view what, const Read& read) {
  if (!node.IsSequence()) fail(node, std::string(what) + " must be a list (- item)");
  for (const auto& item : node) read(item);
}

std::string StrictYaml::text(const YAML::Node& node, std::string_view what) {
  if (!node.IsScalar()) fail(node, std::string(what) + " must be a text");
  std::string value = clean_text(node.Scalar());
  if (trim(value).empty()) fail(node, std::string(what) + " must not be empty");
  return value;
}

std::string StrictYaml::line(const YAML::Node& node, std::string_view what) {
  return clean_line(text(node, what));
}

std::vector<std::string> StrictYaml::texts(const YAML::Node& node, std::string_view what) {
  return texts(node, what, [what](const YAML::Node& item) { return text(item, what); });
}

std::vector<std::string> StrictYaml::texts(
    const YAML::Node& node,
    std::string_view what,
    const std::function<std::string(const YAML::Node&)>& read) {
  if (node.IsScalar()) return {read(node)};
  std::vector<std::string> values;
  each_item(node, what, [&](const YAML::Node& item) { values.push_back(read(item)); });
  if (values.empty()) fail(node, std::string(what) + " must not be an empty list");
  return values;
}

Position StrictYaml::position_of(const YAML::Node& node) { return to_position(node.Mark()); }

void StrictYaml::fail(const YAML::Node& node, const std::string& message) {
  throw Error(Blame::usage, message, position_of(node));
}

std::string StrictYaml::suggestion(std::string_view word,
                                   const std::vector<std::string_view>& known) {
  if (const auto near = closest(word, known)) {
    return "did you mean '" + std::string(*near) + "'?";
  }
  std::string list = "expected one of: ";
  for (std::string_view name : known) {
    if (name != known.front()) list += ", ";
    list += name;
  }
  return list;
}

}  // namespace patchbot
