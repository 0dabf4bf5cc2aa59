// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "templates/pull_request.hpp"

namespace patchbot {

/// Whether the bytes of templates are needed once they were read: only other tools need them.
enum class KeepBytes : std::uint8_t { no, yes };

/// The file of these bytes; what is wrong with it is in it.
TemplateFile to_template_file(std::string_view bytes, KeepBytes keep = KeepBytes::no);

/// Reads a file, or all files of a folder that may be templates. Symbolic links are not followed,
/// nor is .git read: what a pull request brings must not lead out of it. Throws Error(usage) if
/// `path` is neither, or holds more than 20,000 files, and Error(input) where a folder in it cannot
/// be read.
TemplateFiles read_templates(const std::string& path, KeepBytes keep = KeepBytes::no);

}  // namespace patchbot
