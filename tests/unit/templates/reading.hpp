// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "formats/template_reader.hpp"
#include "templates/template_diff.hpp"

namespace patchbot::test {

/// "changed Mappings/M/eu-west-1/ami: a -> b", a line for each value.
inline std::vector<std::string> diff_of(std::string_view base, std::string_view head) {
  std::vector<std::string> lines;
  for (const TemplateChange& one :
       diff_templates(read_template(base).root, read_template(head).root)) {
    std::string line = std::string(to_text(one.kind)) + " " + one.path;
    line += ": " + one.from + " -> " + one.to;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace patchbot::test
