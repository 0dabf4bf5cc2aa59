// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "base/input_buffer.hpp"
#include "formats/records/json_scanner.hpp"
#include "formats/records/json_text.hpp"
#include "formats/records/walk.hpp"

namespace patchbot {
namespace {

using Token = JsonScanner::Token;

class JsonWalk : public Walk {
 public:
  explicit JsonWalk(const WalkInput& input)
      : tree_(input.tree),
        stack_(input.stack),
        want_(input.want),
        buffer_(input.source, input.chunk),
        scanner_(buffer_) {}

  Event next() override {
    scanner_.release();
    if (ended_) leave_document();
    if (leaves_) leave();
    for (;;) {
      if (begun_ && scanner_.depth() == 0) return end_document();
      const Token token = scanner_.next();
      if (token == Token::end) return Event::end;
      begun_ = true;
      if (token == Token::close ? close() : take(token)) return Event::record;
    }
  }

 private:
  // The context of the root is left when the next document begins.
  Event end_document() {
    begun_ = false;
    ended_ = true;
    return Event::document_end;
  }

  void leave_document() {
    ended_ = false;
    if (!stack_.empty()) stack_.leave();
  }

  bool close() {
    if (scanner_.depth() == 0) return false;
    if (take_end()) return true;
    stack_.leave();
    return false;
  }

  // True if the end of the innermost object or list is a record; it is left afterwards.
  bool take_end() {
    kind_ = tree_[stack_.step()].closed;
    leaves_ = kind_ != PathTree::none && want_ == WalkInput::Want::records;
    if (leaves_) set_nothing();
    return leaves_;
  }

  void leave() {
    leaves_ = false;
    stack_.leave();
  }

  std::uint16_t step_of() const {
    if (stack_.empty()) return PathTree::root;
    if (!scanner_.has_key()) return tree_[stack_.step()].any;
    if (!scanner_.is_key_escaped()) return tree_.child(stack_.step(), scanner_.key());
    return tree_.child(stack_.step(), decode_json(scanner_.key()));
  }

  // True if the value is a record, which then is in tape_.
  bool take(Token token) {
    const bool nests = token == Token::object || token == Token::list;
    const std::uint16_t at = step_of();
    if (at == PathTree::none) {
      if (nests) skip();
      return false;
    }
    const PathTree::Step& step = tree_[at];
    if (step.leads_to_record) stack_.lead();
    if (step.leads_to_record && want_ == WalkInput::Want::records) check_shape(step, token);
    if (step.record != PathTree::none && token == Token::object &&
        want_ == WalkInput::Want::records) {
      kind_ = step.record;
      build(token);
      return true;
    }
    if (step.context != PathTree::none && stack_.wants_context()) {
      keep(step.context, token);
    } else if (nests && step.record == PathTree::none && step.context == PathTree::none) {
      stack_.enter(at);
    } else if (nests) {
      skip();
    }
    return false;
  }

  // What has only been looked at for its context is read again, and checked then.
  void skip() {
    if (want_ == WalkInput::Want::records) {
      scanner_.skip();
    } else {
      scanner_.skip_unchecked();
    }
  }

  // What has another shape than it should hides the records that it was to hold: that is no report
  // without any.
  void check_shape(const PathTree::Step& step, Token token) const {
    if (token == Token::null || step.is_any_member) return;
    const bool is_object =
        step.record != PathTree::none || step.members != PathTree::none || !step.named.empty();
    const bool is_list = step.any != PathTree::none;
    if ((token == Token::object && is_object) || (token == Token::list && is_list)) return;
    if (!is_object && !is_list) return;
    scanner_.fail(scanner_.place(),
                  is_object && is_list ? "expected a list or an object here"
                  : is_list            ? "expected a list here"
                                       : "expected an object here");
  }

  void keep(std::uint16_t context, Token token) {
    build(token);
    stack_.keep(context,
                std::make_shared<KeptNode>(
                    tape_, static_cast<std::size_t>(scanner_.place() - scanner_.held())));
    scanner_.release();
  }

  // Reads the value that begins with the current token into tape_.
  void build(Token token) {
    tape_.clear();
    scanner_.hold();
    const std::size_t outside = scanner_.depth() - (nests(token) ? 1 : 0);
    open_.clear();
    add(token);
    while (scanner_.depth() > outside) {
      token = scanner_.next();
      if (token == Token::close) {
        Cell& cell = tape_.cells[open_.back()];
        cell.size = static_cast<std::uint32_t>(tape_.cells.size() - open_.back());
        open_.pop_back();
      } else {
        add(token);
      }
    }
    tape_.base = scanner_.held();
  }

  static bool nests(Token token) { return token == Token::object || token == Token::list; }

  void add(Token token) {
    if (tape_.cells.size() >= Tape::max_cells) {
      scanner_.fail(scanner_.place(), "one record holds more than 4 million values");
    }
    if (token == Token::text) scanner_.read_text();
    constexpr std::array<NodeType, 6> types{NodeType::object,
                                            NodeType::list,
                                            NodeType::null,
                                            NodeType::text,
                                            NodeType::number,
                                            NodeType::boolean};
    if (nests(token)) open_.push_back(tape_.cells.size());
    Cell& cell = tape_.cells.emplace_back();
    cell.type = token == Token::null ? NodeType::null : types[static_cast<std::size_t>(token)];
    cell.coding = token == Token::text ? NodeCoding::json : NodeCoding::plain;
    set(cell.value, cell.value_size, scanner_.value());
    if (scanner_.is_key_escaped()) {
      set_key(cell);
    } else {
      set(cell.key, cell.key_size, scanner_.key());
    }
  }

  void set_key(Cell& cell) {
    const std::string name = decode_json(scanner_.key());
    cell.is_key_extra = true;
    cell.key = static_cast<std::uint32_t>(tape_.extra.size());
    cell.key_size = static_cast<std::uint32_t>(name.size());
    tape_.extra += name;
  }

  void set(std::uint32_t& offset, std::uint32_t& size, std::string_view bytes) const {
    if (bytes.data() == nullptr) return;
    offset = static_cast<std::uint32_t>(bytes.data() - scanner_.held());
    size = static_cast<std::uint32_t>(bytes.size());
  }

  const PathTree& tree_;
  ContextStack& stack_;
  WalkInput::Want want_;
  InputBuffer buffer_;
  JsonScanner scanner_;
  std::vector<std::size_t> open_;  ///< cells of the lists and objects that go on
  bool begun_ = false;             ///< a document, and its end has not been told
  bool ended_ = false;             ///< a document, and its context still stands
  bool leaves_ = false;            ///< the innermost object or list, before it goes on
};

}  // namespace

std::unique_ptr<Walk> walk_json(const WalkInput& input) {
  return std::make_unique<JsonWalk>(input);
}

}  // namespace patchbot
