// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "model/template_node.hpp"

namespace patchbot {

/// The YAML half of read_template.
Template read_yaml_template(std::string_view text);

/// The JSON half of it.
Template read_json_template(std::string_view text);

/// Of members with one key only the last stays; each that goes is a problem that names both lines.
void keep_last_of_each(TemplateNode& map, std::vector<TemplateProblem>& problems);

struct TemplateLimits {
  static constexpr std::size_t bytes = std::size_t{4} * 1024 * 1024;
  static constexpr std::size_t depth = 100;
  static constexpr std::size_t values = 500'000;
};

}  // namespace patchbot
