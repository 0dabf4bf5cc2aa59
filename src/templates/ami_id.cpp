// SPDX-License-Identifier: Apache-2.0
#include "templates/ami_id.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace patchbot {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_region_name(std::string_view text) {
  constexpr std::array<std::string_view, 11> places{
      "us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx", "cn", "eusc"};
  constexpr std::array<std::string_view, 9> directions{"north",
                                                       "south",
                                                       "east",
                                                       "west",
                                                       "central",
                                                       "northeast",
                                                       "northwest",
                                                       "southeast",
                                                       "southwest"};
  const auto parts = split(text, '-');
  if (parts.size() < 3 || parts.size() > 4) return false;
  const auto is_one_of = [](const auto& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const std::string_view number = parts.back();
  return is_one_of(places, parts.front()) && is_one_of(directions, parts[parts.size() - 2]) &&
         !number.empty() && number.size() < 3 &&
         std::all_of(number.begin(), number.end(), is_digit);
}

bool is_ami_list(std::string_view text) {
  if (!trim(text).starts_with("ami-")) return false;  // as most values: nothing is split for them
  const auto parts = split(text, ',');
  return std::all_of(
      parts.begin(), parts.end(), [](std::string_view part) { return is_ami_id(trim(part)); });
}

bool names_image(std::string_view text) {
  bool is_image = false;
  bool is_container = false;
  std::string word;
  const auto end = [&] {
    is_image = is_image || word == "ami" || word == "amis" || word == "image" || word == "images" ||
               word.ends_with("ami") || word == "imageid" || word == "amiid";
    for (const char* other : {"docker", "container", "tag", "repository", "uri", "ecr"}) {
      is_container = is_container || word == other;
    }
    word.clear();
  };
  char last = ' ';
  for (const char c : text) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_letter = is_upper || (c >= 'a' && c <= 'z');
    if (!is_letter || (is_upper && last >= 'a' && last <= 'z')) end();
    if (is_letter) word += static_cast<char>(is_upper ? c - 'A' + 'a' : c);
    last = c;
  }
  end();
  return is_image && !is_container;
}

}  // namespace patchbot
