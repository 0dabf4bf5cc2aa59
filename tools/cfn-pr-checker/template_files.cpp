// SPDX-License-Identifier: Apache-2.0
#include "template_files.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <string_view>
#include <thread>

#include "base/parallel.hpp"
#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/odd_content.hpp"
#include "formats/parameter_overrides.hpp"
#include "formats/sam_settings.hpp"
#include "formats/template_reader.hpp"
#include "templates/parameter_file.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

constexpr const char* is_pointer =
    "is not checked: it is a pointer of Git LFS, and the file itself was not fetched; keep "
    "templates "
    "out of LFS (git lfs migrate export)";

// Of a whole repository most files are neither templates nor hold an AMI: they need not be kept.
bool is_of_interest(const Template& file, std::string_view text) {
  return is_template(file.root) || is_parameter_file(file) ||
         text.find("ami-") != std::string_view::npos;
}

// CloudFormation takes 1 MiB at most, and data is what LFS is for.
bool is_too_large_for_a_template(std::string_view pointer) {
  constexpr std::string_view name = "\nsize ";
  const auto at = pointer.find(name);
  if (at == std::string_view::npos) return false;
  const std::string_view rest = pointer.substr(at + name.size());
  return parse_integer(rest.substr(0, rest.find('\n'))).value_or(0) > 1'048'576;
}

// Which one it is, the bytes say: a pointer that stays as it was is no change.
TemplateFile pointer_file(std::string_view bytes) {
  TemplateFile file = unread_file({Blame::input, is_pointer});
  file.looks_like_one = !is_too_large_for_a_template(bytes);
  file.bytes = bytes.substr(0, 1024);
  return file;
}

TemplateFile read_one(const fs::path& path, KeepBytes keep) {
  try {
    return to_template_file(
        path.string(), read_all(*open_file(path.string()), most_file_bytes), keep);
  } catch (const Error& error) {
    return unread_file(error);
  }
}

using Visit = std::function<void(const fs::path& file)>;

// Plain files alone.
void each_file(const fs::path& root, const Visit& visit) {
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::end(entry); ++entry) {
    if (entry->is_symlink()) continue;
    if (entry->is_directory() && entry->path().filename() == ".git") {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      visit(entry->path());
    }
  }
}

std::vector<fs::path> paths_in(const fs::path& root) {
  std::vector<fs::path> paths;
  each_file(root, [&](const fs::path& file) {
    if (may_be_template(file.string())) paths.push_back(file);
    if (paths.size() > most_files) {
      throw Error(Blame::usage,
                  root.string() + " holds more than 20,000 files; name a folder in it");
    }
  });
  return paths;
}

void read_folder(const fs::path& root, KeepBytes keep, TemplateFiles& files) {
  try {
    const std::vector<fs::path> paths = paths_in(root);
    std::vector<TemplateFile> read(paths.size());
    std::atomic<std::size_t> values = 0;
    in_parallel(paths.size(), std::thread::hardware_concurrency(), [&](std::size_t i) {
      read[i] = read_one(paths[i], keep);
      if (read[i].read) values += read[i].read->root.count();
      if (values > most_values) {
        throw Error(Blame::input,
                    clean_line(root.string()) +
                        ": its files hold more than 2,000,000 values; name a folder in it");
      }
    });
    for (std::size_t i = 0; i < paths.size(); ++i) {
      files.emplace(paths[i].lexically_relative(root).string(), std::move(read[i]));
    }
  } catch (const fs::filesystem_error& error) {
    throw Error(Blame::input,
                clean_line(root.string()) + " cannot be read: " + error.code().message() +
                    "; give this user the right to read all folders in it");
  }
}

}  // namespace

bool looks_like_template(std::string_view text) {
  const bool has_types = text.find("AWS::") != std::string_view::npos;
  return text.find("AWSTemplateFormatVersion") != std::string_view::npos ||
         (has_types && text.find("Resources") != std::string_view::npos);
}

TemplateFile unread_file(const Error& fault) {
  TemplateFile file;
  file.fault = fault;
  file.looks_like_one = true;
  return file;
}

TemplateFile to_template_file(std::string_view path, std::string_view bytes, KeepBytes keep) {
  if (is_lfs_pointer(bytes)) return pointer_file(bytes);
  TemplateFile file;
  try {
    file.read = read_template_file(path, bytes);
    // Settings of SAM that give no values deploy all the same: with the defaults.
    if (!is_of_interest(*file.read, bytes) && !is_sam_settings(path)) file.read.reset();
    if (file.read && keep == KeepBytes::yes) file.bytes = bytes;
  } catch (const Error& error) {
    file.fault = error;
    // Else it is no business of ours.
    file.looks_like_one = is_sam_settings(path) || looks_like_template(bytes);
  }
  return file;
}

TemplateFiles read_templates(const std::string& path, KeepBytes keep) {
  TemplateFiles files;
  std::error_code error;
  const auto status = fs::status(path, error);
  if (fs::is_directory(status)) {
    read_folder(path, keep, files);
  } else if (fs::is_regular_file(status)) {
    files.emplace("", read_one(path, keep));
  } else {
    throw Error(Blame::usage, clean_line(path) + " is no file and no folder");
  }
  return files;
}

std::vector<std::string> other_files(const std::string& folder) {
  std::vector<std::string> paths;
  each_file(folder, [&](const fs::path& file) {
    const bool is_other = !may_be_template(file.string()) && paths.size() < most_files;
    if (is_other) paths.push_back(file.lexically_relative(folder).string());
  });
  return paths;
}

}  // namespace patchbot
