// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "model/template_node.hpp"

namespace patchbot {

/// A file that may be a template.
struct TemplateFile {
  std::optional<Template> read;
  std::optional<Error> fault;  ///< why it could not be read, if it looks like a template
};

/// Files by their path below a folder; a single file has the name "".
using TemplateFiles = std::map<std::string, TemplateFile>;

/// Reads a file, or all files of a folder that may be templates. Symbolic links are not followed,
/// nor is .git read: what a pull request brings must not lead out of it. Throws Error(usage) if
/// `path` is neither, or holds more than 20,000 files.
TemplateFiles read_templates(const std::string& path);

}  // namespace patchbot
