// SPDX-License-Identifier: Apache-2.0
#include "model/purl.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace patchbot {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Cuts off and returns what follows the last such character; nothing is cut if there is none.
std::string_view cut_behind(std::string_view& text, char separator) {
  const auto at = text.rfind(separator);
  if (at == std::string_view::npos) return {};
  const std::string_view tail = text.substr(at + 1);
  text = text.substr(0, at);
  return tail;
}

// The @ of a scope ("pkg:npm/@acme/shop") begins a name, not a version.
std::string_view cut_version(std::string_view& text) {
  const auto at = text.rfind('@');
  const bool is_scope = at != std::string_view::npos && (at == 0 || text[at - 1] == '/');
  return is_scope ? std::string_view() : cut_behind(text, '@');
}

bool is_one_of(std::string_view word, const std::vector<std::string_view>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// As the types of the specification say; where in doubt letters stay as they are.
void normalise(Purl& purl) {
  static const std::vector<std::string_view> caseless{"alpm",
                                                      "apk",
                                                      "bitbucket",
                                                      "composer",
                                                      "deb",
                                                      "docker",
                                                      "github",
                                                      "golang",
                                                      "hex",
                                                      "npm",
                                                      "nuget",
                                                      "oci",
                                                      "pypi"};
  purl.type = to_lower(purl.type);
  if (purl.is_of_system()) purl.name_space = to_lower(purl.name_space);
  if (!is_one_of(purl.type, caseless)) return;
  purl.name_space = to_lower(purl.name_space);
  purl.name = to_lower(purl.name);
  if (purl.type == "pypi") std::replace(purl.name.begin(), purl.name.end(), '_', '-');
}

void add_qualifiers(Purl& purl, std::string_view text) {
  for (std::string_view pair : split(text, '&')) {
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || equals + 1 == pair.size()) continue;
    purl.qualifiers[to_lower(pair.substr(0, equals))] = decode_percent(pair.substr(equals + 1));
  }
}

}  // namespace

bool Purl::is_of_system() const { return is_one_of(type, {"alpm", "apk", "deb", "rpm"}); }

std::string Purl::qualifier(const std::string& key) const {
  const auto found = qualifiers.find(key);
  return found == qualifiers.end() ? std::string() : found->second;
}

std::string decode_percent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                        hex_value(text[i + 2]) >= 0;
    out +=
        escape ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return out;
}

std::optional<Purl> parse_purl(std::string_view text) {
  text = trim(text);
  if (!starts_with_nocase(text, "pkg:")) return {};
  text.remove_prefix(4);
  Purl purl;
  purl.subpath = decode_percent(cut_behind(text, '#'));
  add_qualifiers(purl, cut_behind(text, '?'));
  while (text.starts_with('/')) text.remove_prefix(1);
  const auto slash = text.find('/');
  if (slash == 0 || slash == std::string_view::npos) return {};
  purl.type = text.substr(0, slash);
  text.remove_prefix(slash + 1);
  purl.version = decode_percent(cut_version(text));
  while (text.starts_with('/')) text.remove_prefix(1);
  while (text.ends_with('/')) text.remove_suffix(1);
  const std::string_view name = cut_behind(text, '/');
  purl.name = decode_percent(name.empty() ? text : name);
  if (!name.empty()) purl.name_space = decode_percent(text);
  if (purl.name.empty()) return {};
  normalise(purl);
  return purl;
}

namespace {

using Names = std::pair<std::string_view, std::string_view>;
constexpr std::array<Names, 58> names{{{"alma", "rpm"},
                                       {"almalinux", "rpm"},
                                       {"alpine", "apk"},
                                       {"amazon", "rpm"},
                                       {"apk", "apk"},
                                       {"bundler", "gem"},
                                       {"cargo", "cargo"},
                                       {"centos", "rpm"},
                                       {"cocoapods", "cocoapods"},
                                       {"composer", "composer"},
                                       {"conan", "conan"},
                                       {"conda", "conda"},
                                       {"deb", "deb"},
                                       {"debian", "deb"},
                                       {"dotnet", "nuget"},
                                       {"dotnet-core", "nuget"},
                                       {"dpkg", "deb"},
                                       {"fedora", "rpm"},
                                       {"gem", "gem"},
                                       {"gemspec", "gem"},
                                       {"go", "golang"},
                                       {"go-module", "golang"},
                                       {"gobinary", "golang"},
                                       {"golang", "golang"},
                                       {"gomod", "golang"},
                                       {"gradle", "maven"},
                                       {"hex", "hex"},
                                       {"jar", "maven"},
                                       {"java", "maven"},
                                       {"java-archive", "maven"},
                                       {"maven", "maven"},
                                       {"node-pkg", "npm"},
                                       {"npm", "npm"},
                                       {"nuget", "nuget"},
                                       {"oracle", "rpm"},
                                       {"photon", "rpm"},
                                       {"php-composer", "composer"},
                                       {"pip", "pypi"},
                                       {"pipenv", "pypi"},
                                       {"pnpm", "npm"},
                                       {"poetry", "pypi"},
                                       {"pom", "maven"},
                                       {"pub", "pub"},
                                       {"pypi", "pypi"},
                                       {"python", "pypi"},
                                       {"python-pkg", "pypi"},
                                       {"redhat", "rpm"},
                                       {"rocky", "rpm"},
                                       {"rpm", "rpm"},
                                       {"rust-crate", "cargo"},
                                       {"rustbinary", "cargo"},
                                       {"suse", "rpm"},
                                       {"swift", "swift"},
                                       {"ubuntu", "deb"},
                                       {"uv", "pypi"},
                                       {"wolfi", "apk"},
                                       {"chainguard", "apk"},
                                       {"yarn", "npm"}}};

}  // namespace

std::string_view purl_type_of(std::string_view package_type) {
  const std::string word = to_lower(package_type);
  const auto* const found = std::find_if(
      names.begin(), names.end(), [&word](const Names& known) { return known.first == word; });
  return found == names.end() ? std::string_view() : found->second;
}

}  // namespace patchbot
