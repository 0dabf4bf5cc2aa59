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

}  // namespace

WholeJson::WholeJson(std::string_view text)
    : text_(text), tree_(whole, {}), stack_(tree_), source_(memory_source(text)) {
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

void WholeJson::check_names(const Node& node) const {
  std::vector<Node> members;
  for (const Node item : node.items()) {
    if (node.is_object()) members.push_back(item);
    if (item.is_object() || item.is_list()) check_names(item);
  }
  std::sort(members.begin(), members.end(), [](const Node& a, const Node& b) {
    const int order = a.key().compare(b.key());
    return order != 0 ? order < 0 : a.offset() < b.offset();
  });
  const auto twice =
      std::adjacent_find(members.begin(), members.end(), [](const Node& a, const Node& b) {
        return a.key() == b.key();
      });
  if (twice == members.end()) return;
  fail(twice[1], "the name '" + clean_line(twice->key()) + "' stands twice in one object");
}

void WholeJson::fail(const Node& node, const std::string& what) const {
  // Nothing but blanks and a byte order mark stands before the only object.
  const std::size_t offset = text_.find('{') + node.offset();
  const auto source = memory_source(text_);
  InputBuffer buffer(*source, text_.size() + 1);
  const char* const begin = buffer.refill(buffer.begin());
  throw Error(Blame::input, what, buffer.position_of(begin + offset));
}

std::unique_ptr<Walk> WholeJson::start() {
  return walk_json({*source_, tree_, stack_, InputBuffer::default_chunk, WalkInput::Want::records});
}

}  // namespace patchbot
