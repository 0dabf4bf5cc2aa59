// SPDX-License-Identifier: Apache-2.0
#include "formats/template_yaml.hpp"

#include <yaml.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/utf8.hpp"
#include "formats/template_functions.hpp"

namespace patchbot {
namespace {

using Kind = TemplateProblem::Kind;

Position position_of(const yaml_mark_t& mark) {
  return {mark.index, mark.line + 1, mark.column + 1};
}

// The reader of libyaml knows where bytes are bad, but not the line.
Position position_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line_start = before.rfind('\n') + 1;
  return {offset,
          static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1,
          before.size() - line_start + 1};
}

std::string text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text));
}

struct Event {
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&raw); }
  yaml_event_t raw{};
};

class YamlTemplate {
 public:
  explicit YamlTemplate(std::string_view text) : text_(text) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_input_string(
        &parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  YamlTemplate(const YamlTemplate&) = delete;
  YamlTemplate& operator=(const YamlTemplate&) = delete;
  ~YamlTemplate() { yaml_parser_delete(&parser_); }

  Template read() {
    bool has_root = false;
    for (;;) {
      Event event;
      next(event);
      if (event.raw.type == YAML_STREAM_END_EVENT) break;
      if (event.raw.type == YAML_STREAM_START_EVENT) continue;
      // Start, root, end: the service reads the first document and refuses others.
      if (has_root) note(Kind::second_document, event.raw.start_mark, "a second document begins");
      Event root;
      next(root);
      TemplateNode node = value(root, 0);
      if (!has_root) {
        whole_.root = std::move(node);
      } else {
        whole_.more.push_back(std::move(node));
      }
      has_root = true;
      Event end;
      next(end);
    }
    if (!has_root)
      throw Error(Blame::input, "is empty; expected a CloudFormation template", Position{});
    return std::move(whole_);
  }

 private:
  void next(Event& event) {
    if (yaml_parser_parse(&parser_, &event.raw) != 0) return;
    std::string what = parser_.context == nullptr ? "" : std::string(parser_.context) + ": ";
    what += parser_.problem == nullptr ? "is no YAML" : parser_.problem;
    const bool bad_bytes = parser_.error == YAML_READER_ERROR;
    throw Error(
        Blame::input,
        what,
        bad_bytes ? position_of(text_, parser_.problem_offset) : position_of(parser_.problem_mark));
  }

  void note(Kind kind, const yaml_mark_t& mark, std::string message) {
    if (whole_.problems.size() < 1000) {
      whole_.problems.push_back({kind, position_of(mark), std::move(message)});
    }
  }

  TemplateNode value(const Event& event, std::size_t depth) {
    const Position place = position_of(event.raw.start_mark);
    if (depth > TemplateLimits::depth) {
      throw Error(Blame::input, "nests deeper than 100 levels", place);
    }
    count(1, event);
    switch (event.raw.type) {
      case YAML_SCALAR_EVENT: return scalar(event);
      case YAML_SEQUENCE_START_EVENT: return sequence(event, depth);
      case YAML_MAPPING_START_EVENT: return mapping(event, depth);
      case YAML_ALIAS_EVENT: return aliased(event);
      default: throw Error(Blame::input, "expected a value", place);
    }
  }

  // Copies count: a few lines of aliases must not become billions of values.
  void count(std::size_t values, const Event& event) {
    values_ += values;
    if (values_ > TemplateLimits::values) {
      throw Error(Blame::input,
                  "holds more than 500,000 values, what its aliases stand for included",
                  position_of(event.raw.start_mark));
    }
  }

  TemplateNode scalar(const Event& event) {
    const auto& raw = event.raw.data.scalar;
    TemplateNode node;
    node.place = position_of(event.raw.start_mark);
    node.text.assign(reinterpret_cast<const char*>(raw.value), raw.length);
    node.quoted = raw.style != YAML_PLAIN_SCALAR_STYLE;
    return finished(event, std::move(node), raw.tag, raw.anchor);
  }

  TemplateNode sequence(const Event& event, std::size_t depth) {
    TemplateNode node;
    node.kind = TemplateNode::Kind::list;
    node.place = position_of(event.raw.start_mark);
    for (;;) {
      Event item;
      next(item);
      if (item.raw.type == YAML_SEQUENCE_END_EVENT) break;
      node.items.push_back(value(item, depth + 1));
    }
    const auto& raw = event.raw.data.sequence_start;
    return finished(event, std::move(node), raw.tag, raw.anchor);
  }

  TemplateNode mapping(const Event& event, std::size_t depth) {
    TemplateNode node;
    node.kind = TemplateNode::Kind::map;
    node.place = position_of(event.raw.start_mark);
    for (;;) {
      Event key;
      next(key);
      if (key.raw.type == YAML_MAPPING_END_EVENT) break;
      node.members.push_back(keyed(key, depth));
      Event content;
      next(content);
      node.members.back().value = value(content, depth + 1);
      if (node.members.back().key == "<<") {
        note(Kind::merge_key, key.raw.start_mark, "CloudFormation does not know the merge key <<");
      }
    }
    keep_last_of_each(node, whole_.problems);
    unify_call(node);
    const auto& raw = event.raw.data.mapping_start;
    return finished(event, std::move(node), raw.tag, raw.anchor);
  }

  TemplateNode::Member keyed(const Event& key, std::size_t depth) {
    const Position place = position_of(key.raw.start_mark);
    TemplateNode name = value(key, depth + 1);
    if (!name.is_scalar()) throw Error(Blame::input, "a key must be a text", place);
    return {std::move(name.text), place, {}};
  }

  TemplateNode aliased(const Event& event) {
    const std::string name = text_of(event.raw.data.alias.anchor);
    note(Kind::alias,
         event.raw.start_mark,
         "CloudFormation does not know aliases (*" + clean_line(name) +
             "); only \"aws cloudformation package\" resolves them");
    const auto anchor = anchors_.find(name);
    if (anchor == anchors_.end()) {
      throw Error(Blame::input, "an alias without its anchor", position_of(event.raw.start_mark));
    }
    count(anchor->second.size, event);
    return anchor->second.node;
  }

  TemplateNode finished(const Event& event,
                        TemplateNode node,
                        const yaml_char_t* raw_tag,
                        const yaml_char_t* anchor) {
    const bool plain = raw_tag == nullptr && anchor == nullptr;
    if (plain) return node;
    const std::string tag = text_of(raw_tag);
    const bool own = tag.size() > 1 && tag.front() == '!';
    if (!own) return anchored(event, std::move(node), anchor);  // "!!str" says what the text says
    std::string function = function_of_tag(std::string_view(tag).substr(1));
    if (function.empty()) {
      note(Kind::unknown_tag,
           event.raw.start_mark,
           "CloudFormation does not know the tag " + clean_line(tag));
      function = "Fn::" + tag.substr(1);
    }
    const Position place = position_of(event.raw.start_mark);
    TemplateNode call = call_of(std::move(function), std::move(node));
    call.place = place;
    return anchored(event, std::move(call), anchor);
  }

  TemplateNode anchored(const Event& event, TemplateNode node, const yaml_char_t* anchor) {
    if (anchor == nullptr) return node;
    Anchor kept{node, node.count()};
    count(kept.size, event);
    anchors_[text_of(anchor)] = std::move(kept);
    return node;
  }

  struct Anchor {
    TemplateNode node;
    std::size_t size = 0;
  };

  std::string_view text_;
  yaml_parser_t parser_{};
  Template whole_;
  std::size_t values_ = 0;
  std::map<std::string, Anchor> anchors_;
};

}  // namespace

Template read_yaml_template(std::string_view text) { return YamlTemplate(text).read(); }

}  // namespace patchbot
