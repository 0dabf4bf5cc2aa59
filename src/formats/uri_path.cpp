// SPDX-License-Identifier: Apache-2.0
#include "formats/uri_path.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_uri_path = 500;

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

void add_encoded(std::string& uri, std::string_view part) {
  for (const char c : part) {
    if (is_unreserved(c)) {
      uri += c;
    } else {
      fmt::format_to(std::back_inserter(uri), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
}

}  // namespace

void append_uri_path(std::string& uri, std::string_view path) {
  std::string plain(cut_utf8(path, max_uri_path));
  std::replace(plain.begin(), plain.end(), '\\', '/');
  for (const std::string_view part : split(plain, '/')) {
    if (part.empty() || part == "." || part == "..") continue;
    if (!uri.empty()) uri += '/';
    add_encoded(uri, part);
  }
}

}  // namespace patchbot
