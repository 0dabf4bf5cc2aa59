// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace patchbot {

/// A value of a CloudFormation template. Scalars are kept as they are written, for CloudFormation
/// compares texts: 1.10 is not 1.1. Intrinsic functions are in their long form, {"Fn::GetAtt":
/// [A, B]}, whichever form the file uses.
struct TemplateNode {
  enum class Kind : std::uint8_t { scalar, list, map };
  struct Member;

  Kind kind = Kind::scalar;
  bool quoted = false;  ///< a scalar that is a text whatever it looks like
  std::string text;     ///< of a scalar
  Position place;       ///< where it begins
  std::vector<TemplateNode> items;
  std::vector<Member> members;  ///< as written; of duplicate keys only the last

  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }

  /// What CloudFormation makes of a scalar: booleans are "true" and "false", however they are
  /// written; all else is the text as it stands.
  std::string_view value() const;

  /// A list or map without anything in it: it counts as one value.
  bool is_empty() const { return !is_scalar() && items.empty() && members.empty(); }

  /// How many values it is: itself and all that it holds.
  std::size_t count() const;

  /// The value of a member; none if there is no such key, or this is no map.
  const TemplateNode* find(std::string_view key) const;

  /// The argument of an intrinsic function, where this is a call of `function` and nothing else.
  const TemplateNode* argument_of(std::string_view function) const;
};

struct TemplateNode::Member {
  std::string key;
  Position place;  ///< of the key
  TemplateNode value;
};

/// What is wrong with a template although it could be read.
struct TemplateProblem {
  enum class Kind : std::uint8_t {
    duplicate_key,
    alias,
    merge_key,
    second_document,
    unknown_tag,
    sam_setting
  };

  Kind kind;
  Position place;
  std::string message;
};

struct Template {
  enum class Form : std::uint8_t { any, sam_settings };

  TemplateNode root;
  std::vector<TemplateProblem> problems;
  std::vector<TemplateNode> more;  ///< further documents, which CloudFormation refuses
  Form form = Form::any;
};

}  // namespace patchbot
