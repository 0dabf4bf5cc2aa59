// SPDX-License-Identifier: Apache-2.0
#include "other_names.hpp"

#include <algorithm>
#include <cctype>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "templates/ami_id.hpp"

namespace patchbot {
namespace {

bool mentions_ami(std::string_view text) {
  constexpr std::string_view begin = "ami-";
  for (auto at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1)) {
    const auto* const end =
        std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at + begin.size()),
                         text.end(),
                         [](unsigned char c) { return std::isalnum(c) != 0; });
    if (is_ami_id(text.substr(at, static_cast<std::size_t>(end - text.begin()) - at))) return true;
  }
  return false;
}

bool is_lost(const Versions& versions, const TemplateFiles::value_type& file) {
  const bool was_one = file.second.read || file.second.looks_like_one;
  return was_one && !versions.head.contains(file.first);
}

std::string line_of(const std::string& added, const std::string& lost) {
  return clean_line(added) + ": is new and holds AMIs or a template, while " + clean_line(lost) +
         " is gone; its name does not end like a template's (.yaml, .yml, .json, .template), so "
         "that it was not compared: give it such a name";
}

}  // namespace

bool has_lost_one(const Versions& versions) {
  return std::any_of(versions.base.begin(), versions.base.end(), [&](const auto& file) {
    return is_lost(versions, file);
  });
}

void tell_other_names(Versions& versions,
                      const std::vector<std::string>& added,
                      const ReadNew& read) {
  constexpr std::size_t most = 50;
  const auto lost = std::find_if(versions.base.begin(), versions.base.end(), [&](const auto& file) {
    return is_lost(versions, file);
  });
  if (lost == versions.base.end()) return;
  for (std::size_t i = 0; i < added.size() && i < most; ++i) {
    const auto bytes = read(added[i]);
    const bool is_heir = bytes && (mentions_ami(*bytes) || looks_like_template(*bytes));
    if (is_heir) versions.unseen.push_back(line_of(added[i], lost->first));
  }
  if (added.size() <= most) return;
  versions.unseen.push_back(std::to_string(added.size() - most) +
                            " new files with other endings: whether " + clean_line(lost->first) +
                            ", which is gone, became one of them");
}

}  // namespace patchbot
