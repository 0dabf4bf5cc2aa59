// SPDX-License-Identifier: Apache-2.0
#include "formats/odd_content.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "formats/template_reader.hpp"

namespace patchbot {
namespace {

// As the four hosts tell what went wrong.
constexpr std::array<std::string_view, 3> telling{"message", "error", "errors"};
constexpr std::array<std::string_view, 6> beside{
    "documentation_url", "status", "type", "context", "exceptionName", "error_description"};

template <class Words>
bool is_one_of(const Words& words, std::string_view key) {
  return std::find(words.begin(), words.end(), key) != words.end();
}

bool is_error(const TemplateNode& root) {
  const auto tells = [](const auto& one) { return is_one_of(telling, one.key); };
  return std::any_of(root.members.begin(), root.members.end(), tells) &&
         std::all_of(root.members.begin(), root.members.end(), [&](const auto& one) {
           return tells(one) || is_one_of(beside, one.key);
         });
}

}  // namespace

// Pointers begin with the version; the older name is that of the first releases.
bool is_lfs_pointer(std::string_view bytes) {
  return bytes.starts_with("version https://git-lfs.github.com/spec/v") ||
         bytes.starts_with("version https://hawser.github.com/spec/v");
}

std::string_view oddity_of(std::string_view bytes) {
  constexpr std::size_t most = std::size_t{16} * 1024;  // errors are short
  if (bytes.empty()) return "the host gives nothing as its content";
  const std::string_view text = trim(bytes);
  if (!text.starts_with('{') || text.size() > most) return {};
  try {
    return is_error(read_template(text).root) ? "the host gives an error as its content"
                                              : std::string_view();
  } catch (const Error&) {
    return {};  // what is broken is told as such
  }
}

}  // namespace patchbot
