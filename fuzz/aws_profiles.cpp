// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "bodies.hpp"
#include "services/aws/profile_file.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

using aws::ProfileSection;
using aws::ProfileSections;

std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

std::string indented(const std::string& value) {
  std::string text;
  for (const std::string_view line : split(value, '\n')) {
    if (!text.empty()) text += line.empty() ? "\n" : "\n  ";
    text += line;
  }
  return text;
}

std::string to_file(const ProfileSections& sections) {
  std::string text;
  for (const auto& [name, section] : sections) {
    text += "[" + quoted(name) + "]\n";
    for (const auto& [key, value] : section.values) text += key + " = " + indented(value) + "\n";
    for (const auto& [key, values] : section.nested) {
      text += key + " =\n";
      for (const auto& [inner, value] : values) text += "  " + inner + " = " + value + "\n";
    }
  }
  return text;
}

void require_sound(const ProfileSection& section) {
  require(section.line >= 1, "a section has a line");
  for (const auto& [key, value] : section.values) {
    require(!key.empty() && key == to_lower(trim(key)), "keys are plain and in lower case");
    require(value == trim(value), "values have no blanks around them");
    require(!section.nested.contains(key), "a key is a value or a block");
  }
  for (const auto& entry : section.nested) require(!entry.second.empty(), "a block has lines");
}

}  // namespace

int fuzz_aws_profiles(const std::uint8_t* data, std::size_t size) {
  ProfileSections sections;
  if (!parses([&] { sections = aws::parse_profiles(text_of(data, size)); })) return 0;
  for (auto& [name, section] : sections) {
    require(!name.empty(), "a section has a name");
    require_sound(section);
    section.line = 0;
  }
  ProfileSections again = aws::parse_profiles(to_file(sections));
  for (auto& entry : again) entry.second.line = 0;
  require(again == sections, "a file written again reads the same");
  return 0;
}

}  // namespace patchbot::fuzz
