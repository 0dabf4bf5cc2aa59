// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "templates/pull_request.hpp"

namespace patchbot {

/// What the files of one version may come to, together.
constexpr std::size_t max_template_files = 20'000;
constexpr std::size_t max_template_values = 2'000'000;

/// Whether a file has the name of one that may be a template: *.yaml, *.yml, *.json, *.template.
bool may_be_template(const std::string& path);

/// The file of these bytes; what is wrong with it is in it.
TemplateFile to_template_file(std::string_view bytes);

/// Reads a file, or all files of a folder that may be templates. Symbolic links are not followed,
/// nor is .git read: what a pull request brings must not lead out of it. Throws Error(usage) if
/// `path` is neither, or holds more than 20,000 files, and Error(input) where a folder in it cannot
/// be read.
TemplateFiles read_templates(const std::string& path);

}  // namespace patchbot
