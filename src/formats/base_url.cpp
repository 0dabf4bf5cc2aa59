// SPDX-License-Identifier: Apache-2.0
#include "formats/base_url.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/strict_yaml.hpp"

namespace patchbot {
namespace {

bool is_base_url(std::string_view url) {
  const auto colon = url.find("://");
  const std::string_view scheme = url.substr(0, colon);
  if (!equals_nocase(scheme, "https") && !equals_nocase(scheme, "http")) return false;
  const std::string_view rest = url.substr(std::min(url.size(), colon + 3));
  const bool plain = std::all_of(rest.begin(), rest.end(), [](char c) {
    return c > ' ' && c < '\x7F' &&
           std::string_view("@?#\"<>\\^`{|}").find(c) == std::string_view::npos;
  });
  return plain && !rest.empty() && rest.front() != '/' && rest.front() != ':';
}

}  // namespace

// Passwords have slashes and question marks in them where somebody forgot to encode them.
std::string shown_url(std::string_view url) {
  const auto colon = url.find("://");
  std::string shown(url.substr(0, colon == std::string_view::npos ? 0 : colon + 3));
  url.remove_prefix(shown.size());
  if (const auto at = url.rfind('@'); at != std::string_view::npos) {
    shown += "...";
    url.remove_prefix(at);
  }
  const auto end = url.find_first_of("?#");
  shown += url.substr(0, end);
  return end == std::string_view::npos ? shown : shown + url[end] + "...";
}

std::string read_base_url(const YAML::Node& node) {
  std::string url = StrictYaml::line(node, "url");
  if (!is_base_url(url)) {
    StrictYaml::fail(node,
                     "url: '" + shown_url(url) +
                         "' is none; expected https://host, without user, query or fragment");
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

}  // namespace patchbot
