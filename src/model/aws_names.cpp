// SPDX-License-Identifier: Apache-2.0
#include "model/aws_names.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"

namespace patchbot {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view small_letters = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view name_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+=,.@-";

bool consists_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

bool is_path_step(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

}  // namespace

bool is_account_id(std::string_view text) { return text.size() == 12 && consists_of(text, digits); }

bool is_region(std::string_view text) {
  const auto parts = split(text, '-');
  if (parts.size() < 3 || text.size() > 32 || parts.front().size() < 2) return false;
  return parts.back().size() <= 2 && consists_of(parts.back(), digits) &&
         std::all_of(parts.begin(), parts.end() - 1, [](std::string_view part) {
           return consists_of(part, small_letters);
         });
}

bool is_ami_id(std::string_view text) {
  constexpr std::string_view prefix = "ami-";
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return consists_of(text, "0123456789abcdef") && (text.size() == 8 || text.size() == 17);
}

bool is_role_name(std::string_view text) {
  const auto steps = split(text, '/');
  return text.size() <= 512 && steps.back().size() <= 64 &&
         consists_of(steps.back(), name_characters) &&
         std::all_of(steps.begin(), steps.end() - 1, is_path_step);
}

bool is_external_id(std::string_view text) {
  return text.size() >= 2 && text.size() <= 1224 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return c == ':' || c == '/' || name_characters.find(c) != std::string_view::npos;
         });
}

std::optional<std::string_view> account_of_role(std::string_view arn) {
  constexpr std::string_view kind = "role/";
  const auto parts = split(arn, ':');
  if (parts.size() != 6 || parts[0] != "arn" || !parts[1].starts_with("aws") || parts[2] != "iam" ||
      !parts[3].empty() || !is_account_id(parts[4]) || !parts[5].starts_with(kind) ||
      !is_role_name(parts[5].substr(kind.size()))) {
    return {};
  }
  return parts[4];
}

}  // namespace patchbot
