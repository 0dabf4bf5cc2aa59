// SPDX-License-Identifier: Apache-2.0
#include "templates/open_text.hpp"

#include <utility>

#include "base/hash.hpp"

namespace patchbot {
namespace {

constexpr std::string_view looked_up_begin = "\x1fssm(";

std::string at_most(std::size_t most, std::string text) {
  if (text.size() <= most) return text;
  return open_text::mark + ("#" + Hasher().add(text).digest().hex());
}

std::optional<std::string> between(std::string_view text,
                                   std::string_view begin,
                                   std::string_view end) {
  const bool is_it =
      text.size() > begin.size() + end.size() && text.starts_with(begin) && text.ends_with(end);
  if (!is_it) return std::nullopt;
  const auto name = text.substr(begin.size(), text.size() - begin.size() - end.size());
  return is_known(name) ? std::optional(std::string(name)) : std::nullopt;
}

}  // namespace

namespace open_text {

std::string bounded(std::string text) { return at_most(4096, std::move(text)); }

std::string shortened(std::string text) { return at_most(100, std::move(text)); }

std::string left(std::string_view function, const std::string& rest) {
  std::string text(1, mark);
  text.append(function).append("(").append(rest).append(")");
  return bounded(std::move(text));
}

std::string looked_up(const std::string& name) { return left("ssm", name); }

}  // namespace open_text

bool is_known(std::string_view text) {
  return text.find(open_text::mark) == std::string_view::npos;
}

bool is_no_value(std::string_view text) { return text == open_text::no_value; }

std::optional<std::string> stored_name(std::string_view text) {
  if (auto name = between(text, looked_up_begin, ")")) return name;
  if (auto name = between(text, "{{resolve:ssm:", "}}")) return name;
  return between(text, "resolve:ssm:", "");
}

bool may_hold_name(std::string_view text) {
  return text.find("resolve:ssm:") != std::string_view::npos ||
         text.find(looked_up_begin) != std::string_view::npos;
}

}  // namespace patchbot
