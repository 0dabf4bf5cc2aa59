// SPDX-License-Identifier: Apache-2.0
#include "formats/template_toml.hpp"

#define TOML_ENABLE_FORMATTERS 0
#define TOML_HEADER_ONLY 1
#define TOML_MAX_NESTED_VALUES 16
#include <toml++/toml.h>

#include <algorithm>
#include <string>

#include "base/utf8.hpp"
#include "formats/line_index.hpp"
#include "formats/template_yaml.hpp"
#include "formats/toml_keys.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_bytes = std::size_t{1024} * 1024;

/// The tree of the library as one of ours.
class TomlTree {
 public:
  explicit TomlTree(std::string_view text) : text_(text), index_(text) {}

  TemplateNode value(const toml::node& from, std::size_t depth = 0) {
    TemplateNode node;
    node.place = place_of(from.source().begin);
    if (depth > TemplateLimits::depth) {
      throw Error(Blame::input, "nests deeper than 100 levels", node.place);
    }
    if (++values_ > TemplateLimits::values) {
      throw Error(Blame::input, "holds more than 500,000 values", node.place);
    }
    if (const toml::table* const table = from.as_table()) {
      add_members(*table, depth, node);
    } else if (const toml::array* const array = from.as_array()) {
      node.kind = TemplateNode::Kind::list;
      for (const toml::node& item : *array) node.items.push_back(value(item, depth + 1));
    } else if (const auto* const words = from.as_string()) {
      node.quoted = true;
      node.text = words->get();
    } else {
      node.text = written(from.source());
    }
    return node;
  }

  Position place_of(const toml::source_position& at) const {
    if (at.line < 1 || at.column < 1) return {};  // of the whole file
    return {index_.offset_of(at.line, at.column), at.line, at.column};
  }

 private:
  // The library sorts keys by their names.
  void add_members(const toml::table& table, std::size_t depth, TemplateNode& node) {
    node.kind = TemplateNode::Kind::map;
    for (const auto& [key, content] : table) {
      node.members.push_back(
          {std::string(key.str()), place_of(key.source().begin), value(content, depth + 1)});
    }
    std::stable_sort(node.members.begin(),
                     node.members.end(),
                     [](const TemplateNode::Member& a, const TemplateNode::Member& b) {
                       return a.place.offset < b.place.offset;
                     });
  }

  std::string written(const toml::source_region& region) const {
    const std::size_t begin = index_.offset_of(region.begin.line, region.begin.column);
    const std::size_t end = index_.offset_of(region.end.line, region.end.column);
    return std::string(text_.substr(begin, end < begin ? 0 : end - begin));
  }

  std::string_view text_;
  LineIndex index_;
  std::size_t values_ = 0;
};

}  // namespace

TemplateNode read_toml(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.size() > most_bytes) {
    throw Error(Blame::input, "is larger than 1 MiB; settings in TOML are a few lines");
  }
  check_toml_keys(text);
  TomlTree tree(text);
  try {
    return tree.value(toml::parse(text));
  } catch (const toml::parse_error& error) {
    throw Error(Blame::input,
                "is no TOML: " + clean_line(error.description()),
                tree.place_of(error.source().begin));
  }
}

}  // namespace patchbot
