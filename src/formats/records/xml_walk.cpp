// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/input_buffer.hpp"
#include "base/text.hpp"
#include "formats/records/walk.hpp"
#include "formats/xml_scanner.hpp"

namespace patchbot {
namespace {

using Token = XmlScanner::Token;
using Mark = XmlScanner::Mark;

// A longer text that is neither record nor context is passed over in pieces.
constexpr std::size_t skipped_leaf_limit = std::size_t{1024} * 1024;

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class XmlWalk : public Walk {
 public:
  explicit XmlWalk(const WalkInput& input)
      : tree_(input.tree),
        stack_(input.stack),
        want_(input.want),
        buffer_(input.source, input.chunk),
        scanner_(buffer_) {
    scanner_.set_leaf_limit(skipped_leaf_limit);
    scanner_.set_document_type(XmlScanner::DocumentType::passed_over);
    stack_.enter(PathTree::root);
  }

  Event next() override {
    if (ended_) return Event::end;
    if (leaves_) {
      leaves_ = false;
      stack_.leave();
    }
    for (;;) {
      const Mark mark = scanner_.mark();
      const Token token = scanner_.next();
      if (token == Token::more) {
        const Mark from = scanner_.mark();
        scanner_.rewind(from, buffer_.refill(from.place));
      } else if (token == Token::finish) {
        ended_ = true;
        return Event::document_end;
      } else if (token == Token::close ? close() : take(token, mark)) {
        return Event::record;
      }
    }
  }

 private:
  // True if the end of an element is a record; the element is left afterwards.
  bool close() { return scanner_.depth() < stack_.depth() - 1 && leave(); }

  bool leave() {
    const bool is_record = take_end();
    const bool inside = scanner_.depth() > 0;  // the context of the root element stays
    leaves_ = is_record && inside;
    if (!is_record && inside) stack_.leave();
    return is_record;
  }

  bool take_end() {
    kind_ = tree_[stack_.step()].closed;
    if (kind_ == PathTree::none || want_ != WalkInput::Want::records) return false;
    set_nothing();
    return true;
  }

  bool take(Token token, const Mark& mark) {
    // Inside an element without a step, deeper than the stack: nothing there matters.
    const std::size_t around = scanner_.depth() - (token == Token::open ? 1 : 0);
    if (around > stack_.depth() - 1) return false;
    const std::uint16_t at = tree_.child(stack_.step(), without_prefix(scanner_.name()));
    if (at == PathTree::none) return false;
    const PathTree::Step& step = tree_[at];
    if (step.leads_to_record) stack_.lead();
    if (step.record != PathTree::none) {
      if (want_ != WalkInput::Want::records) return false;
      kind_ = step.record;
      build(mark);
      return true;
    }
    if (step.context != PathTree::none) {
      if (stack_.wants_context()) keep(step.context, mark);
    } else {
      enter(at);
      if (token == Token::leaf) return leave();  // entered all the same, as it is if it is long
    }
    return false;
  }

  void enter(std::uint16_t at) {
    stack_.enter(at);
    if (!tree_[at].has_context || !stack_.wants_context()) return;
    for (const XmlAttribute& attribute : scanner_.attributes()) {
      const std::uint16_t step = tree_.child(at, "@" + std::string(attribute.name));
      if (step != PathTree::none && tree_[step].context != PathTree::none) {
        keep_attribute(tree_[step].context, attribute.value);
      }
    }
  }

  void keep_attribute(std::uint16_t context, std::string_view value) {
    tape_.clear();
    tape_.base = value.data();
    Cell& cell = tape_.cells.emplace_back();
    cell.type = NodeType::text;
    cell.coding = NodeCoding::xml;
    cell.value_size = static_cast<std::uint32_t>(value.size());
    stack_.keep(context, std::make_shared<KeptNode>(tape_, value.size()));
  }

  void keep(std::uint16_t context, const Mark& mark) {
    build(mark);
    const auto size = static_cast<std::size_t>(scanner_.place() - tape_.base);
    stack_.keep(context, std::make_shared<KeptNode>(tape_, size));
  }

  // Reads the element behind the mark into tape_, from its start again when the window ends.
  void build(Mark mark) {
    scanner_.set_leaf_limit(SIZE_MAX);
    scanner_.rewind(mark, mark.place);
    while (!build_from(mark.place)) {
      const char* const place = buffer_.refill(mark.place);
      scanner_.rewind(mark, place);
      mark.place = place;
    }
    scanner_.set_leaf_limit(skipped_leaf_limit);
  }

  bool build_from(const char* base) {
    tape_.clear();
    tape_.base = base;
    open_.clear();
    const char* text_start = nullptr;  // behind a tag: text of the element around may follow
    do {
      const Token token = scanner_.next();
      if (token == Token::more) return false;
      if (text_start != nullptr) add_content(text_start);
      text_start = nullptr;
      if (token == Token::close) {
        Cell& cell = tape_.cells[open_.back()];
        cell.size = static_cast<std::uint32_t>(tape_.cells.size() - open_.back());
        open_.pop_back();
      } else {
        add_element(token);
      }
      text_start = scanner_.place();
    } while (!open_.empty());
    return true;
  }

  void add_element(Token token) {
    if (tape_.cells.size() >= Tape::max_cells) {
      scanner_.fail(scanner_.token_begin(), "one record holds more than 4 million values");
    }
    const bool object = token == Token::open || !scanner_.attributes().empty();
    const std::size_t index = tape_.cells.size();
    Cell& cell = tape_.cells.emplace_back();
    set(cell.key, cell.key_size, without_prefix(scanner_.name()));
    if (object) {
      cell.type = NodeType::object;
      add_attributes();
      if (token == Token::open) {
        open_.push_back(index);
        return;
      }
      add_text(NodeRole::content);
      tape_.cells[index].size = static_cast<std::uint32_t>(tape_.cells.size() - index);
      return;
    }
    cell.type = NodeType::text;
    set_text(cell);
  }

  void add_attributes() {
    for (const XmlAttribute& attribute : scanner_.attributes()) {
      Cell& cell = tape_.cells.emplace_back();
      cell.type = NodeType::text;
      cell.coding = NodeCoding::xml;
      cell.role = NodeRole::attribute;
      set(cell.key, cell.key_size, without_prefix(attribute.name));
      set(cell.value, cell.value_size, attribute.value);
    }
  }

  void add_text(NodeRole role) {
    Cell& cell = tape_.cells.emplace_back();
    cell.type = NodeType::text;
    cell.role = role;
    set_text(cell);
  }

  void set_text(Cell& cell) {
    cell.coding = NodeCoding::xml;
    const std::string_view text = scanner_.text();
    if (scanner_.is_text_in_window()) {
      set(cell.value, cell.value_size, text);
      return;
    }
    cell.is_extra = true;
    cell.value = static_cast<std::uint32_t>(tape_.extra.size());
    cell.value_size = static_cast<std::uint32_t>(text.size());
    tape_.extra += text;
  }

  // The text between two tags, as in <host>10.0.0.1<asset/></host>.
  void add_content(const char* start) {
    const std::string_view text =
        trim({start, static_cast<std::size_t>(std::max(start, scanner_.token_begin()) - start)});
    if (text.empty() || text.find('<') != std::string_view::npos) return;
    Cell& cell = tape_.cells.emplace_back();
    cell.type = NodeType::text;
    cell.coding = NodeCoding::xml;
    cell.role = NodeRole::content;
    set(cell.value, cell.value_size, text);
  }

  void set(std::uint32_t& offset, std::uint32_t& size, std::string_view bytes) const {
    if (bytes.empty()) return;
    offset = static_cast<std::uint32_t>(bytes.data() - tape_.base);
    size = static_cast<std::uint32_t>(bytes.size());
  }

  const PathTree& tree_;
  ContextStack& stack_;
  WalkInput::Want want_;
  InputBuffer buffer_;
  XmlScanner scanner_;
  std::vector<std::size_t> open_;
  bool ended_ = false;
  bool leaves_ = false;  ///< the innermost element, before it goes on
};

}  // namespace

std::unique_ptr<Walk> walk_xml(const WalkInput& input) { return std::make_unique<XmlWalk>(input); }

}  // namespace patchbot
