// SPDX-License-Identifier: Apache-2.0
#include "formats/template_toml.hpp"

// Some broken texts ("[[@") break what the library asserts. Where asserts are off, it goes on as if
// that could not be: here they are always on, and an error like others.
namespace patchbot {
struct BrokenAssertion {};
constexpr void assert_or_throw(bool holds) {
  if (!holds) throw BrokenAssertion();
}
}  // namespace patchbot
#undef NDEBUG
#define TOML_ASSERT(expr) ::patchbot::assert_or_throw(static_cast<bool>(expr))
#define TOML_ENABLE_FORMATTERS 0
#define TOML_HEADER_ONLY 1
#define TOML_MAX_NESTED_VALUES 16
#include <toml++/toml.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "formats/line_index.hpp"
#include "formats/template_yaml.hpp"
#include "formats/toml_check.hpp"
#include "formats/toml_mask.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_bytes = std::size_t{1024} * 1024;

/// The tree of the library as one of ours.
class TomlTree {
 public:
  TomlTree(std::string_view text, const TomlMask& mask) : text_(text), mask_(mask), index_(text) {}

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
      node.text = mask_.unmasked(words->get(), written(from.source()), node.place);
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
      const Position place = place_of(key.source().begin);
      node.members.push_back({mask_.unmasked(key.str(), written(key.source()), place),
                              place,
                              value(content, depth + 1)});
    }
    std::stable_sort(node.members.begin(),
                     node.members.end(),
                     [](const TemplateNode::Member& a, const TemplateNode::Member& b) {
                       return a.place.offset < b.place.offset;
                     });
  }

  std::string_view written(const toml::source_region& region) const {
    const std::size_t begin = index_.offset_of(region.begin.line, region.begin.column);
    const std::size_t end = index_.offset_of(region.end.line, region.end.column);
    return text_.substr(begin, end < begin ? 0 : end - begin);
  }

  std::string_view text_;
  const TomlMask& mask_;
  LineIndex index_;
  std::size_t values_ = 0;
};

bool breaks_assertion(std::string_view text) {
  try {
    (void)toml::parse(text);
  } catch (const BrokenAssertion&) {
    return true;
  } catch (const toml::parse_error&) {
  }
  return false;
}

// The first line up to which the text breaks one.
Position broken_line(std::string_view text) {
  std::vector<std::size_t> ends;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    ends.push_back(end);
  }
  ends.push_back(text.size());
  const auto line = std::partition_point(ends.begin(), ends.end(), [&](std::size_t end) {
    return !breaks_assertion(text.substr(0, end));
  });
  const std::size_t begin = line == ends.begin() ? 0 : *std::prev(line) + 1;
  return LineIndex(text).position_of(begin);
}

}  // namespace

TemplateNode read_toml(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.size() > most_bytes) {
    throw Error(Blame::input, "is larger than 1 MiB; settings in TOML are a few lines");
  }
  check_toml(text);
  const TomlMask mask(text);
  TomlTree tree(text, mask);
  try {
    return tree.value(toml::parse(mask.masked()));
  } catch (const toml::parse_error& error) {
    throw Error(Blame::input,
                "is no TOML: " + clean_line(error.description()),
                tree.place_of(error.source().begin));
  } catch (const BrokenAssertion&) {
    throw Error(Blame::input,
                "is no TOML: expected a key or value that begins with a letter, a digit or a quote",
                broken_line(mask.masked()));
  }
}

}  // namespace patchbot
