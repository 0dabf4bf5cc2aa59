// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "base/byte_source.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"

namespace patchbot {

/// Reads a whole file ("-": standard input) of at most `limit` bytes and parses it; errors carry
/// its name.
template <class Parse>
auto parse_file(const std::string& path, std::size_t limit, const Parse& parse) {
  try {
    return parse(read_all(*open_file(path), limit));
  } catch (const Error& error) {
    throw error.in(clean_line(path));
  }
}

constexpr std::size_t max_settings_bytes = std::size_t{16} * 1024 * 1024;

/// The same for what the user has set up: whatever is wrong with it is Error(usage).
template <class Parse>
auto parse_settings_file(const std::string& path, const Parse& parse) {
  try {
    return parse_file(path, max_settings_bytes, parse);
  } catch (const Error& error) {
    throw Error(Blame::usage, error.what());
  }
}

/// Reads files that a settings file names: paths are relative to where that lies.
inline std::function<std::string(const std::string&)> reader_beside(const std::string& path) {
  return [folder = std::filesystem::path(path).parent_path()](const std::string& name) {
    const std::string whole = (folder / name).string();
    return read_all(*open_file(whole == "-" ? "./-" : whole), max_settings_bytes);
  };
}

}  // namespace patchbot
