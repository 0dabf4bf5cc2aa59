// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/template_file.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// Larger files are not read; of templates, 4 MiB are (formats/template_reader.hpp).
constexpr std::size_t most_file_bytes = std::size_t{64} * 1024 * 1024;
constexpr std::size_t most_template_bytes = std::size_t{4} * 1024 * 1024;

/// What the files of one version may come to, together.
constexpr std::size_t most_files = 20'000;
constexpr std::size_t most_values = 2'000'000;

/// Whether a text has words that templates have, though it may be none, or a broken one.
bool looks_like_template(std::string_view text);

/// A file that nobody has read, and why; it counts as meant to be a template.
TemplateFile unread_file(const Error& fault);

/// Whether the bytes of templates are needed once they were read: only other tools need them.
enum class KeepBytes : std::uint8_t { no, yes };

/// The file of that name and these bytes; what is wrong with it is in it.
TemplateFile to_template_file(std::string_view path,
                              std::string_view bytes,
                              KeepBytes keep = KeepBytes::no);

/// Reads a file, or all files of a folder that may be templates. Symbolic links are not followed,
/// nor is .git read: what a pull request brings must not lead out of it. Throws Error(usage) if
/// `path` is neither, or holds more than 20,000 files, and Error(input) where a folder in it cannot
/// be read.
TemplateFiles read_templates(const std::string& path, KeepBytes keep = KeepBytes::no);

/// The files of a folder that no template is called like, 20,000 at most; links and .git left out.
std::vector<std::string> other_files(const std::string& folder);

}  // namespace patchbot
