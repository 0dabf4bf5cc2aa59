// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "model/template_node.hpp"

namespace patchbot {

/// A file that may be a template. One that is none, gives no values to parameters and holds no AMI
/// is as if it were empty.
struct TemplateFile {
  std::optional<Template> read;
  std::optional<Error> fault;   ///< why it could not be read
  bool looks_like_one = false;  ///< though it could not be read
};

/// Files by their path below a folder; a single file has the name "".
using TemplateFiles = std::map<std::string, TemplateFile>;

/// Reads a file, or all files of a folder that may be templates. Symbolic links are not followed,
/// nor is .git read: what a pull request brings must not lead out of it. Throws Error(usage) if
/// `path` is neither, or holds more than 20,000 files, and Error(input) where a folder in it cannot
/// be read.
TemplateFiles read_templates(const std::string& path);

}  // namespace patchbot
