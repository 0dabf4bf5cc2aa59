// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "../../differential/prng.hpp"
#include "model/template_node.hpp"

namespace patchbot::test {

/// The ways to write one template.
struct TemplateStyle {
  enum class Form { json, flow, block };

  Form form = Form::json;
  bool short_tags = false;  ///< !GetAtt A.B in the place of "Fn::GetAtt": [A, B]; not in JSON
  bool shuffled = false;    ///< the keys
  bool crlf = false;
  bool mark = false;      ///< of the byte order, at the beginning
  bool comments = false;  ///< in block form
};

/// Writes a tree in a style; what the style leaves open (quotes, block texts) is drawn. Reading it
/// must give the same values, whatever their places.
std::string write_template(const TemplateNode& root,
                           const TemplateStyle& style,
                           differential::Prng& draw);

/// A tree of keys, texts, lists and functions as templates have them, with texts that YAML 1.1
/// would take for something else.
TemplateNode invent_template(differential::Prng& draw);

/// A small tree below such a template.
TemplateNode invent_value(differential::Prng& draw, int depth);

TemplateNode text_node(std::string text);
TemplateNode map_node(std::string key, TemplateNode value);

}  // namespace patchbot::test
