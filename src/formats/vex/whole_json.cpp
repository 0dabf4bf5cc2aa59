// SPDX-License-Identifier: Apache-2.0
#include "formats/vex/whole_json.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/input_buffer.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::array<RecordPath, 1> whole{{{0, ""}}};
constexpr std::size_t max_bytes = std::size_t{32} * 1024 * 1024;

void check_names(const Node& node) {
  std::vector<std::string_view> names;
  for (const Node item : node.items()) {
    if (node.is_object()) names.push_back(item.key());
    if (item.is_object() || item.is_list()) check_names(item);
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) {
    throw Error(Blame::input, "the name '" + clean_line(*twice) + "' stands twice in one object");
  }
}

}  // namespace

WholeJson::WholeJson(std::string_view text)
    : tree_(whole, {}), stack_(tree_), source_(memory_source(text)) {
  if (text.size() > max_bytes) throw Error(Blame::input, "is larger than 32 MiB");
  // Once to the end, to see that it is one document, then again to its only object.
  walk_ = start();
  int objects = 0;
  int documents = 0;
  for (auto event = walk_->next(); event != Walk::Event::end; event = walk_->next()) {
    ++(event == Walk::Event::record ? objects : documents);
  }
  if (objects != 1 || documents != 1)
    throw Error(Blame::input, "expected one JSON object", Position{});
  source_->rewind();
  walk_ = start();
  walk_->next();
  check_names(root());
}

std::unique_ptr<Walk> WholeJson::start() {
  return walk_json({*source_, tree_, stack_, InputBuffer::default_chunk, WalkInput::Want::records});
}

}  // namespace patchbot
