// SPDX-License-Identifier: Apache-2.0
#include "services/aws/profile_file.hpp"

#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot::aws {
namespace {

constexpr std::size_t max_bytes = std::size_t{1} * 1024 * 1024;

[[noreturn]] void fail(std::uint64_t line, const std::string& message) {
  throw Error(Blame::usage, message, Position{0, line, 1});
}

// What `[profile "my name"]` means; a name with an open quote is taken as it is.
std::string section_name(std::string_view written) {
  try {
    std::string name;
    for (const std::string& word : split_command(written)) {
      if (!name.empty()) name += ' ';
      name += word;
    }
    return name;
  } catch (const Error&) {
    return std::string(trim(written));
  }
}

class ProfileReader {
 public:
  void read_line(std::string_view line) {
    ++line_;
    const std::string_view text = trim(line);
    if (text.starts_with('#') || text.starts_with(';')) return;
    if (text.empty()) {
      if (key_) value_ += '\n';
      return;
    }
    const auto indent = static_cast<std::size_t>(text.data() - line.data());
    if (key_ && indent > indent_) {
      value_.append("\n").append(text);
      return;
    }
    finish_value();
    indent_ = indent;
    const auto bracket = text.rfind(']');
    if (text.starts_with('[') && bracket != std::string_view::npos) {
      open_section(text.substr(1, bracket - 1));
    } else {
      open_value(text);
    }
  }

  ProfileSections finish() {
    finish_value();
    return std::move(sections_);
  }

 private:
  void open_section(std::string_view written) {
    const std::string name = section_name(written);
    if (name.empty()) fail(line_, "a section needs a name");
    const auto [entry, is_new] = sections_.try_emplace(name);
    if (!is_new) {
      fail(line_,
           "section [" + clean_line(name) + "] is given twice, first in line " +
               std::to_string(entry->second.line));
    }
    section_ = &entry->second;
    section_->line = line_;
  }

  void open_value(std::string_view text) {
    if (section_ == nullptr) fail(line_, "expected a [section] before the first key");
    const auto sign = text.find_first_of("=:");
    if (sign == std::string_view::npos || sign == 0) fail(line_, "expected 'key = value'");
    key_ = to_lower(trim(text.substr(0, sign)));
    value_ = trim(text.substr(sign + 1));
    key_line_ = line_;
  }

  void finish_value() {
    if (!key_) return;
    const std::string key = *std::exchange(key_, std::nullopt);
    if (section_->values.contains(key) || section_->nested.contains(key)) {
      fail(key_line_, "this key is given twice in its section");
    }
    const bool is_block = value_.starts_with('\n') && !trim(value_).empty();
    if (is_block) {
      section_->nested.emplace(key, read_block());
    } else {
      section_->values.emplace(key, trim(value_));
    }
  }

  ProfileValues read_block() const {
    ProfileValues values;
    for (const std::string_view line : split(value_, '\n')) {
      if (line.empty()) continue;
      const auto sign = line.find('=');
      if (sign == std::string_view::npos) {
        fail(key_line_, "the indented lines below this key must be 'key = value'");
      }
      values[std::string(trim(line.substr(0, sign)))] = trim(line.substr(sign + 1));
    }
    return values;
  }

  ProfileSections sections_;
  ProfileSection* section_ = nullptr;
  std::optional<std::string> key_;
  std::string value_;
  std::size_t indent_ = 0;
  std::uint64_t line_ = 0;
  std::uint64_t key_line_ = 0;
};

}  // namespace

ProfileSections parse_profiles(std::string_view text) {
  if (text.size() > max_bytes) throw Error(Blame::usage, "is larger than 1 MiB");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  ProfileReader reader;
  for (const std::string_view line : split(text, '\n')) reader.read_line(line);
  return reader.finish();
}

}  // namespace patchbot::aws
