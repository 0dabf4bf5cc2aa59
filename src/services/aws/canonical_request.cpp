// SPDX-License-Identifier: Apache-2.0
#include "services/aws/canonical_request.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "services/aws/digest.hpp"

namespace patchbot::aws {
namespace {

using Headers = std::map<std::string, std::string>;

// What the service gets as Host: the port only if it is not the scheme's own, and no user name.
std::string_view wire_host(const UrlParts& parts) {
  std::string_view host = parts.host;
  if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  const std::string_view own_port = equals_nocase(parts.scheme, "https") ? ":443" : ":80";
  if (host.ends_with(own_port)) host.remove_suffix(own_port.size());
  return host;
}

// S3 takes the path as it is; every other service encodes it once more before it compares.
std::string canonical_path(std::string_view path, std::string_view service) {
  if (path.empty()) return "/";
  return service == "s3" ? std::string(path) : percent_encode(path, "/");
}

std::string canonical_query(std::string_view query) {
  std::vector<std::pair<std::string_view, std::string_view>> parameters;
  for (const std::string_view part : split(query, '&')) {
    if (part.empty()) continue;
    const auto equals = part.find('=');
    parameters.emplace_back(
        part.substr(0, equals),
        equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1));
  }
  std::sort(parameters.begin(), parameters.end());
  std::string text;
  for (const auto& [key, value] : parameters) {
    if (!text.empty()) text += '&';
    text.append(key).append("=").append(value);
  }
  return text;
}

std::string fold_blanks(std::string_view value) {
  std::string folded;
  for (const char c : trim(value)) {
    const bool blank = c == ' ' || c == '\t';
    if (!blank) folded += c;
    if (blank && !folded.ends_with(' ')) folded += ' ';
  }
  return folded;
}

Headers canonical_headers(const HttpRequest& request, const UrlParts& parts) {
  Headers headers;
  for (const HttpHeader& header : request.headers) {
    const auto [entry, is_new] = headers.try_emplace(to_lower(trim(header.name)));
    if (!is_new) entry->second += ',';
    entry->second += fold_blanks(header.value);
  }
  headers.try_emplace("host", wire_host(parts));
  return headers;
}

}  // namespace

CanonicalRequest canonical_request(const HttpRequest& request, std::string_view service) {
  const UrlParts parts = split_url(request.url);
  CanonicalRequest canonical;
  canonical.text = request.method + '\n' + canonical_path(parts.path, service) + '\n' +
                   canonical_query(parts.query) + '\n';
  for (const auto& [name, value] : canonical_headers(request, parts)) {
    canonical.text.append(name).append(":").append(value).append("\n");
    if (!canonical.signed_headers.empty()) canonical.signed_headers += ';';
    canonical.signed_headers += name;
  }
  canonical.text += '\n' + canonical.signed_headers + '\n' + sha256_hex(request.body);
  return canonical;
}

}  // namespace patchbot::aws
