// SPDX-License-Identifier: Apache-2.0
#include "templates/template_writer.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "formats/template_functions.hpp"

namespace patchbot::test {
namespace {

using differential::Prng;
using Form = TemplateStyle::Form;

constexpr std::array hard_texts{"ami-0aaaaaaaaaaaaaaa1",
                                "1.10",
                                "0123",
                                "000400",
                                "yes",
                                "null",
                                "~",
                                "",
                                "2010-09-09",
                                "a: b",
                                "- x",
                                "# no comment",
                                "it's",
                                "\"so\"",
                                "\xC3\xA9\xF0\x9F\x98\x80",
                                "two\nlines",
                                "ends\n",
                                " before",
                                "behind ",
                                "{{resolve:ssm:/golden/web:3}}",
                                "${AWS::Region}",
                                "a\\b",
                                "tab\there",
                                "[x",
                                "{y}",
                                "*z",
                                "&z",
                                "!z",
                                "%z",
                                "@z",
                                "`z",
                                "? z",
                                "|",
                                ">",
                                "true",
                                "1e3"};
constexpr std::array keys{"A", "Bb", "C3", "a b", "a/b", "yes", "1.10", "\xC3\xA9", "x:y", "012"};

std::string json_text(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string single_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

bool may_be_plain(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
           c == '_';
  });
}

class Writer {
 public:
  Writer(const TemplateStyle& style, Prng& draw) : style_(style), draw_(draw) {}

  std::string flow(const TemplateNode& node) {
    if (const auto tag = tag_of(node); !tag.empty()) return tag + " " + flow(argument_of(node));
    if (node.is_scalar()) return scalar(node.text);
    std::string out;
    if (node.is_list()) {
      for (const TemplateNode& item : node.items) out += (out.empty() ? "" : ", ") + flow(item);
      return "[" + out + "]";
    }
    for (const TemplateNode::Member* member : members_of(node)) {
      out += (out.empty() ? "" : ",\n") + scalar(member->key) + ": " + flow(member->value);
    }
    return "{" + out + "}";
  }

  // What follows "key:", "-" or a tag.
  std::string block(const TemplateNode& node, const std::string& indent) {
    if (const auto tag = tag_of(node); !tag.empty()) {
      return " " + tag + block(argument_of(node), indent);
    }
    if (node.is_scalar()) return " " + block_scalar(node.text, indent) + "\n";
    if (node.is_empty() || draw_.one_in(8)) return " " + folded(flow(node), indent) + "\n";
    std::string out = "\n";
    for (const TemplateNode& item : node.items) {
      out += comment(indent) + indent + "-" + block(item, indent + "  ");
    }
    for (const TemplateNode::Member* member : members_of(node)) {
      out += comment(indent) + indent + scalar(member->key) + ":" +
             block(member->value, indent + "   ");
    }
    return out;
  }

 private:
  std::string tag_of(const TemplateNode& node) const {
    if (!style_.short_tags || style_.form == Form::json || node.members.size() != 1) return {};
    std::string_view name = node.members[0].key;
    if (name.starts_with("Fn::")) name.remove_prefix(4);
    const bool is_short = function_of_tag(name) == node.members[0].key;
    // A short form directly behind another one is no YAML.
    return is_short && tag_of(node.members[0].value).empty() ? "!" + std::string(name)
                                                             : std::string();
  }

  static TemplateNode argument_of(const TemplateNode& call) {
    const TemplateNode& argument = call.members[0].value;
    const bool is_attribute = call.members[0].key == "Fn::GetAtt" && argument.items.size() == 2 &&
                              argument.items[0].is_scalar() && argument.items[1].is_scalar();
    return is_attribute ? text_node(argument.items[0].text + "." + argument.items[1].text)
                        : argument;
  }

  std::vector<const TemplateNode::Member*> members_of(const TemplateNode& map) {
    std::vector<const TemplateNode::Member*> members;
    for (const TemplateNode::Member& member : map.members) members.push_back(&member);
    for (std::size_t i = members.size(); style_.shuffled && i > 1; --i) {
      std::swap(members[i - 1], members[draw_.below(i)]);
    }
    return members;
  }

  std::string scalar(const std::string& text) {
    if (style_.form == Form::json) return json_text(text);
    if (may_be_plain(text) && draw_.one_in(2)) return text;
    const bool one_line = text.find('\n') == std::string::npos;
    return one_line && draw_.one_in(2) ? single_quoted(text) : json_text(text);
  }

  std::string block_scalar(const std::string& text, const std::string& indent) {
    const bool fits = text.find('\n') != std::string::npos && text.front() != ' ' &&
                      text.find("\n\n") == std::string::npos && draw_.one_in(2);
    if (!fits) return scalar(text);
    const bool ends = text.back() == '\n';
    std::string out = ends ? "|\n" : "|-\n";
    out += indent + " ";
    for (const char c : ends ? text.substr(0, text.size() - 1) : text) {
      out += c;
      if (c == '\n') out += indent + " ";
    }
    return out;
  }

  static std::string folded(std::string flow, const std::string& indent) {
    for (auto at = flow.find(",\n"); at != std::string::npos; at = flow.find(",\n", at + 2)) {
      flow.insert(at + 2, indent + " ");
    }
    return flow;
  }

  std::string comment(const std::string& indent) {
    return style_.comments && draw_.one_in(3) ? indent + "# why: {not: a key}\n" : std::string();
  }

  const TemplateStyle& style_;
  Prng& draw_;
};

TemplateNode list_of(std::vector<TemplateNode> items) {
  TemplateNode list;
  list.kind = TemplateNode::Kind::list;
  list.items = std::move(items);
  return list;
}

TemplateNode invent_call(Prng& draw, int depth) {
  switch (draw.below(6)) {
    case 0: return map_node("Ref", text_node("Image"));
    case 1: return map_node("Fn::GetAtt", list_of({text_node("Stack"), text_node("Outputs.Id")}));
    case 2: return map_node("Fn::Sub", text_node("ami-${Id}: x"));
    case 3: return map_node("Fn::Length", list_of({text_node("only long")}));
    case 4: return map_node("Fn::Base64", map_node("Fn::Sub", text_node("#!/bin/sh\n${X}\n")));
    default:
      return map_node("Fn::If",
                      list_of({text_node("IsProduction"),
                               invent_value(draw, depth - 1),
                               map_node("Ref", text_node("AWS::NoValue"))}));
  }
}

}  // namespace

TemplateNode text_node(std::string text) {
  TemplateNode node;
  node.text = std::move(text);
  return node;
}

TemplateNode map_node(std::string key, TemplateNode value) {
  TemplateNode map;
  map.kind = TemplateNode::Kind::map;
  map.members.push_back({std::move(key), Position(), std::move(value)});
  return map;
}

TemplateNode invent_value(Prng& draw, int depth) {
  if (depth <= 0 || draw.one_in(4)) return text_node(draw.pick(hard_texts));
  if (draw.one_in(4)) return invent_call(draw, depth);
  TemplateNode node;
  const bool is_list = draw.one_in(3);
  node.kind = is_list ? TemplateNode::Kind::list : TemplateNode::Kind::map;
  for (const char* key : keys) {
    if (!draw.one_in(3)) continue;
    if (is_list) {
      node.items.push_back(invent_value(draw, depth - 1));
    } else {
      node.members.push_back({key, Position(), invent_value(draw, depth - 1)});
    }
  }
  return node;
}

TemplateNode invent_template(Prng& draw) {
  TemplateNode root = map_node("AWSTemplateFormatVersion", text_node("2010-09-09"));
  for (const char* section : {"Parameters", "Mappings", "Resources", "Outputs"}) {
    TemplateNode all = map_node("First", invent_value(draw, 4));
    all.members.push_back({"Second", Position(), invent_value(draw, 4)});
    root.members.push_back({section, Position(), std::move(all)});
  }
  return root;
}

std::string write_template(const TemplateNode& root, const TemplateStyle& style, Prng& draw) {
  Writer writer(style, draw);
  std::string text = style.form == Form::block ? writer.block(root, "") : writer.flow(root);
  if (style.crlf) {
    std::string lines;
    for (const char c : text) lines += c == '\n' ? "\r\n" : std::string(1, c);
    text = std::move(lines);
  }
  return (style.mark ? "\xEF\xBB\xBF" : "") + text + (style.crlf ? "\r\n" : "\n");
}

}  // namespace patchbot::test
